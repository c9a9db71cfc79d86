import { describe, expect, it } from 'vitest';
import { gradientPairs, sumOfProducts, valuePairs, type PairsOf } from '../../static/src/explain/cell-sources';

const tensor = (shape: number[], entries: number[]) => ({ shape, entries, summary: null });
const sums = (pairs: PairsOf | null, count: number, one: number[], other: number[]): number[] =>
  Array.from({ length: count }, (_, place) => (pairs?.(place) ?? []).reduce((sum, [a, b]) => sum + (one[a] ?? NaN) * (other[b] ?? NaN), 0));

// The lesson `convolution`, whose numbers PyTorch confirms.
const x = [0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0, 1];
const k = [1, -0.5, 0.5, -1];
const g = [-1.5, 0, 1, 0, 0.5, 0, 0, 1, -1];

describe('the products that a cell is the sum of', () => {
  it('are those of the window, forward and backward', () => {
    const shapes = [[4, 4], [2, 2]];
    expect(sums(valuePairs('conv2d', shapes), 9, x, k)).toEqual([-1.5, 1, 1, -1, 1.5, 0, 1, 1, -1]);
    expect(sums(gradientPairs('conv2d', 1, shapes), 4, g, x)).toEqual([2.5, -1.5, 0.5, -2.5]);
    expect(sums(gradientPairs('conv2d', 0, shapes), 16, g, k)).toEqual([-1.5, 0.75, 1, -0.5, -0.75, 2, 0.25, -1, 0, 1.25, -2, 0.5, 0, 0.5, -1.5, 1]);
    expect(valuePairs('conv2d', shapes)?.(4)).toEqual([[5, 0], [6, 1], [9, 2], [10, 3]]);
  });

  it('are those of a signal, whose gradient comes from the kernel turned around', () => {
    const shapes = [[4], [2]];
    expect(sums(valuePairs('conv1d', shapes), 3, [1, 2, 3, 4], [10, 1])).toEqual([12, 23, 34]);
    expect(gradientPairs('conv1d', 0, shapes)?.(1)).toEqual([[0, 1], [1, 0]]);
    expect(gradientPairs('conv1d', 1, shapes)?.(1)).toEqual([[0, 1], [1, 2], [2, 3]]);
  });

  it('are row by column of a product, for matrices and vectors', () => {
    expect(sums(valuePairs('matmul', [[2, 2], [2, 2]]), 4, [1, 2, 3, 4], [5, 6, 7, 8])).toEqual([19, 22, 43, 50]);
    expect(sums(valuePairs('matmul', [[2, 3], [3]]), 2, [1, 2, 3, 4, 5, 6], [1, 0, -1])).toEqual([-2, -2]);
    expect(sums(gradientPairs('matmul', 0, [[2, 3], [3]]), 6, [10, 1], [1, 0, -1])).toEqual([10, 0, -10, 1, 0, -1]);
    expect(sums(gradientPairs('matmul', 1, [[2, 3], [3]]), 3, [10, 1], [1, 2, 3, 4, 5, 6])).toEqual([14, 25, 36]);
    expect(valuePairs('add', [[2], [2]])).toBeNull();
  });

  it('are told with their sum', () => {
    const [image, kernel] = [tensor([4, 4], x), tensor([2, 2], k)];
    expect(sumOfProducts(valuePairs('conv2d', [[4, 4], [2, 2]])?.(0) ?? [], image, kernel, -1.5)).toBe('0 × 1 + 1 × (−0.5) + 0 × 0.5 + 1 × (−1) = −1.5');
  });
});
