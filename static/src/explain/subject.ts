/** What the inspector tells about: the selection looked up in the answer, with everything that belongs to it. */
import type { Answer, Conventions, GraphEdge, GraphNode, Group, LocalRule, Operation, Remark } from '../api/model';
import { OUTPUT, type VisibleGraph, type VisibleNode } from '../graph/visible';
import type { Selection } from '../state';
import { typesetFor } from './typeset';

/** One input of a gate, with the three gradients of its edge; null where nothing is differentiated. */
export interface Operand {
  position: number;
  /** Id of the node of the answer, and of what stands for it on the graph. */
  node: GraphNode;
  visible: string;
  local: number | null;
  upstream: number | null;
  downstream: number | null;
  rule: LocalRule | null;
  /** A literal: it has no gradient. */
  constant: boolean;
}

export interface Gate {
  /** Id on the graph: a node's or a group's. */
  id: string;
  /** The node of the answer that carries its result. */
  node: GraphNode;
  group: Group | null;
  operation: Operation | null;
  /** "Multiply", or the title of the group. */
  title: string;
  symbol: string;
  glyph: string | null;
  composite: boolean;
  /** Position of the literal that the gate has swallowed on the graph ("+1"), or null. */
  folded: number | null;
  attributes: Readonly<Record<string, unknown>>;
  value: number;
  gradient: number | null;
  operands: readonly Operand[];
}

/** One branch from a node to a gate that uses it. */
export interface Use {
  gate: Gate;
  operand: Operand;
}

interface Common {
  /** The result that is differentiated. */
  output: GraphNode;
  conventions: Conventions;
  /** Remarks on this very node. */
  warnings: readonly Remark[];
  kinks: readonly Remark[];
  /** Numeric health: nothing is wrong, but little or much gradient flows here. */
  remarks: readonly Remark[];
  /** Where the first number that is not finite arises, if it is elsewhere. */
  firstNotFinite: VisibleNode | null;
}

export interface GateSubject extends Common {
  kind: 'gate';
  gate: Gate;
  uses: readonly Use[];
  /** How often each operand is used in the whole graph, by position. */
  operandUses: readonly number[];
  /** It leads to the output. */
  onPath: boolean;
  open: boolean;
  /** For a composite: its inner gates pass on the same gradients as the closed gate, to 1e-12; null for other gates. */
  agrees: boolean | null;
}

export interface LeafSubject extends Common {
  kind: 'leaf';
  node: GraphNode;
  defaulted: boolean;
  uses: readonly Use[];
  onPath: boolean;
}

export interface EdgeSubject extends Common {
  kind: 'edge';
  gate: Gate;
  operand: Operand;
  operandUses: number;
}

export interface OutputSubject extends Common {
  kind: 'output';
  node: GraphNode;
  /** The gate that gives it; null when the result is a leaf. */
  gate: Gate | null;
  /** The result is not the one that is differentiated. */
  other: boolean;
  /** How the program writes it, typeset. */
  latex: string | null;
}

export type Subject = GateSubject | LeafSubject | EdgeSubject | OutputSubject;

export interface Source {
  answer: Answer;
  visible: VisibleGraph;
  operations: ReadonlyMap<string, Operation>;
  openGroups: ReadonlySet<string>;
}

/** Everything about the selection, or null when it is not in the answer. */
export function subjectOf(selection: Selection, source: Source): Subject | null {
  const lookup = new Lookup(source);
  if (selection.kind === 'edge') return lookup.edge(selection);
  return lookup.node(selection.id);
}

/** A group as the gate it would be when closed; null when the answer has no such group. */
export function gateOf(group: Group, answer: Answer, operations: ReadonlyMap<string, Operation>): Gate | null {
  const visible: VisibleGraph = { nodes: [], edges: [], groups: [], output: answer.output, standsFor: new Map() };
  return new Lookup({ answer, visible, operations, openGroups: new Set() }).groupGate(group);
}

/** Open and closed form of a composite give the same numbers, up to rounding. */
const AGREEMENT = 1e-12;

class Lookup {
  private readonly nodes: ReadonlyMap<string, GraphNode>;
  private readonly shown: ReadonlyMap<string, VisibleNode>;

  constructor(private readonly source: Source) {
    this.nodes = nodesById(source.answer);
    this.shown = new Map(source.visible.nodes.map((node) => [node.id, node]));
  }

  node(id: string): Subject | null {
    const { openGroups, answer } = this.source;
    const shown = this.shown.get(id);
    if (shown?.kind === 'output') return this.output(shown);
    if (shown?.kind === 'leaf') return this.leaf(shown);
    const group = answer.groups.find((one) => one.id === id);
    const gate = shown ? this.gate(shown) : group ? this.groupGate(group) : null;
    if (!gate) return null;
    return {
      ...this.common(gate.node.id),
      kind: 'gate',
      gate,
      uses: this.uses(id),
      operandUses: gate.operands.map(({ visible }) => this.countUses(visible)),
      onPath: shown?.onPath ?? true,
      open: group !== undefined && openGroups.has(id),
      agrees: group ? this.agrees(group) : null,
    };
  }

  /** What the inner gates send to each operand is compared with what the closed gate sends. */
  private agrees(group: Group): boolean | null {
    const { answer } = this.source;
    const parents = new Map(answer.groups.map((one) => [one.id, one.group]));
    const isInside = (id: string | null | undefined): boolean => {
      for (let at = id; at !== null && at !== undefined; at = parents.get(at)) if (at === group.id) return true;
      return false;
    };
    const open = flowsTo(answer.edges.filter(({ target }) => isInside(this.nodes.get(target)?.group)));
    const closed = flowsTo(group.edges);
    // Entries that are not listed cannot be compared.
    if (group.operands.some((source) => open.get(source) === null || closed.get(source) === null)) return null;
    return [...closed].every(([source, flow]) =>
      (flow ?? []).every((one, at) => {
        const other = open.get(source)?.[at] ?? 0;
        return Object.is(one, other) || Math.abs(one - other) <= AGREEMENT * Math.max(1, Math.abs(one));
      }),
    );
  }

  edge({ source, target, operand }: Extract<Selection, { kind: 'edge' }>): Subject | null {
    const shown = this.shown.get(target);
    if (shown?.kind === 'output') return this.output(shown);
    const gate = shown && this.gate(shown);
    const found = gate?.operands.find(({ position, visible }) => position === operand && visible === source);
    if (!gate || !found) return null;
    return { ...this.common(gate.node.id), kind: 'edge', gate, operand: found, operandUses: this.countUses(source) };
  }

  private output(shown: VisibleNode): OutputSubject {
    const { answer } = this.source;
    const last = this.shown.get(this.source.visible.standsFor.get(shown.node.id) ?? shown.node.id);
    const statement = answer.statements.find(({ node }) => node === shown.node.id);
    return {
      ...this.common(shown.node.id),
      kind: 'output',
      node: shown.node,
      gate: last?.kind === 'gate' ? this.gate(last) : null,
      other: shown.id !== OUTPUT,
      latex: statement?.latex ?? null,
    };
  }

  private leaf(shown: VisibleNode): LeafSubject {
    return {
      ...this.common(shown.id),
      kind: 'leaf',
      node: shown.node,
      defaulted: shown.name !== null && this.source.answer.defaulted.includes(shown.name),
      uses: this.uses(shown.id),
      onPath: shown.onPath,
    };
  }

  private common(id: string): Common {
    const { answer, visible } = this.source;
    const first = answer.warnings.find(({ code, node }) => code === 'not-finite' && node !== null);
    const place = first?.node ? visible.standsFor.get(first.node) : undefined;
    const isHere = place === (visible.standsFor.get(id) ?? id);
    return {
      output: this.nodes.get(answer.output) ?? (answer.nodes.at(-1) as GraphNode),
      conventions: answer.conventions,
      warnings: answer.warnings.filter(({ node }) => node === id),
      kinks: answer.kinks.filter(({ node }) => node === id),
      remarks: answer.remarks.filter(({ node }) => node === id),
      firstNotFinite: place === undefined || isHere ? null : (this.shown.get(place) ?? null),
    };
  }

  private uses(id: string): Use[] {
    return this.source.visible.edges.flatMap((edge) => {
      const target = edge.source === id ? this.shown.get(edge.target) : undefined;
      if (!target || target.kind === 'output') return [];
      const gate = this.gate(target);
      const operand = gate.operands.find(({ position }) => position === edge.operand);
      return operand ? [{ gate, operand }] : [];
    });
  }

  private countUses(id: string): number {
    return this.source.visible.edges.filter(
      ({ source, target }) => source === id && this.shown.get(target)?.kind !== 'output',
    ).length;
  }

  private gate(shown: VisibleNode): Gate {
    const edges = shown.group ? shown.group.edges : this.source.answer.edges.filter(({ target }) => target === shown.id);
    return this.gateFrom(shown.id, shown.node, shown.group, shown.op, edges, shown);
  }

  groupGate(group: Group): Gate | null {
    const inside = this.nodes.get(group.output);
    const node = inside && group.tensor ? { ...inside, tensor: group.tensor } : inside;
    return node ? this.gateFrom(group.id, node, group, group.op, group.edges, null) : null;
  }

  private gateFrom(
    id: string,
    node: GraphNode,
    group: Group | null,
    op: string | null,
    edges: readonly GraphEdge[],
    shown: VisibleNode | null,
  ): Gate {
    const operands = this.operands(edges, this.source.operations.get(op ?? '') ?? null);
    const operation = typesetFor(this.source.operations.get(op ?? ''), operands.map((one) => one.node.tensor !== undefined)) ?? null;
    return {
      id,
      node,
      group,
      operation,
      title: operation?.title ?? group?.title ?? op ?? '',
      symbol: shown?.symbol ?? operation?.symbol ?? group?.name ?? '',
      glyph: shown ? shown.glyph : (operation?.glyph ?? null),
      composite: group !== null || (operation?.composite ?? false),
      folded: shown?.folded?.operand ?? null,
      attributes: attributesOf(node, group, operation),
      value: group?.value ?? node.value,
      gradient: group ? group.gradient : node.gradient,
      operands,
    };
  }

  private operands(edges: readonly GraphEdge[], operation: Operation | null): Operand[] {
    const { visible } = this.source;
    return [...edges]
      .sort((one, other) => one.operand - other.operand)
      .flatMap((edge): Operand[] => {
        const node = this.nodes.get(edge.source);
        if (!node) return [];
        const rule = operation?.local[operation.variadic ? 0 : edge.operand] ?? null;
        return [
          {
            position: edge.operand,
            node,
            visible: visible.standsFor.get(node.id) ?? node.id,
            local: edge.local,
            upstream: edge.upstream,
            downstream: edge.downstream,
            rule,
            constant: node.kind === 'constant',
          },
        ];
      });
  }
}

/** What edges carry to each source together, entry by entry; null where some of it is too large to be listed. */
function flowsTo(edges: readonly GraphEdge[]): Map<string, number[] | null> {
  const flows = new Map<string, number[] | null>();
  for (const { source, downstream, tensor } of edges) {
    const flow = tensor ? tensor.entries : [downstream ?? 0];
    const before = flows.get(source);
    if (before === undefined) flows.set(source, flow && [...flow]);
    else flows.set(source, before && flow && before.map((one, at) => one + (flow[at] ?? 0)));
  }
  return flows;
}

function attributesOf(node: GraphNode, group: Group | null, operation: Operation | null): Readonly<Record<string, unknown>> {
  const own = group ? (group as { attributes?: Readonly<Record<string, unknown>> }).attributes : node.attributes;
  return { ...operation?.attributes, ...own };
}

const indexes = new WeakMap<Answer, ReadonlyMap<string, GraphNode>>();

function nodesById(answer: Answer): ReadonlyMap<string, GraphNode> {
  let index = indexes.get(answer);
  if (!index) {
    index = new Map(answer.nodes.map((node) => [node.id, node]));
    indexes.set(answer, index);
  }
  return index;
}

/** Operands that come from one node together: `x * x` has one group for its two edges. */
export function operandsBySource(operands: readonly Operand[]): Operand[][] {
  const groups = new Map<string, Operand[]>();
  for (const operand of operands) {
    const group = groups.get(operand.node.id);
    if (group) group.push(operand);
    else groups.set(operand.node.id, [operand]);
  }
  return [...groups.values()];
}
