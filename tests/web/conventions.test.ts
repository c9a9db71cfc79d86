import { describe, expect, it } from 'vitest';
import { changedGradients, changeSentence } from '../../static/src/views/convention-choices';

const node = (id: string, gradient: number | null, kind = 'gate') => ({ id, kind, label: id, gradient });

describe('what another convention changed', () => {
  it('names the nodes whose gradient is another one, the output box not among them', () => {
    const before = { nodes: [node('x', 0), node('y', 1), node('c', null), node('output', 1, 'output')] };
    const after = { nodes: [node('x', 1), node('y', 1), node('c', null), node('output', 2, 'output')] };
    expect(changedGradients(before, after)).toEqual(['x']);
  });

  it('does not take NaN for a change of NaN', () => {
    expect(changedGradients({ nodes: [node('x', NaN)] }, { nodes: [node('x', NaN)] })).toEqual([]);
  });

  it('is told in one sentence', () => {
    expect(changeSentence([])).toBe('No gradient changed.');
    expect(changeSentence(['x'])).toBe('1 gradient changed: x.');
    expect(changeSentence(['x', 'y', 's1'])).toBe('3 gradients changed: x, y and s1.');
    expect(changeSentence(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('7 gradients changed: a, b, c, d, e and 2 more.');
  });
});
