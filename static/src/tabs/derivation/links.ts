/** What of the mini graph belongs to a part of the solution. Pure. */
import type { WorkedSolution } from '../../api/model';
import { between } from '../../mini/from';
import { miniEdgeId, type MiniLit } from '../../mini';

type Graph = NonNullable<WorkedSolution['graph']>;

/** A part of the solution that can be pointed at. */
export type Part =
  | { kind: 'node'; id: string }
  | { kind: 'edge'; source: string; target: string }
  /** Every path from a node to the output. */
  | { kind: 'paths'; from: string };

export function partKey(part: Part): string {
  return part.kind === 'edge' ? `${part.source} ${part.target}` : `${part.kind} ${part.kind === 'node' ? part.id : part.from}`;
}

/** What is lit for a part; null where the graph has nothing of it. */
export function litOf(graph: Graph, part: Part): MiniLit | null {
  if (part.kind === 'node') return { nodes: [part.id], edges: edgeIds(graph, ({ target }) => target === part.id) };
  if (part.kind === 'edge') {
    const { source, target } = part;
    return { nodes: [source, target], edges: edgeIds(graph, (edge) => edge.source === source && edge.target === target) };
  }
  return pathsLit(graph, part.from);
}

/** The paths from a node to the output, the rest pale. */
export function pathsLit(graph: Graph, from: string): MiniLit {
  const on = between(graph.edges, from, graph.output);
  const box = `output:${graph.output}`;
  const edges = edgeIds(graph, ({ source, target }) => on.has(source) && on.has(target));
  return { nodes: [...on, box], edges: [...edges, miniEdgeId(graph.output, box, 0)], muted: 'rest' };
}

function edgeIds({ edges }: Graph, isMeant: (edge: Graph['edges'][number]) => boolean): string[] {
  return edges.filter(isMeant).map(({ source, target, operand }) => miniEdgeId(source, target, operand));
}
