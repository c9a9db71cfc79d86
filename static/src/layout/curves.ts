/** Cubic Bézier paths as flat lists of points: p0 c1 c2 p1 c1 c2 p2 … */

import type { Point } from './types';

export type Path = Point[];

export const startPath = (x: number, y: number): Path => [{ x, y }];

/** Straight on, as a cubic with its control points on the line; nothing for a step of no length. */
export function lineTo(path: Path, x: number, y: number): void {
  const from = path[path.length - 1]!;
  if (Math.abs(from.x - x) < 1e-6 && Math.abs(from.y - y) < 1e-6) return;
  path.push(
    { x: from.x + (x - from.x) / 3, y: from.y + (y - from.y) / 3 },
    { x: x - (x - from.x) / 3, y: y - (y - from.y) / 3 },
    { x, y },
  );
}

export function cubicTo(path: Path, c1: Point, c2: Point, end: Point): void {
  path.push(c1, c2, end);
}

/** Leaves and arrives horizontally. */
export function bendTo(path: Path, x: number, y: number): void {
  const from = path[path.length - 1]!;
  const half = (x - from.x) / 2;
  path.push({ x: from.x + half, y: from.y }, { x: x - half, y }, { x, y });
}

/** Point at parameter t of the cubic that starts at index i. */
export function pointOn(path: Path, i: number, t: number): Point {
  const [a, b, c, d] = [path[i]!, path[i + 1]!, path[i + 2]!, path[i + 3]!];
  const s = 1 - t;
  const wa = s * s * s;
  const wb = 3 * s * s * t;
  const wc = 3 * s * t * t;
  const wd = t * t * t;
  return { x: wa * a.x + wb * b.x + wc * c.x + wd * d.x, y: wa * a.y + wb * b.y + wc * c.y + wd * d.y };
}

/** Corner points of a path, `steps` per cubic; a straight piece gives its ends only. */
export function samplePath(path: Path, steps = 12): Point[] {
  const points = path.length > 0 ? [path[0]!] : [];
  for (let i = 0; i + 3 < path.length; i += 3) {
    const straight = path[i]!.y === path[i + 3]!.y && path[i + 1]!.y === path[i]!.y && path[i + 2]!.y === path[i]!.y;
    const pieces = straight ? 1 : steps;
    for (let k = 1; k <= pieces; k++) points.push(pointOn(path, i, k / pieces));
  }
  return points;
}

/** Height at x of a single cubic that runs from left to right. */
export function heightAt(cubic: Path, x: number): number {
  let low = 0;
  let high = 1;
  for (let k = 0; k < 24; k++) {
    const middle = (low + high) / 2;
    if (pointOn(cubic, 0, middle).x < x) low = middle;
    else high = middle;
  }
  return pointOn(cubic, 0, high).y;
}
