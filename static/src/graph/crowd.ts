/** What is drawn already, so that later texts find a free place. Pure. */
import type { Point } from '../layout';
import type { Figures } from './figures';
import { boxAround, overlap, sampled, type Box } from './geometry';
import { SIZES, type Measure } from './measure';
import { KINK, kinkY } from './nodes';
import type { Scene } from './scene';

const CELL = 120;
/** Cost of a sample point of a wire under a text, in px² of overlap. */
const WIRE_COST = 15;
/** Points on each piece of a wire. */
const SAMPLES = 32;
/** Beside a number, so that two of them never read as one. */
const AIR = 8;

/** Boxes and points by the cell of a grid they lie in, so that only neighbours are compared. */
export class Crowd {
  private readonly boxes = new Map<string, Box[]>();
  private readonly points = new Map<string, Point[]>();

  add(box: Box): void {
    for (const cell of cellsOf(box)) add(this.boxes, cell, box);
  }

  addPoint(point: Point): void {
    add(this.points, cellAt(point.x, point.y), point);
  }

  cost(box: Box): number {
    let cost = 0;
    for (const cell of cellsOf(box)) {
      for (const other of this.boxes.get(cell) ?? []) cost += overlap(box, other);
      for (const { x, y } of this.points.get(cell) ?? []) {
        if (x > box.left && x < box.right && y > box.top && y < box.bottom) cost += WIRE_COST;
      }
    }
    return cost;
  }
}

function add<T>(map: Map<string, T[]>, cell: string, item: T): void {
  const list = map.get(cell);
  if (list) list.push(item);
  else map.set(cell, [item]);
}

function cellAt(x: number, y: number): string {
  return `${String(Math.floor(x / CELL))},${String(Math.floor(y / CELL))}`;
}

function cellsOf({ left, top, right, bottom }: Box): string[] {
  const cells: string[] = [];
  for (let x = Math.floor(left / CELL); x * CELL <= right; x += 1) {
    for (let y = Math.floor(top / CELL); y * CELL <= bottom; y += 1) cells.push(cellAt(x * CELL, y * CELL));
  }
  return cells;
}

/** Nodes, names, words, numbers and wires of a scene. */
export function crowdOf(scene: Scene, figures: Figures, measure: Measure): Crowd {
  const crowd = new Crowd();
  const width = (text: string | undefined): number => (text ? measure.width(text, 'number', SIZES.number) : 0);
  for (const item of scene.nodes) {
    const { node, anatomy, x, y, name, caption } = item;
    crowd.add(boxAround(x, y, anatomy.width, anatomy.height));
    if (name && anatomy.name) crowd.add(boxAround(x + name.x, y + name.y, anatomy.name.width, 16));
    if (caption) {
      const wide = measure.width(caption.text, 'caption', SIZES.caption);
      crowd.add(boxAround(x + caption.x + (caption.centred ? 0 : wide / 2), y + caption.y, wide, 16));
    }
    if (figures.kinks.has(node.id)) crowd.add(boxAround(x, y + kinkY(item), KINK.width, KINK.height));
  }
  for (const { node, x, y } of scene.labels) {
    crowd.add(boxAround(x, y - 15, width(figures.values.get(node.id)?.text) + AIR, 18));
    crowd.add(boxAround(x, y + 17, width(figures.gradients.get(node.id)?.text) + AIR, 18));
  }
  for (const { edge, x, y } of scene.branches) {
    crowd.add(boxAround(x, y, width(figures.branches.get(edge.id)?.text) + AIR, 24));
  }
  for (const wire of scene.wires) for (const point of sampled(wire.points, SAMPLES)) crowd.addPoint(point);
  return crowd;
}
