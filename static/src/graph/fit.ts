/** Where the graph stands on the stage, and how large. Pure. */

export interface View {
  /** Scale, and where the graph's origin lies on the stage. */
  k: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** Graph numbers are 16 px at 100 % and never below 13 px on screen after a fit; beyond that the reader pans. */
export const LEAST_FIT = 13 / 16;
export const MOST_FIT = 1.6;
export const LEAST_ZOOM = 0.05;
export const MOST_ZOOM = 4;
/** Fits in steps, so that a small change of the program does not change the size of everything. */
const STEP = 0.05;
/** Room for legend, hint and zoom buttons. */
export const INSETS: Insets = { top: 76, right: 34, bottom: 64, left: 34 };

export function fitView(graph: Size, stage: Size, insets: Insets = INSETS): View {
  const room = {
    width: Math.max(1, stage.width - insets.left - insets.right),
    height: Math.max(1, stage.height - insets.top - insets.bottom),
  };
  const wanted = Math.min(room.width / Math.max(1, graph.width), room.height / Math.max(1, graph.height));
  const stepped = Math.floor(wanted / STEP + 1e-6) * STEP;
  const k = Math.max(LEAST_FIT, Math.min(MOST_FIT, stepped));
  const [width, height] = [graph.width * k, graph.height * k];
  // Centred where it fits. What is too wide begins at its first leaves, what is only too tall shows its middle, where
  // the output is.
  const wide = width > room.width;
  const tall = height > room.height;
  return {
    k,
    x: insets.left + (wide ? 0 : (room.width - width) / 2),
    y: insets.top + (wide && tall ? 0 : (room.height - height) / 2),
  };
}

/** The view after zooming by a factor around a point of the stage. */
export function zoomAround(view: View, factor: number, centre: { x: number; y: number }): View {
  const k = Math.max(LEAST_ZOOM, Math.min(MOST_ZOOM, view.k * factor));
  const ratio = k / view.k;
  return { k, x: centre.x - (centre.x - view.x) * ratio, y: centre.y - (centre.y - view.y) * ratio };
}

/** The view moved as little as needed for a box (in graph px) to be on the stage with some air. */
export function revealed(
  view: View,
  box: { left: number; top: number; right: number; bottom: number },
  stage: Size,
  air = 24,
): View {
  const shift = (low: number, high: number, size: number): number => {
    if (low < air) return air - low;
    return high > size - air ? size - air - high : 0;
  };
  const { k, x, y } = view;
  return {
    k,
    x: x + shift(box.left * k + x, box.right * k + x, stage.width),
    y: y + shift(box.top * k + y, box.bottom * k + y, stage.height),
  };
}
