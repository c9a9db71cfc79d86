/** What a reader takes hold of to change it: the number of a leaf, or one entry of a tensor. */
import { entryName } from '../entries';
import type { VisibleNode } from './visible';

/** `entry` is its place in the tensor, row by row. */
export type Held = Pick<VisibleNode, 'id' | 'name' | 'value' | 'label'> & { entry?: number };

/** Null where the tensor has no entry there, or is not listed. */
export function heldEntry({ id, name, label, node }: VisibleNode, entry: number): Held | null {
  const value = node.tensor?.value.entries?.[entry];
  if (value === undefined || name === null) return null;
  return { id, name: entryName(name, node.shape, entry), label: entryName(label, node.shape, entry), value, entry };
}
