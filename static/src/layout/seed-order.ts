/** The order from which the search starts: as the program is read, or as the drawing before was. */

import type { LayeredGraph } from './segments';

/** Depth first from the outputs, operands in order: for a tree this order is final, without crossings. */
export function readingOrder(layered: LayeredGraph): Int32Array {
  const { layer, owner, dummyStart, left, inStart, inSegment, outStart, memberStart } = layered;
  const n = layered.graph.nodes.length;
  const total = layer.length;
  const sequence = new Int32Array(total);
  const fill = memberStart.slice();
  const seen = new Uint8Array(total);
  const stack: number[] = [];
  for (let root = 0; root < n; root++) {
    if (outStart[root] !== outStart[root + 1]) continue;
    stack.push(root);
    while (stack.length > 0) {
      const v = stack.pop()!;
      if (seen[v]) continue;
      seen[v] = 1;
      sequence[fill[layer[v]!]!++] = v;
      for (let a = inStart[v + 1]! - 1; a >= inStart[v]!; a--) stack.push(left[inSegment[a]!]!);
      // Where the middle of a trunk is left out, its next piece follows without a segment.
      if (v >= n && inStart[v] === inStart[v + 1]) stack.push(v === dummyStart[owner[v]!] ? owner[v]! : v - 1);
    }
  }
  return sequence;
}

/** Height at which each vertex stood before; NaN for what is new. Dummies stand where their source stood. */
export type PreviousHeights = Float64Array;

/** Vertices of each layer by their previous height; new ones go between their neighbours. */
export function previousOrder(layered: LayeredGraph, reading: Int32Array, previous: PreviousHeights): Int32Array {
  const { left, right, inStart, inSegment, outStart, outSegment, memberStart } = layered;
  const height = previous.slice();
  const total = height.length;
  // New vertices are few and close to known ones: some rounds reach them all, the rest keep the reading order.
  for (let round = 0; round < 8; round++) {
    let missing = false;
    for (let v = 0; v < total; v++) {
      if (!Number.isNaN(height[v]!)) continue;
      let sum = 0;
      let count = 0;
      for (let a = outStart[v]!; a < outStart[v + 1]!; a++) {
        const s = outSegment[a]!;
        const y = height[right[s]!]!;
        // A hair towards the port, so that new operands of one gate start in their order.
        if (!Number.isNaN(y)) (sum += y + (layered.port[s]! - 0.5) * 20), count++;
      }
      if (count === 0) {
        for (let a = inStart[v]!; a < inStart[v + 1]!; a++) {
          const y = height[left[inSegment[a]!]!]!;
          if (!Number.isNaN(y)) (sum += y), count++;
        }
      }
      if (count > 0) height[v] = sum / count;
      else missing = true;
    }
    if (!missing) break;
  }
  const rank = new Int32Array(total);
  reading.forEach((v, i) => (rank[v] = i));
  const sequence = reading.slice();
  for (let l = 0; l < layered.layerCount; l++) {
    sequence.subarray(memberStart[l]!, memberStart[l + 1]!).sort((a, b) => {
      const difference = height[a]! - height[b]!;
      return difference < 0 ? -1 : difference > 0 ? 1 : rank[a]! - rank[b]!;
    });
  }
  return sequence;
}
