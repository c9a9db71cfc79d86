/** Ranges and ticks of a plot's axes. Pure. */
import { graphNumber } from '../format';
import { roundNumbers, type Range } from './scale';

export interface Point {
  x: number;
  y: number;
}

/** Taller than this many times its middle part, a curve has a pole or a steep end, which would flatten the rest. */
const TOO_TALL = 8;
/** That middle part: values between these two places of all values in order. */
const MIDDLE = [0.1, 0.9] as const;

/** The range of values to show. What must be seen is always inside; poles and steep ends are cut off. */
export function valueRange(values: readonly number[], needed: readonly number[]): Range {
  const finite = values.filter(Number.isFinite).sort((one, other) => one - other);
  const wanted = needed.filter(Number.isFinite);
  const at = (part: number): number => finite[Math.round(part * (finite.length - 1))] ?? NaN;
  let [low, high] = [Math.min(at(0), ...wanted), Math.max(at(1), ...wanted)];
  if (finite.length === 0) [low, high] = [Math.min(...wanted), Math.max(...wanted)];
  if (!(low <= high)) return [-1, 1];
  const [least, most] = [Math.min(at(MIDDLE[0]), ...wanted), Math.max(at(MIDDLE[1]), ...wanted)];
  const height = most - least;
  if (at(MIDDLE[1]) > at(MIDDLE[0]) && high - low > TOO_TALL * height) {
    [low, high] = [Math.max(low, least - height / 2), Math.min(high, most + height / 2)];
  }
  if (high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high))) return [low, high];
  const pad = Math.abs(low) >= 1 ? 10 ** Math.floor(Math.log10(Math.abs(low))) : 1;
  return [low - pad, high + pad];
}

export interface Tick {
  at: number;
  text: string;
  /** The present value, whose tick is set off. */
  present: boolean;
}

/** Both ends of the range, and zero where it lies well inside. */
export function valueTicks([low, high]: Range): Tick[] {
  const inside = low < 0 && high > 0 && -low > 0.25 * (high - low) && high > 0.25 * (high - low);
  const ends = [low, ...(inside ? [0] : []), high];
  const decimals = Math.max(...ends.map(decimalsOf));
  return ends.map((at) => ({ at, text: tickText(at, 10 ** -decimals), present: false }));
}

/** Gridlines on round numbers inside the range. */
export function gridTicks([low, high]: Range, count = 3): Tick[] {
  const found = roundNumbers([low, high], count);
  const step = (found[1] ?? high) - (found[0] ?? low);
  return found.map((at) => ({ at, text: tickText(at, step), present: false }));
}

/** Round numbers along the range, as many as have room, and the present value, before which its neighbours give way. */
export function argumentTicks([low, high]: Range, present: number, pixels: number): Tick[] {
  const perPixel = (high - low) / pixels;
  const own = { at: present, text: presentText(present, high - low), present: true };
  const near = (one: Tick, other: Tick): boolean =>
    Math.abs(one.at - other.at) < perPixel * (3.6 * (one.text.length + other.text.length) + 8);
  let ticks: Tick[] = [];
  for (let count = Math.max(2, Math.floor(pixels / 46)); count > 0; count -= 1) {
    ticks = gridTicks([low, high], count);
    if (ticks.every((tick, index) => index === 0 || !near(tick, ticks[index - 1] as Tick))) break;
  }
  return [...ticks.filter((tick) => !near(tick, own)), own].sort((one, other) => one.at - other.at);
}

/** A round number with the decimals that its neighbours need. */
export function tickText(value: number, step: number): string {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  if (!Number.isFinite(decimals) || decimals > 6 || Math.abs(value) >= 10_000) return value === 0 ? '0' : graphNumber(value, 0);
  return graphNumber(value, decimals);
}

function decimalsOf(value: number): number {
  const text = String(Number(value.toPrecision(10)));
  return text.includes('e') ? 0 : (text.split('.')[1]?.length ?? 0);
}

/** A value with two digits more than a tick would have, without the zeros at its end. */
export function presentText(value: number, range: number): string {
  const decimals = Math.min(6, Math.max(0, 3 - Math.ceil(Math.log10(range) + 1e-9)));
  const text = graphNumber(value, decimals);
  return text.includes('·') || !text.includes('.') ? text : text.replace(/\.?0+$/, '');
}
