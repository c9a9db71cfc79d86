import { describe, expect, test } from 'vitest';
import { equationNumber } from '../../static/src/format';
import { compile, raw } from '../../static/src/explain/tex';
import {
  asFactor,
  fillTemplate,
  fillVariadic,
  nameFiller,
  numberFiller,
  shapeOf,
  type Filler,
} from '../../static/src/explain/template';

const names = (...latex: string[]): Filler[] => latex.map((text) => nameFiller(raw(text), text));
const numbers = (...values: number[]): Filler[] => values.map((value) => numberFiller(equationNumber(value, 4, 2)));
const fill = (template: string, [x, y, out]: Filler[], times = false): string => {
  const fillers = new Map<string, Filler>();
  if (x) fillers.set('x', x);
  if (y) fillers.set('y', y);
  if (out) fillers.set('out', out);
  return compile(fillTemplate(template, fillers, times)).plain.replace(/\s+/g, ' ').trim();
};

describe('shape of a formula', () => {
  test.each([
    ['x', 'atom'],
    ['w_{12}', 'atom'],
    ["x'", 'atom'],
    ['\\theta_{1}', 'atom'],
    ['\\mathrm{loss}', 'atom'],
    ['12.5', 'atom'],
    ['-2', 'negative'],
    ['-#out^{2}', 'negative'],
    ['x + y', 'sum'],
    ['1 - #out', 'sum'],
    ['-x + y', 'sum'],
    ['#out \\left(1 - #out\\right)', 'product'],
    ['2 #x', 'product'],
    ['#x \\cdot #y', 'product'],
    ['x^{2}', 'power'],
    ['e^{-x + y}', 'power'],
    ['\\tfrac{1}{2}', 'power'],
    ['\\frac{x + y}{2}', 'power'],
    ['\\ln x', 'power'],
    ['\\sigma\\left(x + y\\right)', 'product'],
    ['\\left(x + y\\right)', 'atom'],
    ['\\operatorname{ReLU}\\left(x - y\\right)', 'power'],
    ['\\operatorname{LeakyReLU}_{0.1}\\left(x\\right)', 'power'],
  ])('%s is a %s', (latex, shape) => {
    expect(shapeOf(latex)).toBe(shape);
  });
});

describe('names in templates', () => {
  test('letters stand side by side, digits do not', () => {
    expect(fill('#x \\cdot #y', names('w_{1}', 'x_{1}'))).toBe('w_{1} x_{1}');
    expect(fill('#x \\cdot #y', names('2', 'x'))).toBe('2 x');
    expect(fill('#x \\cdot #y', names('x', '2'))).toBe('x \\cdot 2');
    expect(fill('#x \\cdot #y', names('\\mathrm{net}', '\\mathrm{loss}'))).toBe('\\mathrm{net} \\,\\mathrm{loss}');
    expect(fill('#x \\cdot #y', names('x', '\\tfrac{1}{2}'))).toBe('x \\tfrac{1}{2}');
  });

  test('brackets only where they are needed', () => {
    expect(fill('\\frac{1}{#x}', names('-2'))).toBe('\\frac{1}{-2}');
    expect(fill('e^{#x}', names('-2'))).toBe('e^{-2}');
    expect(fill('#x^{#y}', names('-2', '3'))).toBe('(-2)^{3}');
    expect(fill('#x^{#y}', names('\\tfrac{1}{2}', '-1'))).toBe('\\left(\\tfrac{1}{2}\\right)^{-1}');
    expect(fill('#x^{#y}', names('w_{1}', 'n'))).toBe('w_{1}^{n}');
    expect(fill('#x + #y', names('a', '-2'))).toBe('a + (-2)');
    expect(fill('#x - #y', names('-1', 'b'))).toBe('-1 - b');
    expect(fill('\\sigma\\left(#x\\right)', names('-2'))).toBe('\\sigma(-2)');
    expect(fill('-#x', names('-2'))).toBe('-(-2)');
  });
});

describe('numbers in templates', () => {
  test('products carry a sign between numbers', () => {
    expect(fill('#x \\cdot #y', numbers(-2, 3), true)).toBe('-2.00 \\times 3.00');
    expect(fill('#x \\cdot #y', numbers(3, -2), true)).toBe('3.00 \\times (-2.00)');
    expect(fill('2 #x', numbers(3), true)).toBe('2 \\times 3.00');
    expect(fill('#y #x^{#y - 1}', numbers(3, 2), true)).toBe('2.00 \\times 3.00^{2.00 - 1}');
    expect(fill('#x \\left(1 - #x\\right)', numbers(0.25), true)).toBe('0.25 (1 - 0.25)');
  });

  test('negative numbers and powers of ten are bracketed below an exponent', () => {
    expect(fill('-#x^{2}', numbers(-0.5), true)).toBe('-(-0.50)^{2}');
    expect(fill('#x^{2}', numbers(1.23456e-6), true)).toBe('(1.235\\cdot 10^{-6})^{2}');
    expect(fill('\\ln #x', numbers(-1), true)).toBe('\\ln (-1.00)');
    expect(fill('\\ln #x', numbers(2), true)).toBe('\\ln 2.00');
  });

  test('a rule as a factor of the chain rule', () => {
    expect(compile(asFactor(raw('1 - x^{2}'), 'sum')).plain).toBe('(1 - x^{2})');
    expect(compile(asFactor(raw('-1'), 'negative')).plain).toBe('(-1)');
    expect(compile(asFactor(raw('2 x'), 'product')).plain).toBe('2 x');
  });
});

describe('any number of operands', () => {
  test('a list, and pairs from the left', () => {
    const three = names('x', 'y', 'z');
    expect(compile(fillVariadic('\\max\\left(#*\\right)', three, false)).plain).toBe('\\max(x, y, z)');
    expect(compile(fillVariadic('\\operatorname{hypot}\\left(#a, #b\\right)', three, false)).plain).toBe(
      '\\operatorname{hypot}(\\operatorname{hypot}(x, y), z)',
    );
  });
});
