/** Number -> text, the same as app/numbers.py: both are held to tests/golden/numbers.json. */

const MINUS = '\u2212';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** From here on a number is written with a power of ten. */
const LARGE = 10_000;
const MAX_GRAPH_DECIMALS = 6;

/** A finite number as it is written: digits (with a hyphen for minus) and a power of ten, or null for none. */
interface Written {
  digits: string;
  power: number | null;
}

/** The words for NaN and the infinities; null for every other number. */
export function nonFiniteText(value: number): string | null {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '∞';
  if (value === -Infinity) return `${MINUS}∞`;
  return null;
}

function written(value: number, decimals: number): Written {
  if (value === 0) return { digits: (0).toFixed(decimals), power: null };
  const digits = value.toFixed(decimals);
  const fits = Math.abs(value) < LARGE && Number(digits) !== 0;
  return fits ? { digits, power: null } : scientific(value, 2);
}

function scientific(value: number, significant: number): Written {
  const [digits = '', power = '0'] = value.toExponential(significant - 1).split('e');
  return { digits, power: Number(power) };
}

/** All digits of the number and a power of ten. */
function exactScientific(value: number): Written {
  const [digits = '', power = '0'] = value.toExponential().split('e');
  return { digits, power: Number(power) };
}

/** A whole number as an exponent: 12 -> "¹²". */
export function superscript(power: number): string {
  const digits = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return power < 0 ? `⁻${digits}` : digits;
}

function plain({ digits, power }: Written): string {
  const text = digits.replace('-', MINUS);
  return power === null ? text : `${text}·10${superscript(power)}`;
}

function latex({ digits, power }: Written): string {
  return power === null ? digits : `${digits} \\cdot 10^{${String(power)}}`;
}

/**
 * A number on the graph: `decimals` (0 to 6) digits after the point, a true minus, no plus, no minus zero.
 * From 10,000, and where a number would print as zero without being zero (below 0.005 at two decimals), two
 * significant digits and a power of ten. Halves round away from zero.
 */
export function graphNumber(value: number, decimals = 2): string {
  return nonFiniteText(value) ?? plain(written(value, Math.min(MAX_GRAPH_DECIMALS, Math.max(0, decimals))));
}

/** The number with every digit that float64 holds, for tooltips and copying: `-0.1966119332414819`, ASCII only. */
export function fullNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return Object.is(value, -0) ? '0' : String(value);
}

/** Reads a number as people type it: Unicode minus, comma groups are not taken; null when it is no number. */
export function readNumber(text: string): number | null {
  const ascii = text.trim().replaceAll(MINUS, '-').replaceAll('–', '-');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(ascii)) return null;
  const value = Number(ascii);
  return Number.isFinite(value) ? value : null;
}

// ── equations ────────────────────────────────────────────────────────────────────────────────────────────────────

const LEAST_DIGITS = 4;
const MOST_DIGITS = 8;

/** A number as an equation prints it, with the number that a reader would type into a calculator from it. */
export interface PrintedNumber {
  text: string;
  latex: string;
  /** What the text says: not the exact number, but the rounded one. */
  value: number;
  exact: number;
  negative: boolean;
  /** It has a power of ten, so it needs brackets below an exponent. */
  power: boolean;
}

export interface PrintedEquation {
  numbers: readonly PrintedNumber[];
  result: PrintedNumber;
  /** "=" when the printed result follows from the printed numbers, else "≈". */
  relation: '=' | '≈';
  /** Decimals of those numbers that are not short by themselves. */
  digits: number;
}

/** Decimals of the shortest text that reads back as this number; infinite where that text has a power of ten. */
function ownDecimals(size: number): number {
  const text = String(size);
  return text.includes('e') ? Infinity : (text.split('.')[1]?.length ?? 0);
}

/** Short by itself: 0.7, 2, 0.125, 1500: at most four decimals and seven digits, exactly as in float64. */
function isShort(size: number): boolean {
  return ownDecimals(size) <= LEAST_DIGITS && String(size).replace('.', '').length <= 7;
}

function printed(value: number, write: Written): PrintedNumber {
  const text = nonFiniteText(value);
  if (text !== null) {
    const tex = Number.isNaN(value) ? '\\mathrm{NaN}' : value > 0 ? '\\infty' : '-\\infty';
    return { text, latex: tex, value, exact: value, negative: value < 0, power: false };
  }
  const rounded = Number(write.power === null ? write.digits : `${write.digits}e${String(write.power)}`);
  return {
    text: plain(write), latex: latex(write), value: rounded, exact: value, negative: rounded < 0, power: write.power !== null,
  };
}

/**
 * One number of an equation with `digits` decimals.
 * Numbers short by themselves keep their own decimals, at least `least`; those below 0.01 get as many decimals as
 * give `digits` significant ones, up to eight, then a power of ten.
 */
export function equationNumber(value: number, digits = LEAST_DIGITS, least = 0): PrintedNumber {
  if (!Number.isFinite(value)) return printed(value, { digits: '', power: null });
  const size = Math.abs(value);
  const own = ownDecimals(size);
  if (isShort(size)) {
    return printed(value, { digits: (value === 0 ? 0 : value).toFixed(size < LARGE ? Math.max(own, least) : own), power: null });
  }
  const wanted = size < 0.01 ? digits - 1 - Math.floor(Math.log10(size)) : digits;
  if (wanted > MOST_DIGITS || Number(size.toFixed(wanted)) >= LARGE) {
    const rounded = scientific(value, digits);
    const exact = exactScientific(value);
    return printed(value, exact.digits.length < rounded.digits.length ? exact : rounded);
  }
  return printed(value, { digits: value.toFixed(Math.min(wanted, Math.max(own, least))), power: null });
}

/** One unit in the last printed place: how much a reader can expect of the number. */
function lastPlace(number: PrintedNumber): number {
  const [mantissa = ''] = number.text.split('·');
  const decimals = mantissa.split('.')[1]?.length ?? 0;
  if (!number.power) return 10 ** -decimals;
  return 10 ** (Math.floor(Math.log10(Math.abs(number.value))) - decimals);
}

function follows(recomputed: number, result: PrintedNumber): boolean {
  if (!Number.isFinite(recomputed)) return Object.is(recomputed, result.value);
  // The slack is for the rounding of the recomputation itself, when it falls on half a unit.
  return Math.abs(recomputed - result.value) <= 0.5 * lastPlace(result) * (1 + 1e-6);
}

/**
 * The numbers of an equation `expression(numbers) = result`, so that arithmetic a reader can check does check.
 * All numbers that are not short share one number of decimals: four, and more until the printed result follows from
 * the printed numbers; if eight are not enough, the relation is "≈". `evaluate` null: cannot be checked here, "≈".
 * `least` is the least number of decimals of short numbers, for all or one by one; the result takes the largest.
 */
export function printEquation(
  numbers: readonly number[],
  evaluate: ((rounded: readonly number[]) => number) | null,
  result: number,
  least: number | readonly number[] = 0,
): PrintedEquation {
  const leastOf = (index: number): number => (typeof least === 'number' ? least : (least[index] ?? 0));
  const right = equationNumber(result, LEAST_DIGITS, typeof least === 'number' ? least : Math.max(0, ...least));
  let left: PrintedNumber[] = [];
  for (let digits = LEAST_DIGITS; digits <= MOST_DIGITS; digits += 1) {
    left = numbers.map((value, index) => equationNumber(value, digits, leastOf(index)));
    if (evaluate === null) break;
    if (follows(evaluate(left.map((number) => number.value)), right)) {
      return { numbers: left, result: right, relation: '=', digits };
    }
  }
  return { numbers: left, result: right, relation: '≈', digits: evaluate === null ? LEAST_DIGITS : MOST_DIGITS };
}

/** A product, the chain rule's own case. */
export function printProduct(factors: readonly number[], product: number, least = 0): PrintedEquation {
  return printEquation(factors, (rounded) => rounded.reduce((left, right) => left * right, 1), product, least);
}

/** A sum of products: one term per use of a leaf. `terms` gives the factors of each. */
export function printSumOfProducts(
  terms: readonly (readonly number[])[],
  sum: number,
  least = 0,
): PrintedEquation {
  const evaluate = (rounded: readonly number[]): number => {
    let next = 0;
    return terms.reduce((total, term) => {
      const factors = rounded.slice(next, (next += term.length));
      return total + factors.reduce((left, right) => left * right, 1);
    }, 0);
  };
  return printEquation(terms.flat(), evaluate, sum, least);
}
