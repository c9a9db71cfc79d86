/** Layout of one connected part, from layers to labels. */

import { findColumns, type Columns } from './columns';
import { findHeights } from './coordinates';
import { distanceBetween, measureExtents, roomAround } from './extents';
import { indexGraph, type IndexedGraph } from './graph';
import { keptLayers } from './kept-layers';
import { placeLabels, type Labels } from './labels';
import { insideLayers, leftLayers, shortLayers, trunkLength } from './layers';
import { findOrder, keepOrder, type OrderResult } from './order';
import { entryAngles } from './ports';
import { readBefore, type Before } from './previous';
import { findRoutes, type Routes } from './routes';
import { layerGraph, type LayeredGraph } from './segments';
import type { Layout, LayoutGraph, LayoutOptions } from './types';

export interface PartLayout extends Drawing {
  layered: LayeredGraph;
  height: Float64Array;
  crossings: number;
}

/** What depends on the widths of the gaps. */
interface Drawing {
  columns: Columns;
  routes: Routes;
  labels: Labels;
}

/** Up to this many nodes both ways of layering are tried. */
const SMALL = 150;
/** Share of the search for a new drawing while a program is edited: the one before is a good start already. */
const EDITING_EFFORT = 0.3;
const FEW_CROSSINGS = 4;
/** Up to this many nodes an edited drawing is compared with a new one. */
const COMPARED_UP_TO = 400;
/**
 * From this many nodes an edit keeps the drawing before. Smaller graphs are drawn anew: a reader follows a few nodes
 * easily, and the same program then gives the same picture however it was typed.
 */
const KEPT_FROM = 30;
/** Gaps are widened at most this often for branch texts without a place. */
const WIDENINGS = 4;
const FEW_EDGES = 60;
/** A text without a place counts as much as so many above their branch. */
const HOMELESS = 10;
/** Beyond this many edges only once: the page shows few of their texts. */
const MANY_EDGES = 120;

export function layoutPart(
  part: LayoutGraph, options: LayoutOptions, strict: boolean, previous: Layout | undefined,
): PartLayout {
  const graph = indexGraph(part);
  const { layered, found, before } = plan(graph, strict, previous);
  const extents = measureExtents(layered, options);
  // A drawing that is kept gives way within its rows before it moves them.
  const spacing = before ? { ...options, nodeGap: options.nodeGap * 0.6, groupGap: 0 } : options;
  const distance = distanceBetween(layered, extents, spacing);
  const height = findHeights(layered, found.order, distance, before?.height ?? null);
  const angle = entryAngles(layered, found.order, height);
  const room = roomAround(layered, found.order, height, extents);
  const draw = (widen: Float64Array): Drawing => {
    const columns = findColumns(layered, height, angle, widen, before?.step ?? null, options);
    const routes = findRoutes(layered, height, angle, columns, room);
    return { columns, routes, labels: placeLabels(layered, height, columns, routes, options) };
  };
  return { layered, height, ...widenForTexts(layered, draw, before !== null), crossings: found.crossings };
}

/**
 * Widens gaps in which branch texts find no place, as long as that helps; in a small new drawing also those in which
 * they find none below their branch.
 */
function widenForTexts(layered: LayeredGraph, draw: (widen: Float64Array) => Drawing, kept: boolean): Drawing {
  const { graph, layer, layerCount } = layered;
  const widen = new Float64Array(layerCount);
  const fussy = !kept && graph.edges.length <= FEW_EDGES;
  const unhappy = ({ labels }: Drawing): number[] => [...labels.homeless, ...(fussy ? labels.raised : [])];
  const cost = ({ labels }: Drawing): number => HOMELESS * labels.homeless.length + (fussy ? labels.raised.length : 0);
  let best = draw(widen);
  let last = best;
  const rounds = graph.edges.length <= MANY_EDGES ? WIDENINGS : 1;
  for (let round = 1; round <= rounds && cost(last) > 0; round++) {
    for (const e of unhappy(last)) widen[layer[graph.target[e]!]! - 1] = round * (graph.edges[e]!.label / 2 + 8);
    last = draw(widen);
    if (cost(last) < cost(best)) best = last;
    else if (best.labels.homeless.length === 0) break;
  }
  return best;
}

/** Layers and order; `before` is what to keep, null where the drawing is made anew. */
interface Plan extends Placement {
  before: Before | null;
}

interface Placement {
  layered: LayeredGraph;
  found: OrderResult;
}

function plan(graph: IndexedGraph, strict: boolean, previous: Layout | undefined): Plan {
  const { nodes } = graph;
  const survives = previous !== undefined && nodes.length >= KEPT_FROM && nodes.some((node) => previous.nodes.has(node.id));
  if (!survives) return { ...freshPlacement(graph, strict, 1), before: null };
  const placed = nodes.map((node) => previous.nodes.get(node.id));
  const layers = keptLayers(graph, Float64Array.from(placed, (node) => node?.layer ?? NaN));
  // A large graph is not searched twice: a reader cannot count its crossings, but waits for the drawing.
  const large = nodes.length > COMPARED_UP_TO;
  if (large && !isShortEnough(graph, layers, shortLayers(graph))) return { ...freshPlacement(graph, strict, 1), before: null };
  const layered = layerGraph(graph, layers, strict);
  const before = readBefore(layered, previous);
  const kept = { layered, found: keepOrder(layered, before.height) };
  if (large) return { ...kept, before };
  const fresh = freshPlacement(graph, strict, EDITING_EFFORT);
  return isGoodEnough(kept, fresh) ? { ...kept, before } : { ...fresh, before: null };
}

function freshPlacement(graph: IndexedGraph, strict: boolean, effort: number): Placement {
  const place = (layers: Int32Array): Placement => {
    const layered = layerGraph(graph, layers, strict);
    return { layered, found: findOrder(layered, effort) };
  };
  if (graph.nodes.some((node) => node.port)) return place(insideLayers(graph));
  const short = place(shortLayers(graph));
  if (graph.nodes.length > SMALL) return short;
  const tidy = place(leftLayers(graph));
  // The tidy layering, with its columns of leaves, must not cost crossings or much wire.
  const worth = tidy.found.crossings <= short.found.crossings
    && tidy.layered.layer.length <= short.layered.layer.length * 1.6 + 6;
  return worth ? tidy : short;
}

/** A drawing that keeps its nodes may be a little worse than a new one, but a small one must not cross for nothing. */
function isGoodEnough(kept: Placement, fresh: Placement): boolean {
  const most = fresh.found.crossings < FEW_CROSSINGS ? fresh.found.crossings : fresh.found.crossings * 1.4;
  return kept.found.crossings <= most && isShortEnough(kept.layered.graph, kept.layered.layer, fresh.layered.layer);
}

/** Whether wires of the first layering (layers by node) are not much longer than those of the second. */
const isShortEnough = (graph: IndexedGraph, kept: Int32Array, fresh: Int32Array): boolean =>
  trunkLength(graph, kept) <= trunkLength(graph, fresh) * 1.3 + 6;
