/**
 * The layout engine: positions and curves of a computational graph, left to right.
 *
 * Pure and deterministic. Below `strictBelow` nodes every gate takes its operands in order from top to bottom; gates
 * with `fixedOrder` do so at any size. A previous layout keeps surviving nodes where they were as far as possible.
 * A group is a rectangle that nothing else enters; it is laid out by itself and then takes part as one wide node.
 */

import { layoutGroups } from './groups';
import { layoutHanging } from './hang';
import { isStrict, layoutPlain } from './plain';
import { DEFAULT_OPTIONS, type Layout, type LayoutGraph, type LayoutOptions } from './types';

export * from './types';

/** Throws on a cycle, a repeated id or an edge to an unknown node, and on a group that lies in itself. */
export function layout(graph: LayoutGraph, options: Partial<LayoutOptions> = {}, previous?: Layout): Layout {
  if (graph.nodes.some(({ hang }) => hang)) return layoutHanging(graph, options, (rest) => layout(rest, options, previous));
  if (!graph.groups || graph.groups.length === 0) return layoutPlain(graph, options, previous);
  const settings = { ...DEFAULT_OPTIONS, ...options };
  return layoutGroups(graph, graph.groups, settings, isStrict(graph, settings), previous);
}
