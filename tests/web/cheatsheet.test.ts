// @vitest-environment happy-dom
/** Pictures and the search of the page of operations. */
import { describe, expect, test } from 'vitest';
import { drawCurve } from '../../static/src/cheatsheet/curve';
import { drawEntry, drawSheet } from '../../static/src/cheatsheet/draw';
import { drawFlow } from '../../static/src/cheatsheet/flow';
import { drawMatrices } from '../../static/src/cheatsheet/matrices';
import { foundText, matches } from '../../static/src/cheatsheet/find';
import type { Entry, Picture } from '../../static/src/cheatsheet/records';

// KaTeX asks for standards mode when it is loaded; this document is in no mode at all.
Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' });

const SIZE = { width: 150, height: 54 };
const relu: Picture = {
  low: -4,
  high: 4,
  points: [-4, -2, -1e-8, 1e-8, 2, 4].map((x) => ({ x, value: Math.max(0, x), local: x > 0 ? 1 : 0 })),
  breaks: [{ x: 0, jump: false }],
};
const entry: Entry = {
  symbol: 'ReLU', glyph: 'relu', composite: false, formula: 'f = \\max(0, x)',
  locals: [{ left: '\\frac{df}{dx}', right: '[x > 0]', passed: 'g' }], picture: relu, matrices: null,
};

const paths = (root: Element, className: string): string[] =>
  [...root.querySelectorAll(`.${className}`)].map((path) => path.getAttribute('d') ?? '');

describe('a curve', () => {
  test('the value is one line through a kink, the local gradient breaks there', () => {
    const picture = drawCurve(relu, SIZE);
    expect(paths(picture, 'cheat-value')[0]?.match(/M/g)).toHaveLength(1);
    expect(paths(picture, 'cheat-local')[0]?.match(/M/g)).toHaveLength(2);
    expect(picture.querySelectorAll('.cheat-axis')).toHaveLength(2);
  });

  test('words for what is not finite are no points', () => {
    const points = [{ x: -1, value: 'NaN', local: 'NaN' }, { x: 0, value: '-Infinity', local: 'Infinity' }, { x: 1, value: 0, local: 1 }, { x: 2, value: 0.7, local: 0.5 }] as const;
    const picture = drawCurve({ low: -1, high: 2, points, breaks: [] }, SIZE);
    for (const d of [...paths(picture, 'cheat-value'), ...paths(picture, 'cheat-local')]) expect(d).not.toMatch(/NaN|Infinity/);
  });
});

test('a flow has one arrow for each operand, dashed where nothing passes', () => {
  const local = (passed: string) => ({ left: '', right: null, passed });
  const picture = drawFlow([local('g'), local('0')], SIZE);
  expect([...picture.querySelectorAll('text')].map((text) => text.textContent)).toEqual(['g', 'g', '0']);
  expect(picture.querySelectorAll('.cheat-blocked')).toHaveLength(1);
});

test('an entry becomes markup without a script, and its derivative is marked as a gradient', async () => {
  const { rows } = await drawSheet({ rules: {}, rows: { relu: entry } });
  expect(rows['relu']?.formula).toContain('<math');
  expect(rows['relu']?.locals[0]).toMatch(/class="[^"]*gradient/);
  expect(rows['relu']?.gate).toContain('<svg');
  expect(JSON.stringify(drawEntry(entry, SIZE))).not.toMatch(/<script|foreignObject|onload/i);
});

describe('find', () => {
  const words = 'sigmoid sigmoid(x) σ neural scaler';
  test.each([
    ['', true], ['  ', true], ['SIG', true], ['scaler sig', true], ['σ', true], ['(x)', true], ['router', false], ['sig router', false],
  ])('%s', (query, found) => {
    expect(matches(words, query)).toBe(found);
  });

  test('says how many', () => {
    expect(foundText(3, 65, ' ')).toBe('');
    expect(foundText(3, 65, 'sig')).toBe('3 of 65 operations');
  });
});

describe('matrices at work', () => {
  const grid = (name: string, rows: string[][], lit: [number, number][]) => ({
    name, rows, lit: rows.map((row, at) => row.map((_, column) => lit.some(([r, c]) => r === at && c === column))),
  });
  const left = grid('x', [['1', '2'], ['3', '4']], [[0, 0], [0, 1]]);
  const above = grid('y', [['1'], ['2']], [[0, 0], [1, 0]]);

  test('a product has its factors beside and above its result, each lit entry framed', () => {
    const picture = drawMatrices({ operands: [left, above], result: grid('f', [['5'], ['11']], [[0, 0]]), sign: '@', crossed: true });
    const boxes = [...picture.querySelectorAll('rect')].map((rect) => [Number(rect.getAttribute('x')), Number(rect.getAttribute('y')), rect.getAttribute('class')]);
    expect(boxes).toHaveLength(8);
    expect(picture.querySelectorAll('.cheat-cell-lit')).toHaveLength(4);
    const made = boxes.find(([, , name]) => String(name).includes('made'));
    // In the row of what is lit on the left, and in the column of what is lit above.
    expect(boxes.some(([x, y, name]) => name === 'cheat-cell cheat-cell-lit' && x === made?.[0] && Number(y) < Number(made?.[1]))).toBe(true);
    expect(boxes.some(([x, y, name]) => name === 'cheat-cell cheat-cell-lit' && y === made?.[1] && Number(x) < Number(made?.[0]))).toBe(true);
  });

  test('others stand in a row, with an arrow to the result', () => {
    const picture = drawMatrices({ operands: [left], result: grid('f', [['0.25']], [[0, 0]]), sign: '', crossed: false });
    expect([...picture.querySelectorAll('.cheat-sign')].map((sign) => sign.textContent)).toEqual(['→']);
  });
});
