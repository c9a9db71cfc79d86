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

export interface Centre {
  x: number;
  y: number;
}

export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** How small and how large a fit makes the graph. */
export interface Limits {
  least: number;
  most: number;
}

/** Graph numbers are 16 px at 100 % and never below 13 px on screen after a fit; beyond that the reader pans. */
export const LEAST_FIT = 13 / 16;
/** On a phone 12 px, where that shows the whole width: a graph without its output teaches nothing. */
export const LEAST_NARROW_FIT = 12 / 16;
/** Numbers in the cells of tensors are 12.5 px at 100 % and never below 11.5 px after a fit. */
export const LEAST_TENSOR_FIT = 11.5 / 12.5;
export const MOST_FIT = 1.3;
/** On screens from this width on, which are seen from further away. */
const WIDE = 1920;
const MOST_WIDE_FIT = 1.6;
/** Presented, numbers are 20 px at least, for the back row, and those in cells as large as is; a phone has no back row. */
const PRESENTED: Limits = { least: 20 / 16, most: 1.4 };
const LEAST_TENSOR_PRESENTED = 1;
const PRESENTED_FROM = 900;
export const LEAST_ZOOM = 0.05;
export const MOST_ZOOM = 4;
/** From a node's centre to the end of what stands above it. */
const MARGIN = 36;
/** The top of a large graph is shown as long as it holds this part of the nodes that the fullest place holds. */
const MUCH_FULLER = 0.5;
/** Room for legend, hint and zoom buttons; while steps are told, and on a low stage, the graph has it for itself. */
const INSETS: Insets = { top: 76, right: 34, bottom: 64, left: 34 };
const BARE_INSETS: Insets = { top: 40, right: 34, bottom: 40, left: 34 };
/** A stage lower than this is too low for a legend. */
export const LOW_STAGE = 440;
/** On a narrow stage every px at its sides is the graph's. */
const NARROW_STAGE = 600;
const NARROW_SIDE = 14;

export function limitsFor(windowWidth: number, presenting: boolean, tensors = false): Limits {
  const most = windowWidth >= WIDE ? MOST_WIDE_FIT : MOST_FIT;
  if (!presenting || windowWidth < PRESENTED_FROM) return { least: tensors ? LEAST_TENSOR_FIT : LEAST_FIT, most };
  return { least: tensors ? LEAST_TENSOR_PRESENTED : PRESENTED.least, most: Math.max(PRESENTED.most, most) };
}

export function insetsFor({ width }: Size, bare: boolean): Insets {
  const insets = bare ? BARE_INSETS : INSETS;
  return width < NARROW_STAGE ? { ...insets, left: NARROW_SIDE, right: NARROW_SIDE } : insets;
}

/** `nodes` are the centres of all nodes: where a graph is too large for the stage, the fullest part is shown. */
export function fitView(
  graph: Size,
  stage: Size,
  nodes: readonly Centre[],
  insets: Insets = INSETS,
  { least, most }: Limits = { least: LEAST_FIT, most: MOST_FIT },
): View {
  const room = {
    width: Math.max(1, stage.width - insets.left - insets.right),
    height: Math.max(1, stage.height - insets.top - insets.bottom),
  };
  const wanted = Math.min(room.width / Math.max(1, graph.width), room.height / Math.max(1, graph.height));
  // The rules of .start-graph in start.css say the same of the picture in the first response: change both together.
  const k = Math.max(leastFor(room.width / Math.max(1, graph.width), stage, least), Math.min(most, wanted));
  const [width, height] = [graph.width * k, graph.height * k];
  // Centred where it fits. What is too wide begins at its left end, what is only too tall shows its middle, where the
  // output is.
  const wide = width > room.width;
  const tall = height > room.height;
  const top = wide && tall ? fullest(nodes, room.width / k, room.height / k) * k : (height - room.height) / 2;
  return {
    k,
    x: insets.left + (wide ? 0 : (room.width - width) / 2),
    y: insets.top - top,
  };
}

function leastFor(inWidth: number, stage: Size, least: number): number {
  const isSqueezed = stage.width < NARROW_STAGE && inWidth < least && inWidth >= LEAST_NARROW_FIT;
  return isSqueezed ? inWidth : least;
}

/** Upper end of the window of this height to show of the left end: the top, unless another part is much fuller. */
function fullest(nodes: readonly Centre[], width: number, height: number): number {
  const ys = nodes.filter(({ x }) => x <= width).map(({ y }) => y).sort((one, other) => one - other);
  const atTop = ys.filter((y) => y <= height - MARGIN).length;
  let best = 0;
  let most = atTop / MUCH_FULLER;
  let end = 0;
  ys.forEach((y, start) => {
    while (end < ys.length && (ys[end] ?? Infinity) <= y + height - 2 * MARGIN) end += 1;
    if (end - start > most) [most, best] = [end - start, y - MARGIN];
  });
  return best;
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
