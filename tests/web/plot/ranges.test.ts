import { describe, expect, it } from 'vitest';
import { argumentTicks, gridTicks, presentText, tickText, valueRange, valueTicks } from '../../../static/src/plot/ranges';
import { linearScale, roundNumbers, roundRange, roundStep } from '../../../static/src/plot/scale';

const texts = (ticks: readonly { text: string }[]): string[] => ticks.map(({ text }) => text);
const over = (low: number, high: number, f: (x: number) => number, count = 161): number[] =>
  Array.from({ length: count }, (_, index) => f(low + ((high - low) * index) / (count - 1)));

describe('a scale', () => {
  it('goes there and back', () => {
    const scale = linearScale([-6, 0], [30, 330]);
    expect(scale(-3)).toBe(180);
    expect(scale.invert(scale(-2.6))).toBeCloseTo(-2.6, 12);
  });

  it('finds steps of 1, 2 and 5 times a power of ten', () => {
    expect([0.9, 1.3, 2, 3, 4.4, 7, 9, 70, 0.013].map((range) => roundStep([0, range], 1))).toEqual([1, 1, 2, 2, 5, 5, 10, 50, 0.01]);
  });

  it('lists round numbers without the noise of binary fractions', () => {
    expect(roundNumbers([0.1, 0.75], 6)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
    expect(roundNumbers([-1, 5], 7)).toEqual([-1, 0, 1, 2, 3, 4, 5]);
  });

  it('widens a range to round numbers', () => {
    expect(roundRange([0.03, 0.998])).toEqual([0, 1]);
    expect(roundRange([0, 30])).toEqual([0, 30]);
    expect(roundRange([-15.2, 7])).toEqual([-20, 10]);
  });
});

describe('the range of values', () => {
  it('is that of the curve', () => {
    expect(valueRange(over(-6, 0, (x) => 1 / (1 + Math.exp(5 + 2 * x))), [])).toEqual([
      expect.closeTo(0.0067, 4),
      expect.closeTo(0.9991, 4),
    ]);
    expect(valueRange(over(-1, 5, (x) => (1 + x) * Math.max(x, 0)), [6])).toEqual([0, 30]);
  });

  it('holds what must be seen', () => {
    const [low, high] = valueRange([0, 0.5, 1], [-3, 4]);
    expect([low, high]).toEqual([-3, 4]);
  });

  it('cuts poles off and keeps the point in sight', () => {
    const [low, high] = valueRange(over(-2.3, 3.7, (x) => 1 / x), [1 / 0.7]);
    expect(low).toBeLessThan(-1);
    expect(high).toBeGreaterThan(1.43);
    expect(high - low).toBeLessThan(30);
  });

  it('passes over what is no number', () => {
    expect(valueRange([NaN, -Infinity, 1, 2, Infinity], [])).toEqual([1, 2]);
    expect(valueRange([NaN], [])).toEqual([-1, 1]);
    expect(valueRange([], [NaN])).toEqual([-1, 1]);
  });

  it('gives a flat line air', () => {
    expect(valueRange([9, 9, 9], [9])).toEqual([8, 10]);
    expect(valueRange([0, 0], [0])).toEqual([-1, 1]);
    expect(valueRange([250, 250], [250])).toEqual([150, 350]);
  });
});

describe('ticks', () => {
  it('name the ends of the value axis, and zero well inside', () => {
    expect(texts(valueTicks([0, 1]))).toEqual(['0', '1']);
    expect(texts(valueTicks([-20, 20]))).toEqual(['−20', '0', '20']);
    expect(texts(valueTicks([-2, 30]))).toEqual(['−2', '30']);
    expect(texts(valueTicks([0.5, 0.75]))).toEqual(['0.50', '0.75']);
  });

  it('set the present value off, and its neighbours give way', () => {
    const ticks = argumentTicks([-6, 0], -3, 300);
    expect(texts(ticks)).toEqual(['−6', '−5', '−4', '−3', '−2', '−1', '0']);
    expect(ticks.filter(({ present }) => present).map(({ text }) => text)).toEqual(['−3']);
    expect(texts(argumentTicks([-6, 0], -2.63, 300))).toEqual(['−6', '−5', '−4', '−2.63', '−1', '0']);
  });

  it('are fewer where there is less room', () => {
    expect(argumentTicks([-6, 0], -3, 120).length).toBeLessThanOrEqual(4);
  });

  it('stand on round numbers of a grid', () => {
    expect(texts(gridTicks([0.32, 0.88]))).toEqual(['0.4', '0.6', '0.8']);
  });

  it('have as many decimals as they need', () => {
    expect(tickText(0.25, 0.05)).toBe('0.25');
    expect(tickText(-3, 1)).toBe('−3');
    expect(tickText(0, 10_000)).toBe('0');
    expect(tickText(20_000, 10_000)).toBe('2.0·10⁴');
    expect(presentText(-2.6, 6)).toBe('−2.6');
    expect(presentText(0.196612, 6)).toBe('0.2');
    expect(presentText(2, 6)).toBe('2');
    expect(presentText(0.351, 0.6)).toBe('0.351');
  });
});
