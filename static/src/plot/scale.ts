/**
 * A linear scale, and round numbers along it, as d3-scale has them: the library brings its parsers of number formats
 * along, 4 kB after gzip for a few lines. Pure.
 */
export type Range = readonly [number, number];

const [TO_TEN, TO_FIVE, TO_TWO] = [Math.sqrt(50), Math.sqrt(10), Math.sqrt(2)];

export interface Scale {
  (value: number): number;
  invert(pixel: number): number;
}

export function linearScale([low, high]: Range, [start, end]: Range): Scale {
  const factor = (end - start) / (high - low);
  const scale = (value: number): number => start + (value - low) * factor;
  return Object.assign(scale, { invert: (pixel: number): number => low + (pixel - start) / factor });
}

/** The step of 1, 2 or 5 times a power of ten that cuts the range into about `count` parts. */
export function roundStep([low, high]: Range, count: number): number {
  const rough = (high - low) / count;
  const power = Math.floor(Math.log10(rough));
  const part = rough / 10 ** power;
  return (part >= TO_TEN ? 10 : part >= TO_FIVE ? 5 : part >= TO_TWO ? 2 : 1) * Number(`1e${String(power)}`);
}

const tidy = (value: number): number => Number(value.toPrecision(12)) + 0;

/** The round numbers inside the range. */
export function roundNumbers(range: Range, count: number): number[] {
  const step = roundStep(range, count);
  const [first, last] = [Math.ceil(range[0] / step - 1e-9), Math.floor(range[1] / step + 1e-9)];
  if (!Number.isFinite(first) || !Number.isFinite(last) || last - first > 100) return [];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => tidy((first + index) * step));
}

/** The range widened to round numbers. */
export function roundRange(range: Range, count = 3): Range {
  const step = roundStep(range, count);
  return [tidy(Math.floor(range[0] / step + 1e-9) * step), tidy(Math.ceil(range[1] / step - 1e-9) * step)];
}
