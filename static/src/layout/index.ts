/**
 * The layout engine: positions and curves of a computational graph, left to right.
 *
 * Pure and deterministic. Below `strictBelow` nodes every gate takes its operands in order from top to bottom; gates
 * with `fixedOrder` do so at any size. A previous layout keeps surviving nodes where they were as far as possible.
 * A group is a rectangle that nothing else enters; it is laid out by itself and then takes part as one wide node.
 */

import { layoutFlat } from './flat';
import { layoutGroups } from './groups';
import { outermostBefore } from './groups-before';
import { DEFAULT_OPTIONS, type Layout, type LayoutGraph, type LayoutOptions } from './types';

export * from './types';

/** Throws on a cycle, a repeated id or an edge to an unknown node. */
export function layout(graph: LayoutGraph, options: Partial<LayoutOptions> = {}, previous?: Layout): Layout {
  const settings = { ...DEFAULT_OPTIONS, ...options };
  const strict = graph.nodes.length < settings.strictBelow;
  return graph.groups && graph.groups.length > 0
    ? layoutGroups(graph, graph.groups, settings, strict, previous)
    : layoutFlat(graph, settings, strict, previous && outermostBefore(previous, new Map()));
}
