/**
 * Which wires run level: a chain of gates is one straight line, a long trunk does not wander.
 *
 * In each gap between layers a set of segments is chosen that do not cross and share no end, of the greatest weight.
 * Vertices joined by chosen segments form a block, which has one height. Source of the idea: Brandes and Köpf (2001).
 */

import type { Order } from './crossings';
import type { PreviousHeights } from './seed-order';
import type { LayeredGraph } from './segments';

export interface Levels {
  /** Block of each vertex, 0 .. blockCount - 1. */
  block: Int32Array;
  blockCount: number;
  /** Height of each vertex relative to its block: other than 0 only behind a wire that enters a group off its middle. */
  offset: Float64Array;
  /** 1 for segments that run level. */
  level: Uint8Array;
  /** How strongly each segment pulls its two ends to one height. */
  pull: Float64Array;
  /** 1 for operands beside a main one: they do not decide where their gate stands. */
  lesser: Uint8Array;
}

const TRUNK = { wish: 10, pull: 8 };
const TRUNK_START = { wish: 4, pull: 2 };
const MAIN_OPERAND = { wish: 5, pull: 2 };
/** A lesser operand follows its gate but must not bend the main line. */
const LESSER_OPERAND_PULL = 0.4;
const EQUAL_OPERAND_PULL = 1;

/** What was level in the drawing before (heights, NaN for what is new) stays level where it can. */
export function findLevels(layered: LayeredGraph, order: Order, previous: PreviousHeights | null): Levels {
  const { pull, wish, lesser } = weighSegments(layered);
  if (previous) preferPrevious(layered, previous, wish);
  const level = new Uint8Array(layered.left.length);
  chooseLevelSegments(layered, order, wish, level);
  const total = layered.layer.length;
  const block = new Int32Array(total).fill(-1);
  const offset = new Float64Array(total);
  let blockCount = 0;
  for (let i = 0; i < total; i++) {
    // Members are listed layer by layer, so the left end of a segment has its block before its right end.
    const v = layered.members[i]!;
    for (let a = layered.inStart[v]!; a < layered.inStart[v + 1]!; a++) {
      const s = layered.inSegment[a]!;
      if (!level[s]) continue;
      block[v] = block[layered.left[s]!]!;
      offset[v] = offset[layered.left[s]!]! - layered.drop[s]!;
    }
    if (block[v] === -1) block[v] = blockCount++;
  }
  return { block, blockCount, offset, level, pull, lesser };
}

function preferPrevious(layered: LayeredGraph, previous: PreviousHeights, wish: Float64Array): void {
  for (let s = 0; s < wish.length; s++) {
    const rise = Math.abs(previous[layered.left[s]!]! - previous[layered.right[s]!]! - layered.drop[s]!);
    if (rise < 0.5) wish[s] = Math.max(wish[s]!, MAIN_OPERAND.wish) + 3;
    else if (rise >= 0.5) wish[s]! *= 0.2;
  }
}

/** Length of the longest path from a leaf to each node, and from each node to an output. */
function depths(layered: LayeredGraph): { below: Int32Array; above: Int32Array } {
  const { topological, source, target, inStart, inEdge, outStart, outEdge } = layered.graph;
  const below = new Int32Array(topological.length);
  const above = new Int32Array(topological.length);
  for (const v of topological) {
    for (let a = inStart[v]!; a < inStart[v + 1]!; a++) below[v] = Math.max(below[v]!, below[source[inEdge[a]!]!]! + 1);
  }
  for (let i = topological.length - 1; i >= 0; i--) {
    const v = topological[i]!;
    for (let a = outStart[v]!; a < outStart[v + 1]!; a++) above[v] = Math.max(above[v]!, above[target[outEdge[a]!]!]! + 1);
  }
  return { below, above };
}

/** The operand a gate is level with: the only one, the one that most was computed for, or the middle of equal ones. */
function mainOperand(layered: LayeredGraph, v: number, below: Int32Array): number {
  const { inStart, inEdge, source } = layered.graph;
  const sources: number[] = [];
  for (let a = inStart[v]!; a < inStart[v + 1]!; a++) {
    const u = source[inEdge[a]!]!;
    if (!sources.includes(u)) sources.push(u);
    if (sources.length > 64) break;
  }
  let deepest = -1;
  for (const u of sources) deepest = Math.max(deepest, below[u]!);
  const leading = sources.filter((u) => below[u] === deepest);
  if (leading.length === 1) return leading[0]!;
  return leading.length === sources.length && sources.length % 2 === 1 ? sources[(sources.length - 1) / 2]! : -1;
}

function weighSegments(layered: LayeredGraph): { wish: Float64Array; pull: Float64Array; lesser: Uint8Array } {
  const { left, right, edge, owner, graph } = layered;
  const n = graph.nodes.length;
  const count = left.length;
  const { below, above } = depths(layered);
  const main = new Int32Array(n);
  for (let v = 0; v < n; v++) main[v] = mainOperand(layered, v, below);
  const wish = new Float64Array(count);
  const pull = new Float64Array(count);
  const lesser = new Uint8Array(count);
  for (let s = 0; s < count; s++) {
    const a = left[s]!;
    const b = right[s]!;
    if (edge[s] === -1) {
      const kind = a >= n ? TRUNK : TRUNK_START;
      wish[s] = kind.wish;
      pull[s] = kind.pull;
    } else if (main[b] === -1) {
      pull[s] = EQUAL_OPERAND_PULL;
    } else if (main[b] === owner[a]) {
      wish[s] = MAIN_OPERAND.wish;
      pull[s] = MAIN_OPERAND.pull;
    } else {
      pull[s] = LESSER_OPERAND_PULL;
      lesser[s] = 1;
    }
  }
  for (let a = 0; a < layered.layer.length; a++) preferMainUser(layered, a, wish, above);
  return { wish, pull, lesser };
}

/** Of several users in the next layer a fork is level with the one that leads furthest, or with the middle one. */
function preferMainUser(layered: LayeredGraph, a: number, wish: Float64Array, above: Int32Array): void {
  const users: number[] = [];
  let furthest = -1;
  for (let i = layered.outStart[a]!; i < layered.outStart[a + 1]!; i++) {
    const s = layered.outSegment[i]!;
    if (layered.edge[s] === -1 || wish[s] === 0) continue;
    users.push(s);
    furthest = Math.max(furthest, above[layered.right[s]!]!);
  }
  if (users.length < 2) return;
  const targets = new Set(users.map((s) => layered.right[s]!));
  if (targets.size === 1) return;
  const leading = users.filter((s) => above[layered.right[s]!] === furthest);
  const kept = leading.length === 1 ? leading[0]! : users.length % 2 === 1 ? users[(users.length - 1) / 2]! : -1;
  for (const s of users) if (s !== kept) wish[s] = 0;
}

/** Heaviest chain of segments with strictly growing ends on both sides, gap by gap. */
function chooseLevelSegments(layered: LayeredGraph, order: Order, wish: Float64Array, level: Uint8Array): void {
  const { left, right, memberStart, outStart, outSegment } = layered;
  const before = new Int32Array(left.length);
  for (let l = 0; l + 1 < layered.layerCount; l++) {
    const width = memberStart[l + 2]! - memberStart[l + 1]!;
    // Fenwick tree of the best chain that ends at or above a place on the right side.
    const weight = new Float64Array(width + 1);
    const chain = new Int32Array(width + 1).fill(-1);
    for (let i = memberStart[l]!; i < memberStart[l + 1]!; i++) {
      const a = order.sequence[i]!;
      const found: { s: number; place: number; total: number }[] = [];
      for (let k = outStart[a]!; k < outStart[a + 1]!; k++) {
        const s = outSegment[k]!;
        if (wish[s] === 0) continue;
        const place = order.position[right[s]!]! + 1;
        let total = 0;
        let previous = -1;
        for (let j = place - 1; j > 0; j -= j & -j) if (weight[j]! > total) (total = weight[j]!), (previous = chain[j]!);
        before[s] = previous;
        found.push({ s, place, total: total + wish[s]! });
      }
      for (const { s, place, total } of found) {
        for (let j = place; j <= width; j += j & -j) if (total > weight[j]!) (weight[j] = total), (chain[j] = s);
      }
    }
    let total = 0;
    let last = -1;
    for (let j = width; j > 0; j -= j & -j) if (weight[j]! > total) (total = weight[j]!), (last = chain[j]!);
    for (let s = last; s !== -1; s = before[s]!) level[s] = 1;
  }
}
