/** Heights: operands centre their gate, users centre their fork, what should be level is level. */

import { blockConstraints, blockWires, type BlockWires } from './blocks';
import type { Order } from './crossings';
import type { Distance } from './extents';
import { findLevels, type Levels } from './levels';
import { ANCHOR, relaxLayers } from './relaxation';
import type { PreviousHeights } from './seed-order';
import type { LayeredGraph } from './segments';
import { separator, type Separator } from './separation';

/** Rounds of each kind, as far as the number of constraints to keep leaves time for them. */
const MOST_ROUNDS = 20;
const ROUND_BUDGET = 160_000;
/** Nothing visible moves any more. */
const STILL = 0.02;
/** How strongly gates stay where they were centred while leaves and trunks follow. */
const HOLD = 1e4;

/** Height of every vertex, from an arbitrary zero. */
export function findHeights(
  layered: LayeredGraph, order: Order, distance: Distance, previous: PreviousHeights | null,
): Float64Array {
  const levels = findLevels(layered, order, previous);
  const height = relaxLayers(layered, order, distance, levels, previous);
  return alignBlocks(layered, order, distance, levels, height, previous);
}

/** Makes level wires exactly level, then centres gates between their operands. */
function alignBlocks(
  layered: LayeredGraph, order: Order, distance: Distance, levels: Levels, height: Float64Array,
  previous: PreviousHeights | null,
): Float64Array {
  const { block, blockCount, offset } = levels;
  const total = height.length;
  const members = new Float64Array(blockCount);
  const start = new Float64Array(blockCount);
  const anchorSum = new Float64Array(blockCount);
  const anchorWeight = new Float64Array(blockCount);
  for (let v = 0; v < total; v++) {
    members[block[v]!]!++;
    start[block[v]!]! += height[v]! - offset[v]!;
    if (previous && !Number.isNaN(previous[v]!)) {
      anchorSum[block[v]!]! += ANCHOR * (previous[v]! - offset[v]!);
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
        sum += wires.pull[a]! * (at[wires.other[a]!]! + wires.shift[a]!);
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
  return height.map((_, v) => current[block[v]!]! + offset[v]!);
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
  separate: Separator, gatesOnly: boolean,
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
        sum += w * (current[wires.other[a]!]! + wires.shift[a]!);
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
