/** Short words about a graph that the first look at it needs; whole sentences are in sentences.ts. */
import type { VisibleGraph } from './visible';

export function outputName(graph: VisibleGraph): string {
  return graph.nodes.find((node) => node.id === graph.output)?.label ?? 'f';
}

export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
