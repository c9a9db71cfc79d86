/** Which items of a large drawing lie in a part of the plane: a grid of cells, each with the items that touch it. Pure. */
import type { Point } from '../../layout';
import { cubicAt, type Box } from '../geometry';

/** Side of a cell in graph px: a stage at 100 % shows about a dozen of them. */
export const CELL = 480;
/** Pieces of a curve that reaches over several cells are cut into this many chords. */
const CHORDS = 16;

/** Cells from the first to the last column and row, both included. */
export interface Cells {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The cells that a box touches, and a frame of `more` cells around them. */
export function cellsOf({ left, top, right, bottom }: Box, more = 0): Cells {
  const at = (value: number): number => Math.floor(value / CELL);
  return { left: at(left) - more, top: at(top) - more, right: at(right) + more, bottom: at(bottom) + more };
}

export function sameCells(one: Cells, other: Cells): boolean {
  return one.left === other.left && one.top === other.top && one.right === other.right && one.bottom === other.bottom;
}

export class Grid {
  private readonly columns = new Map<number, Map<number, number[]>>();

  addBox(item: number, box: Box): void {
    const { left, top, right, bottom } = cellsOf(box);
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) this.put(item, column, row);
    }
  }

  /** A chain of cubics, as a wire has it: the cells its chords touch, not all of the box around it. */
  addCurve(item: number, points: readonly Point[]): void {
    for (let i = 0; i + 3 < points.length; i += 3) {
      const [p0, c1, c2, p1] = points.slice(i, i + 4) as [Point, Point, Point, Point];
      const cells = cellsOf(around(p0, c1, c2, p1));
      if (cells.left === cells.right || cells.top === cells.bottom) {
        this.addBox(item, around(p0, c1, c2, p1));
        continue;
      }
      let from = p0;
      for (let k = 1; k <= CHORDS; k += 1) {
        const to = cubicAt(p0, c1, c2, p1, k / CHORDS);
        this.addBox(item, around(from, to));
        from = to;
      }
    }
  }

  /** Items in these cells, each once, in the order of their numbers. */
  within({ left, top, right, bottom }: Cells): number[] {
    const found = new Set<number>();
    for (const [column, rows] of this.columns) {
      if (column < left || column > right) continue;
      for (let row = top; row <= bottom; row += 1) for (const item of rows.get(row) ?? []) found.add(item);
    }
    return [...found].sort((one, other) => one - other);
  }

  private put(item: number, column: number, row: number): void {
    let rows = this.columns.get(column);
    if (!rows) this.columns.set(column, (rows = new Map()));
    const items = rows.get(row);
    if (!items) rows.set(row, [item]);
    // Chords of one wire come one after the other, so looking at the last is enough.
    else if (items[items.length - 1] !== item) items.push(item);
  }
}

function around(...points: readonly Point[]): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}
