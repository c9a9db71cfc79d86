import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../../static/src/api/client';
import type { Lesson, RawPathsAnswer } from '../../../static/src/api/model';
import { barsOf } from '../../../static/src/tabs/paths/bars';
import { litOf, miniOf } from '../../../static/src/tabs/paths/mini-model';
import { footOf, nothingSentence, pathsModel, spokenList, type Factor } from '../../../static/src/tabs/paths/model';
import { printedNote } from '../../../static/src/tabs/paths/note';
import { printPaths } from '../../../static/src/tabs/paths/numbers';
import { prettyName } from '../../../static/src/tabs/names';
import { entriesOf, tensorOfEntry } from '../../../static/src/tabs/paths/entries';
import { partsSentence } from '../../../static/src/tabs/paths/tensor-model';
import { vectors } from '../tensor-fixtures';
import { answerOf, NETWORK } from './paths-fixtures';

const one = (...factors: number[]) => ({ factors, product: factors.reduce((left, right) => left * right, 1) });
const footText = (answer: typeof NETWORK): string => footOf(pathsModel(answer)).map(({ text }) => text).join('');

describe('numbers', () => {
  it('prints the two paths of w1 so that rows and sum can be checked', () => {
    const { printed } = pathsModel(NETWORK);
    expect(printed.rows.map(({ factors }) => factors.join(' '))).toEqual([
      '0.78955 0.09825 0.7 0.01321 1',
      '0.75040 0.15976 0.8 0.01321 1',
    ]);
    expect(printed.rows.map(({ relation, product }) => `${relation} ${product}`)).toEqual(['= 0.000717', '= 0.001267']);
    expect([printed.relation, printed.total]).toEqual(['=', '0.001984']);
  });

  it('keeps short numbers short, with two decimals in the sum', () => {
    const { rows, total } = printPaths([one(2, 1), one(3, 1)], 5, true);
    expect(rows.map(({ factors, product }) => [...factors, product])).toEqual([['2', '1', '2.00'], ['3', '1', '3.00']]);
    expect(total).toBe('5.00');
  });

  it('takes more decimals until the printed terms add up', () => {
    const paths = [one(0.33333333), one(0.33333333), one(0.33333333)];
    const { rows, total, relation } = printPaths(paths, 0.99999999, true);
    expect(rows[0]?.product).toBe('0.33333333');
    expect([relation, total]).toEqual(['=', '0.99999999']);
  });

  it('never prints a product as zero that is not', () => {
    const { rows } = printPaths([one(0.5), one(1e-12)], 0.5 + 1e-12, true);
    expect(rows[1]?.product).toBe('1·10⁻¹²');
  });

  it('writes large and tiny sums with powers of ten, and says NaN and infinity', () => {
    expect(printPaths([one(123456, 100)], 12345600, true).total).toBe('1.235·10⁷');
    expect(printPaths([one(1.25e-12)], 1.25e-12, true).total).toBe('1.25·10⁻¹²');
    const { rows, total } = printPaths([one(Infinity, 2), one(0, Infinity), one(-2)], NaN, true);
    expect(rows.map(({ product }) => product)).toEqual(['∞', 'NaN', '−2.00']);
    expect(total).toBe('NaN');
  });

  it('says about equal where the factors shown cannot give the product', () => {
    const relation = (count: number): unknown => {
      const path = one(...Array.from({ length: count }, () => 0.987654321));
      return printPaths([path], path.product, true).rows[0]?.relation;
    };
    expect([relation(20), relation(60)]).toEqual(['=', '≈']);
  });
});

describe('bars', () => {
  it('fill the width with the sum', () => {
    const bars = barsOf([2, 3], 5, true);
    expect(bars?.zero).toBe(0);
    expect(bars?.products.map((bar) => bar?.width)).toEqual([0.4, 0.6]);
    expect(bars?.total.map(({ left, width }) => [left, width])).toEqual([[0, 0.4], [0.4, 0.6]]);
  });

  it('run left from the zero line where a product is negative', () => {
    const bars = barsOf([3, -1], 2, true);
    expect(bars?.zero).toBe(0.25);
    expect(bars?.products).toEqual([{ left: 0.25, width: 0.75, negative: false }, { left: 0, width: 0.25, negative: true }]);
  });

  it('have room for a sum of more than is listed, and none for numbers without a length', () => {
    expect(barsOf([1], 4, false)).toMatchObject({ products: [{ width: 0.25 }], total: [{ width: 1 }] });
    expect(barsOf([NaN, 1], 1, true)?.products[0]).toBeNull();
    expect(barsOf([0, 0], 0, true)).toBeNull();
    expect(barsOf([Infinity], Infinity, true)).not.toBeUndefined();
  });
});

describe('rows', () => {
  it('have factors from the output back, the first one red and values green', () => {
    const row = pathsModel(NETWORK).row(1);
    const factors = row.factors as Factor[];
    expect(row.nodes).toContain('w_{1}');
    expect(factors.map(({ latex }) => latex)[0]).toBe('\\frac{\\partial E}{\\partial y_{2}}');
    expect(factors.map(({ tone }) => tone)).toEqual(['gradient', 'plain', 'value', 'plain', 'value']);
    expect(row.words).toBe(
      'Path 2: w1 to za to ha to zd to y2 to E. 0.75040 times 0.15976 times 0.8 times 0.01321 times 1 is 0.001267.',
    );
  });

  it('show a long path by its two ends', () => {
    const nodes = Array.from({ length: 41 }, (_, index) => `n${String(index)}`);
    const wires = nodes.slice(1).map((target, index) => [nodes[index] ?? '', target, 1] as const);
    const row = pathsModel(answerOf(wires, [nodes.join(' ')])).row(0);
    expect(row.factors.filter((factor) => typeof factor === 'number')).toEqual([24]);
    expect(row.words).toContain('41 nodes. The product of 40 factors is 1.00.');
  });

  it('tell two wires between the same nodes apart', () => {
    const model = pathsModel(answerOf([['x', 'f', 3, 0], ['x', 'f', 3, 1]], ['x f', 'x f']));
    expect([model.edgesOf(0), model.edgesOf(1)]).toEqual([[['x', 'f', 0]], [['x', 'f', 1]]]);
  });
});

describe('sentences', () => {
  it('write the sum out', () => {
    expect(footText(NETWORK)).toBe('2 paths: 0.000717 + 0.001267');
    expect(footText(answerOf([['x', 'a', 2], ['x', 'b', -3], ['a', 'f', 1], ['b', 'f', 1]], ['x a f', 'x b f']))).toBe('2 paths: 2.00 − 3.00');
    const wires = ['a', 'b', 'c', 'd', 'e', 'g', 'h'].flatMap((gate) => [['x', gate, 1], [gate, 'f', 1]] as const);
    expect(footText(answerOf(wires, ['a', 'b', 'c', 'd', 'e', 'g', 'h'].map((gate) => `x ${gate} f`)))).toBe(
      '7 paths: 1.00 + 1.00 + 1.00 + 1.00 + 1.00 and 2 more',
    );
  });

  it('say how much of the list is shown', () => {
    const more = { ranked: true, visits: { ...NETWORK.visits, paths: { exact: '1300000000000', text: '1.3·10¹²' } } };
    expect(footText({ ...NETWORK, ...more })).toBe('Showing 2 of 1.3·10¹² paths, the largest first; the sum covers all of them.');
  });

  it('say why there is nothing to list', () => {
    const none = { ...NETWORK, paths: [], total: 0, visits: { ...NETWORK.visits, paths: { exact: 0, text: '0' } } };
    expect(nothingSentence(pathsModel(none))).toBe('E does not depend on w1: no path leads from one to the other, so the gradient is 0.');
    expect(nothingSentence(pathsModel({ ...none, start: null }))).toBe('This program has no leaf that a path could start from.');
    expect(nothingSentence(pathsModel({ ...NETWORK, output: 'w1' }))).toContain('both ends');
    expect(nothingSentence(pathsModel(NETWORK))).toBeNull();
  });

  it('tell readers that hear it what has changed', () => {
    expect(spokenList(pathsModel(NETWORK))).toBe('2 paths from w1 to E. The sum is 0.001984.');
  });
});

describe('the note on a source', () => {
  const lesson = (printed: string, verdict = 'wrong', section = 'From the lecture'): Lesson =>
    ({ section, printed: [{ name: 'w1', quantity: 'gradient', printed, exact: 0.00198, verdict }] }) as unknown as Lesson;
  const terms = [{ product: 0.0007172, text: '0.000717' }, { product: 0.0012667, text: '0.001267' }];

  it('names the path that the source prints alone', () => {
    expect(printedNote(lesson('0.0012'), 'w1', terms)).toEqual({
      claim: 'The lecture prints 0.0012 for this gradient.',
      reason: 'That is path 2 alone: 0.001267, cut after four decimals. It leaves path 1 out of the sum.',
      path: 1,
    });
    expect(printedNote(lesson('0.0007', 'wrong', 'From manuals of software'), 'w1', terms)).toMatchObject({
      claim: 'The source prints 0.0007 for this gradient.',
      reason: 'That is path 1 alone: 0.000717, rounded to four decimals. It leaves path 2 out of the sum.',
    });
  });

  it('is silent unless it is exactly so', () => {
    expect(printedNote(lesson('0.0020', 'matches'), 'w1', terms)).toBeNull();
    expect(printedNote(lesson('0.0031'), 'w1', terms)).toBeNull();
    expect(printedNote(lesson('0.0012'), 'w2', terms)).toBeNull();
    expect(printedNote(lesson('0.0012'), 'w1', [...terms, { product: 0.00121, text: '0.00121' }])).toBeNull();
    expect(printedNote(lesson('0.0012'), 'w1', terms.slice(1))).toBeNull();
    expect(printedNote(lesson('0.0012'), 'w1', [{ product: NaN, text: 'NaN' }, { product: 0.0031, text: '0.0031' }])).toBeNull();
  });

  it('cuts towards zero', () => {
    const negative = [{ product: -0.00129, text: '−0.00129' }, { product: 0.1, text: '0.1' }];
    expect(printedNote(lesson('-0.0012'), 'w1', negative)?.claim).toBe('The lecture prints −0.0012 for this gradient.');
  });
});

describe('the small graph', () => {
  it('carries the local factor on each edge and the output behind its gate', () => {
    const { nodes, edges } = miniOf(pathsModel(NETWORK));
    expect(nodes.map(({ id }) => id)).toEqual(['w1', 'za', 'ha', 'zc', 'y1', 'E', 'zd', 'y2', 'output']);
    expect(nodes[1]).toMatchObject({ kind: 'gate', name: 'za', double: true, ticks: 4 });
    expect(edges.find(({ source, target }) => source === 'zd' && target === 'y2')?.above).toBe('0.15976');
    expect(edges.at(-1)).toMatchObject({ source: 'E', target: 'output' });
  });

  it('lights a path, and can be of one path alone', () => {
    const model = pathsModel(NETWORK);
    expect(litOf(model, 0).nodes).toEqual(['w1', 'za', 'ha', 'zc', 'y1', 'E', 'output']);
    expect(litOf(model, 0).edges).toHaveLength(6);
    expect(miniOf(model, 0).nodes.map(({ id }) => id)).not.toContain('zd');
  });
});

it('writes digits of names below the line in menus', () => {
  expect(['w1', 'w_10', 'theta2', 'z_a', 'x', 'a1b'].map(prettyName)).toEqual(['w₁', 'w₁₀', 'theta₂', 'z_a', 'x', 'a1b']);
});

it('reads numbers that JSON does not have, also in lists', () => {
  expect(readAnswer('{"factors":["NaN",1,"-Infinity"],"product":"NaN","total":"Infinity","text":"NaN"}')).toEqual({
    factors: [NaN, 1, -Infinity], product: NaN, total: Infinity, text: 'NaN',
  });
});

describe('paths of tensors', () => {
  const step = (rows: number, columns: number, rule: string | null = null) => ({ rows, columns, rule });
  const tensor: RawPathsAnswer = {
    ...answerOf([['W', 'y', NaN], ['y', 'E', NaN]], ['W y E']),
    shape: [2, 2],
    total: [[1, 2], [3, 'NaN']],
    paths: [{ nodes: ['W', 'y', 'E'], operands: [0, 0], factors: null, product: [[1, 2], [3, 'NaN']], steps: [step(2, 4, 'g'), step(1, 2)] }],
  };

  it('have shapes in place of numbers, and a part of the gradient each', () => {
    const model = pathsModel(tensor);
    expect(model.tensor?.products[0]?.entries).toEqual([1, 2, 3, NaN]);
    expect(model.tensor?.rules).toEqual([[null, 'g']]);
    const row = model.row(0);
    expect((row.factors as Factor[]).map(({ text }) => text)).toEqual(['1×2', '2×4']);
    expect(row.words).toBe('Path 1: W to y to E. Its part of the gradient is 2 by 2.');
    expect(partsSentence(model.answer)).toBe('1 path: its product is the whole gradient.');
    expect(model.edgesOf(0)).toEqual([['W', 'y', 0], ['y', 'E', 0]]);
  });

  it('are drawn with badges and without factors', () => {
    const given = { ...tensor, edges: tensor.edges.map((edge) => ({ ...edge, local: null })), nodes: tensor.nodes.map((node) => ({ ...node, shape: node.id === 'E' ? [] : [2] })) };
    const { nodes, edges } = miniOf(pathsModel(given));
    expect(nodes[0]?.shape).toEqual([2]);
    expect(edges.map(({ above }) => above)).toEqual([undefined, undefined, undefined]);
  });

  it('know entries by their tensors', () => {
    expect(tensorOfEntry('W1[0, 1]')).toBe('W1');
    expect(tensorOfEntry('W1')).toBe('W1');
    expect(entriesOf(vectors(), 'x')).toEqual(['x[0]', 'x[1]']);
    expect(entriesOf(vectors(), 'nothing')).toEqual([]);
    expect(prettyName('W1[0, 1]')).toBe('W₁[0, 1]');
  });
});
