/** Small edits of a program, and how far the nodes that survive one move. */

import type { Layout, LayoutGraph } from '../../../static/src/layout/types';

/** Replaces the use of a value by edge number `at` by (value + new leaf), as typing `+ q` behind it does. */
export function insertGate(graph: LayoutGraph, at: number): LayoutGraph {
  const edge = graph.edges[at]!;
  const gate = { id: 'new-gate', kind: 'gate', width: 44, height: 44, fixedOrder: false, label: 40, name: 15 } as const;
  const leaf = { id: 'new-leaf', kind: 'leaf', width: 44, height: 32, fixedOrder: false, label: 40, name: 0 } as const;
  const edges = graph.edges.map((e) => (e === edge ? { ...e, source: gate.id } : e));
  edges.push(
    { id: 'new-edge-0', source: edge.source, target: gate.id, operand: 0, label: edge.label },
    { id: 'new-edge-1', source: leaf.id, target: gate.id, operand: 1, label: edge.label },
  );
  return { nodes: [...graph.nodes, leaf, gate], edges };
}

export interface Movement {
  /** Share of survivors that moved by more than 40, the common shift taken off. */
  moved: number;
  /** Share of pairs of one column that changed their order. */
  flipped: number;
}

export function movement(graph: LayoutGraph, before: Layout, after: Layout): Movement {
  const survivors = graph.nodes.filter((node) => after.nodes.has(node.id)).map((node) => {
    const [from, to] = [before.nodes.get(node.id)!, after.nodes.get(node.id)!];
    return { from, to, dx: to.x - from.x, dy: to.y - from.y };
  });
  const [dx, dy] = [median(survivors.map((s) => s.dx)), median(survivors.map((s) => s.dy))];
  const moved = survivors.filter((s) => Math.hypot(s.dx - dx, s.dy - dy) > 40).length / survivors.length;
  let pairs = 0;
  let flips = 0;
  survivors.forEach((a, i) => {
    for (const b of survivors.slice(i + 1)) {
      if (Math.abs(a.from.x - b.from.x) >= 20) continue;
      pairs++;
      if (Math.sign(a.from.y - b.from.y) !== Math.sign(a.to.y - b.to.y)) flips++;
    }
  });
  return { moved, flipped: pairs > 0 ? flips / pairs : 0 };
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
