/**
 * The numbers of a list of paths as they are printed, so that arithmetic a reader can check does check: all products
 * share their decimals and add up to the sum; all factors share theirs and multiply to the product of their row. Pure.
 */
import { equationNumber, nonFiniteText } from '../../format';

const MINUS = '−';
const MOST_DECIMALS = 8;
const LEAST_DIGITS = 4;
const MOST_DIGITS = 8;
/** From here on a number has a power of ten. */
const LARGE = 10_000;
/** Rows and factors that are looked at to find the digits that all rows share: more than anyone checks. */
const CHECKED_ROWS = 50;
const CHECKED_FACTORS = 40;
/** A sum of more terms is not written out, so that nobody can check it. */
export const MOST_TERMS = 6;

export type Relation = '=' | '≈';

export interface PrintedRow {
  factors: readonly string[];
  relation: Relation;
  product: string;
}

export interface PrintedPaths {
  rows: readonly PrintedRow[];
  total: string;
  /** Of the sum. */
  relation: Relation;
  /** Decimals that all factors share, for equationNumber. */
  digits: number;
}

interface Product {
  factors: readonly number[];
  product: number;
}

/** `isWhole`: the products are all there are, so that they add up to the total. */
export function printPaths(paths: readonly Product[], total: number, isWhole: boolean): PrintedPaths {
  const products = paths.map(({ product }) => product);
  const terms = isWhole && paths.length <= MOST_TERMS ? products : null;
  const { decimals, follows } = sumDecimals(products, terms, total);
  const print = (value: number): string => fixedText(value, decimals);
  const digits = sharedDigits(paths, decimals);
  const rows = paths.map(({ factors, product }): PrintedRow => {
    const written = factors.map((factor) => equationNumber(factor, digits));
    return {
      factors: written.map(({ text }) => text),
      relation: multiplies(written.map(({ value }) => value), product, decimals) ? '=' : '≈',
      product: print(product),
    };
  });
  return { rows, total: print(total), relation: follows ? '=' : '≈', digits };
}

/** Decimals that all products share; null where they are written with powers of ten. */
function sumDecimals(
  products: readonly number[],
  terms: readonly number[] | null,
  total: number,
): { decimals: number | null; follows: boolean } {
  const numbers = [...products, total].filter(Number.isFinite);
  const largest = Math.max(0, ...numbers.map(Math.abs));
  const own = Math.max(2, ...numbers.map(ownDecimals));
  const base = own <= LEAST_DIGITS || largest === 0 ? own : largest >= 0.01 ? LEAST_DIGITS : 3 - Math.floor(Math.log10(largest));
  if (largest >= LARGE || base > MOST_DECIMALS) return { decimals: null, follows: terms === null };
  if (terms === null || numbers.length < products.length + 1) return { decimals: base, follows: true };
  for (let decimals = base; decimals <= MOST_DECIMALS; decimals += 1) {
    const sum = terms.reduce((left, right) => left + Number(right.toFixed(decimals)), 0);
    if (isNear(sum, Number(total.toFixed(decimals)), decimals)) return { decimals, follows: true };
  }
  return { decimals: base, follows: false };
}

function ownDecimals(value: number): number {
  const text = String(value);
  return text.includes('e') ? Infinity : (text.split('.')[1]?.length ?? 0);
}

/** The fewest digits with which the printed factors of every row multiply to its printed product. */
function sharedDigits(paths: readonly Product[], decimals: number | null): number {
  const checked = paths.slice(0, CHECKED_ROWS).filter(({ factors }) => factors.length <= CHECKED_FACTORS);
  for (let digits = LEAST_DIGITS; digits < MOST_DIGITS; digits += 1) {
    const fits = ({ factors, product }: Product): boolean =>
      multiplies(factors.map((factor) => equationNumber(factor, digits).value), product, decimals);
    if (checked.every(fits)) return digits;
  }
  return MOST_DIGITS;
}

function multiplies(rounded: readonly number[], product: number, decimals: number | null): boolean {
  const found = rounded.reduceRight((left, right) => right * left, 1);
  if (!Number.isFinite(product)) return Object.is(found, product);
  if (decimals === null || isTiny(product, decimals)) return Math.abs(found - product) <= 5e-4 * Math.abs(product);
  return isNear(found, Number(product.toFixed(decimals)), decimals);
}

/** Within half a unit of the last place; the slack is for the rounding of the sum itself. */
function isNear(one: number, other: number, decimals: number): boolean {
  return Math.abs(one - other) <= 0.5 * 10 ** -decimals * (1 + 1e-6);
}

/** It would print as zero without being zero. */
function isTiny(value: number, decimals: number): boolean {
  return value !== 0 && Number(value.toFixed(decimals)) === 0;
}

/** A number with so many decimals, or with a power of ten where it would print as zero without being zero. */
function fixedText(value: number, decimals: number | null): string {
  const words = nonFiniteText(value);
  if (words !== null) return words;
  if (decimals === null || isTiny(value, decimals)) return equationNumber(value).text;
  return (value === 0 ? 0 : value).toFixed(decimals).replace('-', MINUS);
}
