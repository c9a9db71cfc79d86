/** Heights: operands centre their gate, users centre their fork, what should be level is level. */

import { groupByKey } from './graph';
import type { Order } from './crossings';
import type { Distance } from './extents';
import { findLevels, type Levels } from './levels';
import type { PreviousHeights } from './seed-order';
import type { LayeredGraph } from './segments';
import { separator, type Constraints } from './separation';

/** How strongly a survivor is pulled to its place in the drawing before, in wires. */
const ANCHOR = 200;
/** Rounds of each kind, as far as the number of constraints to keep leaves time for them. */
const MOST_ROUNDS = 20;
const ROUND_BUDGET = 160_000;
/** Nothing visible moves any more. */
const STILL = 0.02;
/** How strongly gates stay where they were centred while leaves and trunks follow. */
const HOLD = 1e4;

/** Height of every vertex, the least being 0 or more only by chance; the caller moves the drawing. */
export function findHeights(
  layered: LayeredGraph, order: Order, distance: Distance, previous: PreviousHeights | null,
): Float64Array {
  const levels = findLevels(layered, order, previous);
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

  const rounds = total > 150000 ? 6 : 12;
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
  /** Pull of operands in the last rounds, when gates are centred between them; 0 for users and lesser operands. */
  centring: Float64Array;
  /** 1 for blocks that are centred between operands; the others are leaves, what is level with them, and trunks. */
  centred: Uint8Array;
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
  const constraints = blockConstraints(layered, order, distance, levels);
  const separate = separator(constraints);
  let current = separate(start, members);
  const wires = blockWires(layered, levels);
  const wish = new Float64Array(blockCount);
  const weight = new Float64Array(blockCount);

  const fastest = Math.max(3, Math.min(MOST_ROUNDS, Math.floor(ROUND_BUDGET / (constraints.upper.length + 1))));
  const relax = (at: Float64Array, next: Float64Array, held: Float64Array | null): void => {
    for (let b = 0; b < blockCount; b++) {
      let sum = anchorSum[b]!;
      let by = anchorWeight[b]!;
      for (let a = wires.start[b]!; a < wires.start[b + 1]!; a++) {
        sum += wires.pull[a]! * at[wires.other[a]!]!;
        by += wires.pull[a]!;
      }
      // Half of the way: all blocks step at once, and two that want each other's place would swap for ever.
      wish[b] = by > 0 ? (at[b]! + sum / by) / 2 : at[b]!;
      weight[b] = Math.max(by, 0.05);
      if (held && wires.centred[b]) {
        wish[b] = held[b]!;
        weight[b] = HOLD;
      }
    }
    next.set(separate(wish, weight));
  };
  current = accelerate(current, fastest, (at, next) => relax(at, next, null));
  const anchor = (b: number): number => (anchorWeight[b]! > 0 ? anchorSum[b]! / anchorWeight[b]! : NaN);
  centreGates(current, Math.min(10, fastest), wires, anchor, separate, false);
  const gates = current.slice();
  current = accelerate(current, fastest / 2, (at, next) => relax(at, next, gates));
  centreGates(current, Math.min(12, fastest), wires, anchor, separate, true);
  return height.map((_, v) => current[block[v]!]!);
}

/** Gradient steps with momentum, restarted where it overshoots. Source: Nesterov (1983); O'Donoghue, Candès (2015). */
function accelerate(
  start: Float64Array, rounds: number, step: (at: Float64Array, next: Float64Array) => void,
): Float64Array {
  let current = start.slice();
  let before = start.slice();
  const at = start.slice();
  const next = new Float64Array(start.length);
  let momentum = 1;
  for (let k = 0; k < rounds; k++) {
    step(at, next);
    let turned = 0;
    let moved = 0;
    for (let b = 0; b < next.length; b++) {
      turned += (at[b]! - next[b]!) * (next[b]! - current[b]!);
      moved = Math.max(moved, Math.abs(at[b]! - next[b]!));
    }
    if (moved < STILL) return next;
    const following = turned > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const beta = turned > 0 ? 0 : (momentum - 1) / following;
    const swap = before;
    before = current;
    current = swap;
    current.set(next);
    for (let b = 0; b < next.length; b++) at[b] = current[b]! + beta * (current[b]! - before[b]!);
    momentum = following;
  }
  return current;
}

/**
 * Last touch: each gate exactly between the operands it does not run level with, each leaf towards its users.
 * Sources with many uses say less, and lesser operands nothing, about where a gate should stand.
 */
function centreGates(
  current: Float64Array, rounds: number, wires: BlockWires, anchor: (b: number) => number,
  separate: (wish: Float64Array, weight: Float64Array) => Float64Array, gatesOnly: boolean,
): void {
  const count = current.length;
  const wish = new Float64Array(count);
  const weight = new Float64Array(count);
  for (let k = 0; k < rounds; k++) {
    for (let b = 0; b < count; b++) {
      let sum = 0;
      let by = 0;
      for (let a = wires.start[b]!; a < wires.start[b + 1]!; a++) {
        const w = wires.centred[b] ? wires.centring[a]! + 0.02 * wires.pull[a]! : wires.pull[a]!;
        sum += w * current[wires.other[a]!]!;
        by += w;
      }
      const fixed = anchor(b);
      if (!Number.isNaN(fixed)) {
        sum += ANCHOR * fixed;
        by += ANCHOR;
      }
      wish[b] = by > 0 ? (gatesOnly ? sum / by : (current[b]! + sum / by) / 2) : current[b]!;
      weight[b] = Math.max(by, 0.05);
      if (gatesOnly && !wires.centred[b]) {
        wish[b] = current[b]!;
        weight[b] = HOLD;
      }
    }
    current.set(separate(wish, weight));
  }
}

function blockConstraints(layered: LayeredGraph, order: Order, distance: Distance, levels: Levels) {
  const { memberStart, layerCount } = layered;
  const { block, blockCount } = levels;
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
  // Two trunks side by side meet in many layers but need one constraint, with the largest gap.
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
      const need = distance(first[pair]!, second[pair]!);
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

function blockWires(layered: LayeredGraph, levels: Levels): BlockWires {
  const { left, right, edge, outStart } = layered;
  const { block, blockCount, pull } = levels;
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
    pull: Float64Array.from(rows.items, (i) => pull[segment[i]!]!),
    centring,
    centred,
  };
}
