import { describe, expect, it } from 'vitest';
import type { Operation } from '../../static/src/api/model';
import { typesetFor } from '../../static/src/explain/typeset';

const loss = { section: 'losses', latex: 'a', symbol: 's', tensor_latex: 'b', tensor_symbol: 't' } as Operation;
const product = { section: 'arithmetic', latex: 'a', symbol: '×', tensor_latex: 'b', tensor_symbol: null } as Operation;
const sum = { section: 'arithmetic', latex: 'a', symbol: '+', tensor_latex: null, tensor_symbol: null } as Operation;

describe('typesetting where tensors flow', () => {
  it('takes the form of tensors for a loss of one, and for other gates of nothing but tensors', () => {
    expect(typesetFor(loss, [true, false])).toMatchObject({ latex: 'b', symbol: 't' });
    expect(typesetFor(product, [true, false])).toBe(product);
    expect(typesetFor(product, [true, true])).toMatchObject({ latex: 'b', symbol: '×' });
    expect(typesetFor(loss, [false, false])).toBe(loss);
    expect(typesetFor(sum, [true, true])).toBe(sum);
    expect(typesetFor(undefined, [true])).toBeUndefined();
  });

  it('gives the same object for the same question, so that a drag costs nothing', () => {
    expect(typesetFor(loss, [true, true])).toBe(typesetFor(loss, [true, true]));
  });
});
