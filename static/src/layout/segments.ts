/**
 * The layered graph: every wire cut into segments between neighbouring layers.
 *
 * A source has one chain of dummies up to its furthest use, shared by all its edges, so a fan-out is drawn as a fork.
 * Vertices 0 .. n-1 are the nodes; the rest are dummies.
 */

import { groupByKey, type IndexedGraph } from './graph';

export interface LayeredGraph {
  graph: IndexedGraph;
  layerCount: number;
  /** Layer of each vertex. */
  layer: Int32Array;
  /** The node whose trunk a vertex belongs to; a node owns itself. */
  owner: Int32Array;
  /** Dummies of node v, from left to right: vertices dummyStart[v] .. dummyStart[v + 1] - 1. */
  dummyStart: Int32Array;
  /** Vertices of layer l: members[memberStart[l] .. memberStart[l + 1]). */
  memberStart: Int32Array;
  members: Int32Array;
  /** Ends of each segment, left and right. */
  left: Int32Array;
  right: Int32Array;
  /** Edge that ends with this segment, -1 for a segment along a trunk. */
  edge: Int32Array;
  /** Where it enters its right end, 0 (top) to 1 (bottom), exclusive. */
  port: Float64Array;
  /** How far below its right end's wire it ends: only where that is a group. */
  drop: Float64Array;
  /** Segments that end at a vertex, by port; and those that start at it. */
  inStart: Int32Array;
  inSegment: Int32Array;
  outStart: Int32Array;
  outSegment: Int32Array;
}

/**
 * More dummies than this are not made: the middles of long trunks are left out then, and the wire runs straight there.
 * A program of 5,000 lines can ask for millions, and no reader could follow such a wire anyway.
 */
const MOST_DUMMIES = 400_000;

/** The vertex of node v's trunk in layer l, or the last one before it where the trunk's middle is left out. */
export function trunkVertex({ layer, dummyStart }: LayeredGraph, v: number, l: number): number {
  if (l === layer[v]) return v;
  const start = dummyStart[v]!;
  const direct = start + (l - layer[v]! - 1);
  if (direct < dummyStart[v + 1]! && layer[direct] === l) return direct;
  let low = start;
  let high = dummyStart[v + 1]!;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (layer[middle]! <= l) low = middle + 1;
    else high = middle;
  }
  return low === start ? v : low - 1;
}

/** Cuts the wires. `strict` says that every gate keeps its operands in order; without it only those marked do. */
export function layerGraph(
  graph: IndexedGraph, nodeLayer: Int32Array, strict: boolean, mostDummies = MOST_DUMMIES,
): LayeredGraph {
  const n = graph.nodes.length;
  let layerCount = 0;
  for (const l of nodeLayer) layerCount = Math.max(layerCount, l + 1);
  let near = Infinity;
  while (countDummies(graph, nodeLayer, near) > mostDummies && near > 1) near = near === Infinity ? 128 : near / 2;
  const total = n + countDummies(graph, nodeLayer, near);
  const layer = new Int32Array(total);
  const owner = new Int32Array(total);
  const dummyStart = new Int32Array(n + 1);
  layer.set(nodeLayer);
  let vertex = n;
  let jumps = 0;
  for (let v = 0; v < n; v++) {
    owner[v] = v;
    dummyStart[v] = vertex;
    forTrunkLayers(graph, nodeLayer, near, v, (l) => {
      if (l > (vertex === dummyStart[v] ? nodeLayer[v]! : layer[vertex - 1]!) + 1) jumps++;
      layer[vertex] = l;
      owner[vertex++] = v;
    });
  }
  dummyStart[n] = vertex;
  const count = total - n - jumps + graph.edges.length;
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  const edge = new Int32Array(count).fill(-1);
  const port = new Float64Array(count).fill(0.5);
  const drop = new Float64Array(count);
  let segment = 0;
  for (let d = n; d < total; d++) {
    const before = d === dummyStart[owner[d]!] ? owner[d]! : d - 1;
    if (layer[d]! > layer[before]! + 1) continue;
    left[segment] = before;
    right[segment++] = d;
  }
  const partial = { layer, dummyStart } as LayeredGraph;
  for (let v = 0; v < n; v++) {
    const operands = graph.inStart[v + 1]! - graph.inStart[v]!;
    const ordered = strict || graph.nodes[v]!.fixedOrder;
    for (let i = 0; i < operands; i++) {
      const e = graph.inEdge[graph.inStart[v]! + i]!;
      left[segment] = trunkVertex(partial, graph.source[e]!, layer[v]! - 1);
      right[segment] = v;
      edge[segment] = e;
      drop[segment] = graph.edges[e]!.drop ?? 0;
      port[segment++] = ordered ? (i + 1) / (operands + 1) : 0.5;
    }
  }
  const byLayer = groupByKey(layer, layerCount);
  const incoming = groupByKey(right, total);
  const outgoing = groupByKey(left, total);
  return {
    graph, layerCount, layer, owner, dummyStart, left, right, edge, port, drop,
    memberStart: byLayer.start, members: byLayer.items,
    inStart: incoming.start, inSegment: incoming.items,
    outStart: outgoing.start, outSegment: outgoing.items,
  };
}

/** Layers in which the trunk of v has a dummy: all up to its last use, or those `near` its source and its users. */
function forTrunkLayers(
  graph: IndexedGraph, nodeLayer: Int32Array, near: number, v: number, visit: (l: number) => void,
): void {
  const start = nodeLayer[v]!;
  const uses: number[] = [];
  for (let i = graph.outStart[v]!; i < graph.outStart[v + 1]!; i++) uses.push(nodeLayer[graph.target[graph.outEdge[i]!]!]!);
  if (near !== Infinity) uses.sort((a, b) => a - b);
  else if (uses.length > 1) uses.splice(0, uses.length, Math.max(...uses));
  let next = start + 1;
  for (const use of uses) {
    for (; next < use; next++) {
      if (next > start + near && next < use - near) next = use - near;
      visit(next);
    }
  }
}

function countDummies(graph: IndexedGraph, nodeLayer: Int32Array, near: number): number {
  let count = 0;
  for (let v = 0; v < graph.nodes.length; v++) forTrunkLayers(graph, nodeLayer, near, v, () => count++);
  return count;
}
