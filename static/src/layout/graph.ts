/** The graph as typed arrays: nodes and edges by index, neighbours in compressed rows. */

import type { LayoutEdge, LayoutGraph, LayoutNode } from './types';

export interface IndexedGraph {
  nodes: readonly LayoutNode[];
  edges: readonly LayoutEdge[];
  /** Node index of each edge's two ends. */
  source: Int32Array;
  target: Int32Array;
  /** Edges into node v, in operand order: inEdge[inStart[v] .. inStart[v + 1]). */
  inStart: Int32Array;
  inEdge: Int32Array;
  /** Edges out of node v, in the order given: outEdge[outStart[v] .. outStart[v + 1]). */
  outStart: Int32Array;
  outEdge: Int32Array;
  /** Node indices, operands before users. */
  topological: Int32Array;
}

/** Compressed rows of `count` keys: row k lists the items i with key[i] = k, in the order of i. */
export function groupByKey(key: ArrayLike<number>, count: number): { start: Int32Array; items: Int32Array } {
  const start = new Int32Array(count + 1);
  for (let i = 0; i < key.length; i++) start[key[i]! + 1]!++;
  for (let k = 0; k < count; k++) start[k + 1]! += start[k]!;
  const fill = start.slice();
  const items = new Int32Array(key.length);
  for (let i = 0; i < key.length; i++) items[fill[key[i]!]!++] = i;
  return { start, items };
}

/** Ends of each edge by node index. Throws on a repeated id or an unknown node: those are mistakes of the caller. */
function edgeEnds({ nodes, edges }: LayoutGraph): { source: Int32Array; target: Int32Array } {
  const indexOf = new Map<string, number>();
  nodes.forEach((node, i) => indexOf.set(node.id, i));
  if (indexOf.size !== nodes.length) throw new Error('layout: two nodes have the same id');
  const find = (id: string, edge: LayoutEdge): number => {
    const v = indexOf.get(id);
    if (v === undefined) throw new Error(`layout: edge ${edge.id} leads to an unknown node`);
    return v;
  };
  return {
    source: Int32Array.from(edges, (edge) => find(edge.source, edge)),
    target: Int32Array.from(edges, (edge) => find(edge.target, edge)),
  };
}

/** Index of a graph. Throws on a cycle, a repeated id or an edge to an unknown node. */
export function indexGraph(graph: LayoutGraph): IndexedGraph {
  const { nodes, edges } = graph;
  const { source, target } = edgeEnds(graph);
  const incoming = groupByKey(target, nodes.length);
  const outgoing = groupByKey(source, nodes.length);
  for (let v = 0; v < nodes.length; v++) {
    const row = incoming.items.subarray(incoming.start[v]!, incoming.start[v + 1]!);
    if (row.length > 1) row.sort((a, b) => edges[a]!.operand - edges[b]!.operand || a - b);
  }
  const index = {
    nodes, edges, source, target,
    inStart: incoming.start, inEdge: incoming.items,
    outStart: outgoing.start, outEdge: outgoing.items,
  };
  return { ...index, topological: topologicalOrder(nodes.length, target, index) };
}

function topologicalOrder(
  count: number,
  target: Int32Array,
  rows: Pick<IndexedGraph, 'inStart' | 'outStart' | 'outEdge'>,
): Int32Array {
  const waiting = new Int32Array(count);
  const order = new Int32Array(count);
  let filled = 0;
  for (let v = 0; v < count; v++) {
    waiting[v] = rows.inStart[v + 1]! - rows.inStart[v]!;
    if (waiting[v] === 0) order[filled++] = v;
  }
  for (let read = 0; read < filled; read++) {
    const v = order[read]!;
    for (let i = rows.outStart[v]!; i < rows.outStart[v + 1]!; i++) {
      const t = target[rows.outEdge[i]!]!;
      if (--waiting[t]! === 0) order[filled++] = t;
    }
  }
  if (filled < count) throw new Error('layout: the graph has a cycle');
  return order;
}

/** Connected parts of a graph, in the order of their first node; each keeps the order of nodes and edges. */
export function connectedParts(graph: LayoutGraph): LayoutGraph[] {
  const { nodes, edges } = graph;
  const { source, target } = edgeEnds(graph);
  const parent = Int32Array.from(nodes, (_, i) => i);
  const root = (v: number): number => {
    while (parent[v] !== v) {
      parent[v] = parent[parent[v]!]!;
      v = parent[v]!;
    }
    return v;
  };
  for (let e = 0; e < edges.length; e++) {
    const a = root(source[e]!);
    const b = root(target[e]!);
    // The smaller index becomes the root, so that a part is found by its first node.
    if (a < b) parent[b] = a;
    else parent[a] = b;
  }
  const parts = new Map<number, { nodes: LayoutNode[]; edges: LayoutEdge[] }>();
  nodes.forEach((node, i) => {
    const r = root(i);
    const part = parts.get(r);
    if (part) part.nodes.push(node);
    else parts.set(r, { nodes: [node], edges: [] });
  });
  edges.forEach((edge, e) => parts.get(root(source[e]!))!.edges.push(edge));
  return [...parts.values()];
}
