/** Every number on the graph as the text it is drawn with, and what else changes when a value changes. */
import type { Answer, Operation, Tensor } from '../api/model';
import { graphNumber } from '../format';
import { tensorTools } from './tensor-tools';
import type { TintScales } from './tint-scale';
import type { VisibleEdge, VisibleGraph, VisibleNode } from './visible';

export interface Figure {
  text: string;
  /** NaN or infinite. */
  warn: boolean;
}

export interface TensorFigure {
  /** Its shape alone is told, as a badge: no cells, no numbers. */
  shape?: readonly number[];
  value: Tensor | null;
  gradient: Tensor | null;
  decimals: number;
  scales: TintScales;
  /** Without numbers the cells are tints alone. */
  numbers: boolean;
}

export interface Figures {
  /** By node id: above and below the wire that leaves it. Null: nothing stands there. */
  values: ReadonlyMap<string, Figure>;
  gradients: ReadonlyMap<string, Figure>;
  /** By node id: tensors, which stand there as cells in place of numbers. */
  tensors: ReadonlyMap<string, TensorFigure>;
  /** What the tints of their cells are worth; null without tensors. */
  scales: TintScales | null;
  /** By edge id, where the source fans out: what this branch passes on. */
  branches: ReadonlyMap<string, Figure>;
  /** By edge id: the local gradient. */
  locals: ReadonlyMap<string, Figure>;
  /** Edges of operands that a router did not choose. */
  unchosen: ReadonlySet<string>;
  /** Edges that carry a number that is not finite. */
  alarmed: ReadonlySet<string>;
  /** Width of the soft stroke under an edge, and under the common rail of a fan-out by node id; 0: none. */
  ribbons: ReadonlyMap<string, number>;
  /** Node ids with a badge. */
  defaulted: ReadonlySet<string>;
  kinks: ReadonlySet<string>;
}

/** More edges than this, and ribbons are too much. */
const MOST_RIBBONS = 60;
const RIBBON = { least: 2, more: 12 };

export interface FigureOptions {
  decimals: number;
  ribbons: boolean;
  /** Numbers in the cells of tensors; true unless given. */
  cellNumbers?: boolean;
}

export function figuresOf(
  graph: VisibleGraph,
  answer: Answer,
  options: FigureOptions,
  operations: ReadonlyMap<string, Operation>,
): Figures {
  const figure = (value: number): Figure => ({
    text: graphNumber(value, options.decimals),
    warn: !Number.isFinite(value),
  });
  const values = new Map<string, Figure>();
  const gradients = new Map<string, Figure>();
  const tensors = new Map<string, TensorFigure>();
  const scales = graph.nodes.some(({ node }) => node.tensor) ? (tensorTools()?.tintScales(graph.nodes.map(({ node }) => node)) ?? null) : null;
  for (const node of graph.nodes) {
    if (node.kind === 'output') continue;
    if (node.node.tensor && scales) {
      tensors.set(node.id, { ...node.node.tensor, decimals: options.decimals, scales, numbers: options.cellNumbers ?? true });
      continue;
    }
    // A literal shows its number inside; a second one on its wire would say nothing new.
    if (node.role !== 'constant' || node.name !== null) values.set(node.id, figure(node.value));
    if (node.gradient !== null) gradients.set(node.id, figure(node.gradient));
  }
  const uses = usesOf(graph);
  const ops = new Map(graph.nodes.map((node) => [node.id, operations.get(node.op ?? '')]));
  const branches = new Map<string, Figure>();
  const locals = new Map<string, Figure>();
  const unchosen = new Set<string>();
  const alarmed = new Set<string>();
  const finite = new Map(graph.nodes.map((node) => [node.id, isFinite(node)]));
  for (const edge of graph.edges) {
    const isGate = !edge.target.startsWith('output');
    if (edge.tensor == null && edge.downstream !== null && (uses.get(edge.source) ?? 0) > 1) branches.set(edge.id, figure(edge.downstream));
    if (edge.local !== null && isGate) locals.set(edge.id, figure(edge.local));
    if (isUnchosen(edge, ops.get(edge.target))) unchosen.add(edge.id);
    if (finite.get(edge.source) === false) alarmed.add(edge.id);
  }
  const stand = (id: string): string => graph.standsFor.get(id) ?? id;
  const defaulted = new Set(answer.defaulted);
  return {
    values,
    gradients,
    tensors,
    scales,
    branches,
    locals,
    unchosen,
    alarmed,
    ribbons: options.ribbons && graph.edges.length <= MOST_RIBBONS ? ribbonWidths(graph, uses) : new Map(),
    defaulted: new Set(graph.nodes.filter((n) => n.kind === 'leaf' && n.name !== null && defaulted.has(n.name)).map((n) => n.id)),
    kinks: new Set(answer.kinks.flatMap(({ node }) => (node === null ? [] : [stand(node)]))),
  };
}

function isFinite({ value, node }: VisibleNode): boolean {
  return node.tensor ? (node.tensor.value.entries ?? []).every(Number.isFinite) : Number.isFinite(value);
}

export function usesOf(graph: VisibleGraph): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { source } of graph.edges) uses.set(source, (uses.get(source) ?? 0) + 1);
  return uses;
}

/** A router passes nothing to this operand here. An operand whose rule is 0 everywhere was never in the running. */
function isUnchosen(edge: VisibleEdge, operation: Operation | undefined): boolean {
  if (operation?.pattern?.name !== 'router' || edge.local !== 0) return false;
  const rule = operation.local[operation.variadic ? 0 : edge.operand];
  return rule?.text?.trim() !== '0';
}

function ribbonWidths(graph: VisibleGraph, uses: ReadonlyMap<string, number>): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const edge of graph.edges) sizes.set(edge.id, Math.abs(edge.downstream ?? 0));
  for (const node of graph.nodes) {
    if ((uses.get(node.id) ?? 0) > 1) sizes.set(node.id, Math.abs(node.gradient ?? 0));
  }
  const largest = Math.max(0, ...[...sizes.values()].filter(Number.isFinite));
  const width = (size: number): number =>
    Number.isFinite(size) && size > 0 ? RIBBON.least + (RIBBON.more * size) / largest : 0;
  return new Map([...sizes].map(([id, size]) => [id, width(size)]));
}
