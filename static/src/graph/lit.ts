/**
 * Parts of a drawing that stand out by themselves: what is kept in the accent colour, what was dropped dashed and pale,
 * the rest muted where asked for. For the mini graphs and for the stage; loaded with the first of them.
 */
import type { Drawing } from './draw';
import type { Box } from './geometry';
import { createNotes, type LitNote } from './lit-notes';
import type { Measure } from './measure';

/** All by visible id. */
export interface Lit {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
  /** Nodes and edges that are pale; 'rest' is everything that is neither lit nor dashed. */
  muted: 'rest' | ReadonlySet<string>;
  /** Nodes and edges that are dashed and pale. */
  dashed: ReadonlySet<string>;
  notes: readonly LitNote[];
}

type Look = 'kept' | 'dropped' | 'muted' | null;

export interface LitDrawing {
  /** To be called again after every new scene or part of one: ids may have changed. Returns what the notes cover. */
  show(lit: Lit | null): readonly Box[];
}

export function createLitDrawing(viewport: SVGGElement, drawing: Drawing, measure: Measure): LitDrawing {
  const notes = createNotes(viewport, measure);
  let was = false;

  function write(element: Element | undefined, look: Look): void {
    for (const name of ['kept', 'dropped', 'muted'] as const) element?.classList.toggle(name, look === name);
  }

  return {
    show(lit) {
      const { scene, elements } = drawing;
      if (!scene || (!lit && !was)) return [];
      was = lit !== null;
      const looks = looksOf(lit, scene.graph.edges);
      for (const [id, element] of elements.nodes) write(element, looks.node(id));
      // A common rail goes by the id of its node, and so do junctions and the numbers on both.
      const edges = new Set(scene.graph.edges.map((edge) => edge.id));
      for (const [id, element] of elements.wires) write(element, edges.has(id) ? looks.edge(id) : looks.rail(id));
      for (const map of [elements.junctions, elements.labels]) for (const [id, element] of map) write(element, looks.rail(id));
      for (const [id, element] of elements.branches) write(element, looks.edge(id));
      return notes.show(lit?.notes ?? [], scene, lit ? new Set([...lit.nodes, ...lit.dashed]) : new Set());
    },
  };
}

interface Looks {
  node(id: string): Look;
  edge(id: string): Look;
  /** Of what leaves a node: lit as soon as one of its edges is. */
  rail(node: string): Look;
}

/** Which part looks how. Pure. */
export function looksOf(lit: Lit | null, edges: readonly { id: string; source: string }[]): Looks {
  if (!lit) return { node: () => null, edge: () => null, rail: () => null };
  const sources = (chosen: ReadonlySet<string>): Set<string> =>
    new Set(edges.flatMap(({ id, source }) => (chosen.has(id) ? [source] : [])));
  const [litRails, dashedRails] = [sources(lit.edges), sources(lit.dashed)];
  const mutedRails = lit.muted === 'rest' ? null : sources(lit.muted);
  const look = (kept: boolean, dropped: boolean, muted: boolean): Look =>
    kept ? 'kept' : dropped ? 'dropped' : muted ? 'muted' : null;
  const isMuted = (id: string): boolean => lit.muted === 'rest' || lit.muted.has(id);
  return {
    node: (id) => look(lit.nodes.has(id), lit.dashed.has(id), isMuted(id)),
    edge: (id) => look(lit.edges.has(id), lit.dashed.has(id), isMuted(id)),
    rail: (id) => look(litRails.has(id), dashedRails.has(id), mutedRails === null || mutedRails.has(id)),
  };
}
