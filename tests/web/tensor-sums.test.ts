import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../static/src/api/model';
import { addedUp } from '../../static/src/explain/tensor-parts';
import { axesText, copiesOf, repeatedAxes, repeatedSentence, summedTerms, sumText } from '../../static/src/explain/tensor-sums';

const tensor = (shape: number[], entries: number[] | null): Tensor => ({ shape, entries, summary: null });

describe('sums over what was repeated', () => {
  it('finds the axes as NumPy aligns shapes', () => {
    expect(repeatedAxes([3], [4, 3])).toEqual([0]);
    expect(repeatedAxes([4, 1], [4, 3])).toEqual([1]);
    expect(repeatedAxes([], [4, 3])).toEqual([0, 1]);
    expect(repeatedAxes([1, 1], [2, 1])).toEqual([0]);
    expect(repeatedAxes([4, 3], [4, 3])).toEqual([]);
    expect(axesText([0])).toBe('axis 0');
    expect(axesText([0, 1, 2])).toBe('axes 0, 1 and 2');
  });

  it('finds the copies of one entry', () => {
    expect(copiesOf(1, [3], [2, 3])).toEqual([1, 4]);
    expect(copiesOf(1, [2, 1], [2, 3])).toEqual([3, 4, 5]);
    expect(copiesOf(0, [], [2, 2])).toEqual([0, 1, 2, 3]);
    expect(copiesOf(3, [2, 1, 2], [2, 3, 2])).toEqual([7, 9, 11]);
  });

  it('takes upstream × local of each copy, of a local gradient of any shape', () => {
    const upstream = tensor([2, 3], [1, 2, 3, 4, 5, 6]);
    expect(summedTerms(upstream, null, [3], [2, 3], 2)).toEqual([3, 6]);
    expect(summedTerms(upstream, 2, [3], [2, 3], 2)).toEqual([6, 12]);
    expect(summedTerms(upstream, tensor([2, 3], [1, 1, 10, 1, 1, 100]), [3], [2, 3], 2)).toEqual([30, 600]);
    expect(summedTerms(upstream, tensor([2, 1], [10, 100]), [3], [2, 3], 2)).toEqual([30, 600]);
    expect(summedTerms(tensor([], [2]), tensor([2, 3], [1, 2, 3, 4, 5, 6]), [3], [2, 3], 0)).toEqual([2, 8]);
    expect(summedTerms(tensor([2, 3], null), null, [3], [2, 3], 0)).toBeNull();
  });

  it('is told with the numbers that are summed', () => {
    expect(sumText([0.1, -0.3, 0.05], -0.15)).toBe('0.10 + (−0.30) + 0.05 = −0.15');
    expect(sumText([1, 1, 1, 1, 1, 1, 1], 7)).toBe('1.00 + 1.00 + 1.00 + 1.00 + 1.00 + 2 more = 7.00');
    expect(repeatedSentence('b', [0], 'b[0]', [0.1, -0.3], -0.2)).toBe(
      'b is repeated along axis 0, so its gradient is summed over it: b[0] receives 0.10 + (−0.30) = −0.20.',
    );
    expect(repeatedSentence('b', [0, 1], 'b', null, 3)).toBe('b is repeated along axes 0 and 1, so its gradient is summed over them.');
  });

  it('adds the parts of a fan-out entry by entry', () => {
    expect(addedUp([tensor([2], [1, 2]), tensor([2], [3, -1])])).toEqual(tensor([2], [4, 1]));
    expect(addedUp([tensor([2], [1, 2]), tensor([2], null)])).toBeNull();
    expect(addedUp([])).toBeNull();
  });
});
