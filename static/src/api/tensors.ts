/**
 * Answers with tensors as the page keeps them: nested lists become entries row by row, and the fields for numbers hold
 * NaN or null, so that whatever draws numbers draws none there.
 */
import type { Answer, GraphEdge, GraphNode, Group, Tensor } from './model';

export type Nested = number | string | readonly Nested[] | null;

interface Raw {
  value: Nested;
  gradient: Nested;
  summary?: Tensor['summary'];
  gradient_summary?: Tensor['summary'];
}

const NON_FINITE = new Map([['NaN', NaN], ['Infinity', Infinity], ['-Infinity', -Infinity]]);

export function withTensors(answer: Answer): Answer {
  const shapes = new Map(answer.nodes.map(({ id, shape }) => [id, shape]));
  for (const { id, shape } of answer.groups) shapes.set(id, shape ?? []);
  const nodes = answer.nodes.map(decoded);
  const flowing = new Set(nodes.filter(({ gradient }) => gradient !== null).map(({ id }) => id));
  const edgesOf = (edges: readonly GraphEdge[]): GraphEdge[] => edges.map((edge) => edgeOf(edge, shapes, flowing));
  const groups = answer.groups.map((group): Group => ({ ...decoded(group), edges: edgesOf(group.edges) }));
  return { ...answer, nodes, edges: edgesOf(answer.edges), groups };
}

/** A node or a closed gate with its tensors. */
function decoded<One extends GraphNode | Group>(one: One): One {
  if (!one.shape || one.shape.length === 0) return one;
  const raw = one as unknown as Raw;
  const isConstant = raw.gradient === null && !raw.gradient_summary;
  const value: Tensor = { shape: one.shape, entries: flat(raw.value), summary: raw.summary ?? null };
  const gradient: Tensor | null = isConstant
    ? null
    : { shape: one.shape, entries: flat(raw.gradient), summary: raw.gradient_summary ?? null };
  return { ...one, value: NaN, gradient: isConstant ? null : NaN, tensor: { value, gradient } };
}

function edgeOf(edge: GraphEdge, shapes: ReadonlyMap<string, readonly number[]>, flowing: ReadonlySet<string>): GraphEdge {
  const shape = shapes.get(edge.source) ?? [];
  if (shape.length === 0 && (shapes.get(edge.target) ?? []).length === 0 && typeof edge.local !== 'object') return edge;
  const raw = edge.downstream as unknown as Nested;
  const scalar = typeof raw === 'number' ? raw : typeof raw === 'string' ? (NON_FINITE.get(raw) ?? null) : null;
  // One that is too large to be listed still flows, unless its source is a constant.
  const flows = Array.isArray(raw) || (raw === null && shape.length > 0 && flowing.has(edge.source));
  const tensor: Tensor | null = flows ? { shape, entries: flat(raw), summary: null } : null;
  return { ...edge, local: null, upstream: null, downstream: tensor ? NaN : scalar, tensor, localTensor: localOf(edge, shapes) };
}

/** Its shape is read off the lists: a local gradient may be one number for all entries, or as large as the result. */
function localOf(edge: GraphEdge, shapes: ReadonlyMap<string, readonly number[]>): Tensor | null {
  const raw = edge.local as unknown as Nested;
  if (raw === null) return null;
  if (!Array.isArray(raw)) return { shape: [], entries: flat(raw), summary: null };
  const entries = flat(raw);
  const shape = [edge.target, edge.source].map((id) => shapes.get(id) ?? []).find((one) => size(one) === entries?.length);
  return shape ? { shape, entries, summary: null } : null;
}

const size = (shape: readonly number[]): number => shape.reduce((product, one) => product * one, 1);

/** The entries row by row, by an explicit stack; null for what is not listed. */
export function flat(nested: Nested): number[] | null {
  if (nested === null) return null;
  const entries: number[] = [];
  const waiting: Nested[] = [nested];
  while (waiting.length > 0) {
    const one = waiting.pop() as Nested;
    if (Array.isArray(one)) for (let at = one.length - 1; at >= 0; at -= 1) waiting.push((one as readonly Nested[])[at] as Nested);
    else entries.push(typeof one === 'number' ? one : (NON_FINITE.get(String(one)) ?? NaN));
  }
  return entries;
}
