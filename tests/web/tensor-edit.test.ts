import { describe, expect, it } from 'vitest';
import type { Answer, GraphNode } from '../../static/src/api/model';
import { entryName, leafAndPlace, leafName } from '../../static/src/entries';
import { entryRanges, listText, withEntries, withValues } from '../../static/src/explain/list-text';
import { blockChanges, pastedBlock } from '../../static/src/explain/pasted';
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

describe('entries beside the program', () => {
  const program = 'L = sum(W @ x); W = [[1, 2], [3, 4]]; x = ones(2)';
  const node = (name: string, text: string, shape: number[], entries: number[]) => ({ ...leaf(program, text, shape, entries), name, kind: 'input' });
  const answer = {
    nodes: [node('W', '[[1, 2], [3, 4]]', [2, 2], [1, 2, 3, 4]), node('x', 'ones(2)', [2], [1, 1])],
  } as unknown as Answer;

  it('are named as everywhere', () => {
    expect([entryName('W', [2, 2], 1), entryName('x', [2], 1), entryName('t', [2, 3, 4], 23)]).toEqual(['W[0, 1]', 'x[1]', 't[1, 2, 3]']);
    expect([leafName('W[0, 1]'), leafName('w0')]).toEqual(['W', 'w0']);
    expect(leafAndPlace(answer, 'W[1, 0]')).toEqual({ leaf: answer.nodes[0], place: 2 });
    expect([leafAndPlace(answer, 'W[2, 0]'), leafAndPlace(answer, 'W[0]'), leafAndPlace(answer, 'v[0]')]).toEqual([null, null, null]);
  });

  it('go into its text, all of one leaf together', () => {
    const values = new Map([['W[0, 1]', -2], ['W[1, 1]', 0.5], ['x[0]', 3], ['k', 1]]);
    const written = withValues({ program, values }, answer, 'W');
    expect(written?.program).toBe('L = sum(W @ x); W = [[1, -2], [3, 0.5]]; x = ones(2)');
    expect([...(written?.values ?? [])]).toEqual([['x[0]', 3], ['k', 1]]);
    expect(withValues({ program, values }, answer, 'x')?.program).toBe('L = sum(W @ x); W = [[1, 2], [3, 4]]; x = [3, 1]');
    expect(withValues({ program, values: new Map([['k', 1]]) }, answer, 'W')).toBeNull();
  });
});

describe('a pasted block', () => {
  it.each([
    ['a spreadsheet', '1\t2\r\n-3\t4.5\r\n', [[1, 2], [-3, 4.5]]],
    ['a spreadsheet with decimal commas', '1,5\t2\n−3\t4,25', [[1.5, 2], [-3, 4.25]]],
    ['a file with semicolons', '1,5;2\n3;4,25', [[1.5, 2], [3, 4.25]]],
    ['a file with commas', '1,2\n3, 4', [[1, 2], [3, 4]]],
    ['words of decimal commas', '0,5 1,25\n2,0 -3,5', [[0.5, 1.25], [2, -3.5]]],
    ['a list', '[1, 2, 3]', [[1, 2, 3]]],
    ['a list of lists', '[[1, 2],\n [3, 4]]', [[1, 2], [3, 4]]],
    ['a print of NumPy', '[[ 0.1 -2.  ]\n [ 3.e-1  4. ]]', [[0.1, -2], [0.3, 4]]],
    ['an array of NumPy', 'array([[1., 2.],\n       [3., 4.]], dtype=float32)', [[1, 2], [3, 4]]],
    ['a tensor of PyTorch', 'tensor([1.5, 2.0], requires_grad=True)', [[1.5, 2]]],
    ['MATLAB', '[1 2; 3 4]', [[1, 2], [3, 4]]],
    ['LaTeX', String.raw`\begin{bmatrix} 1 & -2 \\ 0.5 & 4 \end{bmatrix}`, [[1, -2], [0.5, 4]]],
    ['LaTeX of an array', String.raw`\left[\begin{array}{cc} 1{,}5 & 2 \\[2pt] 3 & 4 \\ \end{array}\right]`, [[1.5, 2], [3, 4]]],
  ])('is read from %s', (_, text, block) => {
    expect(pastedBlock(text, readNumber)).toEqual(block);
  });

  it.each([
    ['1\ttwo', '“two” is not a number.'],
    ['', 'There are no numbers to paste.'],
    ['1 2\n3', 'Row 2 has 1 number, row 1 has 2 numbers.'],
    ['[[1 2 ... 3]]', 'The pasted text leaves entries out, written as dots.'],
  ])('that is none is told in words: %s', (text, sentence) => {
    expect(pastedBlock(text, readNumber)).toBe(sentence);
  });

  it('is laid from a cell on, or over the whole', () => {
    const changes = (...given: Parameters<typeof blockChanges>) => {
      const found = blockChanges(...given);
      return typeof found === 'string' ? found : [...found];
    };
    expect(changes([[1, 2]], { row: 1, column: 0 }, 'W', [3, 2])).toEqual([[2, 1], [3, 2]]);
    expect(changes([[1, 2, 3]], { row: 0, column: 0 }, 'x', [3])).toEqual([[0, 1], [1, 2], [2, 3]]);
    expect(changes([[1, 2], [3, 4]], { row: 1, column: 1 }, 'W', [2, 2])).toEqual([[0, 1], [1, 2], [2, 3], [3, 4]]);
    expect(changes([[1, 2, 3], [4, 5, 6]], { row: 1, column: 0 }, 'W', [3, 2])).toBe(
      '2×3 numbers do not fit: W is 3×2, and from W[1, 0] on there is room for 2×2. Its transpose would fit.',
    );
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

  it('is all copies of an entry where a sum was taken over them', () => {
    const columns = (chosen: [(place: { row: number; column: number }) => boolean, unknown] | null) =>
      [0, 1].flatMap((row) => [0, 1, 2].filter((column) => chosen?.[0]({ row, column })).map((column) => [row, column]));
    expect(columns(factorsOf('entries', { first: [2, 3], second: [2, 3], result: [3] }, { row: 1, column: 0 }))).toEqual([[0, 1], [1, 1]]);
    expect(columns(factorsOf('entries', { first: [2, 3], second: [], result: [2, 1] }, { row: 1, column: 0 }))).toEqual([[1, 0], [1, 1], [1, 2]]);
    expect(columns(factorsOf('entries', { first: [2, 3], second: [], result: [] }, { row: 0, column: 0 }))).toHaveLength(6);
  });

  it('is told apart only where it can be', () => {
    expect(factorsOf('entries', { first: [2, 2, 2], second: [3], result: [3] }, { row: 0, column: 0 })).toBeNull();
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
