/**
 * The graph as a nested list: under every node what enters it. A node that several gates use is told where it comes
 * first and referred to elsewhere, so the list is as long as the graph, not as long as its paths. Pure.
 */
import type { VisibleGraph } from '../graph/visible';

/** Deeper than this nobody follows: what lies below is told in a list of its own, further down. */
export const MOST_DEPTH = 12;

export interface ListItem {
  node: string;
  /** 'here' is told in full; the others refer to the place where it is. */
  told: 'here' | 'above' | 'below';
  items: ListItem[];
}

export function listOf({ nodes, edges }: Pick<VisibleGraph, 'nodes' | 'edges'>): ListItem[] {
  const operands = new Map(nodes.map((node) => [node.id, node.operands]));
  const used = new Set(edges.map(({ source }) => source));
  const told = new Set<string>();
  const deferred = new Set<string>();
  const roots: ListItem[] = [];
  // The result first; then other ends, which nothing uses.
  const ends = nodes.filter((node) => !used.has(node.id)).map(({ id }) => id);
  const queue = [...ends.filter((id) => id === 'output'), ...ends.filter((id) => id !== 'output')];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (told.has(id)) continue;
    tellFrom(id);
  }
  return roots;

  function tellFrom(root: string): void {
    const open: { id: string; depth: number; into: ListItem[] }[] = [{ id: root, depth: 0, into: roots }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { id, depth, into } = next;
      if (told.has(id)) {
        into.push({ node: id, told: 'above', items: [] });
        continue;
      }
      const below = operands.get(id) ?? [];
      if (deferred.has(id) && depth > 0) {
        into.push({ node: id, told: 'below', items: [] });
        continue;
      }
      if (depth >= MOST_DEPTH && below.length > 0) {
        deferred.add(id);
        queue.push(id);
        into.push({ node: id, told: 'below', items: [] });
        continue;
      }
      told.add(id);
      const item: ListItem = { node: id, told: 'here', items: [] };
      into.push(item);
      // The last one pushed is told next, and operands are told in their order.
      for (const operand of [...below].reverse()) open.push({ id: operand, depth: depth + 1, into: item.items });
    }
  }
}
