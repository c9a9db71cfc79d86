/** Predicted against true change: the numbers of a step and a sentence on them. Pure. */
import type { Curve } from '../api/model';
import { equationNumber, fullNumber, graphNumber, type PrintedNumber } from '../format';

const LEAST_DECIMALS = 4;
const MOST_DECIMALS = 6;
const MOST_DIGITS = 8;
/** A miss below this part of the change is rounding. */
const EXACT = 1e-9;

export interface Step {
  from: number;
  to: number;
  before: number;
  after: number;
  /** The gradient where the step begins. */
  slope: number;
}

export interface NudgeNumbers {
  /** Decimals of the three results, so that the third is the difference of the first two as printed. */
  decimals: number;
  predicted: number;
  change: number;
  difference: number;
  /** slope × step */
  product: readonly [PrintedNumber, PrintedNumber];
  /** after − before */
  subtraction: readonly [PrintedNumber, PrintedNumber];
}

const round = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/** The step as typed numbers give it: −2.6 from −3 is 0.4, not 0.3999999999999999. */
export function stepSize({ from, to }: Pick<Step, 'from' | 'to'>): number {
  return Number((to - from).toPrecision(12));
}

export function nudgeNumbers(step: Step): NudgeNumbers {
  const size = stepSize(step);
  const predicted = step.slope * size;
  const change = step.after - step.before;
  const difference = change - predicted;
  const decimals = decimalsFor(predicted, change, difference);
  return {
    decimals,
    predicted,
    change,
    difference,
    product: printedPair([step.slope, size], ([left, right]) => left * right, round(predicted, decimals), decimals),
    subtraction: printedPair([step.after, step.before], ([left, right]) => left - right, round(change, decimals), decimals),
  };
}

/** Enough decimals for the printed difference to be that of the printed numbers, with two digits that count. */
function decimalsFor(predicted: number, change: number, difference: number): number {
  const exact = Math.abs(difference) <= EXACT * Math.max(Math.abs(predicted), Math.abs(change));
  for (let decimals = LEAST_DECIMALS; decimals < MOST_DECIMALS; decimals += 1) {
    const shown = round(difference, decimals);
    const agrees = Math.abs(round(change, decimals) - round(predicted, decimals) - shown) < 0.1 * 10 ** -decimals;
    const counts = exact || Math.abs(difference) >= 9.5 * 10 ** -decimals;
    if (agrees && counts) return decimals;
  }
  return MOST_DECIMALS;
}

type Pair = readonly [number, number];

/** Two numbers with so many digits that their printed forms give the printed result. */
function printedPair(numbers: Pair, evaluate: (pair: Pair) => number, result: number, decimals: number): readonly [PrintedNumber, PrintedNumber] {
  let pair = numbers.map((number) => equationNumber(number, LEAST_DECIMALS, 2)) as unknown as readonly [PrintedNumber, PrintedNumber];
  for (let digits = LEAST_DECIMALS; digits <= MOST_DIGITS; digits += 1) {
    pair = numbers.map((number) => equationNumber(number, digits, 2)) as unknown as readonly [PrintedNumber, PrintedNumber];
    const found = evaluate([pair[0].value, pair[1].value]);
    if (!(Math.abs(found - result) > 0.5 * 10 ** -decimals * (1 + 1e-6))) break;
  }
  return pair;
}

/** A change with its sign, "+0.0501"; zero has none. */
export function signed(value: number, decimals: number): string {
  return (value > 0 ? '+' : '') + graphNumber(value, decimals);
}

/** A step as the reader would type it, with its sign. */
export function stepText(step: number): string {
  return (step > 0 ? '+' : '') + fullNumber(step).replaceAll('-', '\u2212');
}

/** What the difference comes from. `curve` is over the step, or null while it is not known. */
export function missSentence(step: Step, numbers: NudgeNumbers, curve: Curve | null): string {
  const { predicted, change, difference, decimals } = numbers;
  const size = graphNumber(stepSize(step), Math.max(2, decimalsOf(stepSize(step))));
  if (step.from === step.to) return 'Back at the start: nothing has changed.';
  if (![predicted, change].every(Number.isFinite)) return 'There is no finite number to compare here.';
  const miss = graphNumber(Math.abs(difference), decimals).replace(/\.0+$/, '');
  const [low, high] = step.from < step.to ? [step.from, step.to] : [step.to, step.from];
  const kink = curve?.kinks.find(({ x }) => x > low && x < high) ?? null;
  if (Math.abs(difference) <= EXACT * Math.max(Math.abs(predicted), Math.abs(change))) {
    if (kink) return 'The prediction is right at the end, although the slope changes on the way.';
    return change === 0 ? 'The curve is flat here, so nothing changes.' : 'The curve is straight here, so the prediction is exact.';
  }
  if (kink?.jump) return `The output jumps on the way, which no gradient tells: a step of ${size} misses by ${miss}.`;
  if (kink) return `The slope changes at a kink on the way, so a step of ${size} misses by ${miss}.`;
  return `The gradient is exact only at the point itself. The curve bends, so a step of ${size} misses by ${miss}.`;
}

function decimalsOf(value: number): number {
  const text = String(Math.abs(value));
  return text.includes('e') ? 0 : Math.min(MOST_DECIMALS, text.split('.')[1]?.length ?? 0);
}
