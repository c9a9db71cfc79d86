/** Places for texts beside a point of a plot, so that no text covers a line. Pure. */
import type { Box } from './lines';
import type { Point } from './ranges';

/** Half the width of a line with the air around it. */
const AIR = 3;

export interface Text {
  width: number;
  height: number;
}

/** Where a text stands: its left end and its baseline, and the box that it fills. */
export interface Place {
  x: number;
  y: number;
  box: Box;
}

/**
 * The best place for a text near a point: above and below, to both sides, nearer before farther. A place counts what
 * it covers of the lines and of other texts, and how far it leaves the frame.
 */
export function placeText(at: Point, text: Text, lines: readonly (readonly Point[])[], taken: readonly Box[], frame: Box): Place {
  let best: { place: Place; cost: number } | null = null;
  for (const lift of [16, 26, 38]) {
    for (const [side, up] of [
      [1, 1],
      [-1, 1],
      [1, -1],
      [-1, -1],
    ] as const) {
      const left = at.x + side * 13 - (side < 0 ? text.width : 0);
      const middle = at.y - up * lift;
      const box = { left, right: left + text.width, top: middle - text.height / 2, bottom: middle + text.height / 2 };
      const cost = outside(box, frame) * 20 + covered(box, lines) + taken.filter((other) => meet(box, other)).length * 60 + lift / 10;
      if (best === null || cost < best.cost) best = { place: { x: left, y: middle + text.height * 0.32, box }, cost };
    }
  }
  return best?.place ?? { x: at.x, y: at.y, box: frame };
}

export function meet(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function outside(box: Box, frame: Box): number {
  return (
    Math.max(0, frame.left - box.left) +
    Math.max(0, box.right - frame.right) +
    Math.max(0, frame.top - box.top) +
    Math.max(0, box.bottom - frame.bottom)
  );
}

/** Points along the lines, a few px apart, that lie inside the box. */
function covered(box: Box, lines: readonly (readonly Point[])[]): number {
  let count = 0;
  for (const line of lines) {
    for (let index = 1; index < line.length; index += 1) {
      const [from, to] = [line[index - 1], line[index]];
      if (!from || !to) continue;
      const parts = Math.min(60, Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 3)));
      for (let part = 0; part < parts; part += 1) {
        const x = from.x + ((to.x - from.x) * part) / parts;
        const y = from.y + ((to.y - from.y) * part) / parts;
        if (x > box.left - AIR && x < box.right + AIR && y > box.top - AIR && y < box.bottom + AIR) count += 1;
      }
    }
  }
  return count;
}
