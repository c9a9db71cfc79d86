/** Which leaves hang at their gate: parameters above it, targets below. Pure. */
import type { VisibleGraph, VisibleNode } from './visible';

export type Hang = 'above' | 'below';

/** A leaf hangs that feeds one gate, which something else feeds too; one leaf on each side of a gate. */
export function hangingLeaves(graph: VisibleGraph): Map<string, Hang> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const uses = new Map<string, number>();
  for (const { source } of graph.edges) uses.set(source, (uses.get(source) ?? 0) + 1);
  // A wire into an open group goes through its border.
  const inside = new Set(graph.groups.flatMap((group) => group.nodes));
  const found = new Map<string, Hang>();
  for (const gate of graph.nodes) {
    if (gate.kind !== 'gate' || inside.has(gate.id) || gate.operands.length < 2) continue;
    const operands = gate.operands.flatMap((id) => nodes.get(id) ?? []);
    const alone = operands.filter(({ id, kind, node }) => kind === 'leaf' && node.tensor && uses.get(id) === 1);
    const above = alone.find(({ role }) => role === 'parameter');
    if (above) found.set(above.id, 'above');
    const below = alone.find((leaf) => isTarget(leaf, gate, operands));
    if (below) found.set(below.id, 'below');
    // Something comes along the wire from the left.
    if (below && operands.every(({ id }) => found.has(id))) found.delete(below.id);
  }
  return found;
}

/** An input that meets what was computed: behind it, as in `half_sse(y, t)`, or entry by entry, as in `t * log(p)`. */
function isTarget(leaf: VisibleNode, gate: VisibleNode, operands: readonly VisibleNode[]): boolean {
  if (leaf.role !== 'input') return false;
  const computed = operands.filter(({ kind, node }) => kind === 'gate' && node.tensor);
  if (computed.includes(operands[0] as VisibleNode)) return true;
  return gate.op !== 'matmul' && computed.some(({ node }) => String(node.shape) === String(leaf.node.shape));
}
