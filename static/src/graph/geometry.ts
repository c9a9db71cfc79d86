/** Curves of wires: cubic Bézier chains p0 c1 c2 p1 c1 c2 p2 …, as the layout engine gives them. */
import type { Point } from '../layout';

export interface Head {
  /** Tip of the arrowhead and the direction it points to, in degrees. */
  x: number;
  y: number;
  angle: number;
}

export function pathText(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (!start) return '';
  let text = `M${place(start)}`;
  for (let i = 0; i + 2 < rest.length; i += 3) {
    text += `C${place(rest[i])} ${place(rest[i + 1])} ${place(rest[i + 2])}`;
  }
  return text;
}

/** A tenth of a pixel is finer than any screen shows, and keeps the document small. */
function place(point: Point | undefined): string {
  return point ? `${String(round(point.x))},${String(round(point.y))}` : '';
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Tip and direction at the end of a curve. */
export function headOf(points: readonly Point[]): Head | null {
  const tip = points.at(-1);
  if (!tip) return null;
  const { x, y } = directionAtEnd(points);
  return { x: tip.x, y: tip.y, angle: (Math.atan2(y, x) * 180) / Math.PI };
}

/** The curve without its last `length` px, so that a thick line does not show beside the arrowhead's tip. */
export function shortened(points: readonly Point[], length: number): Point[] {
  if (points.length < 4) return [...points];
  const [p0, c1, c2, p1] = points.slice(-4) as [Point, Point, Point, Point];
  // Where the curve enters the circle around its tip; it leaves no more than once, since wires do not turn back.
  let [inside, outside] = [1, 0];
  for (let i = 0; i < 18; i += 1) {
    const t = (inside + outside) / 2;
    const at = cubicAt(p0, c1, c2, p1, t);
    if (Math.hypot(at.x - p1.x, at.y - p1.y) > length) outside = t;
    else inside = t;
  }
  return [...points.slice(0, -4), ...headPart(p0, c1, c2, p1, outside)];
}

/** The first part of a cubic, up to `t`. */
function headPart(p0: Point, c1: Point, c2: Point, p1: Point, t: number): Point[] {
  const mix = (a: Point, b: Point): Point => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
  const [a, b, c] = [mix(p0, c1), mix(c1, c2), mix(c2, p1)];
  const [d, e] = [mix(a, b), mix(b, c)];
  return [p0, a, d, mix(d, e)];
}

function directionAtEnd(points: readonly Point[]): Point {
  const tip = points.at(-1) ?? { x: 0, y: 0 };
  for (let i = points.length - 2; i >= 0; i -= 1) {
    const before = points[i] as Point;
    const length = Math.hypot(tip.x - before.x, tip.y - before.y);
    if (length > 0.01) return { x: (tip.x - before.x) / length, y: (tip.y - before.y) / length };
  }
  return { x: 1, y: 0 };
}

/** The point at `t` (0 to 1) of one cubic. */
export function cubicAt(p0: Point, c1: Point, c2: Point, p1: Point, t: number): Point {
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return { x: a * p0.x + b * c1.x + c * c2.x + d * p1.x, y: a * p0.y + b * c1.y + c * c2.y + d * p1.y };
}

/** The point that lies `length` px before the end of a curve, or its start when it is shorter. */
export function pointBeforeEnd(points: readonly Point[], length: number): Point {
  const samples = sampled(points);
  let left = length;
  for (let i = samples.length - 1; i > 0; i -= 1) {
    const [here, before] = [samples[i] as Point, samples[i - 1] as Point];
    const step = Math.hypot(here.x - before.x, here.y - before.y);
    if (step >= left && step > 0) {
      const t = left / step;
      return { x: here.x + (before.x - here.x) * t, y: here.y + (before.y - here.y) * t };
    }
    left -= step;
  }
  return samples[0] ?? { x: 0, y: 0 };
}

export function sampled(points: readonly Point[], steps = 12): Point[] {
  const result = points[0] ? [points[0]] : [];
  for (let i = 0; i + 3 < points.length; i += 3) {
    const [p0, c1, c2, p1] = points.slice(i, i + 4) as [Point, Point, Point, Point];
    for (let k = 1; k <= steps; k += 1) result.push(cubicAt(p0, c1, c2, p1, k / steps));
  }
  return result;
}

/** Both curves with as many pieces as the longer has, so that one can change into the other point by point. */
export function alike(one: readonly Point[], other: readonly Point[]): [Point[], Point[]] {
  const pieces = Math.max(one.length, other.length);
  return [padded(one, pieces), padded(other, pieces)];
}

/** Splits the last piece until there are `length` points. */
function padded(points: readonly Point[], length: number): Point[] {
  const result = [...points];
  while (result.length >= 4 && result.length < length) {
    const [p0, c1, c2, p1] = result.splice(-4) as [Point, Point, Point, Point];
    result.push(...halves(p0, c1, c2, p1));
  }
  return result;
}

function halves(p0: Point, c1: Point, c2: Point, p1: Point): Point[] {
  const mid = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const [a, b, c] = [mid(p0, c1), mid(c1, c2), mid(c2, p1)];
  const [d, e] = [mid(a, b), mid(b, c)];
  return [p0, a, d, mid(d, e), e, c, p1];
}

export function between(one: readonly Point[], other: readonly Point[], t: number): Point[] {
  return other.map((to, i) => {
    const from = one[i] ?? to;
    return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
  });
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function boxAround(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

/** Area that two boxes share, px². */
export function overlap(one: Box, other: Box): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > 0 && height > 0 ? width * height : 0;
}
