/** Paints nodes and wires of a large graph as plain marks on a canvas. */
import type { Scene } from '../scene';

export interface Inks {
  wire: string;
  gate: string;
  leaf: string;
  output: string;
}

/** Colours of the page as they are now. */
export function inksOf(root: Element): Inks {
  const style = getComputedStyle(root);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return { wire: colour('--edge'), gate: colour('--ink-2'), leaf: colour('--ink-3'), output: colour('--accent') };
}

export interface Items {
  nodes: readonly number[];
  wires: readonly number[];
}

/** Graph px to canvas px: scale and shift, across and down. */
export interface Placing {
  across: number;
  down: number;
  x: number;
  y: number;
}

type Canvas = Pick<CanvasRenderingContext2D, 'beginPath' | 'moveTo' | 'lineTo' | 'stroke' | 'rect' | 'fill'> &
  Pick<CanvasRenderingContext2D, 'strokeStyle' | 'fillStyle' | 'lineWidth' | 'globalAlpha'>;

/** Marks are never smaller than a pixel, so that no gate is lost however far away the reader stands. */
export function paint(canvas: Canvas, scene: Scene, { nodes, wires }: Items, place: Placing, inks: Inks): void {
  const { across, down, x, y } = place;
  // Where marks lie on each other, some ground has to show through.
  const crowded = across * down < 0.0005;
    canvas.globalAlpha = crowded ? 0.12 : wires.length > 4_000 ? 0.25 : 0.6;
  canvas.strokeStyle = inks.wire;
  canvas.lineWidth = Math.max(0.5, 1.5 * Math.min(across, down));
  canvas.beginPath();
  for (const i of wires) {
    const points = scene.wires[i]?.points ?? [];
    const first = points[0];
    if (!first) continue;
    canvas.moveTo(first.x * across + x, first.y * down + y);
    for (let at = 3; at < points.length; at += 3) {
      const point = points[at];
      if (point) canvas.lineTo(point.x * across + x, point.y * down + y);
    }
  }
  canvas.stroke();
  canvas.globalAlpha = crowded ? 0.5 : 1;
  for (const kind of ['leaf', 'gate', 'output'] as const) {
    canvas.fillStyle = inks[kind];
    canvas.beginPath();
    for (const i of nodes) {
      const item = scene.nodes[i];
      if (item?.node.kind !== kind) continue;
      const { width, height } = item.anatomy;
      const [wide, high] = [Math.max(1, 0.8 * width * across), Math.max(1, 0.8 * height * down)];
      canvas.rect(item.x * across + x - wide / 2, item.y * down + y - high / 2, wide, high);
    }
    canvas.fill();
  }
}
