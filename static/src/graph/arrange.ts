/** From the visible graph to the question that the layout engine is asked: sizes and the room that texts need. */
import type { Operation } from '../api/model';
import type { LayoutEdge, LayoutGraph, LayoutGroup, LayoutNode } from '../layout';
import type { Anatomy } from './anatomy';
import type { Figures } from './figures';
import type { Identities } from './identity';
import { SIZES, type Measure } from './measure';
import type { VisibleGraph, VisibleNode } from './visible';

/** Between a gate's name and the word of its pattern. */
export const CAPTION_GAP = 8;
export const BADGE_GAP = 6;
const BADGE_PADDING = 6;
/** Reserved widths grow in steps, so that a drag moves nothing until a number is really longer. */
const STEP = 12;
/** Room for this much is always kept, so that a change of sign moves nothing. */
const LEAST_LABEL = '−0.00';

/** Width reserved for a label, by drawn key; it grows with the number and shrinks only when the program is edited. */
export type Reserved = Map<string, number>;

export interface ArrangeInput {
  graph: VisibleGraph;
  identities: Identities;
  anatomy: ReadonlyMap<string, Anatomy>;
  figures: Figures;
  operations: ReadonlyMap<string, Operation>;
  /** The layer Patterns is on: its words stand beside the names. */
  patterns: boolean;
  measure: Measure;
  /** Width of what an open group says in its top edge and at its foot, by group id. */
  frames?: ReadonlyMap<string, { title: number; foot: number }>;
}

export function badgeWidth(text: string, measure: Measure): number {
  return measure.width(text, 'caption', SIZES.badge) + 2 * BADGE_PADDING;
}

/** Width of what stands above or below a node's rail. */
export function labelWidth(id: string, figures: Figures, measure: Measure): number {
  const badge = figures.defaulted.has(id) ? BADGE_GAP + badgeWidth('default', measure) : 0;
  const value = figures.values.get(id);
  const gradient = figures.gradients.get(id);
  const width = (text: string | undefined): number => (text ? measure.width(text, 'number', SIZES.number) : 0);
  return Math.max(width(value?.text) + badge, width(gradient?.text));
}

export function wordOf(node: VisibleNode, operations: ReadonlyMap<string, Operation>): string | null {
  return node.kind === 'gate' ? (operations.get(node.op ?? '')?.pattern?.word ?? null) : null;
}

export function arrange(input: ArrangeInput, reserved: Reserved): LayoutGraph {
  const { graph, identities, figures, measure } = input;
  const key = (id: string): string => identities.keys.get(id) ?? id;
  const least = measure.width(LEAST_LABEL, 'number', SIZES.number);
  const nodes = graph.nodes.map((node): LayoutNode => {
    const shape = input.anatomy.get(node.id);
    const cells = shape?.cells ?? null;
    const needed = node.kind === 'output' || cells ? 0 : labelWidth(node.id, figures, measure);
    const isBeside = cells?.place === 'beside';
    return {
      ...(cells?.place === 'wire' ? { tall: cells.height } : {}),
      ...(cells && cells.place !== 'wire' ? { card: true } : {}),
      ...(shape?.hang ? { hang: shape.hang } : {}),
      ...(shape && isBeside ? { core: shape.height } : {}),
      id: key(node.id),
      width: (isBeside ? cells.width : shape?.width) ?? 0,
      height: (isBeside ? cells.height : shape?.height) ?? 0,
      kind: node.kind,
      fixedOrder: keepsOrder(node, input.operations),
      label: cells?.place === 'wire' ? cells.width : needed === 0 ? 0 : reserve(reserved, key(node.id), needed, least),
      name: nameWidth(node, shape, input),
    };
  });
  const edges = graph.edges.map((edge): LayoutEdge => {
    const branch = figures.branches.get(edge.id);
    const id = drawnEdge(identities, edge);
    const needed = branch ? measure.width(branch.text, 'number', SIZES.branch) : 0;
    return {
      id,
      source: key(edge.source),
      target: key(edge.target),
      operand: edge.operand,
      label: needed === 0 ? 0 : reserve(reserved, id, needed, least),
    };
  });
  if (graph.groups.length === 0) return { nodes, edges };
  const groups = graph.groups.map(({ group, parent, nodes: inside }): LayoutGroup => {
    const id = groupKey(input, group.id);
    const frame = input.frames?.get(group.id) ?? { title: 0, foot: 0 };
    return {
      id,
      nodes: inside.map(key),
      parent: parent === null ? null : groupKey(input, parent),
      title: frame.title,
      foot: reserve(reserved, id, frame.foot, 0),
    };
  });
  return { nodes, edges, groups };
}

/** Key of an open group: that of its last gate, which survives an edit, and how many groups it is the last gate of. */
export function groupKey({ graph, identities }: Pick<ArrangeInput, 'graph' | 'identities'>, id: string): string {
  const at = graph.groups.findIndex(({ group }) => group.id === id);
  const output = graph.groups[at]?.group.output ?? id;
  const outer = graph.groups.slice(0, at).filter(({ group }) => group.output === output).length;
  const exit = graph.standsFor.get(output) ?? output;
  return `group-${String(outer)}-${identities.keys.get(exit) ?? exit}`;
}

/** Key of a drawn edge: it survives an edit when both of its ends do. */
export function drawnEdge(identities: Identities, edge: { source: string; target: string; operand: number }): string {
  const key = (id: string): string => identities.keys.get(id) ?? id;
  return `${key(edge.source)}>${key(edge.target)}:${String(edge.operand)}`;
}

function reserve(reserved: Reserved, key: string, needed: number, least: number): number {
  const before = reserved.get(key) ?? least;
  const width = needed <= before ? before : Math.ceil(needed / STEP) * STEP;
  reserved.set(key, width);
  return width;
}

function nameWidth(node: VisibleNode, shape: Anatomy | undefined, { patterns, operations, measure }: ArrangeInput): number {
  const name = shape?.name?.width ?? 0;
  const word = patterns ? wordOf(node, operations) : null;
  if (word === null) return name;
  const caption = measure.width(word, 'caption', SIZES.caption);
  // The name stays in the middle of its gate and the word follows it, so the box around both is wider to the left too.
  return name === 0 ? caption : name + 2 * (CAPTION_GAP + caption);
}

/** Sums and products may change the order of their operands in large graphs; all others never. */
function keepsOrder(node: VisibleNode, operations: ReadonlyMap<string, Operation>): boolean {
  const symbol = operations.get(node.op ?? '')?.symbol;
  return node.operands.length > 1 && symbol !== '+' && symbol !== '×';
}

export function sameArrangement(one: LayoutGraph, other: LayoutGraph): boolean {
  return (
    one.nodes.length === other.nodes.length &&
    one.edges.length === other.edges.length &&
    one.nodes.every((node, i) => sameFields(node, other.nodes[i])) &&
    one.edges.every((edge, i) => sameFields(edge, other.edges[i])) &&
    sameGroups(one.groups ?? [], other.groups ?? [])
  );
}

function sameGroups(some: readonly LayoutGroup[], others: readonly LayoutGroup[]): boolean {
  const flat = (groups: readonly LayoutGroup[]): string =>
    groups.map(({ id, nodes, parent, title, foot }) => [id, parent, title, foot, ...nodes].join()).join(';');
  return some.length === others.length && flat(some) === flat(others);
}

function sameFields<T extends object>(one: T, other: T | undefined): boolean {
  return other !== undefined && (Object.keys(one) as (keyof T)[]).every((field) => one[field] === other[field]);
}
