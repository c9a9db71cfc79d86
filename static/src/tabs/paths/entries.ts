/** Entries of tensors in the Paths tab: `W1[0, 1]` stands for itself in fields and links, and for its tensor on the graph. Pure. */
import type { Answer, PathNode } from '../../api/model';
import { matchNodes } from '../question';

/** More entries are not listed in the menu; a link takes any. */
const MOST_LISTED = 16;

/** W1 of `W1[0, 1]`, n3 of `n3[0]`. */
export const tensorOfEntry = (name: string): string => name.replace(/\s*\[[^\]]*\]$/, '');

/** The entries of a leaf by name; none of a number, and of a large tensor. */
export function entriesOf({ nodes }: Pick<Answer, 'nodes'>, name: string): string[] {
  const shape = nodes.find((node) => node.name === name)?.shape ?? [];
  const size = shape.reduce((product, one) => product * one, 1);
  if (shape.length === 0 || size > MOST_LISTED) return [];
  return Array.from({ length: size }, (_, flat) => {
    const index: number[] = [];
    let rest = flat;
    for (const one of [...shape].reverse()) {
      index.unshift(rest % one);
      rest = Math.floor(rest / one);
    }
    return `${name}[${index.join(', ')}]`;
  });
}

/** Ids of the tab's nodes -> ids of the graph's; all entries of a tensor are its node. */
export function matchEntries(graph: Pick<Answer, 'nodes' | 'groups'>, nodes: readonly PathNode[]): Map<string, string> {
  const whole = new Map(nodes.map((node) => [tensorOfEntry(node.id), { ...node, id: tensorOfEntry(node.id), label: tensorOfEntry(node.label) }]));
  const found = matchNodes(graph, [...whole.values()]);
  return new Map(nodes.flatMap(({ id }) => {
    const other = found.get(tensorOfEntry(id));
    return other === undefined ? [] : [[id, other] as const];
  }));
}
