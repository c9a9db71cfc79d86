/** Keeps in sight what is selected or told: the inspector may take room from the stage, or lie over a part of it. */
import { placeOf, type GraphContext } from './context';
import { boxAround } from './geometry';
import type { Covered } from './zoom';

const NARROW = 600;

export function keepSelectionInSight(context: GraphContext): void {
  const { selection } = context.app.store.get();
  if (selection) keepNodeInSight(context, selection.kind === 'node' ? selection.id : selection.target);
}

export function keepNodeInSight(context: GraphContext, id: string): void {
  const place = placeOf(context, id);
  if (!place) return;
  const box = boxAround(place.x, place.y, place.anatomy.width, place.anatomy.height);
  const { root, zoom } = context.parts;
  const panel = coveredBy(document.getElementById('inspector'), root);
  // On a narrow stage the zoom bar takes most of the foot.
  const bar = root.clientWidth < NARROW ? root.getBoundingClientRect().bottom - zoom.getBoundingClientRect().top : 0;
  context.zoom.keepInSight(box, { ...panel, bottom: Math.max(panel.bottom, zoom.offsetHeight > 0 ? bar : 0) });
}

/** A panel at the right covers a strip there; one as wide as the stage covers a strip at its foot. */
function coveredBy(panel: HTMLElement | null, stage: Element): Covered {
  const none = { right: 0, bottom: 0 };
  if (!panel || panel.hidden) return none;
  const over = panel.getBoundingClientRect();
  const under = stage.getBoundingClientRect();
  const right = Math.max(0, under.right - over.left);
  const bottom = Math.max(0, under.bottom - over.top);
  if (right === 0 || bottom === 0) return none;
  return over.width < under.width ? { right, bottom: 0 } : { right: 0, bottom };
}
