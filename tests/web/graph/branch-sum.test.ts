import { describe, expect, it } from 'vitest';
import { branchSum } from '../../../static/src/graph/branch-sum';
import type { VisibleEdge } from '../../../static/src/graph/visible';

const branch = (entries: number[] | null) => ({ tensor: { shape: [2], entries, summary: null } }) as unknown as VisibleEdge;

describe('one cell of a fan-out', () => {
  it('is the sum of the cells of its branches', () => {
    expect(branchSum([branch([2, 1]), branch([-3, 4])], 0, String)).toBe('2 + (-3) = -1');
    expect(branchSum([branch([2, 1]), branch([-3, 4]), branch([0, 0.5])], 1, String)).toBe('1 + 4 + 0.5 = 5.5');
  });

  it('is not told of one branch, nor where entries are not listed', () => {
    expect(branchSum([branch([2, 1])], 0, String)).toBeNull();
    expect(branchSum([branch([2, 1]), branch(null)], 0, String)).toBeNull();
  });
});
