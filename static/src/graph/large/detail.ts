/** How much of a large graph is drawn at a scale. Pure. */
import type { Size, View } from '../fit';
import type { Box } from '../geometry';

/** `full`: everything; `shapes`: nodes and wires without texts; `overview`: a picture on a canvas. */
export type Detail = 'full' | 'shapes' | 'overview';

export const FULL_FROM = 0.35;
export const SHAPES_FROM = 0.12;
/** Where a part of the stage is fuller than this (nodes and wires), less is drawn, whatever the scale. */
export const MOST_ELEMENTS = 2_400;

export function detailAt(scale: number, elements: number): Detail {
  if (scale < SHAPES_FROM || elements > MOST_ELEMENTS) return 'overview';
  return scale < FULL_FROM ? 'shapes' : 'full';
}

/** What the stage shows, in graph px. */
export function boxInSight({ k, x, y }: View, { width, height }: Size): Box {
  return { left: -x / k, top: -y / k, right: (width - x) / k, bottom: (height - y) / k };
}
