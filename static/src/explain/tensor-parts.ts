/** What wires carry of a tensor that is used more than once, added up entry by entry. Pure; part of the first load. */
import type { GraphEdge, Tensor } from '../api/model';

/** Parts of a fan-out added up entry by entry; null where one of them is not listed. */
export function addedUp(parts: readonly (Tensor | null)[]): Tensor | null {
  const [first] = parts;
  if (!first?.entries || parts.some((part) => !part?.entries || part.entries.length !== first.entries?.length)) return null;
  const entries = first.entries.map((_, at) => parts.reduce((sum, part) => sum + (part?.entries?.[at] ?? NaN), 0));
  return { shape: first.shape, entries, summary: null };
}

/** What an edge carries, as a tensor: a number is one without axes. */
export function carried(edge: Pick<GraphEdge, 'tensor' | 'downstream'>): Tensor | null {
  if (edge.tensor) return edge.tensor;
  return typeof edge.downstream === 'number' ? { shape: [], entries: [edge.downstream], summary: null } : null;
}
