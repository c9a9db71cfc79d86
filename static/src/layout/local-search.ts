/**
 * Improves the order within one layer while its neighbours stay: sifting where the layer is narrow, exchanges of
 * neighbours where it is wide. Source: Matuszewski, Schönfeld and Molitor (1999).
 */

import { refreshPositions, type Order } from './crossings';
import type { LayeredGraph } from './segments';

/** Cost, beside crossings, of standing above or below another vertex of the same layer. */
export interface Preference {
  /** Vertices would like to stand by increasing rank. */
  rank: ArrayLike<number>;
  /** What a pair in the wrong order costs, in crossings; less than 1 means that crossings decide first. */
  weight: (above: number, below: number) => number;
}

/** Cost of two operands that cross right at their gate, beside the crossing itself. */
export const TURNED_OPERAND = 0.01;

const WIDEST_SIFTED_LAYER = 160;

export interface LayerSearch {
  /** Moves each vertex of layer l to its best place; says whether anything was gained. */
  sift(order: Order, l: number): boolean;
  /** Exchanges neighbours in layer l where that removes crossings. */
  exchange(order: Order, l: number): boolean;
}

export function layerSearch(layered: LayeredGraph, preference: Preference): LayerSearch {
  const { memberStart, left, right, port, inStart, inSegment, outStart, outSegment } = layered;
  const segments = left.length;
  const inKey = new Float64Array(segments);
  const outKey = new Float64Array(segments);
  let widest = 0;
  for (let l = 0; l < layered.layerCount; l++) widest = Math.max(widest, memberStart[l + 1]! - memberStart[l]!);
  const side = Math.min(widest, WIDEST_SIFTED_LAYER);
  const cost = new Float64Array(side * side);
  const gain = { forward: 0, backward: 0 };

  /** Sorted places of the neighbours of every vertex in layer l. */
  const readNeighbours = (order: Order, l: number): void => {
    for (let i = memberStart[l]!; i < memberStart[l + 1]!; i++) {
      const v = order.sequence[i]!;
      for (let a = inStart[v]!; a < inStart[v + 1]!; a++) inKey[a] = order.position[left[inSegment[a]!]!]!;
      sortRow(inKey, inStart[v]!, inStart[v + 1]!);
      for (let a = outStart[v]!; a < outStart[v + 1]!; a++) {
        const s = outSegment[a]!;
        outKey[a] = order.position[right[s]!]! + port[s]!;
      }
      sortRow(outKey, outStart[v]!, outStart[v + 1]!);
    }
  };

  /** Crossings of u and v with u above (forward) and with v above (backward). */
  const compare = (u: number, v: number): void => {
    gain.forward = 0;
    gain.backward = 0;
    countPairs(inKey, inStart[u]!, inStart[u + 1]!, inStart[v]!, inStart[v + 1]!, gain);
    countPairs(outKey, outStart[u]!, outStart[u + 1]!, outStart[v]!, outStart[v + 1]!, gain);
    countTurned(outStart[u]!, outStart[u + 1]!, outStart[v]!, outStart[v + 1]!);
    if (preference.rank[u]! > preference.rank[v]!) gain.forward += preference.weight(u, v);
    else gain.backward += preference.weight(u, v);
  };

  /** Pairs of operands of one gate in the wrong order count a little more than other crossings. */
  const countTurned = (uStart: number, uEnd: number, vStart: number, vEnd: number): void => {
    for (let a = uStart, b = vStart; a < uEnd && b < vEnd; ) {
      const [x, y] = [outKey[a]!, outKey[b]!];
      if (Math.floor(x) === Math.floor(y)) {
        if (x > y) gain.forward += TURNED_OPERAND;
        else if (x < y) gain.backward += TURNED_OPERAND;
      }
      if (x < y) a++;
      else b++;
    }
  };

  const sift = (order: Order, l: number): boolean => {
    const start = memberStart[l]!;
    const width = memberStart[l + 1]! - start;
    if (width < 2) return false;
    if (width > side) return exchange(order, l);
    readNeighbours(order, l);
    const vertices = order.sequence.slice(start, start + width);
    for (let i = 0; i < width; i++) {
      for (let j = i + 1; j < width; j++) {
        compare(vertices[i]!, vertices[j]!);
        cost[i * width + j] = gain.forward;
        cost[j * width + i] = gain.backward;
      }
    }
    const row = Int32Array.from(vertices, (_, i) => i);
    let improved = false;
    for (let round = 0; round < 4; round++) {
      let moved = false;
      for (let item = 0; item < width; item++) if (siftOne(row, width, item, cost)) moved = true;
      if (!moved) break;
      improved = true;
    }
    if (!improved) return false;
    for (let i = 0; i < width; i++) order.sequence[start + i] = vertices[row[i]!]!;
    refreshPositions(layered, order, l);
    return true;
  };

  const exchange = (order: Order, l: number): boolean => {
    const start = memberStart[l]!;
    const end = memberStart[l + 1]!;
    if (end - start < 2) return false;
    readNeighbours(order, l);
    let improved = false;
    for (let round = 0; round < 3; round++) {
      let moved = false;
      for (let i = start; i + 1 < end; i++) {
        const u = order.sequence[i]!;
        const v = order.sequence[i + 1]!;
        compare(u, v);
        if (gain.backward >= gain.forward) continue;
        order.sequence[i] = v;
        order.sequence[i + 1] = u;
        moved = true;
      }
      if (!moved) break;
      improved = true;
    }
    if (improved) refreshPositions(layered, order, l);
    return improved;
  };

  return { sift, exchange };
}

/** Takes one item out of the row and puts it back where it costs least; stays unless that is a real gain. */
function siftOne(row: Int32Array, width: number, item: number, cost: Float64Array): boolean {
  let at = 0;
  while (row[at] !== item) at++;
  let bestDelta = -1e-9;
  let best = at;
  let delta = 0;
  for (let p = at - 1; p >= 0; p--) {
    const other = row[p]!;
    delta += cost[item * width + other]! - cost[other * width + item]!;
    if (delta < bestDelta - 1e-9) (bestDelta = delta), (best = p);
  }
  delta = 0;
  for (let p = at + 1; p < width; p++) {
    const other = row[p]!;
    delta += cost[other * width + item]! - cost[item * width + other]!;
    if (delta < bestDelta - 1e-9) (bestDelta = delta), (best = p);
  }
  if (best === at) return false;
  if (best < at) row.copyWithin(best + 1, best, at);
  else row.copyWithin(at, at + 1, best + 1);
  row[best] = item;
  return true;
}

function sortRow(keys: Float64Array, start: number, end: number): void {
  if (end - start > 24) {
    keys.subarray(start, end).sort();
    return;
  }
  for (let i = start + 1; i < end; i++) {
    const key = keys[i]!;
    let j = i - 1;
    while (j >= start && keys[j]! > key) {
      keys[j + 1] = keys[j]!;
      j--;
    }
    keys[j + 1] = key;
  }
}

/** Adds to `pairs` the pairs (x of u, y of v) with x > y (forward) and with x < y (backward), both rows sorted. */
function countPairs(
  keys: Float64Array, uStart: number, uEnd: number, vStart: number, vEnd: number,
  pairs: { forward: number; backward: number },
): void {
  let below = vStart;
  let notAbove = vStart;
  for (let a = uStart; a < uEnd; a++) {
    const x = keys[a]!;
    while (below < vEnd && keys[below]! < x) below++;
    if (notAbove < below) notAbove = below;
    while (notAbove < vEnd && keys[notAbove]! <= x) notAbove++;
    pairs.forward += below - vStart;
    pairs.backward += vEnd - notAbove;
  }
}
