/** The bars of products: one scale for all, on which the sum fills the width; negative ones run left from zero. Pure. */

export interface Bar {
  /** Both as a share of the width, 0 to 1. */
  left: number;
  width: number;
  negative: boolean;
}

export interface Bars {
  /** Where zero is. */
  zero: number;
  products: readonly (Bar | null)[];
  /** The sum as its terms one behind the other, or in one piece where they are not all there. */
  total: readonly Bar[];
}

/** More pieces than can be told apart. */
const MOST_PIECES = 60;

export function barsOf(products: readonly number[], total: number, isWhole: boolean): Bars | null {
  const finite = products.filter(Number.isFinite);
  const sumOf = (values: readonly number[]): number => values.reduce((left, right) => left + right, 0);
  const positive = Math.max(sumOf(finite.filter((value) => value > 0)), total, 0);
  const negative = Math.max(-sumOf(finite.filter((value) => value < 0)), -total, 0);
  const whole = positive + negative;
  if (!Number.isFinite(whole) || whole === 0) return null;
  const zero = negative / whole;
  const bar = (from: number, value: number): Bar => ({
    left: zero + Math.min(from, from + value) / whole,
    width: Math.abs(value) / whole,
    negative: value < 0,
  });
  const inPieces = isWhole && products.length <= MOST_PIECES;
  return {
    zero,
    products: products.map((value) => (Number.isFinite(value) ? bar(0, value) : null)),
    total: inPieces ? stacked(finite, bar) : [bar(0, total)],
  };
}

function stacked(values: readonly number[], bar: (from: number, value: number) => Bar): Bar[] {
  let [right, left] = [0, 0];
  return values
    .filter((value) => value !== 0)
    .map((value) => {
      const made = bar(value > 0 ? right : left, value);
      if (value > 0) right += value;
      else left += value;
      return made;
    });
}
