import { describe, expect, test } from 'vitest';
import type { Operation } from '../../static/src/api/model';
import { evaluateRule, isPiecewise, namesIn, parseRule } from '../../static/src/explain/rule';

const operation = (name: string, operands: string[], expansion: string | null): [string, Operation] => [
  name,
  { name, operands, expansion, attributes: {} } as unknown as Operation,
];
const operations = new Map([
  operation('sigmoid', ['x'], '1 / (1 + exp(-x))'),
  operation('softplus', ['x'], 'log(1 + exp(x))'),
  operation('loop', ['x'], 'loop(x)'),
  operation('erf', ['x'], null),
]);
const scope = new Map([['x', 3], ['y', 2], ['out', 0.25]]);
const value = (text: string): number | null => {
  const rule = parseRule(text);
  return rule && evaluateRule(rule, scope, operations);
};

describe('the pocket calculator', () => {
  test.each([
    ['1', 1],
    ['-1', -1],
    ['out * (1 - out)', 0.1875],
    ['y * x^(y - 1)', 6],
    ['-out^2', -0.0625],
    ['2^3^2', 512],
    ['8 / 4 / 2', 1],
    ['5 - 3 - 1', 1],
    ['-out / y', -0.125],
    ['1 / (x * log(2))', 1 / (3 * Math.LN2)],
    ['2 / sqrt(pi)', 2 / Math.sqrt(Math.PI)],
    ['where(x > 0, 1, 0)', 1],
    ['where(x == out, 1, 0)', 0],
    ['sigmoid(-x)', 1 / (1 + Math.exp(3))],
    ['tanh(softplus(x))', Math.tanh(Math.log1p(Math.exp(3)))],
    ['1e-3 + .5', 0.501],
  ])('%s', (text, expected) => {
    expect(value(text)).toBeCloseTo(expected, 12);
  });

  test.each(['erf(x)', 'unknown(x)', 'z', 'loop(x)', '', '1 +', '(x', 'x)', 'f(', 'x $ y', 'constructor(x)', '1 2'])(
    '%j is not worked out',
    (text) => {
      expect(value(text)).toBeNull();
    },
  );
});

test('names stand once each, in order, without constants', () => {
  const rule = parseRule('y * x^(y - 1) / sqrt(pi)');
  expect(rule && namesIn(rule)).toEqual(['y', 'x']);
});

test.each([
  ['where(x > 0, 1, 0)', true],
  ['1 + where(x > 0, 1, 0)', true],
  ['x > 0', true],
  ['out * (1 - out)', false],
])('%s makes a choice: %s', (text, expected) => {
  const rule = parseRule(text);
  expect(rule && isPiecewise(rule)).toBe(expected);
});
