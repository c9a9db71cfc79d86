/**
 * The graph that is on show: closed groups folded into one gate, literal operands into the gate that uses them, and
 * the output drawn as a node of its own. Pure: answer in, nodes and edges out.
 */
import type { Answer, GraphEdge, GraphNode, Group, Operation, Tensor } from '../api/model';
import type { ViewOptions } from '../state';
import { foldedText } from './folding';
import { typesetFor } from '../explain/typeset';

export type Role = 'input' | 'parameter' | 'constant';

export interface VisibleNode {
  /** Node id of the answer; a closed group has the group's id, the output node "output". */
  id: string;
  kind: 'leaf' | 'gate' | 'output';
  /** The node of the answer that stands for it: for a closed group its last inner node. */
  node: GraphNode;
  /** The closed group that this gate is, else null. */
  group: Group | null;
  role: Role | null;
  op: string | null;
  attributes: Readonly<Record<string, unknown>>;
  /** The program's name, or null. */
  name: string | null;
  label: string;
  latex: string;
  /** What the gate shows: the registry's symbol, or the text with its literal folded in. */
  symbol: string;
  glyph: string | null;
  /** The literal operand that the gate has swallowed. */
  folded: { node: string; operand: number; literal: string } | null;
  composite: boolean;
  value: number;
  /** Null where nothing is differentiated, as for literals. */
  gradient: number | null;
  /** Visible ids in operand order, repeats kept; a folded literal is left out. */
  operands: readonly string[];
  /** It leads to the output. */
  onPath: boolean;
}

export interface VisibleEdge {
  id: string;
  source: string;
  target: string;
  operand: number;
  local: number | null;
  upstream: number | null;
  downstream: number | null;
  /** Where tensors flow; the numbers say nothing then. */
  tensor?: Tensor | null;
}

/** A group that stands open: the outline around its gates. */
export interface OpenGroup {
  group: Group;
  /** The open group around it. */
  parent: string | null;
  /** Visible ids right inside it, without those of groups inside it. */
  nodes: readonly string[];
}

export interface VisibleGraph {
  nodes: readonly VisibleNode[];
  edges: readonly VisibleEdge[];
  /** Outer groups before those inside them. */
  groups: readonly OpenGroup[];
  /** Visible id of the gate (or leaf) that the output node shows. */
  output: string;
  /** Which visible node stands for a node of the answer, inner nodes of closed groups and folded literals included. */
  standsFor: ReadonlyMap<string, string>;
  /** Of a graph that is not drawn whole: how many operands of a gate are left out. */
  leftOut?: ReadonlyMap<string, number>;
}

export const OUTPUT = 'output';

export function edgeId(source: string, target: string, operand: number): string {
  return `${source}>${target}:${String(operand)}`;
}

/** A gate or leaf before literals are folded. */
interface Draft {
  node: VisibleNode;
  edges: readonly GraphEdge[];
}

export function visibleGraph(
  answer: Answer,
  openGroups: ReadonlySet<string>,
  view: Pick<ViewOptions, 'foldConstants'>,
  operations: ReadonlyMap<string, Operation>,
): VisibleGraph {
  const stand = standIns(answer, openGroups);
  const drafts = closeGroups(answer, stand, operations);
  const folded = view.foldConstants ? foldLiterals(drafts, stand(answer.output), operations) : drafts;
  const gates = folded.map((draft) => draft.node);
  const edges = folded.flatMap((draft) => draft.edges.map(toVisibleEdge));
  const standsFor = new Map(answer.nodes.map(({ id }) => [id, stand(id)]));
  for (const gate of gates) if (gate.folded) standsFor.set(gate.folded.node, gate.id);
  const groups = openGroups.size === 0 ? [] : groupsAround(answer, gates, openGroups, stand);
  return { ...withOutputs(gates, edges, stand(answer.output)), groups, standsFor };
}

/** Groups that stand open, in no closed one, with the gates and leaves right inside each. */
function groupsAround(
  answer: Answer,
  gates: readonly VisibleNode[],
  openGroups: ReadonlySet<string>,
  stand: (id: string) => string,
): OpenGroup[] {
  const inside = new Map<string, string[]>();
  for (const gate of gates) {
    const around = gate.group ? gate.group.group : gate.node.group;
    if (around === null) continue;
    const list = inside.get(around);
    if (list) list.push(gate.id);
    else inside.set(around, [gate.id]);
  }
  return answer.groups
    .filter(({ id }) => openGroups.has(id) && stand(id) === id)
    .map((group) => ({ group, parent: group.group, nodes: inside.get(group.id) ?? [] }));
}

/** Which visible node stands for a node of the answer: the outermost closed group around it, or itself. */
function standIns(answer: Answer, openGroups: ReadonlySet<string>): (id: string) => string {
  const parents = new Map(answer.groups.map((group) => [group.id, group.group]));
  const outermost = new Map<string, string | null>();
  for (const { id } of answer.groups) {
    const chain: string[] = [];
    let at: string | null = id;
    while (at !== null && !outermost.has(at)) {
      chain.push(at);
      at = parents.get(at) ?? null;
    }
    let outer = at === null ? null : (outermost.get(at) ?? null);
    for (const group of chain.reverse()) {
      outer ??= openGroups.has(group) ? null : group;
      outermost.set(group, outer);
    }
  }
  const stands = new Map<string, string>();
  for (const node of answer.nodes) {
    const group = node.group === null ? null : outermost.get(node.group);
    stands.set(node.id, group ?? node.id);
  }
  return (id) => stands.get(id) ?? outermost.get(id) ?? id;
}

function closeGroups(
  answer: Answer,
  stand: (id: string) => string,
  operations: ReadonlyMap<string, Operation>,
): Draft[] {
  const groups = new Map(answer.groups.map((group) => [group.id, group]));
  const incoming = new Map<string, GraphEdge[]>();
  for (const edge of answer.edges) {
    const list = incoming.get(edge.target);
    if (list) list.push(edge);
    else incoming.set(edge.target, [edge]);
  }
  const tensors = new Set(answer.nodes.filter(({ shape }) => shape.length > 0).map(({ id }) => id));
  const drafts: Draft[] = [];
  for (const node of answer.nodes) {
    const id = stand(node.id);
    const group = id === node.id ? null : (groups.get(id) ?? null);
    // A closed group takes the place of its last node, so that the order stays topological.
    if (group && stand(group.output) === id && group.output !== node.id) continue;
    const found = group ? group.edges : (incoming.get(node.id) ?? []);
    const edges = found.map((edge) => ({ ...edge, source: stand(edge.source), target: id }));
    const op = group ? group.op : node.op;
    const operation = typesetFor(operations.get(op ?? ''), tensors.size === 0 ? [false] : found.map(({ source }) => tensors.has(source)));
    drafts.push({ node: gateOf(node, group, edges, op, operation), edges });
  }
  return drafts;
}

function gateOf(
  node: GraphNode,
  group: Group | null,
  edges: readonly GraphEdge[],
  op: string | null,
  operation: Operation | undefined,
): VisibleNode {
  const leaf = op === null && group === null;
  return {
    id: group?.id ?? node.id,
    kind: leaf ? 'leaf' : 'gate',
    node: group?.tensor ? { ...node, tensor: group.tensor } : node,
    group,
    role: node.kind === 'operation' ? null : node.kind,
    op,
    attributes: node.attributes,
    // A call of one's own function carries the function's name; its result has the program's.
    name: (group?.op == null ? null : group.name) ?? node.name,
    label: node.label,
    latex: node.latex,
    symbol: operation?.symbol ?? group?.name ?? op ?? '',
    glyph: operation?.glyph ?? null,
    folded: null,
    composite: group !== null || (operation?.composite ?? false),
    value: group?.value ?? node.value,
    gradient: group ? group.gradient : node.gradient,
    operands: [...edges].sort((one, other) => one.operand - other.operand).map((edge) => edge.source),
    onPath: false,
  };
}

/** Draws `x + 1` as the unary gate "+1": the literal goes when no gate needs it as a node of its own. */
function foldLiterals(
  drafts: readonly Draft[],
  output: string,
  operations: ReadonlyMap<string, Operation>,
): Draft[] {
  const literals = new Map<string, VisibleNode>();
  for (const { node } of drafts) {
    if (node.role === 'constant' && node.name === null && node.id !== output) literals.set(node.id, node);
  }
  if (literals.size === 0) return [...drafts];
  const needed = new Set<string>();
  const result = drafts.map((draft) => {
    const folding = foldOne(draft, literals, operations);
    for (const edge of (folding ?? draft).edges) needed.add(edge.source);
    return folding ?? draft;
  });
  return result.filter(({ node }) => !literals.has(node.id) || needed.has(node.id));
}

function foldOne(
  draft: Draft,
  literals: ReadonlyMap<string, VisibleNode>,
  operations: ReadonlyMap<string, Operation>,
): Draft | null {
  if (draft.edges.length !== 2) return null;
  const edge = draft.edges.find(({ source }) => literals.has(source));
  const literal = edge && literals.get(edge.source);
  const rest = draft.edges.filter((other) => other !== edge);
  if (!edge || !literal || rest.some(({ source }) => literals.has(source))) return null;
  const template = operations.get(draft.node.op ?? '')?.folded[edge.operand];
  const text = foldedText(template, literal);
  if (text === null) return null;
  return {
    node: {
      ...draft.node,
      symbol: text,
      glyph: null,
      folded: { node: literal.id, operand: edge.operand, literal: literal.label },
      operands: rest.map(({ source }) => source),
    },
    edges: rest,
  };
}

function toVisibleEdge(edge: GraphEdge): VisibleEdge {
  return { ...edge, id: edgeId(edge.source, edge.target, edge.operand) };
}

/** Adds the output node, and an end for every other named result that nothing uses; marks what leads to the output. */
function withOutputs(
  gates: readonly VisibleNode[],
  edges: readonly VisibleEdge[],
  output: string,
): Pick<VisibleGraph, 'nodes' | 'edges' | 'output'> {
  const onPath = leadingTo(output, edges);
  const used = new Set(edges.map(({ source }) => source));
  const nodes = gates.map((node) => ({ ...node, onPath: onPath.has(node.id) }));
  const all = [...edges];
  for (const node of [...nodes]) {
    const isOutput = node.id === output;
    if (!isOutput && (used.has(node.id) || node.kind === 'leaf')) continue;
    const id = isOutput ? OUTPUT : `${OUTPUT}:${node.id}`;
    nodes.push({ ...node, id, kind: 'output', role: null, folded: null, composite: false, operands: [node.id] });
    const flows = node.gradient;
    all.push({
      id: edgeId(node.id, id, 0),
      source: node.id,
      target: id,
      operand: 0,
      local: 1,
      upstream: flows,
      downstream: flows,
    });
  }
  return { nodes, edges: all, output };
}

function leadingTo(output: string, edges: readonly VisibleEdge[]): Set<string> {
  const sources = new Map<string, string[]>();
  for (const { source, target } of edges) {
    const list = sources.get(target);
    if (list) list.push(source);
    else sources.set(target, [source]);
  }
  const reached = new Set([output]);
  const queue = [output];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const source of sources.get(at) ?? []) {
      if (reached.has(source)) continue;
      reached.add(source);
      queue.push(source);
    }
  }
  return reached;
}
