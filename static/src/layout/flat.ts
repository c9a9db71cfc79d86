/** A graph without groups: its connected parts below each other. */

import { connectedParts } from './graph';
import { layoutPart, type PartLayout } from './part';
import { boxAround, boxOfNode, type Box } from './obstacles';
import { BRANCH_TEXT_HEIGHT } from './labels';
import type { Layout, LayoutGraph, LayoutOptions, Point } from './types';

export const emptyLayout = (): Layout => ({
  width: 0, height: 0, nodes: new Map(), trunks: new Map(), edges: new Map(), groups: new Map(), crossings: 0,
});

export function layoutFlat(graph: LayoutGraph, settings: LayoutOptions, strict: boolean, previous?: Layout): Layout {
  const result = emptyLayout();
  for (const part of connectedParts(graph)) {
    const laid = layoutPart(part, settings, strict, previous);
    const bounds = boundsOf(laid, settings);
    const shift = result.nodes.size === 0 ? 0 : result.height + settings.partGap;
    addPart(result, laid, -bounds.left, shift - bounds.top);
    result.width = Math.max(result.width, bounds.right - bounds.left);
    result.height = shift + bounds.bottom - bounds.top;
    result.crossings += laid.crossings;
  }
  return result;
}

/** Box around everything a part draws, texts included. */
export function boundsOf(part: PartLayout, options: LayoutOptions): Box {
  const { layered, height, columns, routes, labels } = part;
  const { graph } = layered;
  const bounds: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const include = (box: Box): void => {
    bounds.left = Math.min(bounds.left, box.left);
    bounds.top = Math.min(bounds.top, box.top);
    bounds.right = Math.max(bounds.right, box.right);
    bounds.bottom = Math.max(bounds.bottom, box.bottom);
  };
  graph.nodes.forEach((node, v) => {
    include(boxOfNode(node, columns.x[v]!, height[v]!));
    if (node.reach) include({ left: columns.x[v]!, right: columns.x[v]!, top: height[v]! - node.reach.above, bottom: height[v]! + node.reach.below });
    const label = labels.rail[v]!;
    if (node.label > 0) include(boxAround(label.x, label.y, node.label, 2 * (node.tall ?? options.labelHeight)));
    const name = labels.name[v];
    if (name) include(boxAround(name.x, name.y, node.name, options.nameHeight));
  });
  graph.edges.forEach((edge, e) => {
    const text = labels.branch[e];
    if (text) include(boxAround(text.x, text.y, edge.label, BRANCH_TEXT_HEIGHT));
    for (const point of routes.edge[e]!) include(boxAround(point.x, point.y, 0, 0));
  });
  return bounds;
}

export function addPart(result: Layout, part: PartLayout, dx: number, dy: number): void {
  const { layered, height, columns, routes, labels } = part;
  const { graph, layer } = layered;
  const move = (p: Point): Point => ({ x: p.x + dx, y: p.y + dy });
  const moveOrNull = (p: Point | null | undefined): Point | null => (p ? move(p) : null);
  graph.nodes.forEach((node, v) => {
    const name = labels.name[v];
    result.nodes.set(node.id, {
      x: columns.x[v]! + dx,
      y: height[v]! + dy,
      layer: layer[v]!,
      name: name ? { ...move(name), side: name.side } : null,
    });
    result.trunks.set(node.id, {
      points: routes.trunk[v]!.map(move),
      label: move(labels.rail[v]!),
      junction: moveOrNull(routes.junction[v]),
    });
  });
  graph.edges.forEach((edge, e) => {
    result.edges.set(edge.id, { points: routes.edge[e]!.map(move), label: moveOrNull(labels.branch[e]) });
  });
}
