/** Barycentre sweeps: each layer sorted by the mean position of its neighbours. Source: Sugiyama et al. (1981). */

import { refreshPositions, type Order } from './crossings';
import type { LayeredGraph } from './segments';

/** Sorts layers one after another, from left to right by operands or from right to left by users. */
export function barycentreSweep(layered: LayeredGraph, order: Order, direction: 'right' | 'left'): void {
  const last = layered.layerCount - 1;
  if (direction === 'right') for (let l = 1; l <= last; l++) sortLayer(layered, order, l, true);
  else for (let l = last - 1; l >= 0; l--) sortLayer(layered, order, l, false);
}

function sortLayer(layered: LayeredGraph, order: Order, l: number, byOperands: boolean): void {
  const { left, right, port, inStart, inSegment, outStart, outSegment } = layered;
  const start = layered.memberStart[l]!;
  const width = layered.memberStart[l + 1]! - start;
  if (width < 2) return;
  const vertices = order.sequence.subarray(start, start + width);
  // Key and place packed into one number, so that the native numeric sort can be used and ties keep their order.
  const packed = new Float64Array(width);
  const keep = new Uint8Array(width);
  let movable = 0;
  for (let i = 0; i < width; i++) {
    const v = vertices[i]!;
    let sum = 0;
    let count = 0;
    if (byOperands) {
      for (let a = inStart[v]!; a < inStart[v + 1]!; a++, count++) sum += order.position[left[inSegment[a]!]!]!;
    } else {
      for (let a = outStart[v]!; a < outStart[v + 1]!; a++, count++) {
        const s = outSegment[a]!;
        sum += order.position[right[s]!]! + port[s]!;
      }
    }
    if (count === 0) keep[i] = 1;
    else packed[movable++] = Math.round((sum / count) * 1024) * 0x400000 + i;
  }
  const keys = packed.subarray(0, movable).sort();
  const sorted = new Int32Array(width);
  let next = 0;
  for (let i = 0; i < width; i++) sorted[i] = keep[i] ? vertices[i]! : vertices[keys[next++]! % 0x400000]!;
  vertices.set(sorted);
  refreshPositions(layered, order, l);
}
