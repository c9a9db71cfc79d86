/** What a part of the page lights on the stage (state.lit): mapped to what is drawn, whatever groups are folded. */
import { renderMath } from '../math';
import { drawTicks } from '../mini/ticks';
import type { LitEdge, StageLit } from '../state';
import { element } from '../views/elements';
import type { GraphContext } from './context';
import { createLitDrawing, type Lit } from './lit';
import type { Measure } from './measure';
import { svg } from './svg';
import { OUTPUT, type VisibleEdge, type VisibleGraph } from './visible';

export interface StageLights {
  /** After every change of the drawing or of what is lit. */
  show(): void;
  /** Only what is lit and dropped of a graph. */
  narrow(graph: VisibleGraph, lit: StageLit): VisibleGraph;
}

export function createStageLights({ app, parts, drawing }: GraphContext, measure: Measure): StageLights {
  const ticks = parts.viewport.appendChild(svg('g', { class: 'layer-ticks', 'aria-hidden': 'true' }));
  const lights = createLitDrawing(parts.viewport, drawing, measure);
  const hint = element('div', 'hint lit-hint', {});
  hint.hidden = true;
  parts.stage.append(hint);

  return {
    show() {
      const { lit } = app.store.get();
      const { scene } = drawing;
      if (!scene) return;
      parts.root.classList.toggle('has-lit', lit !== null);
      lights.show(lit && litOf(lit, scene.graph));
      hint.hidden = !lit?.only;
      if (lit?.only) {
        hint.replaceChildren('Only what lies between ', name(lit.only.from), ' and ', name(lit.only.to), ' is drawn.');
      }
      drawTicks(ticks, scene, scene.graph.leftOut ?? new Map());
    },
    narrow: narrowed,
  };
}

/** The ids of what is drawn for what is lit. Pure. */
export function litOf(lit: StageLit, graph: VisibleGraph): Lit {
  const drawn = new Set(graph.nodes.map(({ id }) => id));
  const nodes = new Set<string>();
  const dashed = new Set<string>();
  const edges = new Set<string>();
  const ways = waysIn(graph);
  // What is kept wins where both run through one folded gate.
  for (const edge of lit.droppedEdges) {
    const way = ways(edge);
    for (const id of [...way.edges, ...way.inner, standFor(graph, edge.source), standFor(graph, edge.target)]) dashed.add(id);
  }
  for (const id of lit.droppedNodes) dashed.add(standFor(graph, id));
  for (const edge of lit.edges) {
    const way = ways(edge);
    for (const id of way.edges) edges.add(id);
    for (const id of [...way.inner, standFor(graph, edge.source), standFor(graph, edge.target)]) nodes.add(id);
  }
  for (const id of lit.nodes) nodes.add(standFor(graph, id));
  for (const { id, source, target } of graph.edges) {
    if (!target.startsWith(OUTPUT) || !nodes.has(source) || source !== graph.output) continue;
    nodes.add(target);
    edges.add(id);
  }
  for (const id of [...nodes, ...edges]) dashed.delete(id);
  const notes = lit.notes.flatMap(({ at, ...note }) => {
    const id = typeof at === 'string' ? standFor(graph, at) : ways(at).edges[0];
    return id === undefined || (typeof at === 'string' && !drawn.has(id)) ? [] : [{ ...note, at: id }];
  });
  return { nodes, edges, dashed, muted: lit.rest === 'muted' ? 'rest' : new Set(), notes };
}

/** The graph without all that is neither lit nor dropped. Pure. */
export function narrowed(graph: VisibleGraph, lit: StageLit): VisibleGraph {
  const { nodes: kept, dashed } = litOf(lit, graph);
  const isIn = (id: string): boolean => kept.has(id) || dashed.has(id);
  const nodes = graph.nodes.filter(({ id }) => isIn(id));
  if (nodes.length === 0) return graph;
  const leftOut = new Map<string, number>();
  const edges = graph.edges.filter(({ source, target }) => isIn(source) && isIn(target));
  for (const { source, target } of graph.edges) {
    if (isIn(target) && !isIn(source)) leftOut.set(target, (leftOut.get(target) ?? 0) + 1);
  }
  const groups = graph.groups
    .map((group) => ({ ...group, nodes: group.nodes.filter(isIn) }))
    .filter(({ group, nodes: inside }) => inside.length > 0 || graph.groups.some(({ parent }) => parent === group.id));
  const withOperands = nodes.map((node) => ({ ...node, operands: node.operands.filter(isIn) }));
  return { ...graph, nodes: withOperands, edges, groups, leftOut };
}

function name(latex: string): HTMLElement {
  const made = element('span', '');
  renderMath(made, latex);
  return made;
}

function standFor(graph: VisibleGraph, id: string): string {
  return graph.standsFor.get(id) ?? id;
}

interface Way {
  edges: readonly string[];
  /** Gates without a name that it runs through. */
  inner: readonly string[];
}

/**
 * The drawn wires of an edge: those between what stands for its ends, else all ways from one to the other through gates
 * without a name, for an edge may stand for a whole line of the program that is not folded here.
 */
function waysIn(graph: VisibleGraph): (edge: LitEdge) => Way {
  const from = new Map<string, VisibleEdge[]>();
  const to = new Map<string, VisibleEdge[]>();
  const add = (map: Map<string, VisibleEdge[]>, id: string, edge: VisibleEdge): void => {
    const list = map.get(id);
    if (list) list.push(edge);
    else map.set(id, [edge]);
  };
  for (const edge of graph.edges) {
    add(from, edge.source, edge);
    add(to, edge.target, edge);
  }
  const unnamed = new Set(graph.nodes.flatMap(({ id, kind, name }) => (kind === 'gate' && name === null ? [id] : [])));

  function reach(start: string, next: (id: string) => readonly string[]): Set<string> {
    const reached = new Set([start]);
    const queue = [start];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const id of next(at)) {
        if (reached.has(id) || !unnamed.has(id)) continue;
        reached.add(id);
        queue.push(id);
      }
    }
    return reached;
  }

  return (edge) => {
    const [source, target] = [standFor(graph, edge.source), standFor(graph, edge.target)];
    const direct = (from.get(source) ?? []).filter((one) => one.target === target);
    const isExact = source === edge.source && target === edge.target && edge.operand !== undefined;
    const exact = isExact ? direct.filter(({ operand }) => operand === edge.operand) : [];
    const found = exact.length > 0 ? exact : direct;
    if (found.length > 0) return { edges: found.map(({ id }) => id), inner: [] };
    if (source === target) return { edges: [], inner: [] };
    const forward = reach(source, (id) => (from.get(id) ?? []).map((one) => one.target));
    const backward = reach(target, (id) => (to.get(id) ?? []).map((one) => one.source));
    const inner = [...forward].filter((id) => backward.has(id) && id !== source && id !== target);
    const between = new Set(inner);
    const starts = (id: string): boolean => id === source || between.has(id);
    const ends = (id: string): boolean => id === target || between.has(id);
    return { edges: graph.edges.filter((one) => starts(one.source) && ends(one.target)).map(({ id }) => id), inner };
  };
}
