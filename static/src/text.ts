/** Places in a text: the server counts code points, the page counts UTF-16 units. */
import type { Span } from './api/model';

/** A stretch of text in UTF-16 units, `to` excluded. */
export interface Range {
  from: number;
  to: number;
}

/** A replacement of the text between `from` and `to` (UTF-16 units). */
export interface Change extends Range {
  insert: string;
}

export interface Offsets {
  /** UTF-16 offset of a code-point offset; what lies outside the text is moved to its nearest end. */
  toUtf16(codePoints: number): number;
  toCodePoints(utf16: number): number;
  range(span: Pick<Span, 'start' | 'end'>): Range;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** How many numbers of the ascending list are smaller than `limit`. */
function countBelow(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Converts offsets of this text. Costs one pass, and a search among the characters outside the BMP for each offset. */
export function offsetsOf(text: string): Offsets {
  // Code-point and UTF-16 offsets just behind each surrogate pair.
  const pointsBehind: number[] = [];
  const unitsBehind: number[] = [];
  for (let i = 0; i + 1 < text.length; i += 1) {
    if (!isHigh(text.charCodeAt(i)) || !isLow(text.charCodeAt(i + 1))) continue;
    unitsBehind.push(i + 2);
    pointsBehind.push(i + 2 - unitsBehind.length);
    i += 1;
  }
  const clamp = (offset: number): number => Math.max(0, Math.min(text.length, offset));
  const toUtf16 = (points: number): number => clamp(points + countBelow(pointsBehind, points + 1));
  return {
    toUtf16,
    toCodePoints: (utf16) => clamp(utf16) - countBelow(unitsBehind, clamp(utf16) + 1),
    range(span) {
      const from = toUtf16(span.start);
      return { from, to: Math.max(from, toUtf16(span.end)) };
    },
  };
}

/** `program` with the span (code points) replaced by `text`. */
export function replaceSpan(program: string, span: Pick<Span, 'start' | 'end'>, text: string): string {
  const { from, to } = offsetsOf(program).range(span);
  return program.slice(0, from) + text + program.slice(to);
}

/** The smallest single replacement that turns `before` into `after`; null when they are equal. Splits no pair. */
export function singleChange(before: string, after: string): Change | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from += 1;
  if (from > 0 && isHigh(before.charCodeAt(from - 1))) from -= 1;
  let tail = 0;
  while (
    tail < shorter - from &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail -= 1;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}

/** Where a place of the old text stands after the change; from inside what was replaced it goes to the end of the new. */
export function mapOffset(offset: number, change: Change): number {
  if (offset <= change.from) return offset;
  if (offset < change.to) return change.from + change.insert.length;
  return offset + change.insert.length - (change.to - change.from);
}

/** Where a range of the old text stands after one change; null when nothing is left of it. */
export function mapRange(range: Range, change: Change | null): Range | null {
  if (!change) return range;
  const shift = change.insert.length - (change.to - change.from);
  let { from, to } = range;
  if (from >= change.to) from += shift;
  else if (from > change.from) from = change.from + change.insert.length;
  if (to >= change.to && to > change.from) to += shift;
  else if (to > change.from) to = change.from;
  if (to < from || (to === from && range.to > range.from)) return null;
  return { from, to };
}
