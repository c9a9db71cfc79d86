/** A finger is not a point: what a tap just misses was meant, up to the 44 px that a finger needs. */
import type { GraphContext } from './context';

/** Half of the least target, px on the screen. */
const REACH = 22;

/** The node that a tap beside it means, or null: it was no finger, or nothing is near enough. */
export function nodeNear(context: GraphContext, event: MouseEvent): string | null {
  if (!isFinger(event)) return null;
  const { left, top } = context.parts.root.getBoundingClientRect();
  const { k, x, y } = context.zoom.view;
  const at = { x: (event.clientX - left - x) / k, y: (event.clientY - top - y) / k };
  let best: { id: string; distance: number } | null = null;
  for (const { node, anatomy, x: middle, y: centre } of context.scene()?.nodes ?? []) {
    const beside = Math.max(0, Math.abs(at.x - middle) - Math.max(anatomy.width / 2, REACH / k));
    const above = Math.max(0, Math.abs(at.y - centre) - Math.max(anatomy.height / 2, REACH / k));
    if (beside > 0 || above > 0) continue;
    const distance = Math.hypot(at.x - middle, at.y - centre);
    if (!best || distance < best.distance) best = { id: node.id, distance };
  }
  return best?.id ?? null;
}

/** Older browsers send a click without saying what clicked. */
function isFinger(event: MouseEvent): boolean {
  if (event instanceof PointerEvent && event.pointerType !== '') return event.pointerType === 'touch';
  return matchMedia('(pointer: coarse)').matches;
}
