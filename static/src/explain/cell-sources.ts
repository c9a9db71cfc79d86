/** Which products are summed for one cell: of a value those of its operands, of a gradient those of the upstream one. Pure. */
import type { Tensor } from '../api/model';
import { fullNumber, graphNumber } from '../format';

type Shape = readonly number[];
/** Entries of two tensors, counted row by row, that are multiplied for one cell. */
export type Pairs = readonly (readonly [number, number])[];
/** The pairs of the cell at this place of the result. */
export type PairsOf = (place: number) => Pairs;

/** Products that are written out; of more, these and the count. */
const MOST_TERMS = 12;
const SHORT = 6;

export const isWindowed = (op: string | null): boolean => op === 'conv1d' || op === 'conv2d';

const range = (length: number): number[] => Array.from({ length }, (_, at) => at);
/** Rows and columns; a signal is one row. */
const sizeOf = (shape: Shape): [number, number] => (shape.length > 1 ? [shape[0] ?? 1, shape[1] ?? 1] : [1, shape[0] ?? 1]);

/** What a cell of the value of a gate is the sum of: pairs of entries of its two operands; null where that is no sum of products. */
export function valuePairs(op: string | null, [x = [], y = []]: readonly Shape[]): PairsOf | null {
  if (isWindowed(op)) return windowPairs(x, y);
  return op === 'matmul' && x.length <= 2 && y.length <= 2 ? productPairs(x, y) : null;
}

/** What a cell of the part for an operand is the sum of: pairs of an entry of the upstream gradient and one of the other operand. */
export function gradientPairs(op: string | null, position: number, [x = [], y = []]: readonly Shape[]): PairsOf | null {
  if (op === 'matmul' && x.length <= 2 && y.length <= 2) return turnedProduct(x, y, position);
  if (!isWindowed(op)) return null;
  const [forward, columns] = [windowPairs(x, y), sizeOf(y)[1]];
  const [height, width] = windowsOf(x, y);
  return (place) => {
    if (position === 0) {
      return range(height * width).flatMap((g) => forward(g).flatMap(([cell, kernel]) => (cell === place ? [[g, kernel] as const] : [])));
    }
    const [down, right] = [Math.floor(place / columns), place % columns];
    const across = sizeOf(x)[1];
    return range(height * width).map((g) => [g, (Math.floor(g / width) + down) * across + (g % width) + right] as const);
  };
}

function windowsOf(x: Shape, k: Shape): [number, number] {
  const [[rows, columns], [high, wide]] = [sizeOf(x), sizeOf(k)];
  return [rows - high + 1, columns - wide + 1];
}

function windowPairs(x: Shape, k: Shape): PairsOf {
  const [columns, [high, wide], width] = [sizeOf(x)[1], sizeOf(k), windowsOf(x, k)[1]];
  return (place) => {
    const [down, right] = [Math.floor(place / width), place % width];
    return range(high * wide).map((at) => [(down + Math.floor(at / wide)) * columns + right + (at % wide), at] as const);
  };
}

/** Shapes as matrices: a vector on the left is a row, on the right a column. */
function matrices(x: Shape, y: Shape): { rows: number; inner: number; columns: number } {
  return { rows: x.length > 1 ? (x[0] ?? 1) : 1, inner: x.at(-1) ?? 1, columns: y.length > 1 ? (y[1] ?? 1) : 1 };
}

function productPairs(x: Shape, y: Shape): PairsOf {
  const { inner, columns } = matrices(x, y);
  return (place) => range(inner).map((at) => [Math.floor(place / columns) * inner + at, at * columns + (place % columns)] as const);
}

function turnedProduct(x: Shape, y: Shape, position: number): PairsOf {
  const { rows, inner, columns } = matrices(x, y);
  return (place) =>
    position === 0
      ? range(columns).map((at) => [Math.floor(place / inner) * columns + at, (place % inner) * columns + at] as const)
      : range(rows).map((at) => [at * columns + (place % columns), at * inner + Math.floor(place / columns)] as const);
}

/** "1.00 × 0.50 + 0.00 × (−1.00) = 0.50". */
export function sumOfProducts(pairs: Pairs, first: Tensor, second: Tensor, result: number): string {
  const entry = ({ entries }: Tensor, at: number): number => entries?.[at] ?? NaN;
  const terms = pairs.slice(0, MOST_TERMS).map(([one, other]) => `${printed(entry(first, one))} × ${bracketed(entry(second, other))}`);
  const more = pairs.length > MOST_TERMS ? ` + … (${String(pairs.length)} products)` : '';
  return `${terms.join(' + ')}${more} = ${printed(result)}`;
}

/** Short numbers in full, so that the sum can be checked; long ones to four decimals. */
function printed(value: number): string {
  const full = fullNumber(value).replaceAll('-', '\u2212');
  return full.length <= SHORT ? full : graphNumber(value, 4);
}

const bracketed = (value: number): string => (value < 0 ? `(${printed(value)})` : printed(value));
