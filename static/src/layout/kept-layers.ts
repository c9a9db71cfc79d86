/** Layers that stay those of the drawing before, so that an edit moves few nodes. */

import type { IndexedGraph } from './graph';
import { compress } from './layers';

/**
 * Layers of the drawing before, moved only where an edit asks for it: either users make way to the right or operands
 * to the left, whichever moves fewer nodes. `before` has NaN for new nodes.
 */
export function keptLayers(graph: IndexedGraph, before: Float64Array): Int32Array {
  const candidates = [makeWay(graph, before, 'right'), makeWay(graph, before, 'left')];
  const moved = candidates.map((layer) => {
    const shift = commonShift(layer, before);
    return layer.reduce((sum, l, v) => (Number.isNaN(before[v]!) || l - before[v]! === shift ? sum : sum + 1), 0);
  });
  return compress(moved[1]! < moved[0]! ? candidates[1]! : candidates[0]!);
}

function makeWay(graph: IndexedGraph, before: Float64Array, direction: 'right' | 'left'): Int32Array {
  const { topological, inStart, inEdge, outStart, outEdge, source, target } = graph;
  const n = topological.length;
  const layer = new Float64Array(n).fill(NaN);
  for (let i = 0; i < n; i++) {
    const v = topological[direction === 'right' ? i : n - 1 - i]!;
    let bound = direction === 'right' ? -Infinity : Infinity;
    if (direction === 'right') {
      for (let a = inStart[v]!; a < inStart[v + 1]!; a++) {
        const l = layer[source[inEdge[a]!]!]!;
        if (!Number.isNaN(l)) bound = Math.max(bound, l + 1);
      }
      layer[v] = Number.isNaN(before[v]!) ? (bound === -Infinity ? NaN : bound) : Math.max(before[v]!, bound);
    } else {
      for (let a = outStart[v]!; a < outStart[v + 1]!; a++) {
        const l = layer[target[outEdge[a]!]!]!;
        if (!Number.isNaN(l)) bound = Math.min(bound, l - 1);
      }
      layer[v] = Number.isNaN(before[v]!) ? (bound === Infinity ? NaN : bound) : Math.min(before[v]!, bound);
    }
  }
  return settleNew(graph, layer);
}

/** New nodes that nothing bounded from one side: leaves right before their first use, outputs behind their operands. */
function settleNew(graph: IndexedGraph, layer: Float64Array): Int32Array {
  const { topological, inStart, inEdge, outStart, outEdge, source, target } = graph;
  for (let i = topological.length - 1; i >= 0; i--) {
    const v = topological[i]!;
    if (!Number.isNaN(layer[v]!)) continue;
    let first = Infinity;
    for (let a = outStart[v]!; a < outStart[v + 1]!; a++) {
      const l = layer[target[outEdge[a]!]!]!;
      if (!Number.isNaN(l)) first = Math.min(first, l);
    }
    if (first < Infinity) layer[v] = first - 1;
  }
  for (const v of topological) {
    if (Number.isNaN(layer[v]!)) layer[v] = 0;
    for (let a = inStart[v]!; a < inStart[v + 1]!; a++) layer[v] = Math.max(layer[v]!, layer[source[inEdge[a]!]!]! + 1);
  }
  let least = Infinity;
  for (const l of layer) least = Math.min(least, l);
  return Int32Array.from(layer, (l) => l - least);
}

/** The shift that most survivors share. */
function commonShift(layer: Int32Array, before: Float64Array): number {
  const votes = new Map<number, number>();
  layer.forEach((l, v) => {
    if (!Number.isNaN(before[v]!)) votes.set(l - before[v]!, (votes.get(l - before[v]!) ?? 0) + 1);
  });
  let best = 0;
  let most = 0;
  for (const [shift, count] of votes) if (count > most) (most = count), (best = shift);
  return best;
}
