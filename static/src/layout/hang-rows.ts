/** One row of hanging leaves beside each other: each as near to the middle over its gate as its neighbours let it. */

import type { Layout, LayoutEdge, LayoutNode } from './types';

export interface Hung {
  leaf: LayoutNode;
  edge: LayoutEdge;
  gate: LayoutNode;
  above: boolean;
}

/** Between two leaves of a row. */
const GAP = 16;
/** A wire meets its leaf at least this far from the corner. */
const CORNER = 18;

export interface Row {
  /** Middle of each leaf. */
  centres: number[];
  /** By gate: how much further right the next column must begin for all to have a place. */
  missing: Map<string, number>;
}

/** `row` is sorted by the places of its gates. What has a wire in the middle (`core`) does not move off it. */
export function placeRow(row: readonly Hung[], layout: Layout): Row {
  const missing = new Map<string, number>();
  const slack = row.map(({ leaf }) => (leaf.core === undefined ? Math.max(0, leaf.width / 2 - CORNER) : 0));
  // In coordinates in which every leaf follows its neighbour at once.
  const offset: number[] = [];
  row.forEach(({ leaf }, i) => offset.push(i === 0 ? 0 : offset[i - 1]! + (row[i - 1]!.leaf.width + leaf.width) / 2 + GAP));
  const wish: number[] = [];
  const low: number[] = [];
  let pushed = 0;
  row.forEach(({ gate }, i) => {
    const at = layout.nodes.get(gate.id)!.x + pushed - offset[i]!;
    const before = low[i - 1] ?? -Infinity;
    const short = Math.max(0, before - (at + slack[i]!));
    if (short > 0) {
      const host = row[i - 1]!.gate.id;
      missing.set(host, (missing.get(host) ?? 0) + Math.ceil(short));
      pushed += Math.ceil(short);
    }
    wish.push(at + (short > 0 ? Math.ceil(short) : 0));
    low.push(Math.max(before, wish[i]! - slack[i]!));
  });
  const high = wish.map((at, i) => at + slack[i]!);
  for (let i = high.length - 2; i >= 0; i -= 1) high[i] = Math.min(high[i]!, high[i + 1]!);
  const centres = isotonic(wish).map((at, i) => Math.max(low[i]!, Math.min(high[i]!, at)) + offset[i]!);
  return { centres, missing };
}

/** The nearest values that never fall, by pooling neighbours that would. Source: Ayer et al. (1955). */
function isotonic(values: readonly number[]): number[] {
  const pools: { mean: number; count: number }[] = [];
  for (const value of values) {
    let pool = { mean: value, count: 1 };
    while (pools.length > 0 && pools[pools.length - 1]!.mean > pool.mean) {
      const last = pools.pop()!;
      const count = last.count + pool.count;
      pool = { mean: (last.mean * last.count + pool.mean * pool.count) / count, count };
    }
    pools.push(pool);
  }
  return pools.flatMap(({ mean, count }) => new Array<number>(count).fill(mean));
}
