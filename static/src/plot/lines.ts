/** The lines of a plot in pixels: the curve in unbroken pieces, and its tangent. Pure. */
import type { CurveKink, CurvePoint } from '../api/model';
import type { Point } from './ranges';
import type { Range } from './scale';

/** How far outside of the range a value is still followed, in heights of the range. */
const BEYOND = 3;

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * The points of a curve as pieces through which one line can be drawn. It breaks where a value is no number, where
 * the output jumps, and at a pole, which shows as two neighbours far out on opposite sides.
 */
export function pieces(points: readonly CurvePoint[], kinks: readonly CurveKink[], [low, high]: Range): Point[][] {
  const jumps = kinks.filter(({ jump }) => jump).map(({ x }) => x);
  const height = high - low;
  const clamp = (value: number): number => Math.min(high + BEYOND * height, Math.max(low - BEYOND * height, value));
  const found: Point[][] = [];
  let piece: Point[] = [];
  let before: CurvePoint | null = null;
  for (const point of points) {
    const { x, value } = point;
    const last = before;
    const broken =
      Number.isNaN(value) ||
      (last !== null && ((last.value > high && value < low) || (last.value < low && value > high))) ||
      (last !== null && jumps.some((jump) => last.x <= jump && jump <= x));
    if (broken && piece.length > 0) {
      found.push(piece);
      piece = [];
    }
    if (!Number.isNaN(value)) piece.push({ x, y: clamp(value) });
    before = Number.isNaN(value) ? null : point;
  }
  if (piece.length > 0) found.push(piece);
  return found.filter(({ length }) => length > 1);
}

/** The tangent as a stroke of the given length around the point, cut off at the box. Pixels. */
export function tangent(at: Point, slope: number, length: number, box: Box): [Point, Point] | null {
  if (!Number.isFinite(slope) || !Number.isFinite(at.y)) return null;
  const size = Math.hypot(1, slope);
  const [dx, dy] = [length / 2 / size, (length / 2 / size) * slope];
  return clip({ x: at.x - dx, y: at.y - dy }, { x: at.x + dx, y: at.y + dy }, box);
}

/** The part of a stroke inside a box (Liang & Barsky 1984); null when none is. */
export function clip(from: Point, to: Point, { left, right, top, bottom }: Box): [Point, Point] | null {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [start, end] = [0, 1];
  for (const [way, room] of [
    [-dx, from.x - left],
    [dx, right - from.x],
    [-dy, from.y - top],
    [dy, bottom - from.y],
  ] as const) {
    if (way === 0) {
      if (room < 0) return null;
      continue;
    }
    const part = room / way;
    if (way < 0) start = Math.max(start, part);
    else end = Math.min(end, part);
  }
  if (start > end) return null;
  const along = (part: number): Point => ({ x: from.x + part * dx, y: from.y + part * dy });
  return [along(start), along(end)];
}

/** The value of a curve between its points; NaN where it has none. */
export function valueAt(points: readonly CurvePoint[], x: number): number {
  let [low, high] = [0, points.length - 1];
  if (high < 0 || x < (points[0]?.x ?? NaN) || x > (points[high]?.x ?? NaN)) return NaN;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.x ?? NaN) <= x) low = middle;
    else high = middle;
  }
  const [left, right] = [points[low], points[high]];
  if (!left || !right) return NaN;
  if (right.x === left.x || x === left.x) return left.value;
  if (x === right.x) return right.value;
  return left.value + ((x - left.x) / (right.x - left.x)) * (right.value - left.value);
}
