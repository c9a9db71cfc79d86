import { expect, test } from 'vitest';
import type { ChainBlock, Lesson, WorkedSolution } from '../../../static/src/api/model';
import { compile } from '../../../static/src/explain/tex';
import { alongPaths } from '../../../static/src/tabs/derivation/column';
import { litOf, partKey, pathsLit } from '../../../static/src/tabs/derivation/links';
import { newName, numberLine, pieces, repeatsResult, ruleTex, symbolLine, termsLine, withSlots } from '../../../static/src/tabs/derivation/tex';
import { entriesOf, splitEntry } from '../../../static/src/tabs/derivation/tools';
import { claimOf } from '../../../static/src/tabs/derivation/verdict';

const number = (text: string): ChainBlock['value'] => ({ text, latex: text.replace('−', '-'), value: Number(text.replace('−', '-')), shape: [] });

function factor(head: string, text: string, kind: 'local' | 'gradient' = 'local'): ChainBlock['terms'][number]['factors'][number] {
  return { kind, source: 'n0', target: 'n1', head, number: number(text) };
}

function block(terms: ChainBlock['terms'], value: string): ChainBlock {
  return {
    id: 'n0', label: 'w', latex: 'w', op: null, head: '\\frac{\\partial f}{\\partial w}', is_leaf: true, terms, more_terms: 0,
    symbols: null, numbers: null, value: number(value), relation: '=', reused: 0, sentence: null, shapes: null, remarks: [], lines: [],
  };
}

const ONE = block([{ factors: [factor('a', '−0.5', 'gradient'), factor('b', '−2')], product: number('1') }], '1');
const TWO = block(
  [
    { factors: [factor('a', '0.3'), factor('b', '2')], product: number('0.6') },
    { factors: [factor('c', '−0.1'), factor('d', '4')], product: number('−0.4') },
  ],
  '0.2',
);

const textOf = (items: ReturnType<typeof numberLine>): string =>
  items.map((item) => (item.kind === 'sign' ? item.text : item.latex)).join(' ');

test('factors by name, then as numbers with brackets where a sign would stand behind another', () => {
  expect(textOf(symbolLine(ONE))).toBe('a · b');
  expect(textOf(numberLine(ONE))).toBe('-0.5 × (-2)');
  expect(textOf(numberLine(TWO))).toBe('0.3 × 2 + (-0.1) × 4');
});

test('several uses are added term by term', () => {
  expect(termsLine(ONE)).toBeNull();
  expect(termsLine(TWO)).toBe('0.6 - 0.4');
  expect(textOf(numberLine({ ...TWO, more_terms: 1200 }))).toContain('+ … (1,200 more)');
});

test('a line of numbers that only repeats the result is left out', () => {
  expect(repeatsResult(block([{ factors: [factor('a', '3')], product: number('3') }], '3'))).toBe(true);
  expect(repeatsResult(ONE)).toBe(false);
});

test('numbers are slots, so that new ones are not typeset anew; exponents and fractions stay', () => {
  const one = withSlots('= \\tfrac{1}{2} (1 - 0.615607)^{2}');
  const other = withSlots('= \\tfrac{1}{2} (1 - 0.7)^{2}');
  expect(compile(one).latex).toBe(compile(other).latex);
  expect(compile(one).plain).toBe('= \\tfrac{1}{2} (1 - 0.615607)^{2}');
  expect(withSlots('-0.5 \\times 3').marks.map(({ text }) => text)).toEqual(['−0.5', '3']);
  expect(withSlots('4 \\cdot 10^{-3}').marks.map(({ text }) => text)).toEqual(['4', '10']);
});

test('sentences with names between dollar signs', () => {
  expect(pieces('Gradient of $E$ here.')).toEqual([
    { text: 'Gradient of ', isMath: false },
    { text: 'E', isMath: true },
    { text: ' here.', isMath: false },
  ]);
  expect(newName('w_{1}')).toBe('w_{1}^{\\text{new}}');
  expect(newName("w'")).toBe("{w'}^{\\text{new}}");
});

test('what the source prints, as long as the number is its own', () => {
  const lesson = {
    section: 'From the lecture',
    printed: [
      { name: 'w1', quantity: 'gradient', printed: '-0.0010', exact: -0.00101448, verdict: 'matches' },
      { name: 'w5', quantity: 'gradient', printed: '-0.0533', exact: -0.05338, verdict: 'rounded' },
    ],
  } as unknown as Lesson;
  expect(claimOf(lesson, 'w1', 'gradient', -0.00101448)).toEqual({ kind: 'matches', text: 'matches the lecture, −0.0010' });
  expect(claimOf(lesson, 'w5', 'gradient', -0.05338)?.text).toBe('the lecture prints −0.0533, rounded on the way');
  expect(claimOf(lesson, 'w1', 'gradient', -0.002)).toBeNull();
  expect(claimOf(lesson, 'w1', 'updated', -0.00101448)).toBeNull();
  expect(claimOf(null, 'w1', 'gradient', 1)).toBeNull();
});

const graph = {
  output: 'n3',
  nodes: [],
  edges: [
    ['n0', 'n2', 0],
    ['n1', 'n2', 1],
    ['n2', 'n3', 0],
  ].map(([source, target, operand]) => ({ source, target, operand, local: 1, upstream: 1, downstream: 1 })),
} as unknown as NonNullable<WorkedSolution['graph']>;

test('a factor lights its edge, a row its gate, a gradient its paths', () => {
  expect(litOf(graph, { kind: 'edge', source: 'n1', target: 'n2' })).toEqual({ nodes: ['n1', 'n2'], edges: ['n1>n2:1'] });
  expect(litOf(graph, { kind: 'node', id: 'n2' })).toEqual({ nodes: ['n2'], edges: ['n0>n2:0', 'n1>n2:1'] });
  const lit = pathsLit(graph, 'n0');
  expect([...(lit.nodes ?? [])].sort()).toEqual(['n0', 'n2', 'n3', 'output:n3']);
  expect(lit.edges).toContain('n3>output:n3:0');
  expect(partKey({ kind: 'paths', from: 'n0' })).not.toBe(partKey({ kind: 'node', id: 'n0' }));
});

test('how many paths there are, in words', () => {
  const solution = { leaf: { latex: 'w' }, output: { latex: 'E' } } as unknown as WorkedSolution;
  expect(alongPaths({ ...solution, paths: { exact: 1, text: '1' } })).toBe('along the one path from $w$ to $E$');
  expect(alongPaths({ ...solution, paths: { exact: 36, text: '36' } })).toBe('along the 36 paths from $w$ to $E$');
  expect(alongPaths({ ...solution, leaf: null, paths: null })).toBe('');
});

test('a name with an index is one entry of a tensor', () => {
  expect(splitEntry('W1[0, 1]')).toEqual({ leaf: 'W1', entry: 'W1[0, 1]' });
  expect(splitEntry('w1')).toEqual({ leaf: 'w1', entry: null });
});

test('the entries of a tensor, row by row; none of a number, and none where a menu would be too long', () => {
  const node = (label: string, shape: number[]): unknown => ({ label, ...(shape.length > 0 ? { tensor: { value: { shape } } } : {}) });
  const answer = { nodes: [node('W', [2, 2]), node('b', []), node('X', [50, 50])] } as unknown as Parameters<typeof entriesOf>[0];
  expect(entriesOf(answer, 'W')).toEqual(['W[0, 0]', 'W[0, 1]', 'W[1, 0]', 'W[1, 1]']);
  expect(entriesOf(answer, 'b')).toEqual([]);
  expect(entriesOf(answer, 'X')).toEqual([]);
});

test('the gradients in a rule are marked, the matrices beside them are not', () => {
  const { plain, chains } = compile(ruleTex('{W}^{\\top}\\,\\frac{\\partial E}{\\partial z_{1}} + \\frac{\\partial E}{\\partial a}'));
  expect(chains).toHaveLength(2);
  expect(plain).toBe('{W}^{\\top}\\,\\dfrac{\\partial E}{\\partial z_{1}} + \\dfrac{\\partial E}{\\partial a}');
});
