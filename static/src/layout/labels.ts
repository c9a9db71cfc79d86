/** Where texts stand: rail labels on their wire, branch gradients under their branch, names beside their gate. */

import type { Columns } from './columns';
import { samplePath } from './curves';
import { NAME_GAP } from './extents';
import { boxAround, boxOfNode, Obstacles, type Box } from './obstacles';
import type { Routes } from './routes';
import type { LayeredGraph } from './segments';
import type { LayoutNode, LayoutOptions, PlacedName, Point } from './types';

export interface Labels {
  /** Per node: centre of the rail label, on the wire. */
  rail: Point[];
  /** Per node: null without a name. */
  name: (PlacedName | null)[];
  /** Per edge: centre of the branch's text; null without one or without a free place. */
  branch: (Point | null)[];
  /** Edges whose text found no place, and those whose text had to go above its branch. */
  homeless: number[];
  raised: number[];
}

/** Height of a branch's text. */
export const BRANCH_TEXT_HEIGHT = 18;
/** A level wire up to this long carries its label in its middle, a longer one on its rail. */
const SHORT_WIRE = 140;
/** Air between a text and a wire that is not its own. */
const AIR = 3;
/** Distances between a text and its own wire, tried in turn: inside an arch the least one is too near. */
const OWN_AIR = [4, 8];
const UNDER_GATE = 4;
/** Places tried along a branch are this far apart. */
const STEP = 5;
/** With more edges than this a text is only tried so many times on each side, near its gate; without an end it took 10 s. */
const LARGE_EDGES = 3000;
const MOST_TRIES = 24;
/** Branches of one source closer than this run together. */
const APART = 10;
/** How far names may shift right to make way for a steep edge. */
const NAME_SHIFT = 26;

export function placeLabels(
  layered: LayeredGraph, height: Float64Array, columns: Columns, routes: Routes, options: LayoutOptions,
): Labels {
  const { graph, layer } = layered;
  if (!hasTexts(layered)) {
    const rail = graph.nodes.map((node, v) => middleOfRail(columns, node, layer[v]!, height[v]!));
    return { rail, name: graph.nodes.map(() => null), branch: graph.edges.map(() => null), homeless: [], raised: [] };
  }
  const obstacles = new Obstacles();
  const samples = routes.edge.map((path) => samplePath(path));
  graph.nodes.forEach((node, v) => {
    obstacles.addBox(boxOfNode(node, columns.x[v]!, height[v]!));
  });
  samples.forEach((points, e) => obstacles.addWire(points, e));
  routes.trunk.forEach((path, v) => {
    if (routes.junction[v]) obstacles.addWire(samplePath(path), -1);
  });
  const rail = graph.nodes.map((_, v) => railLabel(layered, height, columns, routes, obstacles, options, v));
  graph.nodes.forEach((node, v) => {
    if (node.label > 0) obstacles.addBox(boxAround(rail[v]!.x, rail[v]!.y, node.label, 2 * (node.tall ?? options.labelHeight)));
  });
  const name = graph.nodes.map((node, v) => {
    if (node.name === 0) return null;
    const placed = placeName(columns.x[v]!, height[v]!, node.height, node.name, obstacles, options);
    obstacles.addBox(boxAround(placed.x, placed.y, node.name, options.nameHeight));
    return placed;
  });
  const branch: (Point | null)[] = graph.edges.map(() => null);
  const homeless: number[] = [];
  const raised: number[] = [];
  const tries = graph.edges.length > LARGE_EDGES ? MOST_TRIES : Infinity;
  for (let e = 0; e < graph.edges.length; e++) {
    const width = graph.edges[e]!.label;
    if (width === 0 || !routes.junction[graph.source[e]!]) continue;
    const siblings: (readonly Point[])[] = [];
    for (let i = graph.outStart[graph.source[e]!]!; i < graph.outStart[graph.source[e]! + 1]!; i++) {
      if (graph.outEdge[i] !== e) siblings.push(samples[graph.outEdge[i]!]!);
    }
    const from = columns.bendStart[layer[graph.target[e]!]! - 1]!;
    const place = placeBranchText(samples[e]!, siblings, from, width, obstacles, tries);
    if (!place) {
      homeless.push(e);
      continue;
    }
    branch[e] = place.at;
    if (place.side === 'above') raised.push(e);
    obstacles.addBox(boxAround(place.at.x, place.at.y, width, BRANCH_TEXT_HEIGHT));
  }
  return { rail, name, branch, homeless, raised };
}

/** Large graphs are drawn without texts; then nothing needs to be searched for. */
const hasTexts = ({ graph }: LayeredGraph): boolean =>
  graph.nodes.some((node) => node.label > 0 || node.name > 0) || graph.edges.some((edge) => edge.label > 0);

const middleOfRail = (columns: Columns, node: LayoutNode, l: number, y: number): Point => ({
  x: (node.box || node.card ? columns.left[l]! + node.width : columns.inner[l]!) + columns.rail[l]! / 2, y,
});

/** In the middle of a short level wire where nothing bends through it, else in the middle of the column's rail. */
function railLabel(
  layered: LayeredGraph, height: Float64Array, columns: Columns, routes: Routes, obstacles: Obstacles,
  options: LayoutOptions, v: number,
): Point {
  const { graph, layer } = layered;
  const node = graph.nodes[v]!;
  const l = layer[v]!;
  const y = height[v]!;
  const onRail = middleOfRail(columns, node, l, y);
  const uses = graph.outStart[v + 1]! - graph.outStart[v]!;
  if (uses !== 1 || node.label === 0) return onRail;
  const path = routes.edge[graph.outEdge[graph.outStart[v]!]!]!;
  const end = path[path.length - 1]!;
  if (path.length !== 4 || end.y !== y || end.x - path[0]!.x > SHORT_WIRE) return onRail;
  const middle = { x: (path[0]!.x + end.x) / 2, y };
  const box = boxAround(middle.x, y, node.label, 2 * (node.tall ?? options.labelHeight));
  // The wire itself runs through the middle of the box; its halves must be free.
  const blocked = obstacles.hitsWire({ ...box, bottom: y - 1 }) || obstacles.hitsWire({ ...box, top: y + 1 });
  return blocked ? onRail : middle;
}

function placeName(
  x: number, y: number, gateHeight: number, width: number, obstacles: Obstacles, options: LayoutOptions,
): PlacedName {
  const away = gateHeight / 2 + NAME_GAP + options.nameHeight / 2;
  const below: PlacedName = { x, y: y + away, side: 'below' };
  const above: PlacedName = { x, y: y - away, side: 'above' };
  const candidates = [below, above];
  for (let shift = 4; shift <= NAME_SHIFT; shift += 4) {
    candidates.push({ ...below, x: x + shift }, { ...above, x: x + shift });
  }
  for (const place of candidates) {
    const box = boxAround(place.x, place.y, width, options.nameHeight);
    if (!obstacles.hitsWire(box) && !obstacles.hitsBox(box)) return place;
  }
  return candidates.find((place) => !obstacles.hitsBox(boxAround(place.x, place.y, width, options.nameHeight))) ?? below;
}

/**
 * Below the branch and as near to the gate as possible; where nothing is free there, above it. Never where the branch
 * still runs together with another branch of its source: there a reader could not tell whose gradient it is.
 */
function placeBranchText(
  points: readonly Point[], siblings: readonly (readonly Point[])[], from: number, width: number, obstacles: Obstacles,
  tries: number,
): { at: Point; side: 'below' | 'above' } | null {
  const end = points[points.length - 1]!;
  for (const side of ['below', 'above'] as const) {
    const sign = side === 'below' ? 1 : -1;
    let left = tries;
    for (let i = points.length - 1; i > 0 && left > 0; i--) {
      const a = points[i - 1]!;
      const b = points[i]!;
      const length = Math.hypot(b.x - a.x, b.y - a.y);
      // A text beside a steep piece touches it with a corner, beside a level piece with its long side.
      const normal = { x: (-(b.y - a.y) / length) * sign, y: ((b.x - a.x) / length) * sign };
      const reach = (Math.abs(normal.x) * width) / 2 + (Math.abs(normal.y) * BRANCH_TEXT_HEIGHT) / 2;
      const pieces = Math.max(1, Math.ceil(length / STEP));
      for (let k = 0; k < pieces && left > 0; k++, left--) {
        const on = { x: b.x + ((a.x - b.x) * k) / pieces, y: b.y + ((a.y - b.y) * k) / pieces };
        if (on.x < from) break;
        for (const air of OWN_AIR) {
          const place = { x: on.x + normal.x * (reach + air), y: on.y + normal.y * (reach + air) };
          // Under the gate itself a text would be read as the gate's.
          if (place.x + width / 2 > end.x + UNDER_GATE) continue;
          if (!isFree(boxAround(place.x, place.y, width, BRANCH_TEXT_HEIGHT), obstacles)) continue;
          if (!runsTogether(points, siblings, on.x)) return { at: place, side };
        }
      }
    }
  }
  return null;
}

function runsTogether(points: readonly Point[], siblings: readonly (readonly Point[])[], x: number): boolean {
  const own = heightsWithin(points, x, x);
  return siblings.some((other) => {
    const { lowest, highest } = heightsWithin(other, x, x);
    return lowest > own.highest - APART && highest < own.lowest + APART;
  });
}

function isFree(box: Box, obstacles: Obstacles): boolean {
  const roomy = { left: box.left - AIR, right: box.right + AIR, top: box.top - AIR, bottom: box.bottom + AIR };
  return !obstacles.hitsBox(roomy) && !obstacles.hitsWire(roomy);
}

/** Least and greatest y of a wire between two x. */
function heightsWithin(points: readonly Point[], left: number, right: number): { highest: number; lowest: number } {
  let highest = Infinity;
  let lowest = -Infinity;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]!;
    const b = points[i]!;
    if (b.x < left || a.x > right) continue;
    const at = (x: number): number => (b.x === a.x ? b.y : a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x));
    for (const y of [at(Math.max(a.x, left)), at(Math.min(b.x, right))]) {
      highest = Math.min(highest, y);
      lowest = Math.max(lowest, y);
    }
  }
  return { highest, lowest };
}
