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
  /** First dummy of a node's chain, -1 for none; the others follow it. */
  firstDummy: Int32Array;
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
  /** Segments that end at a vertex, by port; and those that start at it. */
  inStart: Int32Array;
  inSegment: Int32Array;
  outStart: Int32Array;
  outSegment: Int32Array;
}

/** The vertex of node v's trunk in layer l. */
export function trunkVertex(layered: LayeredGraph, v: number, l: number): number {
  return l === layered.layer[v] ? v : layered.firstDummy[v]! + (l - layered.layer[v]! - 1);
}

/** Cuts the wires. `strict` says that every gate keeps its operands in order; without it only those marked do. */
export function layerGraph(graph: IndexedGraph, nodeLayer: Int32Array, strict: boolean): LayeredGraph {
  const n = graph.nodes.length;
  const reach = new Int32Array(n);
  let total = n;
  let trunkSegments = 0;
  let layerCount = 0;
  for (let v = 0; v < n; v++) {
    const at = nodeLayer[v]!;
    layerCount = Math.max(layerCount, at + 1);
    let last = at + 1;
    for (let i = graph.outStart[v]!; i < graph.outStart[v + 1]!; i++) {
      last = Math.max(last, nodeLayer[graph.target[graph.outEdge[i]!]!]!);
    }
    reach[v] = last;
    total += last - at - 1;
    trunkSegments += last - at - 1;
  }
  const layer = new Int32Array(total);
  const owner = new Int32Array(total);
  const firstDummy = new Int32Array(n).fill(-1);
  const count = trunkSegments + graph.edges.length;
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  const edge = new Int32Array(count).fill(-1);
  const port = new Float64Array(count).fill(0.5);
  let vertex = n;
  let segment = 0;
  for (let v = 0; v < n; v++) {
    layer[v] = nodeLayer[v]!;
    owner[v] = v;
    if (reach[v]! > layer[v]! + 1) firstDummy[v] = vertex;
    for (let l = layer[v]! + 1; l < reach[v]!; l++, vertex++) {
      layer[vertex] = l;
      owner[vertex] = v;
      left[segment] = l === layer[v]! + 1 ? v : vertex - 1;
      right[segment++] = vertex;
    }
  }
  for (let v = 0; v < n; v++) {
    const operands = graph.inStart[v + 1]! - graph.inStart[v]!;
    const ordered = strict || graph.nodes[v]!.fixedOrder;
    for (let i = 0; i < operands; i++) {
      const e = graph.inEdge[graph.inStart[v]! + i]!;
      const u = graph.source[e]!;
      const before = layer[v]! - 1;
      left[segment] = before === layer[u] ? u : firstDummy[u]! + (before - layer[u]! - 1);
      right[segment] = v;
      edge[segment] = e;
      port[segment++] = ordered ? (i + 1) / (operands + 1) : 0.5;
    }
  }
  const byLayer = groupByKey(layer, layerCount);
  const incoming = groupByKey(right, total);
  const outgoing = groupByKey(left, total);
  return {
    graph, layerCount, layer, owner, firstDummy, left, right, edge, port,
    memberStart: byLayer.start, members: byLayer.items,
    inStart: incoming.start, inSegment: incoming.items,
    outStart: outgoing.start, outSegment: outgoing.items,
  };
}
