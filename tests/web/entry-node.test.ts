import { describe, expect, it } from 'vitest';
import type { GraphNode } from '../../static/src/api/model';
import { varied } from '../../static/src/curves';
import { entryNode, outputValue } from '../../static/src/entries';

const tensor = { value: { shape: [2, 2], entries: [1, 2, 3, 4], summary: null }, gradient: { shape: [2, 2], entries: [5, 6, 7, 8], summary: null } };
const leaf = { id: 'n3', kind: 'parameter', name: 'W1', label: 'W1', latex: 'W_{1}', shape: [2, 2], value: NaN, gradient: NaN, tensor } as unknown as GraphNode;

describe('one entry as a node', () => {
  it('has its own name, value and gradient', () => {
    expect(entryNode(leaf, 2)).toMatchObject({ id: 'n3[1, 0]', name: 'W1[1, 0]', label: 'W1[1, 0]', latex: 'W_{1}[1,0]', shape: [], value: 3, gradient: 7 });
    expect('tensor' in entryNode(leaf, 2)).toBe(false);
    expect(entryNode({ ...leaf, tensor: { ...tensor, gradient: null } }, 0).gradient).toBeNull();
  });

  it('is asked for by the name of the leaf, or by the id of a gate', () => {
    expect(varied(entryNode(leaf, 1), 'f = W1')).toEqual({ leaf: 'W1[0, 1]' });
    expect(varied(entryNode({ ...leaf, kind: 'operation' }, 1), 'f = W1')).toEqual({ node: 'n3[0, 1]', expand: ['*'] });
  });

  it('sums a tensor that is the output', () => {
    expect(outputValue(leaf)).toBe(10);
    expect(outputValue({ ...leaf, value: 4, tensor: undefined } as unknown as GraphNode)).toBe(4);
  });
});
