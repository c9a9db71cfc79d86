/** Which entry of a tensor is meant, in the notation of the API: `W1[0, 1]`. Pure. */
import type { GraphNode } from '../api/model';

const ENTRY = /^(.*\S)\s*\[\s*(\d{1,9}(?:\s*,\s*\d{1,9})*)\s*\]$/s;

export interface Entry {
  name: string;
  index: readonly number[];
}

/** The name and the index; null where no index is written. */
export function entryIn(text: string): Entry | null {
  const found = ENTRY.exec(text.trim());
  return found ? { name: found[1] ?? '', index: (found[2] ?? '').split(',').map(Number) } : null;
}

export const entryText = (name: string, index: readonly number[]): string => (index.length > 0 ? `${name}[${index.join(', ')}]` : name);

export const entryLatex = (latex: string, index: readonly number[]): string => (index.length > 0 ? `${latex}[${index.join(',')}]` : latex);

/** The index of a place among all entries, counted row by row. */
export function indexOf(place: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = place;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const size = shape[axis] ?? 1;
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return index;
}

/** An entry that the node has, at the index or, where it has no such entry, at the first one. */
export function withIn({ shape }: Pick<GraphNode, 'shape'>, index: readonly number[] | null): number[] {
  const fits = index?.length === shape.length && index.every((at, axis) => at < (shape[axis] ?? 0));
  return fits ? [...index] : shape.map(() => 0);
}

/** What an axis is called to the reader. */
export function axisWord(axis: number, rank: number): string {
  if (rank === 1) return 'Entry';
  return rank === 2 ? (axis === 0 ? 'Row' : 'Column') : `Axis ${String(axis)}`;
}
