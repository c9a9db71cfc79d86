import { describe, expect, it } from 'vitest';
import type { GraphNode } from '../../static/src/api/model';
import { blockChanges, entryRanges, listText, pastedBlock, withEntries } from '../../static/src/explain/list-text';
import { factorsOf, type Chosen } from '../../static/src/explain/tensor-factors';
import { readNumber } from '../../static/src/format';
import { scaleOf, tintOf } from '../../static/src/graph/tint-scale';

function leaf(program: string, text: string, shape: number[], entries: number[]): GraphNode {
  const start = [...program.slice(0, program.indexOf(text))].length;
  return { shape, value_span: { start, end: start + [...text].length }, tensor: { value: { shape, entries, summary: null }, gradient: null } } as unknown as GraphNode;
}

describe('entries in the program text', () => {
  it('changes only what is changed: spaces, expressions and the rest stay', () => {
    const program = 'L = sum(W @ x)  # 𝑊\nW = [[1, 2/3],\n     [max(1, 2), -4]]; x = [1, 2]';
    const text = '[[1, 2/3],\n     [max(1, 2), -4]]';
    const node = leaf(program, text, [2, 2], [1, 2 / 3, 2, -4]);
    expect(withEntries(program, node, new Map([[3, 7], [0, -0.5]]))).toBe(
      'L = sum(W @ x)  # 𝑊\nW = [[-0.5, 2/3],\n     [max(1, 2), 7]]; x = [1, 2]',
    );
  });

  it('writes a list where none was written', () => {
    const node = leaf('L = sum(x); x = ones(2)', 'ones(2)', [2], [1, 1]);
    expect(withEntries('L = sum(x); x = ones(2)', node, new Map([[1, 3]]))).toBe('L = sum(x); x = [1, 3]');
    expect(listText([1, 2, 3, 4, 5, 6], [3, 2])).toBe('[[1, 2], [3, 4], [5, 6]]');
  });

  it('finds no entries in what is no plain list', () => {
    for (const text of ['2 * [1, 2]', '[1, 2] + [3, 4]', '[1, x[0]]', '[1]', '[[1, 2]]', 'zeros(2)', '[1, # one\n 2]']) {
      expect(entryRanges(text, [2])).toBeNull();
    }
    expect(entryRanges('[1, 2,]', [2])?.length).toBe(2);
  });

  it('says nothing for a leaf without a written value', () => {
    expect(withEntries('', { value_span: null, shape: [1] } as unknown as GraphNode, new Map())).toBeNull();
  });
});

describe('a pasted block', () => {
  it('comes from a spreadsheet, a list or a line', () => {
    expect(pastedBlock('1\t2\r\n-3\t4.5\r\n', readNumber)).toEqual([[1, 2], [-3, 4.5]]);
    expect(pastedBlock('[1, 2, 3]', readNumber)).toEqual([[1, 2, 3]]);
    expect(pastedBlock('1\ttwo', readNumber)).toBeNull();
    expect(pastedBlock('', readNumber)).toBeNull();
  });

  it('is laid from a cell on, and cut at the edge', () => {
    expect([...blockChanges([[1, 2], [3, 4]], { row: 1, column: 1 }, { rows: 3, columns: 2 })]).toEqual([[3, 1], [5, 3]]);
    expect([...blockChanges([[1, 2, 3]], { row: 0, column: 0 }, { rows: 3, columns: 1 })]).toEqual([[0, 1], [1, 2], [2, 3]]);
  });
});

describe('what one entry is made of', () => {
  const at = { row: 1, column: 2 };
  const cells = (chosen: Chosen | undefined): string[] =>
    [0, 1, 2].flatMap((row) => [0, 1, 2].filter((column) => chosen?.({ row, column })).map((column) => `${String(row)}${String(column)}`));

  it('is a row and a column of a product, an entry each of an outer product, the same entry of both otherwise', () => {
    const square = { first: [3, 3], second: [3, 3], result: [3, 3] };
    expect(factorsOf('product', square, at)?.map(cells)).toEqual([['10', '11', '12'], ['02', '12', '22']]);
    expect(factorsOf('entries', square, at)?.map(cells)).toEqual([['12'], ['12']]);
    const outer = factorsOf('outer', { first: [3], second: [3], result: [3, 3] }, at);
    expect([outer?.[0]({ row: 1, column: 0 }), outer?.[1]({ row: 2, column: 0 }), outer?.[1]({ row: 1, column: 0 })]).toEqual([true, true, false]);
  });

  it('is told apart only where it can be', () => {
    expect(factorsOf('entries', { first: [3], second: [3], result: [] }, { row: 0, column: 0 })).toBeNull();
    expect(factorsOf('entries', { first: [], second: [3], result: [3] }, { row: 1, column: 0 })?.map((chosen) => chosen({ row: 1, column: 0 }))).toEqual([true, true]);
  });
});

describe('one scale of tints', () => {
  const tensor = (entries: number[]) => ({ shape: [entries.length], entries, summary: null });

  it('is a round number that most entries stay within', () => {
    expect(scaleOf([tensor([0.1, 0.2, 0.3, 0.9, 8])])).toBe(1);
    expect(scaleOf([tensor([0.02, 0.1, 0.2, 0.2, 0.91])])).toBe(0.25);
    expect(scaleOf([tensor([1e-300])])).toBeGreaterThan(0);
    expect(scaleOf([tensor([0, NaN, Infinity])])).toBe(1);
  });

  it('gives more than its end the full tint, and what is no number none', () => {
    expect([tintOf(-3, 2), tintOf(1, 2), tintOf(NaN, 2), tintOf(Infinity, 2)]).toEqual([1, 0.5, 0, 0]);
  });
});
