import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  equationNumber,
  fullNumber,
  graphNumber,
  printEquation,
  printProduct,
  printSumOfProducts,
  readNumber,
} from '../../static/src/format';

interface Case {
  /** Written as text, so that every float64 and the words can stand there. */
  value: string;
  decimals: number;
  text: string;
}
const golden = JSON.parse(readFileSync('tests/golden/numbers.json', 'utf8')) as Case[];

/** Numbers of every size, the same on every run. */
function samples(count: number): number[] {
  let state = 12345;
  const next = (): number => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  return Array.from({ length: count }, () => (next() - 0.5) * 10 ** (next() * 12 - 6));
}

describe('numbers on the graph', () => {
  test.each(golden)('$value with $decimals decimals reads $text', ({ value, decimals, text }) => {
    expect(graphNumber(Number(value), decimals)).toBe(text);
  });

  test('the table has the cases that matter', () => {
    expect(golden.length).toBeGreaterThan(50);
  });

  test('only zero prints as zero, and no text has a hyphen or a plus', () => {
    for (const value of samples(2000)) {
      for (let decimals = 0; decimals <= 6; decimals += 1) {
        const text = graphNumber(value, decimals);
        expect(/[1-9]/.test(text.split('·')[0] ?? '')).toBe(true);
        expect(text).not.toMatch(/[-+e]/);
      }
    }
  });
});

describe('numbers in full', () => {
  test('a tooltip reads back as the same float64', () => {
    for (const value of samples(500)) expect(Number(fullNumber(value))).toBe(value);
    expect(fullNumber(-0)).toBe('0');
    expect(fullNumber(NaN)).toBe('NaN');
    expect(fullNumber(-Infinity)).toBe('-Infinity');
  });

  test.each([
    ['−2.5', -2.5],
    [' 3 ', 3],
    ['.5', 0.5],
    ['1e-3', 0.001],
    ['+4.', 4],
  ])('typed %j is %d', (text, value) => {
    expect(readNumber(text)).toBe(value);
  });

  test.each(['', '-', '1,5', '1 2', 'x', '1e999', '0x10', 'NaN', 'Infinity', '1__0', '--1'])(
    'typed %j is no number',
    (text) => {
      expect(readNumber(text)).toBeNull();
    },
  );
});

describe('one number of an equation', () => {
  test.each([
    [0.7, 0, '0.7'],
    [-2, 0, '−2'],
    [-2, 2, '−2.00'],
    [0.125, 2, '0.125'],
    [0.1966119332414819, 2, '0.1966'],
    [-0.00101379, 2, '−0.001014'],
    [0.00005, 2, '0.00005'],
    [0.0000123456, 2, '0.00001235'],
    [0.00000123456, 2, '1.235·10⁻⁶'],
    [5e-7, 2, '5·10⁻⁷'],
    [123456, 2, '123456'],
    [123456.789, 2, '1.235·10⁵'],
    [9999.99999, 2, '1.000·10⁴'],
    [0, 2, '0.00'],
    [-0, 0, '0'],
    [NaN, 2, 'NaN'],
    [-Infinity, 2, '−∞'],
  ])('%d with at least %d decimals reads %s', (value, least, text) => {
    expect(equationNumber(value, 4, least).text).toBe(text);
  });

  test('LaTeX says the same number', () => {
    expect(equationNumber(-0.1966119332414819).latex).toBe('-0.1966');
    expect(equationNumber(1.23456e-6)).toMatchObject({ latex: '1.235 \\cdot 10^{-6}', power: true, negative: false });
    expect(equationNumber(-Infinity).latex).toBe('-\\infty');
  });
});

describe('arithmetic a reader can check', () => {
  const text = (equation: ReturnType<typeof printProduct>): string =>
    `${equation.numbers.map((number) => number.text).join(' × ')} ${equation.relation} ${equation.result.text}`;

  test('the sigmoid neuron: four decimals are enough', () => {
    expect(text(printProduct([0.19661193324148185, -2], -0.3932238664829637, 2))).toBe('0.1966 × −2.00 = −0.3932');
  });

  test('factors that are long get more decimals together until the product follows', () => {
    const factors = [-0.38439257, 0.2366346, 0.2, 0.24245528, 0.23];
    const product = factors.reduce((left, right) => left * right, 1);
    const equation = printProduct(factors, product);
    expect(equation.relation).toBe('=');
    expect(equation.digits).toBeGreaterThan(4);
    expect(equation.numbers.map((number) => number.text).slice(2)).toContain('0.2');
  });

  test('whatever is printed with = follows from what is printed', () => {
    const numbers = samples(3000);
    let equal = 0;
    for (let index = 0; index + 2 < numbers.length; index += 3) {
      const [a = 0, b = 0, c = 0] = numbers.slice(index);
      const equation = printProduct([a, b, c], a * b * c);
      if (equation.relation === '≈') continue;
      equal += 1;
      const recomputed = equation.numbers.reduce((left, number) => left * number.value, 1);
      // The printed right side, taken again from the recomputed left side.
      const [mantissa = ''] = equation.result.text.split('·');
      const decimals = mantissa.split('.')[1]?.length ?? 0;
      const again = equation.result.power ? recomputed.toExponential(decimals) : recomputed.toFixed(decimals);
      expect(Number(again)).toBeCloseTo(equation.result.value, equation.result.power ? -300 : decimals + 1);
      if (equation.result.power) expect(Number(again)).toBe(equation.result.value);
    }
    expect(equal).toBeGreaterThan(950);
  });

  test('cancellation that eight digits cannot show is told by ≈', () => {
    const a = 1.2345678912345;
    const b = -1.2345678912344;
    expect(printSumOfProducts([[a, 1], [b, 1]], a + b).relation).toBe('≈');
  });

  test('a sum has one term per use', () => {
    const equation = printSumOfProducts([[2, 1], [3, 1]], 5, 2);
    expect(equation.numbers.map((number) => number.text)).toEqual(['2.00', '1.00', '3.00', '1.00']);
    expect(equation.result.text).toBe('5.00');
    expect(equation.relation).toBe('=');
  });

  test('what cannot be recomputed is never claimed', () => {
    expect(printEquation([0.5], null, 0.479425538604203).relation).toBe('≈');
  });

  test('NaN and infinity print as words and do not loop', () => {
    expect(printProduct([0, Infinity], NaN).result.text).toBe('NaN');
    expect(printProduct([0, Infinity], NaN).relation).toBe('=');
  });
});
