/** One entry of a tensor by its name, `W1[0, 1]`, indices from 0, as requests, links and fields have it. Pure. */
import type { Answer, GraphNode } from './api/model';

const ENTRY = /^(.+?)\[(\d{1,9}(?:, ?\d{1,9})*)\]$/;

/** Name of the entry at this place, counted row by row. */
export function entryName(leaf: string, shape: readonly number[], place: number): string {
  const index: number[] = [];
  let rest = place;
  for (const size of [...shape].reverse()) {
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return `${leaf}[${index.join(', ')}]`;
}

/** The leaf that a value is for: `W1` of `W1[0, 1]`, else the name itself. */
export const leafName = (name: string): string => ENTRY.exec(name)?.[1] ?? name;

/** The leaf that a name is of, and the place of the entry that it names; null of a leaf that is named as a whole. */
export function leafAndPlace({ nodes }: Answer, name: string): { leaf: GraphNode; place: number | null } | null {
  const named = (one: string): GraphNode | undefined => nodes.find((node) => node.name === one && node.kind !== 'operation');
  const whole = named(name);
  if (whole) return { leaf: whole, place: null };
  const [, base = '', indices = ''] = ENTRY.exec(name) ?? [];
  const leaf = named(base);
  const index = indices.split(',').map(Number);
  if (!leaf?.tensor || index.length !== leaf.shape.length || index.some((at, axis) => at >= (leaf.shape[axis] ?? 0))) return null;
  return { leaf, place: index.reduce((place, at, axis) => place * (leaf.shape[axis] ?? 1) + at, 0) };
}

/** The number that a leaf or an entry has; undefined where there is none. */
export function valueAt(answer: Answer, name: string): number | undefined {
  const found = leafAndPlace(answer, name);
  if (!found) return undefined;
  return found.place === null ? found.leaf.value : found.leaf.tensor?.value.entries?.[found.place];
}

/** Those of these values whose leaf the answer has: the API refuses the others. */
export function valuesOf({ nodes }: Answer, values: ReadonlyMap<string, number>): Record<string, number> {
  const leaves = new Set(nodes.flatMap(({ kind, name }) => (kind !== 'operation' && name !== null ? [name] : [])));
  return Object.fromEntries([...values].filter(([name]) => leaves.has(leafName(name))));
}

/** One entry as a node of its own, as what varies and what is checked. */
export function entryNode(node: GraphNode, place: number): GraphNode {
  const { tensor, ...rest } = node;
  const index = entryName('', node.shape, place);
  const gradient = tensor?.gradient ? (tensor.gradient.entries?.[place] ?? NaN) : null;
  return {
    ...rest,
    id: node.id + index,
    name: node.name === null ? null : node.name + index,
    label: node.label + index,
    latex: node.latex + index.replaceAll(' ', ''),
    shape: [],
    value: tensor?.value.entries?.[place] ?? NaN,
    gradient,
  };
}

/** What is differentiated: the node's value, of a tensor the sum of its entries. */
export function outputValue({ value, tensor }: GraphNode): number {
  return tensor ? (tensor.value.entries ?? [NaN]).reduce((sum, entry) => sum + entry, 0) : value;
}
