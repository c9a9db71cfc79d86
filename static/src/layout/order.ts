/** The order within layers: few crossings, operands in order, and otherwise as the program is read. */

import { crossingCounter, orderFrom, type Order } from './crossings';
import { anneal } from './anneal';
import { layerSearch, TURNED_OPERAND, type LayerSearch, type Preference } from './local-search';
import { randomNumbers } from './random';
import { previousOrder, readingOrder, type PreviousHeights } from './seed-order';
import type { LayeredGraph } from './segments';
import { barycentreSweep } from './sweeps';

export interface OrderResult {
  order: Order;
  crossings: number;
}

/** Up to this many vertices the search restarts and prefers the reading order among equals. */
const SMALL = 2500;
/** Beyond these many vertices there is time for fewer sweeps. */
const VAST = 60_000;
const HUGE = 300_000;
const MOST_ROUNDS = 12;
/** Sifting gains more than exchanging neighbours; it is done up to this many pairs. */
const SIFT_BUDGET = 2e6;
/** Work of the restarts together, in compared pairs of vertices, and of annealing, in tried exchanges: some 20 ms. */
const RESTART_BUDGET = 1.2e6;
const MOVE_BUDGET = 250_000;
const MOVES_PER_VERTEX = 300;
const MOST_RUNS = 12;
/** Annealing starts warm, which mends details, and hot, which finds another plan, in turn. */
const HEATS = [1.2, 2.5];
/** Among equal crossings operands should not cross right at their gate, and then nodes stand in reading order. */
const READING = 1e-5;

/** Finds an order from nothing; `effort` is the share of the usual search. */
export function findOrder(layered: LayeredGraph, effort: number): OrderResult {
  const reading = readingOrder(layered);
  return layered.layer.length <= SMALL ? searchSmall(layered, reading, effort) : searchLarge(layered, reading);
}

function ranksOf(sequence: Int32Array): Int32Array {
  const rank = new Int32Array(sequence.length);
  sequence.forEach((v, i) => (rank[v] = i));
  return rank;
}

/** The order of the drawing before, from its heights (NaN for what is new); survivors change places only for a gain. */
export function keepOrder(layered: LayeredGraph, previous: PreviousHeights): OrderResult {
  const reading = readingOrder(layered);
  const sequence = previousOrder(layered, reading, previous);
  const n = layered.graph.nodes.length;
  const known = (v: number): boolean => !Number.isNaN(previous[v]!);
  const preference: Preference = {
    rank: ranksOf(sequence),
    weight: (u, v) => (known(u) && known(v) ? (u < n && v < n ? 0.9 : 0.2) : READING),
  };
  const order = orderFrom(layered, sequence.slice());
  const vertices = layered.layer.length;
  descend(layered, order, layerSearch(layered, preference), vertices > VAST ? 1 : vertices > SMALL ? 3 : MOST_ROUNDS);
  return { order, crossings: crossingCounter(layered)(order) };
}

/** Sifts all layers to and fro until nothing more is gained. */
function descend(layered: LayeredGraph, order: Order, search: LayerSearch, rounds = MOST_ROUNDS): void {
  const last = layered.layerCount - 1;
  for (let round = 0; round < rounds; round++) {
    let improved = false;
    for (let l = last; l >= 0; l--) if (search.sift(order, l)) improved = true;
    for (let l = 1; l <= last; l++) if (search.sift(order, l)) improved = true;
    if (!improved) return;
  }
}

function searchSmall(layered: LayeredGraph, reading: Int32Array, effort: number): OrderResult {
  const rank = ranksOf(reading);
  const search = layerSearch(layered, { rank, weight: () => READING });
  const random = randomNumbers(1);
  const count = crossingCounter(layered);
  const best = { order: orderFrom(layered, reading.slice()), crossings: Infinity, score: Infinity };
  const consider = (order: Order): void => {
    descend(layered, order, search);
    const crossings = count(order);
    const score = crossings + TURNED_OPERAND * turnedOperands(layered, order) + READING * inversions(layered, order, rank);
    if (score < best.score) Object.assign(best, { order, crossings, score });
  };
  consider(best.order);
  const restarts = Math.ceil(effort * restartCount(layered));
  for (let k = 0; k < restarts && best.crossings > 0; k++) consider(startOrder(layered, reading, best.order, k, random));
  const vertices = layered.layer.length;
  const budget = effort * MOVE_BUDGET;
  const moves = Math.min(MOVES_PER_VERTEX * vertices, budget);
  const runs = Math.min(MOST_RUNS, Math.floor(budget / moves));
  for (let k = 0; k < runs && best.crossings > 0; k++) {
    const order = orderFrom(layered, best.order.sequence.slice());
    anneal(layered, order, moves, HEATS[k % HEATS.length]!, random);
    consider(order);
  }
  return { order: best.order, crossings: best.crossings };
}

function restartCount(layered: LayeredGraph): number {
  return Math.max(2, Math.min(24, Math.floor(RESTART_BUDGET / (comparedPairs(layered) * 8))));
}

/** Pairs of vertices that share a layer: the work of sifting every layer once. */
function comparedPairs(layered: LayeredGraph): number {
  let pairs = 1;
  for (let l = 0; l < layered.layerCount; l++) {
    const width = layered.memberStart[l + 1]! - layered.memberStart[l]!;
    pairs += width * width;
  }
  return pairs;
}

/** Starts in turn: the reading order swept, upside down, then shuffles of everything and of some layers of the best. */
function startOrder(
  layered: LayeredGraph, reading: Int32Array, best: Order, start: number, random: () => number,
): Order {
  const shuffleAll = start >= 2 && start % 2 === 0;
  const sequence = shuffleAll || start < 2 ? reading.slice() : best.sequence.slice();
  const changed = start === 0 ? 0 : shuffleAll || start === 1 ? layered.layerCount : 1 + Math.floor(random() * 3);
  for (let k = 0; k < changed; k++) {
    const l = changed === layered.layerCount ? k : Math.floor(random() * layered.layerCount);
    const part = sequence.subarray(layered.memberStart[l]!, layered.memberStart[l + 1]!);
    if (start === 1) part.reverse();
    else shuffle(part, random);
  }
  const order = orderFrom(layered, sequence);
  if (start < 2 || shuffleAll) {
    for (let k = 0; k < 4; k++) barycentreSweep(layered, order, (k + start) % 2 === 0 ? 'left' : 'right');
  }
  return order;
}

function shuffle(part: Int32Array, random: () => number): void {
  for (let i = part.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const swapped = part[i]!;
    part[i] = part[j]!;
    part[j] = swapped;
  }
}

/** Pairs of operands that stand the other way round than they enter their gate. */
function turnedOperands(layered: LayeredGraph, order: Order): number {
  const { graph, inStart, inSegment, left, port } = layered;
  let total = 0;
  for (let v = 0; v < graph.nodes.length; v++) {
    // Wide gates are left out: they would cost the square of their operands.
    if (inStart[v + 1]! - inStart[v]! > 16) continue;
    for (let a = inStart[v]!; a < inStart[v + 1]!; a++) {
      for (let b = a + 1; b < inStart[v + 1]!; b++) {
        const [s, t] = [inSegment[a]!, inSegment[b]!];
        if (port[s]! < port[t]! && order.position[left[s]!]! > order.position[left[t]!]!) total++;
      }
    }
  }
  return total;
}

/** Pairs of one layer that stand against the rank: among equal drawings the one closest to the program is taken. */
function inversions(layered: LayeredGraph, order: Order, rank: Int32Array): number {
  let total = 0;
  for (let l = 0; l < layered.layerCount; l++) {
    const end = layered.memberStart[l + 1]!;
    for (let i = layered.memberStart[l]!; i < end; i++) {
      const r = rank[order.sequence[i]!]!;
      for (let j = i + 1; j < end; j++) if (rank[order.sequence[j]!]! < r) total++;
    }
  }
  return total;
}

function searchLarge(layered: LayeredGraph, reading: Int32Array): OrderResult {
  const vertices = layered.layer.length;
  const count = crossingCounter(layered);
  const search = layerSearch(layered, { rank: ranksOf(reading), weight: () => 0 });
  const order = orderFrom(layered, reading.slice());
  let best = order.sequence.slice();
  let bestCrossings = count(order);
  const sweeps = vertices > HUGE ? 3 : vertices > VAST ? 6 : 12;
  for (let k = 0; k < sweeps && bestCrossings > 0; k++) {
    barycentreSweep(layered, order, k % 2 === 0 ? 'left' : 'right');
    const crossings = count(order);
    if (crossings >= bestCrossings) continue;
    best = order.sequence.slice();
    bestCrossings = crossings;
  }
  const result = orderFrom(layered, best);
  if (bestCrossings === 0) return { order: result, crossings: 0 };
  const sift = comparedPairs(layered) < SIFT_BUDGET;
  const improve = sift ? search.sift : search.exchange;
  const rounds = vertices > VAST ? 1 : 2;
  for (let round = 0; round < rounds; round++) {
    for (let l = layered.layerCount - 1; l >= 0; l--) improve(result, l);
    for (let l = 1; l < layered.layerCount; l++) improve(result, l);
  }
  return { order: result, crossings: count(result) };
}
