/** Mini graphs of what the API answers: of the Graph tab's answer, and of the graph between named nodes. Pure. */
import type { Answer, Operation } from '../api/model';
import { graphNumber } from '../format';
import { visibleGraph } from '../graph/visible';
import { miniEdgeId, type MiniEdge, type MiniModel, type MiniNode } from './model';

const DECIMALS = 2;

/**
 * The graph that the Graph tab shows with these groups open: values above, gradients below, and beside each branch of a
 * fan-out what it passes on. Ids of nodes and edges are those of the visible graph, as selection and hover use them.
 */
export function miniFromAnswer(
  answer: Answer,
  operations: ReadonlyMap<string, Operation>,
  openGroups: ReadonlySet<string>,
  decimals = DECIMALS,
): MiniModel {
  const graph = visibleGraph(answer, openGroups, { foldConstants: true }, operations);
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const namedBehind = new Set(graph.nodes.filter(({ kind }) => kind === 'output').flatMap(({ operands }) => operands));
  const uses = new Map<string, number>();
  for (const { source } of graph.edges) uses.set(source, (uses.get(source) ?? 0) + 1);
  const nodes = graph.nodes.map((node): MiniNode => {
    const { id, kind, role, latex, label, symbol, glyph, composite, gradient } = node;
    const figures = node.node.tensor ? { shape: node.node.tensor.value.shape } : { value: node.value, gradient };
    if (kind === 'gate') {
      // Automatic names are those of the code and the derivation, and a small picture has no room for them.
      const name = node.name !== null && !namedBehind.has(id) ? { name: latex } : {};
      return { id, kind, label, symbol, glyph, double: composite, ...figures, ...name };
    }
    const literal = role === 'constant' && node.name === null;
    return { id, kind, role, latex: literal ? '' : latex, label, ...(literal ? { gradient } : figures) };
  });
  const edges = graph.edges.map((edge): MiniEdge => {
    const { id, source, target, operand, downstream, local } = edge;
    const isBranch = (uses.get(source) ?? 0) > 1 && downstream !== null && edge.tensor == null;
    const router = operations.get(byId.get(target)?.op ?? '')?.pattern?.name === 'router';
    return {
      id, source, target, operand, unchosen: router && local === 0,
      ...(isBranch ? { below: graphNumber(downstream, decimals) } : {}),
    };
  });
  return { nodes, edges };
}

/** A number as the API writes it or as the client has decoded it. */
type Numeric = number | string | null;

/** The API's record of the graph between named nodes, as far as it is drawn. */
export interface NamedGraphRecord {
  readonly output: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly kind: 'leaf' | 'gate' | 'output-gate';
    readonly role: 'input' | 'parameter' | 'constant' | null;
    readonly name: string | null;
    readonly label: string;
    readonly latex: string;
    readonly shown: string;
    readonly glyph: string | null;
    readonly folded: boolean;
    /** Empty, or left out, for a number. */
    readonly shape?: readonly number[];
    readonly value: Numeric;
    readonly gradient: Numeric;
  }[];
  readonly edges: readonly NamedEdgeRecord[];
}

export interface NamedEdgeRecord {
  readonly source: string;
  readonly target: string;
  readonly operand: number;
  readonly local: Numeric;
  readonly downstream: Numeric;
}

export interface NamedOptions {
  /** Only what lies between this node and `to`, which is the output unless given; operands left out become strokes. */
  from?: string;
  to?: string;
  /** `values`: values above and gradients below; `none`: no numbers but those of `text`. */
  numbers?: 'values' | 'none';
  /** What stands on an edge, as its local gradient. */
  text?: (edge: NamedEdgeRecord) => Pick<MiniEdge, 'above' | 'below' | 'tone'> | null;
}

/** The graph between named nodes; ids are the record's, the box behind an output gate is `output:` and its id. */
export function miniFromNamed(named: NamedGraphRecord, options: NamedOptions = {}): MiniModel {
  const { from, to = named.output, numbers = 'none', text } = options;
  const kept = from === undefined ? null : between(named.edges, from, to);
  const isKept = (id: string): boolean => kept === null || kept.has(id);
  const edges: MiniEdge[] = [];
  const ticks = new Map<string, number>();
  for (const edge of named.edges) {
    const { source, target, operand } = edge;
    if (!isKept(target)) continue;
    if (!isKept(source)) {
      ticks.set(target, (ticks.get(target) ?? 0) + 1);
      continue;
    }
    edges.push({ id: miniEdgeId(source, target, operand), source, target, operand, ...text?.(edge) });
  }
  const nodes: MiniNode[] = [];
  const ends: MiniNode[] = [];
  for (const node of named.nodes) {
    const { id, kind, role, latex, label } = node;
    if (!isKept(id)) continue;
    const shape = node.shape ?? [];
    const figures =
      shape.length > 0
        ? { shape }
        : numbers === 'values' ? { value: Number(node.value), gradient: node.gradient === null ? null : Number(node.gradient) } : {};
    if (kind === 'leaf') {
      nodes.push({ id, kind, role, latex, label, ...figures });
      continue;
    }
    // Of several outputs only the one in question has its box where paths to it are drawn.
    const endsHere = kind === 'output-gate' && (kept === null || id === to);
    const name = endsHere || node.name === null ? {} : { name: latex };
    nodes.push({
      id, kind: 'gate', label, symbol: node.shown, glyph: node.glyph, double: node.folded, ticks: ticks.get(id) ?? 0,
      ...figures, ...name,
    });
    if (!endsHere) continue;
    ends.push({ id: `output:${id}`, kind: 'output', latex, label });
    edges.push({ id: miniEdgeId(id, `output:${id}`, 0), source: id, target: `output:${id}`, operand: 0 });
  }
  return { nodes: [...nodes, ...ends], edges };
}

/** The nodes on some way from one node to another. */
export function between(edges: readonly { source: string; target: string }[], from: string, to: string): Set<string> {
  const forward = reach(edges.map(({ source, target }) => [source, target]), from);
  const backward = reach(edges.map(({ source, target }) => [target, source]), to);
  return new Set([...forward].filter((id) => backward.has(id)));
}

function reach(steps: readonly (readonly [string, string])[], start: string): Set<string> {
  const next = new Map<string, string[]>();
  for (const [here, there] of steps) {
    const list = next.get(here);
    if (list) list.push(there);
    else next.set(here, [there]);
  }
  const reached = new Set([start]);
  const queue = [start];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const node of next.get(at) ?? []) {
      if (reached.has(node)) continue;
      reached.add(node);
      queue.push(node);
    }
  }
  return reached;
}
