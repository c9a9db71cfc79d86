/** Heights: operands centre their gate, users centre their fork, what should be level is level. */

import { groupByKey } from './graph';
import type { Order } from './crossings';
import type { Distance } from './extents';
import { findLevels, type Levels } from './levels';
import type { PreviousHeights } from './seed-order';
import type { LayeredGraph } from './segments';
import { separator } from './separation';

/** How strongly a survivor is pulled to its place in the drawing before, in wires. */
const ANCHOR = 3;

/** Height of every vertex, the least being 0 or more only by chance; the caller moves the drawing. */
export function findHeights(
  layered: LayeredGraph, order: Order, distance: Distance, previous: PreviousHeights | null,
): Float64Array {
  const levels = findLevels(layered, order);
  const height = relaxLayers(layered, order, distance, levels, previous);
  return alignBlocks(layered, order, distance, levels, height, previous);
}

/** Sweeps of isotonic regression, one layer at a time. Source: pool adjacent violators, Ayer et al. (1955). */
function relaxLayers(
  layered: LayeredGraph, order: Order, distance: Distance, levels: Levels, previous: PreviousHeights | null,
): Float64Array {
  const { memberStart, left, right, inStart, inSegment, outStart, outSegment } = layered;
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
          sum += w * height[left[s]!]!;
          by += w;
        }
      }
      if (sides !== 'operands') {
        for (let a = outStart[v]!; a < outStart[v + 1]!; a++) {
          const s = outSegment[a]!;
          const w = level[s] ? pull[s]! * 4 : pull[s]!;
          sum += w * height[right[s]!]!;
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

  const rounds = 12;
  for (let round = 0; round < rounds; round++) {
    const late = round >= rounds - 4;
    if (round % 2 === 0) for (let l = layered.layerCount - 1; l >= 0; l--) place(l, late ? 'both' : 'users');
    else for (let l = 0; l < layered.layerCount; l++) place(l, late ? 'both' : 'operands');
  }
  return height;
}

/** Wires between blocks, as seen from each block. */
interface BlockWires {
  start: Int32Array;
  other: Int32Array;
  pull: Float64Array;
  /** 1 where the other block is the operand. */
  fromOperand: Uint8Array;
}

/** Makes level wires exactly level, then centres gates between their operands. */
function alignBlocks(
  layered: LayeredGraph, order: Order, distance: Distance, levels: Levels, height: Float64Array,
  previous: PreviousHeights | null,
): Float64Array {
  const { block, blockCount } = levels;
  const total = height.length;
  const members = new Float64Array(blockCount);
  const start = new Float64Array(blockCount);
  const anchorSum = new Float64Array(blockCount);
  const anchorWeight = new Float64Array(blockCount);
  for (let v = 0; v < total; v++) {
    members[block[v]!]!++;
    start[block[v]!]! += height[v]!;
    if (previous && !Number.isNaN(previous[v]!)) {
      anchorSum[block[v]!]! += ANCHOR * previous[v]!;
      anchorWeight[block[v]!]! += ANCHOR;
    }
  }
  for (let b = 0; b < blockCount; b++) start[b]! /= members[b]!;
  const separate = separator(blockConstraints(layered, order, distance, levels));
  let current = separate(start, members);
  const wires = blockWires(layered, levels);
  const wish = new Float64Array(blockCount);
  const weight = new Float64Array(blockCount);

  const step = (userShare: number, damping: number): void => {
    for (let b = 0; b < blockCount; b++) {
      let sum = anchorSum[b]!;
      let by = anchorWeight[b]!;
      let operandWeight = 0;
      for (let a = wires.start[b]!; a < wires.start[b + 1]!; a++) if (wires.fromOperand[a]) operandWeight += wires.pull[a]!;
      for (let a = wires.start[b]!; a < wires.start[b + 1]!; a++) {
        const w = wires.pull[a]! * (wires.fromOperand[a] || operandWeight === 0 ? 1 : userShare);
        sum += w * current[wires.other[a]!]!;
        by += w;
      }
      wish[b] = by > 0 ? sum / by : current[b]!;
      weight[b] = Math.max(by, 0.05);
    }
    const next = separate(wish, weight);
    for (let b = 0; b < blockCount; b++) current[b] = current[b]! + damping * (next[b]! - current[b]!);
  };

  const rounds = blockCount > 6000 ? 2 : blockCount > 1500 ? 6 : 16;
  for (let k = 0; k < rounds; k++) step(1, 0.5);
  for (let k = 0; k < rounds; k++) step(0.02, 0.5);
  return height.map((_, v) => current[block[v]!]!);
}

function blockConstraints(layered: LayeredGraph, order: Order, distance: Distance, levels: Levels) {
  const { memberStart, layerCount } = layered;
  const { block, blockCount } = levels;
  const size = order.sequence.length - layerCount;
  const upper = new Int32Array(size);
  const lower = new Int32Array(size);
  const gap = new Float64Array(size);
  let c = 0;
  for (let l = 0; l < layerCount; l++) {
    for (let i = memberStart[l]! + 1; i < memberStart[l + 1]!; i++, c++) {
      const u = order.sequence[i - 1]!;
      const v = order.sequence[i]!;
      upper[c] = block[u]!;
      lower[c] = block[v]!;
      gap[c] = distance(u, v);
    }
  }
  // Blocks are chains that run from left to right without crossing, so "above" has no cycle.
  const rows = groupByKey(upper, blockCount);
  const waiting = new Int32Array(blockCount);
  for (let k = 0; k < size; k++) waiting[lower[k]!]!++;
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

function blockWires(layered: LayeredGraph, levels: Levels): BlockWires {
  const { left, right, outStart } = layered;
  const { block, blockCount, pull } = levels;
  const ends: number[] = [];
  const others: number[] = [];
  const pulls: number[] = [];
  const sides: number[] = [];
  for (let s = 0; s < left.length; s++) {
    const a = block[left[s]!]!;
    const b = block[right[s]!]!;
    if (a === b) continue;
    const uses = outStart[left[s]! + 1]! - outStart[left[s]!]!;
    ends.push(a, b);
    others.push(b, a);
    // A source with many uses says less about where one of its users should stand.
    pulls.push(pull[s]!, pull[s]! / uses);
    sides.push(0, 1);
  }
  const rows = groupByKey(ends, blockCount);
  return {
    start: rows.start,
    other: rows.items.map((i) => others[i]!),
    pull: Float64Array.from(rows.items, (i) => pulls[i]!),
    fromOperand: Uint8Array.from(rows.items, (i) => sides[i]!),
  };
}
