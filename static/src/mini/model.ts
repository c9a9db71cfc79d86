/** What a mini graph shows, and how it becomes what the stage's drawing is made from. Pure. */
import type { GraphNode, Tensor } from '../api/model';
import { graphNumber } from '../format';
import type { Figure, Figures, TensorFigure } from '../graph/figures';
import { edgeId, type Role, type VisibleEdge, type VisibleGraph, type VisibleNode } from '../graph/visible';

export type MiniTone = 'value' | 'gradient' | 'plain';

export interface MiniNode {
  id: string;
  kind: 'leaf' | 'gate' | 'output';
  role?: Role | null;
  /** Name in LaTeX inside a leaf or an output. */
  latex?: string;
  /** The same in plain text, for readers that hear it. */
  label?: string;
  /** Inside a gate: the registry's text, or the curve of that name. */
  symbol?: string;
  glyph?: string | null;
  /** Name in LaTeX beside a gate. */
  name?: string;
  /** A second ring: it stands for several gates. */
  double?: boolean;
  /** Operands that are not drawn, as short strokes. */
  ticks?: number;
  /** Above and below the wire that leaves it. */
  value?: number;
  gradient?: number | null;
  /** Of a tensor: a badge on its wire; it has no numbers of its own. Texts of its edges then stand below the wire. */
  shape?: readonly number[];
}

export interface MiniEdge {
  id: string;
  source: string;
  target: string;
  operand: number;
  /** In the place of the source's numbers; of a node with several uses, beside this branch. */
  above?: string;
  below?: string;
  /** Colour of these texts; by default the one above is a value and the one below a gradient. */
  tone?: MiniTone;
  /** The operand that a router did not choose. */
  unchosen?: boolean;
}

export interface MiniModel {
  nodes: readonly MiniNode[];
  edges: readonly MiniEdge[];
}

export const miniEdgeId = edgeId;

const isTensor = (node: MiniNode): node is MiniNode & { shape: readonly number[] } => (node.shape?.length ?? 0) > 0;
const unlisted = (shape: readonly number[]): Tensor => ({ shape, entries: null, summary: null });

/** The model as a visible graph, which the layout and the drawing of the stage take. */
export function visibleOf({ nodes, edges }: MiniModel): VisibleGraph {
  const operands = new Map<string, MiniEdge[]>();
  for (const edge of edges) {
    const list = operands.get(edge.target);
    if (list) list.push(edge);
    else operands.set(edge.target, [edge]);
  }
  const visible = nodes.map((node): VisibleNode => {
    const incoming = [...(operands.get(node.id) ?? [])].sort((one, other) => one.operand - other.operand);
    const latex = (node.kind === 'gate' ? node.name : node.latex) ?? '';
    const label = node.kind === 'gate' && node.name === undefined ? '' : (node.label ?? latex);
    return {
      id: node.id,
      kind: node.kind,
      // The drawing asks the record only for what is typed as a literal, which is its label here.
      node: (isTensor(node) ? { label, shape: node.shape, tensor: { value: unlisted(node.shape), gradient: null } } : { label }) as GraphNode,
      group: null,
      role: node.role ?? null,
      op: null,
      attributes: {},
      name: label === '' ? null : label,
      label,
      latex,
      symbol: node.symbol ?? '',
      glyph: node.glyph ?? null,
      folded: null,
      composite: node.double ?? false,
      value: node.value ?? NaN,
      gradient: node.gradient ?? null,
      operands: incoming.map(({ source }) => source),
      onPath: true,
    };
  });
  const wires = edges.map(({ id, source, target, operand }): VisibleEdge => ({
    id, source, target, operand, local: null, upstream: null, downstream: null,
  }));
  const standsFor = new Map(nodes.map(({ id }) => [id, id]));
  const output = nodes.find(({ kind }) => kind === 'output');
  const before = edges.find(({ target }) => target === output?.id);
  return { nodes: visible, edges: wires, groups: [], output: before?.source ?? output?.id ?? '', standsFor };
}

/** How many edges leave each node. */
export function usesIn(edges: readonly MiniEdge[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { source } of edges) uses.set(source, (uses.get(source) ?? 0) + 1);
  return uses;
}

const NO_SCALES = { value: 1, gradient: 1 } as const;

/** The texts of the model where the drawing expects the stage's numbers. */
export function figuresOfMini({ nodes, edges }: MiniModel, decimals: number): Figures {
  const figure = (value: number): Figure => ({ text: graphNumber(value, decimals), warn: !Number.isFinite(value) });
  const text = (written: string): Figure => ({ text: written, warn: false });
  const uses = usesIn(edges);
  const [values, gradients, branches] = [new Map<string, Figure>(), new Map<string, Figure>(), new Map<string, Figure>()];
  const tensors = new Map<string, TensorFigure>();
  for (const node of nodes) {
    if (node.kind === 'output' || !isTensor(node)) continue;
    tensors.set(node.id, { shape: node.shape, value: null, gradient: null, decimals, scales: NO_SCALES, numbers: false });
  }
  for (const { id, kind, value, gradient } of nodes) {
    if (kind === 'output') continue;
    if (tensors.has(id)) continue;
    if (value !== undefined) values.set(id, figure(value));
    if (gradient !== undefined && gradient !== null) gradients.set(id, figure(gradient));
  }
  for (const { id, source, above, below } of edges) {
    if ((uses.get(source) ?? 0) > 1) {
      const written = above ?? below;
      if (written !== undefined) branches.set(id, text(written));
      continue;
    }
    if (above !== undefined) (tensors.has(source) ? gradients : values).set(source, text(above));
    if (below !== undefined) gradients.set(source, text(below));
  }
  return {
    values,
    gradients,
    branches,
    tensors,
    scales: null,
    locals: new Map(),
    unchosen: new Set(edges.flatMap(({ id, unchosen }) => (unchosen ? [id] : []))),
    alarmed: new Set(),
    ribbons: new Map(),
    defaulted: new Set(),
    kinks: new Set(),
  };
}

/** Colours of texts that are not those of their place: of branches by edge id, of all others by the node they leave. */
export function tonesOf({ edges }: MiniModel): { labels: Map<string, MiniTone>; branches: Map<string, MiniTone> } {
  const uses = usesIn(edges);
  const [labels, branches] = [new Map<string, MiniTone>(), new Map<string, MiniTone>()];
  for (const { id, source, above, tone } of edges) {
    if ((uses.get(source) ?? 0) > 1) branches.set(id, tone ?? (above === undefined ? 'gradient' : 'value'));
    else if (tone) labels.set(source, tone);
  }
  return { labels, branches };
}

/** Everything but the numbers: while this stays the same, nothing moves. */
export function shapeOf({ nodes, edges }: MiniModel): string {
  return JSON.stringify([
    nodes.map(({ value: _, gradient: __, ...rest }) => rest),
    edges.map(({ id, source, target, operand }) => [id, source, target, operand]),
  ]);
}
