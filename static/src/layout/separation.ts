/**
 * Heights as close as possible to the wished ones with at least the given gaps between neighbours.
 *
 * Minimises the weighted squared distance to the wishes by merging blocks that touch; what touches moves as one.
 * Source: Dwyer, Marriott and Stuckey, "Fast node overlap removal" (2005), the satisfying pass. That pass favours the
 * direction it runs in, so it is run both ways and the mean is taken, which keeps all gaps because they are linear.
 */

export interface Constraints {
  count: number;
  /** Every item after the items above it. */
  topological: Int32Array;
  /** Constraint c asks height[lower[c]] - height[upper[c]] >= gap[c]. */
  upper: Int32Array;
  lower: Int32Array;
  gap: Float64Array;
}

export type Separator = (wish: Float64Array, weight: Float64Array) => Float64Array;

export function separator(constraints: Constraints): Separator {
  const { count, topological, upper, lower, gap } = constraints;
  const down = passOver(count, topological, upper, lower, gap);
  const up = passOver(count, topological.slice().reverse(), lower, upper, gap);
  return (wish, weight) => {
    const first = down(wish, weight);
    const second = up(wish.map((y) => -y), weight);
    for (let i = 0; i < count; i++) first[i] = (first[i]! - second[i]!) / 2;
    return first;
  };
}

/** One pass over items in topological order; each is pushed down by, or pulls up, what it touches above. */
function passOver(
  count: number, topological: Int32Array, before: Int32Array, after: Int32Array, gap: Float64Array,
): Separator {
  const size = before.length;
  const rowStart = new Int32Array(count + 1);
  for (let c = 0; c < size; c++) rowStart[after[c]! + 1]!++;
  for (let v = 0; v < count; v++) rowStart[v + 1]! += rowStart[v]!;
  const fill = rowStart.slice();
  const row = new Int32Array(size);
  for (let c = 0; c < size; c++) row[fill[after[c]!]!++] = c;

  // Union-find with offsets: height[v] = height of the root's block + offset.
  const parent = new Int32Array(count);
  const offset = new Float64Array(count);
  const members = new Int32Array(count);
  const height = new Float64Array(count);
  const totalWeight = new Float64Array(count);
  const totalWish = new Float64Array(count);
  const heap = constraintHeap(size);
  const top = new Int32Array(count);
  const path: number[] = [];

  const find = (v: number): number => {
    while (parent[parent[v]!] !== parent[v]) {
      path.push(v);
      v = parent[v]!;
    }
    const root = parent[v]!;
    while (path.length > 0) {
      const w = path.pop()!;
      offset[w]! += offset[parent[w]!]!;
      parent[w] = root;
    }
    return root;
  };

  const settle = (v: number): void => {
    let root = v;
    top[v] = -1;
    for (let i = rowStart[v]!; i < rowStart[v + 1]!; i++) {
      const c = row[i]!;
      const u = before[c]!;
      const other = find(u);
      top[v] = heap.push(top[v]!, c, height[other]! + offset[u]! + gap[c]!);
    }
    while (top[root] !== -1) {
      const c = top[root]!;
      const u = before[c]!;
      const other = find(u);
      if (other === root) {
        top[root] = heap.pop(c);
        continue;
      }
      const w = after[c]!;
      find(w);
      const inner = w === root ? 0 : offset[w]!;
      const need = height[other]! + (u === other ? 0 : offset[u]!) + gap[c]! - inner;
      // The block above may have moved since; then the constraint asks for less and goes back into the heap.
      if (need < heap.key(c) - 1e-9) {
        top[root] = heap.push(heap.pop(c), c, need);
        continue;
      }
      if (need - height[root]! <= 1e-9) break;
      top[root] = heap.pop(c);
      root = merge(root, other, need - height[other]!);
    }
  };

  /** Joins the block of `root`, `shift` below the block of `other`; gives the root of both. */
  const merge = (root: number, other: number, shift: number): number => {
    let kept = other;
    let gone = root;
    let by = shift;
    if (members[root]! > members[other]!) {
      kept = root;
      gone = other;
      by = -shift;
    }
    parent[gone] = kept;
    offset[gone] = by;
    members[kept]! += members[gone]!;
    totalWish[kept]! += totalWish[gone]! - by * totalWeight[gone]!;
    totalWeight[kept]! += totalWeight[gone]!;
    height[kept] = totalWish[kept]! / totalWeight[kept]!;
    heap.shift(top[gone]!, -by);
    top[kept] = heap.meld(top[kept]!, top[gone]!);
    return kept;
  };

  return (wish, weight) => {
    for (let v = 0; v < count; v++) {
      parent[v] = v;
      offset[v] = 0;
      members[v] = 1;
      height[v] = wish[v]!;
      totalWeight[v] = weight[v]!;
      totalWish[v] = wish[v]! * weight[v]!;
    }
    for (const v of topological) settle(v);
    const result = new Float64Array(count);
    for (let v = 0; v < count; v++) {
      const root = find(v);
      result[v] = height[root]! + (v === root ? 0 : offset[v]!);
    }
    return result;
  };
}

/** Pairing heaps of constraints, largest key first, with a lazy shift of all keys of a heap. -1 is the empty heap. */
function constraintHeap(size: number) {
  const keys = new Float64Array(size);
  const pending = new Float64Array(size);
  const child = new Int32Array(size);
  const sibling = new Int32Array(size);
  const pairs: number[] = [];

  const meld = (a: number, b: number): number => {
    if (a === -1) return b;
    if (b === -1) return a;
    const winner = keys[a]! >= keys[b]! ? a : b;
    const loser = winner === a ? b : a;
    keys[loser]! -= pending[winner]!;
    pending[loser]! -= pending[winner]!;
    sibling[loser] = child[winner]!;
    child[winner] = loser;
    return winner;
  };

  return {
    key: (c: number): number => keys[c]!,
    meld,
    push(heap: number, c: number, key: number): number {
      keys[c] = key;
      pending[c] = 0;
      child[c] = -1;
      sibling[c] = -1;
      return meld(heap, c);
    },
    /** Removes the root and gives the rest. */
    pop(root: number): number {
      let next = child[root]!;
      while (next !== -1) {
        const c = next;
        next = sibling[c]!;
        sibling[c] = -1;
        keys[c]! += pending[root]!;
        pending[c]! += pending[root]!;
        pairs.push(c);
      }
      let write = 0;
      for (let i = 0; i < pairs.length; i += 2) {
        pairs[write++] = i + 1 < pairs.length ? meld(pairs[i]!, pairs[i + 1]!) : pairs[i]!;
      }
      pairs.length = write;
      let rest = -1;
      while (pairs.length > 0) rest = meld(rest, pairs.pop()!);
      return rest;
    },
    shift(root: number, by: number): void {
      if (root === -1) return;
      keys[root]! += by;
      pending[root]! += by;
    },
  };
}
