/** What the drawing before says about the vertices of this one. */

import { heightAt } from './curves';
import type { LayeredGraph } from './segments';
import type { Layout, Point } from './types';

export interface Before {
  /** Height of each vertex in the drawing before; NaN for what is new. */
  height: Float64Array;
  /** Distance from each column to the next; NaN where they were no neighbours. */
  step: Float64Array;
}

/** Reads a previous layout. Dummies stand where the wire ran then, found by the ids of surviving edges. */
export function readBefore(layered: LayeredGraph, previous: Layout): Before {
  const { graph, layer, dummyStart } = layered;
  const column = Array.from({ length: layered.layerCount }, (): { x: number; layer: number } | null => null);
  const height = new Float64Array(layer.length).fill(NaN);
  graph.nodes.forEach((node, v) => {
    const placed = previous.nodes.get(node.id);
    if (!placed) return;
    height[v] = placed.y;
    column[layer[v]!] ??= { x: placed.x, layer: placed.layer };
  });
  for (let v = 0; v < graph.nodes.length; v++) {
    if (dummyStart[v] === dummyStart[v + 1] || Number.isNaN(height[v]!)) continue;
    const wire = longestWire(layered, previous, v);
    if (!wire) continue;
    const end = wire[wire.length - 1]!.x;
    for (let d = dummyStart[v]!; d < dummyStart[v + 1]!; d++) {
      const x = column[layer[d]!]?.x;
      if (x !== undefined && x > wire[0]!.x && x < end) height[d] = wireHeight(wire, x);
    }
  }
  const step = Float64Array.from(column, (left, l) => {
    const right = column[l + 1];
    return left && right && right.layer === left.layer + 1 ? right.x - left.x : NaN;
  });
  return { height, step };
}

/** The previous route, trunk included, of the surviving edge of node v that reached furthest. */
function longestWire(layered: LayeredGraph, previous: Layout, v: number): Point[] | null {
  const { graph } = layered;
  let longest: Point[] | null = null;
  for (let i = graph.outStart[v]!; i < graph.outStart[v + 1]!; i++) {
    const points = previous.edges.get(graph.edges[graph.outEdge[i]!]!.id)?.points;
    if (points && points.length > 0 && points[points.length - 1]!.x > (longest?.[longest.length - 1]?.x ?? -Infinity)) longest = points;
  }
  const trunk = previous.trunks.get(graph.nodes[v]!.id);
  return longest && trunk?.junction ? [...trunk.points, ...longest.slice(1)] : longest;
}

function wireHeight(wire: Point[], x: number): number {
  for (let i = 0; i + 3 < wire.length; i += 3) {
    if (x <= wire[i + 3]!.x) return heightAt(wire.slice(i, i + 4), x);
  }
  return wire[wire.length - 1]!.y;
}
