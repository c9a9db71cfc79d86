/** The layout engine without groups: all that the first look at most graphs needs. */

import { layoutFlat } from './flat';
import { outermostBefore } from './groups-before';
import { DEFAULT_OPTIONS, type Layout, type LayoutGraph, type LayoutOptions } from './types';

/** Throws on a cycle, a repeated id or an edge to an unknown node. Groups are passed over. */
export function layoutPlain(graph: LayoutGraph, options: Partial<LayoutOptions> = {}, previous?: Layout): Layout {
  const settings = { ...DEFAULT_OPTIONS, ...options };
  return layoutFlat(graph, settings, isStrict(graph, settings), previous && outermostBefore(previous, new Map()));
}

/** Whether every gate takes its operands in order. */
export const isStrict = (graph: LayoutGraph, { strictBelow }: LayoutOptions): boolean => graph.nodes.length < strictBelow;
