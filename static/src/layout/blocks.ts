/** Blocks of vertices that share a height: the gaps they must keep and the wires that pull them. */

import type { Order } from './crossings';
import type { Distance } from './extents';
import { groupByKey } from './graph';
import type { Levels } from './levels';
import type { LayeredGraph } from './segments';
import type { Constraints } from './separation';

/** Wires between blocks, as seen from each block. */
export interface BlockWires {
  start: Int32Array;
  other: Int32Array;
  /** How far this block stands below the other one when the wire is level. */
  shift: Float64Array;
  pull: Float64Array;
  /** Pull of operands in the last rounds, when gates are centred between them; 0 for users and lesser operands. */
  centring: Float64Array;
  /** 1 for blocks that are centred between operands; the others are leaves, what is level with them, and trunks. */
  centred: Uint8Array;
}

/** One constraint for each pair of blocks that are neighbours somewhere, with the largest gap they need there. */
export function blockConstraints(
  layered: LayeredGraph, order: Order, distance: Distance, levels: Levels,
): Constraints {
  const { memberStart, layerCount } = layered;
  const { block, blockCount, offset } = levels;
  const pairs = order.sequence.length - layerCount;
  const first = new Int32Array(pairs);
  const second = new Int32Array(pairs);
  let c = 0;
  for (let l = 0; l < layerCount; l++) {
    for (let i = memberStart[l]! + 1; i < memberStart[l + 1]!; i++, c++) {
      first[c] = order.sequence[i - 1]!;
      second[c] = order.sequence[i]!;
    }
  }
  const byUpper = groupByKey(first.map((v) => block[v]!), blockCount);
  const seenBy = new Int32Array(blockCount).fill(-1);
  const upper = new Int32Array(pairs);
  const lower = new Int32Array(pairs);
  const gap = new Float64Array(pairs);
  let size = 0;
  for (let b = 0; b < blockCount; b++) {
    const own = size;
    for (let k = byUpper.start[b]!; k < byUpper.start[b + 1]!; k++) {
      const pair = byUpper.items[k]!;
      const below = block[second[pair]!]!;
      const need = distance(first[pair]!, second[pair]!) + offset[first[pair]!]! - offset[second[pair]!]!;
      const known = seenBy[below]!;
      if (known >= own) {
        gap[known] = Math.max(gap[known]!, need);
        continue;
      }
      seenBy[below] = size;
      upper[size] = b;
      lower[size] = below;
      gap[size++] = need;
    }
  }
  return inOrder(blockCount, upper.slice(0, size), lower.slice(0, size), gap.slice(0, size));
}

function inOrder(blockCount: number, upper: Int32Array, lower: Int32Array, gap: Float64Array): Constraints {
  // Blocks are chains that run from left to right without crossing, so "above" has no cycle.
  const rows = groupByKey(upper, blockCount);
  const waiting = new Int32Array(blockCount);
  for (const b of lower) waiting[b]!++;
  const topological = new Int32Array(blockCount);
  let filled = 0;
  for (let b = 0; b < blockCount; b++) if (waiting[b] === 0) topological[filled++] = b;
  for (let read = 0; read < filled; read++) {
    const b = topological[read]!;
    for (let k = rows.start[b]!; k < rows.start[b + 1]!; k++) {
      const below = lower[rows.items[k]!]!;
      if (--waiting[below]! === 0) topological[filled++] = below;
    }
  }
  return { count: blockCount, topological, upper, lower, gap };
}

export function blockWires(layered: LayeredGraph, levels: Levels): BlockWires {
  const { left, right, edge, drop, outStart } = layered;
  const { block, blockCount, offset, pull } = levels;
  const ends: number[] = [];
  const segment: number[] = [];
  for (let s = 0; s < left.length; s++) {
    const a = block[left[s]!]!;
    const b = block[right[s]!]!;
    if (a === b) continue;
    ends.push(a, b);
    segment.push(s, s);
  }
  const rows = groupByKey(ends, blockCount);
  const centring = Float64Array.from(rows.items, (i) => {
    const s = segment[i]!;
    const uses = outStart[left[s]! + 1]! - outStart[left[s]!]!;
    // Odd places see the wire from its right end. A lesser operand of one use follows; a shared one has its say.
    return i % 2 === 0 || edge[s] === -1 || (levels.lesser[s] && uses === 1) ? 0 : pull[s]! / uses;
  });
  const centred = new Uint8Array(blockCount);
  for (let b = 0; b < blockCount; b++) {
    for (let a = rows.start[b]!; a < rows.start[b + 1]!; a++) if (centring[a]! > 0) centred[b] = 1;
  }
  return {
    start: rows.start,
    other: rows.items.map((i) => ends[i % 2 === 0 ? i + 1 : i - 1]!),
    shift: Float64Array.from(rows.items, (i) => {
      const s = segment[i]!;
      const lower = offset[right[s]!]! + drop[s]! - offset[left[s]!]!;
      return i % 2 === 0 ? lower : -lower;
    }),
    pull: Float64Array.from(rows.items, (i) => pull[segment[i]!]!),
    centring,
    centred,
  };
}
