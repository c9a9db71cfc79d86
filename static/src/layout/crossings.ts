/** Counts crossings between neighbouring layers, ports included, so that operands out of order count as crossings. */

import type { LayeredGraph } from './segments';

/** An order of the vertices within each layer. */
export interface Order {
  /** Vertices layer by layer, top to bottom: layer l is sequence[memberStart[l] .. memberStart[l + 1]). */
  sequence: Int32Array;
  /** Place of each vertex within its layer. */
  position: Int32Array;
}

export function orderFrom(layered: LayeredGraph, sequence: Int32Array): Order {
  const order = { sequence, position: new Int32Array(sequence.length) };
  for (let l = 0; l < layered.layerCount; l++) refreshPositions(layered, order, l);
  return order;
}

export function refreshPositions(layered: LayeredGraph, order: Order, l: number): void {
  const start = layered.memberStart[l]!;
  const end = layered.memberStart[l + 1]!;
  for (let i = start; i < end; i++) order.position[order.sequence[i]!] = i - start;
}

export type CrossingCounter = (order: Order) => number;

/** A counter that reuses its buffers. Source: accumulator tree of Barth, Jünger and Mutzel (2004). */
export function crossingCounter(layered: LayeredGraph): CrossingCounter {
  const { memberStart, inStart, inSegment, outStart, outSegment, port } = layered;
  const slot = new Int32Array(layered.left.length);
  let widest = 1;
  for (let l = 0; l + 1 < layered.layerCount; l++) {
    let segments = 0;
    for (let i = memberStart[l + 1]!; i < memberStart[l + 2]!; i++) {
      const v = layered.members[i]!;
      segments += inStart[v + 1]! - inStart[v]!;
    }
    widest = Math.max(widest, segments);
  }
  const tree = new Int32Array(widest + 2);
  const row = new Int32Array(widest + 1);

  const countGap = (order: Order, l: number): number => {
    let slots = 0;
    for (let i = memberStart[l + 1]!; i < memberStart[l + 2]!; i++) {
      const v = order.sequence[i]!;
      let lastPort = -1;
      for (let a = inStart[v]!; a < inStart[v + 1]!; a++) {
        const s = inSegment[a]!;
        // Operands in free order share a port, hence a slot: they never cross each other.
        if (port[s]! > lastPort) slots++;
        lastPort = port[s]!;
        slot[s] = slots;
      }
    }
    tree.fill(0, 0, slots + 1);
    let crossings = 0;
    let seen = 0;
    for (let i = memberStart[l]!; i < memberStart[l + 1]!; i++) {
      const v = order.sequence[i]!;
      let k = 0;
      for (let a = outStart[v]!; a < outStart[v + 1]!; a++) row[k++] = slot[outSegment[a]!]!;
      for (let a = 0; a < k; a++) {
        let notBelow = 0;
        for (let j = row[a]!; j > 0; j -= j & -j) notBelow += tree[j]!;
        crossings += seen - notBelow;
      }
      for (let a = 0; a < k; a++) for (let j = row[a]!; j <= slots; j += j & -j) tree[j]!++;
      seen += k;
    }
    return crossings;
  };

  return (order) => {
    let total = 0;
    for (let l = 0; l + 1 < layered.layerCount; l++) total += countGap(order, l);
    return total;
  };
}
