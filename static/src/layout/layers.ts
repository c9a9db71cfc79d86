/** Which column each node stands in: operands always left of their users. */

import type { IndexedGraph } from './graph';

/** Furthest a leaf may stand from its first use to be put into the left column; a longer rail only costs room. */
const LONGEST_LEAF_RAIL = 3;

/** Every gate as far left as its operands allow; leaves in the left column where their rail stays short. */
export function leftLayers(graph: IndexedGraph): Int32Array {
  const layer = longestPath(graph);
  forEachUsedLeaf(graph, (v) => {
    const first = firstUse(graph, layer, v);
    layer[v] = first <= LONGEST_LEAF_RAIL ? 0 : first - 1;
  });
  return compress(layer);
}

/** Inside a group: as `leftLayers`, but what comes from outside always enters at the left side. */
export function insideLayers(graph: IndexedGraph): Int32Array {
  const layer = leftLayers(graph);
  graph.nodes.forEach((node, v) => {
    if (node.port) layer[v] = 0;
  });
  return compress(layer);
}

/**
 * Layers with little trunk: the sum over sources of the distance to the furthest user is lowered by local search,
 * each leaf standing right before its first use.
 */
export function shortLayers(graph: IndexedGraph): Int32Array {
  const layer = longestPath(graph);
  const { topological } = graph;
  const n = topological.length;
  placeLeavesBeforeUse(graph, layer);
  for (let pass = 0; pass < 6; pass++) {
    let moved = 0;
    for (let i = 0; i < n; i++) {
      const v = topological[pass % 2 === 0 ? n - 1 - i : i]!;
      if (moveToCheapestLayer(graph, layer, v)) moved++;
    }
    placeLeavesBeforeUse(graph, layer);
    if (moved === 0) break;
  }
  return compress(layer);
}

/** Sum over sources of the distance to their furthest user. */
export function trunkLength(graph: IndexedGraph, layer: Int32Array): number {
  let total = 0;
  for (let v = 0; v < graph.nodes.length; v++) {
    if (useCount(graph, v) > 0) total += lastUse(graph, layer, v) - layer[v]!;
  }
  return total;
}

function longestPath(graph: IndexedGraph): Int32Array {
  const { topological, outStart, outEdge, target } = graph;
  const layer = new Int32Array(topological.length);
  for (const v of topological) {
    for (let i = outStart[v]!; i < outStart[v + 1]!; i++) {
      const t = target[outEdge[i]!]!;
      if (layer[t]! <= layer[v]!) layer[t] = layer[v]! + 1;
    }
  }
  return layer;
}

const isLeaf = (graph: IndexedGraph, v: number): boolean => graph.inStart[v] === graph.inStart[v + 1];
const useCount = (graph: IndexedGraph, v: number): number => graph.outStart[v + 1]! - graph.outStart[v]!;

function forEachUsedLeaf(graph: IndexedGraph, visit: (v: number) => void): void {
  for (let v = 0; v < graph.nodes.length; v++) if (isLeaf(graph, v) && useCount(graph, v) > 0) visit(v);
}

function firstUse(graph: IndexedGraph, layer: Int32Array, v: number, except = -1): number {
  let first = Infinity;
  for (let i = graph.outStart[v]!; i < graph.outStart[v + 1]!; i++) {
    const t = graph.target[graph.outEdge[i]!]!;
    if (t !== except && layer[t]! < first) first = layer[t]!;
  }
  return first;
}

function lastUse(graph: IndexedGraph, layer: Int32Array, v: number, except = -1): number {
  let last = -1;
  for (let i = graph.outStart[v]!; i < graph.outStart[v + 1]!; i++) {
    const t = graph.target[graph.outEdge[i]!]!;
    if (t !== except && layer[t]! > last) last = layer[t]!;
  }
  return last;
}

function placeLeavesBeforeUse(graph: IndexedGraph, layer: Int32Array): void {
  forEachUsedLeaf(graph, (v) => {
    layer[v] = firstUse(graph, layer, v) - 1;
  });
}

/** Moves one inner gate to the layer that makes the trunks it touches shortest. Ties go right, towards its user. */
function moveToCheapestLayer(graph: IndexedGraph, layer: Int32Array, v: number): boolean {
  const { inStart, inEdge, source } = graph;
  if (isLeaf(graph, v) || useCount(graph, v) === 0) return false;
  const high = firstUse(graph, layer, v) - 1;
  let low = 1;
  const candidates: number[] = [];
  // Per operand that does not simply ride along: its layer (-1 for a leaf, which can move), first and last other use.
  const pulls: { at: number; first: number; last: number }[] = [];
  for (let i = inStart[v]!; i < inStart[v + 1]!; i++) {
    const u = source[inEdge[i]!]!;
    const leaf = isLeaf(graph, u);
    if (!leaf) low = Math.max(low, layer[u]! + 1);
    if (leaf && useCount(graph, u) === 1) continue;
    const first = firstUse(graph, layer, u, v);
    const last = lastUse(graph, layer, u, v);
    pulls.push({ at: leaf ? -1 : layer[u]!, first, last });
    candidates.push(last);
    if (leaf && first !== Infinity) candidates.push(first);
  }
  if (low > high) return false;
  candidates.push(low, high);
  candidates.sort((a, b) => a - b);
  let best = layer[v]!;
  let bestCost = Infinity;
  for (const at of candidates) {
    if (at < low || at > high) continue;
    let cost = -at;
    for (const pull of pulls) {
      const last = Math.max(pull.last, at);
      cost += pull.at >= 0 ? last : last - Math.min(pull.first, at) + 1;
    }
    if (cost <= bestCost) {
      bestCost = cost;
      best = at;
    }
  }
  if (best === layer[v]) return false;
  layer[v] = best;
  return true;
}

/** Renumbers layers so that none is empty. */
export function compress(layer: Int32Array): Int32Array {
  let last = -1;
  for (const l of layer) if (l > last) last = l;
  const used = new Uint8Array(last + 1);
  for (const l of layer) used[l] = 1;
  const renumbered = new Int32Array(last + 1);
  let next = 0;
  for (let l = 0; l <= last; l++) if (used[l]) renumbered[l] = next++;
  return layer.map((l) => renumbered[l]!);
}
