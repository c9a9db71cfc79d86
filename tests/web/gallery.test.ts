import { describe, expect, test } from 'vitest';
import { cardAfterKey, type CardBox } from '../../static/src/gallery/arrows';
import { choose, FILTERS, openLesson, sourceText, usefulFilters, verdictText } from '../../static/src/gallery/choice';
import { cardNumber } from '../../static/src/gallery/number';
import { LESSONS } from './gallery-fixtures';

const slugs = (lessons: readonly { slug: string }[]): string[] => lessons.map(({ slug }) => slug);
const filter = (label: string) => {
  const found = FILTERS.find((one) => one.label === label);
  if (!found) throw new Error(`There is no filter ${label}.`);
  return found;
};

describe('what is on show', () => {
  test('a filter keeps its kind, or the sources that are wrong', () => {
    expect(slugs(choose(LESSONS, filter('All'), ''))).toEqual(slugs(LESSONS));
    expect(slugs(choose(LESSONS, filter('Gates'), ''))).toEqual(['gate-patterns', 'squared']);
    expect(slugs(choose(LESSONS, filter('Networks'), ''))).toEqual(['network']);
    expect(slugs(choose(LESSONS, filter('Source is wrong'), ''))).toEqual(['network']);
  });

  test('filters that keep nothing are not offered', () => {
    expect(usefulFilters(LESSONS).map(({ label }) => label)).toEqual(['All', 'Gates', 'Neurons', 'Networks', 'Source is wrong']);
  });

  test.each([
    ['SIGMOID', ['sigmoid-neuron', 'network']],
    ['ada 2015', ['network']],
    ['max', ['gate-patterns']],
    ['rounded', ['sigmoid-neuron']],
    ['courses network', ['network']],
    ['  ', ['gate-patterns', 'sigmoid-neuron', 'network', 'squared']],
    ['nothing of the kind', []],
  ])('a search for %j finds every word of it anywhere', (search, found) => {
    expect(slugs(choose(LESSONS, filter('All'), search))).toEqual(found);
  });

  test('the open lesson is the one whose program stands there unchanged', () => {
    expect(openLesson(LESSONS, 'f = x * x\n', new Map())?.slug).toBe('squared');
    expect(openLesson(LESSONS, 'f = x * x * x', new Map())).toBeNull();
    expect(openLesson(LESSONS, 'f = x * x', new Map([['x', 2]]))).toBeNull();
  });
});

test('verdicts and sources in words', () => {
  expect(LESSONS.map(verdictText)).toEqual([
    'matches', '1 of 3 rounded on the way', 'source is wrong, 8 of 14', 'no numbers printed',
  ]);
  expect(LESSONS.slice(1, 3).map(sourceText)).toEqual([
    'An author: A book. Page 1.', 'Ada Writer: Neural networks (2015). Chapter 2.',
  ]);
});

test.each([
  [3, '3'], [-12, '−12'], [0, '0'], [-0, '0'], [0.73106, '0.73'], [9999, '9999'], [12000, '1.2·10⁴'], [0.001, '1.0·10⁻³'], [NaN, 'NaN'],
])('the number %d is written %s', (value, text) => {
  expect(cardNumber(value)).toBe(text);
});

describe('arrow keys', () => {
  // Two rows of three cards, a heading, and a last row of two.
  const boxes: CardBox[] = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => ({
    left: (i % 3) * 250, top: Math.floor(i / 3) * 220 + (i > 5 ? 60 : 0), width: 240,
  }));

  test.each([
    ['ArrowRight', 2, 3], ['ArrowRight', 7, 7], ['ArrowLeft', 3, 2], ['ArrowLeft', 0, 0], ['ArrowDown', 1, 4], ['ArrowDown', 4, 7],
    ['ArrowDown', 5, 7], ['ArrowDown', 7, 7], ['ArrowUp', 7, 4], ['ArrowUp', 4, 1], ['ArrowUp', 1, -1], ['Home', 5, 0], ['End', 0, 7],
    ['Enter', 0, null], ['a', 0, null],
  ])('%s leads from card %d to %s', (key, from, to) => {
    expect(cardAfterKey(key, boxes, from)).toBe(to);
  });
});
