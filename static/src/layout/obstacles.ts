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
      const box = {
        left: Math.min(from.x, to.x), right: Math.max(from.x, to.x),
        top: Math.min(from.y, to.y), bottom: Math.max(from.y, to.y),
      };
      const piece = { from, to, edge };
      this.forCells(box, (key) => append(this.wires, key, piece));
    }
  }

  hitsBox(box: Box): boolean {
    let hit = false;
    this.forCells(box, (key) => {
      hit ||= (this.boxes.get(key) ?? []).some((other) => overlap(box, other));
    });
    return hit;
  }

  hitsWire(box: Box): boolean {
    let hit = false;
    this.forCells(box, (key) => {
      hit ||= (this.wires.get(key) ?? []).some((piece) => crossesBox(piece.from, piece.to, box));
    });
    return hit;
  }

  private forCells(box: Box, visit: (key: number) => void): void {
    const lastColumn = Math.floor(box.right / CELL);
    const lastRow = Math.floor(box.bottom / CELL);
    for (let c = Math.floor(box.left / CELL); c <= lastColumn; c++) {
      for (let r = Math.floor(box.top / CELL); r <= lastRow; r++) visit(c * 0x100000 + r);
    }
  }
}

function append<T>(map: Map<number, T[]>, key: number, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Whether a straight piece touches the inside of a box. Source: Liang and Barsky's line clipping (1984). */
export function crossesBox(from: Point, to: Point, box: Box): boolean {
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
