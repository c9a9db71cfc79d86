/** Boxes and wires in a grid, to ask whether a text would lie on something. */

import type { LayoutNode, Point } from './types';

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const boxAround = (x: number, y: number, width: number, height: number): Box => ({
  left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2,
});

/** Box of a node at this place; a group reaches unequally far above and below its wire. */
export function boxOfNode({ width, height, box }: LayoutNode, x: number, y: number): Box {
  if (!box) return boxAround(x, y, width, height);
  return { left: x - width / 2, right: x + width / 2, top: y - box.above, bottom: y + box.below };
}

const CELL = 96;

export class Obstacles {
  private readonly boxes = new Map<number, Box[]>();
  private readonly wires = new Map<number, { from: Point; to: Point; edge: number }[]>();

  addBox(box: Box): void {
    this.forCells(box, (key) => append(this.boxes, key, box));
  }

  /** Corner points of a wire; `edge` is given back by `wiresIn`. */
  addWire(points: readonly Point[], edge: number): void {
    for (let i = 1; i < points.length; i++) {
      const from = points[i - 1]!;
      const to = points[i]!;
      const piece = { from, to, edge };
      this.alongPiece(from, to, (key) => append(this.wires, key, piece));
    }
  }

  hitsBox(box: Box): boolean {
    return this.some(box, this.boxes, (other) => overlap(box, other));
  }

  hitsWire(box: Box): boolean {
    return this.some(box, this.wires, (piece) => crossesBox(piece.from, piece.to, box));
  }

  private some<T>(box: Box, cells: ReadonlyMap<number, readonly T[]>, hits: (item: T) => boolean): boolean {
    const lastColumn = Math.floor(box.right / CELL);
    const lastRow = Math.floor(box.bottom / CELL);
    for (let c = Math.floor(box.left / CELL); c <= lastColumn; c++) {
      for (let r = Math.floor(box.top / CELL); r <= lastRow; r++) {
        if (cells.get(keyOf(c, r))?.some(hits)) return true;
      }
    }
    return false;
  }

  /** Only the cells that a straight piece runs through: the box around a long slanted one is mostly empty. */
  private alongPiece(from: Point, to: Point, visit: (key: number) => void): void {
    const [a, b] = from.x <= to.x ? [from, to] : [to, from];
    const last = Math.floor(b.x / CELL);
    for (let c = Math.floor(a.x / CELL); c <= last; c++) {
      const at = (x: number): number =>
        b.x === a.x ? a.y : a.y + ((b.y - a.y) * (Math.min(b.x, Math.max(a.x, x)) - a.x)) / (b.x - a.x);
      const enters = c * CELL <= a.x ? a.y : at(c * CELL);
      const leaves = (c + 1) * CELL >= b.x ? b.y : at((c + 1) * CELL);
      // A hair more, so that rounding leaves no cell out.
      const lastRow = Math.floor(Math.max(enters, leaves) / CELL + 1e-9);
      for (let r = Math.floor(Math.min(enters, leaves) / CELL - 1e-9); r <= lastRow; r++) visit(keyOf(c, r));
    }
  }

  private forCells(box: Box, visit: (key: number) => void): void {
    const lastColumn = Math.floor(box.right / CELL);
    const lastRow = Math.floor(box.bottom / CELL);
    for (let c = Math.floor(box.left / CELL); c <= lastColumn; c++) {
      for (let r = Math.floor(box.top / CELL); r <= lastRow; r++) visit(keyOf(c, r));
    }
  }
}

const keyOf = (column: number, row: number): number => column * 0x100000 + row;

function append<T>(map: Map<number, T[]>, key: number, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Whether a straight piece touches the inside of a box. Source: Liang and Barsky's line clipping (1984). */
export function crossesBox(from: Point, to: Point, box: Box): boolean {
  // Most pieces lie beside the box altogether.
  if (Math.max(from.x, to.x) <= box.left || Math.min(from.x, to.x) >= box.right) return false;
  if (Math.max(from.y, to.y) <= box.top || Math.min(from.y, to.y) >= box.bottom) return false;
  let enter = 0;
  let leave = 1;
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const clip = (direction: number, room: number): boolean => {
    if (direction === 0) return room > 0;
    const t = room / direction;
    if (direction < 0) enter = Math.max(enter, t);
    else leave = Math.min(leave, t);
    return enter < leave;
  };
  return clip(-dx, from.x - box.left) && clip(dx, box.right - from.x)
    && clip(-dy, from.y - box.top) && clip(dy, box.bottom - from.y);
}
