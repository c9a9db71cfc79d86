/** Layout of one connected part, from layers to labels. */

import { findColumns, type Columns } from './columns';
import { findHeights } from './coordinates';
import { distanceBetween, measureExtents, roomAround } from './extents';
import { indexGraph } from './graph';
import { placeLabels, type Labels } from './labels';
import { leftLayers, shortLayers } from './layers';
import { findOrder, type OrderResult } from './order';
import { entryAngles } from './ports';
import { findRoutes, type Routes } from './routes';
import { layerGraph, type LayeredGraph } from './segments';
import type { Layout, LayoutGraph, LayoutOptions } from './types';

export interface PartLayout {
  layered: LayeredGraph;
  height: Float64Array;
  columns: Columns;
  routes: Routes;
  labels: Labels;
  crossings: number;
}

/** Up to this many nodes both ways of layering are tried. */
const SMALL = 150;
/** Gaps are widened at most this often for branch texts without a place. */
const WIDENINGS = 4;

export function layoutPart(
  part: LayoutGraph, options: LayoutOptions, strict: boolean, previous: Layout | undefined,
): PartLayout {
  const graph = indexGraph(part);
  const candidates = graph.nodes.length <= SMALL ? [leftLayers(graph), shortLayers(graph)] : [shortLayers(graph)];
  let chosen: { layered: LayeredGraph; found: OrderResult; before: Float64Array | null } | null = null;
  for (const layers of candidates) {
    const layered = layerGraph(graph, layers, strict);
    const before = previousHeights(layered, previous);
    const found = findOrder(layered, before);
    if (chosen && !isBetter(layered, found, chosen)) continue;
    chosen = { layered, found, before };
  }
  const { layered, found, before } = chosen!;
  const extents = measureExtents(layered, options);
  const distance = distanceBetween(layered, extents, options);
  const height = findHeights(layered, found.order, distance, before);
  const angle = entryAngles(layered, found.order, height);
  const room = roomAround(layered, found.order, height, extents);
  const widen = new Float64Array(layered.layerCount);
  for (let round = 0; ; round++) {
    const columns = findColumns(layered, height, angle, widen, options);
    const routes = findRoutes(layered, height, angle, columns, room);
    const labels = placeLabels(layered, height, columns, routes, options);
    if (labels.homeless.length === 0 || round === WIDENINGS) {
      return { layered, height, columns, routes, labels, crossings: found.crossings };
    }
    for (const e of labels.homeless) {
      const gap = layered.layer[graph.target[e]!]! - 1;
      widen[gap] = (round + 1) * (graph.edges[e]!.label / 2 + 8);
    }
  }
}

/** The short layering replaces the tidy one where it saves crossings or much wire. */
function isBetter(
  layered: LayeredGraph, found: OrderResult, than: { layered: LayeredGraph; found: OrderResult },
): boolean {
  if (found.crossings !== than.found.crossings) return found.crossings < than.found.crossings;
  return layered.layer.length * 1.6 + 6 < than.layered.layer.length;
}

/** Heights of the drawing before, by vertex; NaN where it had none. Null when nothing survives. */
function previousHeights(layered: LayeredGraph, previous: Layout | undefined): Float64Array | null {
  if (!previous) return null;
  let survivors = 0;
  const heights = Float64Array.from(layered.owner, (v, i) => {
    const placed = previous.nodes.get(layered.graph.nodes[v]!.id);
    if (placed && i === v) survivors++;
    return i === v ? (placed?.y ?? NaN) : NaN;
  });
  return survivors > 0 ? heights : null;
}
