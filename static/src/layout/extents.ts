/** Room each vertex takes above and below its wire, and the least distance between neighbours of a layer. */

import type { Order } from './crossings';
import type { LayeredGraph } from './segments';
import type { LayoutOptions } from './types';

export interface Extents {
  above: Float64Array;
  below: Float64Array;
}

/** Gap between a gate's border and its name. */
export const NAME_GAP = 4;

export function measureExtents(layered: LayeredGraph, options: LayoutOptions): Extents {
  const { graph, layer } = layered;
  const above = new Float64Array(layer.length);
  const below = new Float64Array(layer.length);
  graph.nodes.forEach((node, v) => {
    if (node.box) {
      above[v] = node.box.above;
      below[v] = node.box.below;
      return;
    }
    const labels = node.label > 0 ? (node.tall ?? options.labelHeight) : 0;
    const name = node.name > 0 ? options.nameHeight + NAME_GAP : 0;
    const twice = entersTwice(layered, v);
    const forked = branchText(layered, v) ? BRANCH_AIR : 0;
    // The two branches of x * x bow out in front of the gate, the lower one with its text below it.
    above[v] = Math.max(node.height / 2, labels + forked, twice ? BOW : 0, node.reach?.above ?? 0);
    below[v] = Math.max(node.height / 2 + name, labels + forked, twice ? BOW + options.labelHeight : 0, node.reach?.below ?? 0);
  });
  return { above, below };
}

/** How far the branches of a repeated operand bow out. */
export const BOW = 28;

/** Room above and below a fan-out, so that the texts of its branches stand clear of the neighbours' wires. */
const BRANCH_AIR = 22;

function branchText({ graph }: LayeredGraph, v: number): boolean {
  const uses = graph.outStart[v + 1]! - graph.outStart[v]!;
  return uses > 1 && graph.edges[graph.outEdge[graph.outStart[v]!]!]!.label > 0;
}

function entersTwice(layered: LayeredGraph, v: number): boolean {
  const { inStart, inSegment, left } = layered;
  for (let a = inStart[v]! + 1; a < inStart[v + 1]!; a++) {
    if (left[inSegment[a]!] === left[inSegment[a - 1]!]) return true;
  }
  return false;
}

export type Distance = (upper: number, lower: number) => number;

/** Least distance between the wires of two vertices that are neighbours in a layer. */
export function distanceBetween(layered: LayeredGraph, extents: Extents, options: LayoutOptions): Distance {
  const n = layered.graph.nodes.length;
  return (upper, lower) => {
    const room = extents.below[upper]! + extents.above[lower]!;
    if (upper >= n || lower >= n) return room + options.wireGap;
    return room + options.nodeGap + (shareUser(layered, upper, lower) ? 0 : options.groupGap);
  };
}

/** Whether two nodes of one layer feed a common gate; looks at the first few uses only. */
function shareUser(layered: LayeredGraph, a: number, b: number): boolean {
  const { graph } = layered;
  const aEnd = Math.min(graph.outStart[a + 1]!, graph.outStart[a]! + 8);
  const bEnd = Math.min(graph.outStart[b + 1]!, graph.outStart[b]! + 8);
  for (let i = graph.outStart[a]!; i < aEnd; i++) {
    const t = graph.target[graph.outEdge[i]!]!;
    for (let j = graph.outStart[b]!; j < bEnd; j++) if (graph.target[graph.outEdge[j]!] === t) return true;
  }
  return false;
}

/** Free height above (-1) or below (1) the wire of a vertex, up to what its neighbour in the layer takes. */
export type Room = (vertex: number, direction: -1 | 1) => number;

export function roomAround(layered: LayeredGraph, order: Order, height: Float64Array, extents: Extents): Room {
  return (vertex, direction) => {
    const l = layered.layer[vertex]!;
    const at = layered.memberStart[l]! + order.position[vertex]! + direction;
    if (at < layered.memberStart[l]! || at >= layered.memberStart[l + 1]!) return Infinity;
    const other = order.sequence[at]!;
    const taken = direction < 0 ? extents.below[other]! : extents.above[other]!;
    return Math.abs(height[other]! - height[vertex]!) - taken;
  };
}
