/** Short strokes for operands that a mini graph leaves out, in the widest gap between the wires of their gate. */
import { RADIUS, RING } from '../graph/anatomy';
import type { Scene } from '../graph/scene';
import { svg } from '../graph/svg';

const GAP = 3;
const LENGTH = 12;
/** Angle between neighbouring strokes, and the most that all of them take up. */
const STEP = Math.PI / 9;
const WIDEST = (2 / 3) * Math.PI;
const MOST = 9;

export function drawTicks(layer: SVGGElement, scene: Scene, ticks: ReadonlyMap<string, number>): void {
  layer.replaceChildren();
  for (const { node, x, y, name, anatomy } of scene.nodes) {
    const count = Math.min(MOST, ticks.get(node.id) ?? 0);
    if (count === 0) continue;
    const taken = scene.wires
      .filter(({ edge }) => edge?.target === node.id)
      .flatMap(({ points }) => {
        const end = points.at(-1);
        return end ? [Math.atan2(end.y - y, end.x - x)] : [];
      });
    const beside = name ? [Math.sign(name.y) * (Math.PI / 2)] : [];
    const radius = RADIUS + (anatomy.ring ? RING : 0) + GAP;
    const lines = tickAngles(count, [0, ...taken, ...beside]).map((angle) => {
      const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
      const end = radius + LENGTH;
      return svg('line', {
        x1: (x + radius * dx).toFixed(1), y1: (y + radius * dy).toFixed(1), x2: (x + end * dx).toFixed(1), y2: (y + end * dy).toFixed(1),
      });
    });
    layer.append(svg('g', { class: 'ticks' }, ...lines));
  }
}

/** Directions of strokes around the middle of the widest gap between what is taken (radians). Pure. */
export function tickAngles(count: number, taken: readonly number[]): number[] {
  const turn = 2 * Math.PI;
  const sorted = [...taken].map((angle) => ((angle % turn) + turn) % turn).sort((one, other) => one - other);
  let [start, width] = [0, 0];
  sorted.forEach((angle, at) => {
    const next = sorted[at + 1] ?? (sorted[0] ?? 0) + turn;
    if (next - angle > width + 1e-9) [start, width] = [angle, next - angle];
  });
  const step = Math.min(STEP, WIDEST / count, width / (count + 1));
  const middle = start + width / 2;
  return Array.from({ length: count }, (_, at) => middle + (at - (count - 1) / 2) * step);
}
