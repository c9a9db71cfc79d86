/** Which nodes and wires a selection, a hover or a drag lights up. Pure. */
import type { Selection } from '../state';
import { OUTPUT, type VisibleGraph } from './visible';

export interface Highlight {
  hoveredNodes: ReadonlySet<string>;
  selectedNodes: ReadonlySet<string>;
  /** Edge ids; a common rail goes by the id of its node. */
  hoveredWires: ReadonlySet<string>;
  litWires: ReadonlySet<string>;
}

export interface HighlightInput {
  selection: Selection | null;
  /** Node id of the answer. */
  hovered: string | null;
  /** Visible id of the leaf whose value is being dragged. */
  dragged: string | null;
}

export function highlightOf(graph: VisibleGraph, input: HighlightInput): Highlight {
  // While a value is dragged nothing reacts to the pointer, and what depends on the value is lit instead.
  if (input.dragged !== null) {
    return {
      hoveredNodes: new Set(),
      selectedNodes: new Set([input.dragged]),
      hoveredWires: new Set(),
      litWires: downstreamWires(graph, input.dragged),
    };
  }
  const hovered = new Set<string>();
  if (input.hovered !== null) {
    const id = graph.standsFor.get(input.hovered) ?? input.hovered;
    hovered.add(id);
    if (id === graph.output) hovered.add(OUTPUT);
  }
  const { selection } = input;
  if (selection?.kind === 'edge') {
    const edge = graph.edges.find(
      ({ source, target, operand }) =>
        source === selection.source && target === selection.target && operand === selection.operand,
    );
    return {
      hoveredNodes: hovered,
      selectedNodes: new Set(),
      hoveredWires: wiresAround(graph, hovered),
      litWires: new Set(edge ? [edge.id] : []),
    };
  }
  const selected = new Set(selection ? [graph.standsFor.get(selection.id) ?? selection.id] : []);
  return {
    hoveredNodes: hovered,
    selectedNodes: selected,
    hoveredWires: wiresAround(graph, hovered),
    litWires: wiresAround(graph, selected),
  };
}

/** Wires into and out of the nodes, common rails included. */
function wiresAround(graph: VisibleGraph, nodes: ReadonlySet<string>): Set<string> {
  const wires = new Set<string>();
  if (nodes.size === 0) return wires;
  for (const edge of graph.edges) {
    if (!nodes.has(edge.source) && !nodes.has(edge.target)) continue;
    wires.add(edge.id);
    wires.add(edge.source);
  }
  return wires;
}

/** Every wire whose number depends on this leaf. */
export function downstreamWires(graph: VisibleGraph, leaf: string): Set<string> {
  const reached = new Set([leaf]);
  const wires = new Set<string>([leaf]);
  const outgoing = new Map<string, { id: string; target: string }[]>();
  for (const edge of graph.edges) {
    const list = outgoing.get(edge.source);
    if (list) list.push(edge);
    else outgoing.set(edge.source, [edge]);
  }
  const queue = [leaf];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    wires.add(at);
    for (const { id, target } of outgoing.get(at) ?? []) {
      wires.add(id);
      if (reached.has(target)) continue;
      reached.add(target);
      queue.push(target);
    }
  }
  return wires;
}
