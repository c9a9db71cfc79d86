/** Wires: a trunk per source, and per edge a cubic path into its target. */

import type { Columns } from './columns';
import { bendTo, cubicTo, heightAt, lineTo, startPath, type Path } from './curves';
import { BOW, type Room } from './extents';
import { trunkVertex, type LayeredGraph } from './segments';
import type { Point } from './types';

/** Wires nearer than this to level are drawn level. */
const LEVEL = 0.5;
/** A wire that bends early stays this far from what it passes. */
const WIRE_AIR = 8;

export interface Routes {
  /** Per node; empty without uses. */
  trunk: Path[];
  junction: (Point | null)[];
  /** Per edge. */
  edge: Path[];
}

export function findRoutes(
  layered: LayeredGraph, height: Float64Array, angle: Float64Array, columns: Columns, room: Room,
): Routes {
  const { graph, layer } = layered;
  const routes: Routes = { trunk: [], junction: [], edge: [] };
  for (let v = 0; v < graph.nodes.length; v++) {
    const trunk = startPath(columns.x[v]! + graph.nodes[v]!.width / 2, height[v]!);
    const uses = graph.outStart[v + 1]! - graph.outStart[v]!;
    routes.junction.push(null);
    routes.trunk.push(uses > 0 ? trunk : []);
    if (uses === 0) continue;
    // One use: the rail, the wire up to its first bend. Several: up to the gap in which the first branch leaves.
    const forkLayer = uses === 1 ? layer[v]! : firstUseLayer(layered, v) - 1;
    followTrunk(layered, height, columns, trunk, v, layer[v]!, forkLayer);
    lineTo(trunk, columns.bendStart[forkLayer]!, trunk[trunk.length - 1]!.y);
    if (uses > 1) routes.junction[v] = { ...trunk[trunk.length - 1]! };
  }
  for (let e = 0; e < graph.edges.length; e++) {
    const s = graph.source[e]!;
    const t = graph.target[e]!;
    const junction = routes.junction[s] ?? null;
    const from = junction ?? routes.trunk[s]![0]!;
    const path = startPath(from.x, from.y);
    const startLayer = junction ? firstUseLayer(layered, s) - 1 : layer[s]!;
    followTrunk(layered, height, columns, path, s, startLayer, layer[t]! - 1);
    enter(layered, height, angle, columns, room, path, e);
    routes.edge.push(path);
  }
  return routes;
}

function firstUseLayer(layered: LayeredGraph, v: number): number {
  const { graph, layer } = layered;
  let first = Infinity;
  for (let i = graph.outStart[v]!; i < graph.outStart[v + 1]!; i++) {
    first = Math.min(first, layer[graph.target[graph.outEdge[i]!]!]!);
  }
  return first;
}

/** Continues along the trunk of v from one layer to another; ends at the last bend. */
function followTrunk(
  layered: LayeredGraph, height: Float64Array, columns: Columns, path: Path, v: number, from: number, to: number,
): void {
  const { layer, dummyStart } = layered;
  const last = trunkVertex(layered, v, to);
  for (let here = trunkVertex(layered, v, from); here !== last; ) {
    const next = here === v ? dummyStart[v]! : here + 1;
    if (Math.abs(height[next]! - height[here]!) >= 0.01) {
      lineTo(path, columns.bendStart[layer[here]!]!, height[here]!);
      bendTo(path, columns.left[layer[next]!]!, height[next]!);
    }
    here = next;
  }
}

/** The last piece: along the rail, then into the target's border at the entry angle. */
function enter(
  layered: LayeredGraph, height: Float64Array, angle: Float64Array, columns: Columns, room: Room, path: Path, e: number,
): void {
  const { graph, layer } = layered;
  const t = graph.target[e]!;
  const node = graph.nodes[t]!;
  const centre = { x: columns.x[t]!, y: height[t]! };
  const y = path[path.length - 1]!.y;
  if (node.kind !== 'gate') {
    const end = { x: centre.x - node.width / 2, y: centre.y + (graph.edges[e]!.drop ?? 0) };
    if (Math.abs(y - end.y) < 0.01) return lineTo(path, end.x, end.y);
    lineTo(path, columns.bendStart[layer[t]! - 1]!, y);
    return bendTo(path, end.x, end.y);
  }
  const radians = (angle[e]! * Math.PI) / 180;
  const radius = node.width / 2;
  const toward = { x: Math.cos(radians), y: -Math.sin(radians) };
  const end = { x: centre.x - radius * toward.x, y: centre.y - radius * toward.y };
  // Level up to a hair, which the border's own curve takes up.
  if (angle[e] === 0 && Math.abs(y - centre.y) < LEVEL) return lineTo(path, centre.x - Math.sqrt(radius * radius - (y - centre.y) ** 2), y);
  const bendStart = columns.bendStart[layer[t]! - 1]!;
  if (Math.abs(y - centre.y) < radius / 2 && isRepeated(layered, e)) {
    lineTo(path, bendStart, y);
    return bowTo(path, path[path.length - 1]!, end, toward, angle[e]! < 0 ? -1 : 1);
  }
  const from = trunkVertex(layered, graph.source[e]!, layer[t]! - 1);
  const earliest = from >= graph.nodes.length ? Math.max(path[path.length - 1]!.x, columns.left[layer[t]! - 1]!) : bendStart;
  const free = room(from, end.y < y ? -1 : 1) - WIRE_AIR;
  for (let k = 0; ; k++) {
    // A long way up or down bends early, under what stands before the gap, as far as that leaves it air.
    const start = bendStart - Math.max(0, Math.min(bendStart - earliest, 0.5 * Math.abs(end.y - y) - (end.x - bendStart))) * (1 - k / 4);
    const bend = entryBend({ x: start, y }, end, toward);
    if (k < 4 && Math.abs(heightAt(bend, bendStart) - y) > free) continue;
    lineTo(path, start, y);
    path.push(...bend.slice(1));
    return;
  }
}

/** One cubic: level at the start, at the entry angle at the end. */
function entryBend(start: Point, end: Point, toward: Point): Path {
  const width = end.x - start.x;
  const reach = Math.min(width * 0.55, Math.abs(end.y - start.y) * 0.45 * (toward.x / Math.max(0.1, Math.abs(toward.y))) + 6);
  const run = reach / toward.x;
  return [start, { x: start.x + width * 0.55, y: start.y }, { x: end.x - run * toward.x, y: end.y - run * toward.y }, end];
}

/** Whether the same source feeds the same gate by another edge too. */
function isRepeated(layered: LayeredGraph, e: number): boolean {
  const { source, target, inStart, inEdge } = layered.graph;
  const t = target[e]!;
  for (let a = inStart[t]!; a < inStart[t + 1]!; a++) {
    const other = inEdge[a]!;
    if (other !== e && source[other] === source[e]) return true;
  }
  return false;
}

/** A branch of a repeated operand: out to the side, then back into the gate. */
function bowTo(path: Path, start: Point, end: Point, toward: Point, side: -1 | 1): void {
  const top = { x: start.x + (end.x - start.x) * 0.6, y: start.y + side * BOW };
  bendTo(path, top.x, top.y);
  const run = (end.x - top.x) * 0.5;
  cubicTo(path, { x: top.x + run, y: top.y }, { x: end.x - run * 0.6, y: end.y - (run * 0.6 * toward.y) / toward.x }, end);
}
