/** First heights, one layer at a time; quick, and level only roughly. */

import type { Order } from './crossings';
import type { Distance } from './extents';
import type { Levels } from './levels';
import type { PreviousHeights } from './seed-order';
import type { LayeredGraph } from './segments';

/** How strongly a survivor is pulled to its place in the drawing before, in wires. */
export const ANCHOR = 200;

/** Sweeps of isotonic regression, one layer at a time. Source: pool adjacent violators, Ayer et al. (1955). */
export function relaxLayers(
  layered: LayeredGraph, order: Order, distance: Distance, levels: Levels, previous: PreviousHeights | null,
): Float64Array {
  const { memberStart, left, right, drop, inStart, inSegment, outStart, outSegment } = layered;
  const { sequence } = order;
  const { pull, level } = levels;
  const total = sequence.length;
  const height = new Float64Array(total);
  // Distance of each vertex to the first one of its layer when all touch.
  const stacked = new Float64Array(total);
  let widest = 0;
  for (let l = 0; l < layered.layerCount; l++) {
    const start = memberStart[l]!;
    const end = memberStart[l + 1]!;
    widest = Math.max(widest, end - start);
    for (let i = start + 1; i < end; i++) stacked[i] = stacked[i - 1]! + distance(sequence[i - 1]!, sequence[i]!);
    for (let i = start; i < end; i++) height[sequence[i]!] = stacked[i]! - stacked[end - 1]! / 2;
  }
  const value = new Float64Array(widest);
  const weight = new Float64Array(widest);
  const length = new Int32Array(widest);

  const place = (l: number, sides: 'operands' | 'users' | 'both'): void => {
    let blocks = 0;
    for (let i = memberStart[l]!; i < memberStart[l + 1]!; i++) {
      const v = sequence[i]!;
      let sum = 0;
      let by = 0;
      if (sides !== 'users') {
        for (let a = inStart[v]!; a < inStart[v + 1]!; a++) {
          const s = inSegment[a]!;
          const w = level[s] ? pull[s]! * 4 : pull[s]!;
          sum += w * (height[left[s]!]! - drop[s]!);
          by += w;
        }
      }
      if (sides !== 'operands') {
        for (let a = outStart[v]!; a < outStart[v + 1]!; a++) {
          const s = outSegment[a]!;
          const w = level[s] ? pull[s]! * 4 : pull[s]!;
          sum += w * (height[right[s]!]! + drop[s]!);
          by += w;
        }
      }
      if (previous && !Number.isNaN(previous[v]!)) {
        sum += ANCHOR * previous[v]!;
        by += ANCHOR;
      }
      if (by === 0) {
        by = 0.05;
        sum = by * height[v]!;
      }
      value[blocks] = sum / by - stacked[i]!;
      weight[blocks] = by;
      length[blocks++] = 1;
      while (blocks > 1 && value[blocks - 2]! > value[blocks - 1]!) {
        const w = weight[blocks - 2]! + weight[blocks - 1]!;
        value[blocks - 2] = (value[blocks - 2]! * weight[blocks - 2]! + value[blocks - 1]! * weight[blocks - 1]!) / w;
        weight[blocks - 2] = w;
        length[blocks - 2]! += length[blocks - 1]!;
        blocks--;
      }
    }
    let i = memberStart[l]!;
    for (let b = 0; b < blocks; b++) {
      for (let k = 0; k < length[b]!; k++, i++) height[sequence[i]!] = value[b]! + stacked[i]!;
    }
  };

  const rounds = total > 150000 ? 6 : 12;
  for (let round = 0; round < rounds; round++) {
    const late = round >= rounds - 4;
    if (round % 2 === 0) for (let l = layered.layerCount - 1; l >= 0; l--) place(l, late ? 'both' : 'users');
    else for (let l = 0; l < layered.layerCount; l++) place(l, late ? 'both' : 'operands');
  }
  return height;
}
