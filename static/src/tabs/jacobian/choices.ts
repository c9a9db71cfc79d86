/** Which outputs and leaves can be picked, and which of the reader's picks the program has. Pure. */
import type { Answer } from '../../api/model';
import type { TabChoices } from '../../state';
import type { CheckItem } from './parts';
import type { Matrix } from './view';

/** Leaves of a Hessian: the API takes no more. */
export const MOST_HESSIAN_LEAVES = 50;

type Picks = Pick<TabChoices, 'outputs' | 'leaves' | 'matrix' | 'cell' | 'backwardGraph'>;

/** The reader's picks that are nodes of the program; none are all of them. */
function known(names: readonly string[], { nodes }: Answer): string[] {
  if (names.length === 0) return [];
  const labels = new Set(nodes.map(({ label }) => label));
  return names.filter((name) => labels.has(name) || labels.has(nodeOf(name)));
}

/** The node of an entry: W1 of `W1[0, 1]`. */
const nodeOf = (name: string): string => name.replace(/\s*\[[^\]]*\]$/, '');

type Node = Answer['nodes'][number];

const isTensor = ({ tensor }: Node): boolean => tensor !== undefined;
const sizeOf = ({ shape }: Node): number => shape.reduce((product, one) => product * one, 1);

/** Among tensors one node by what it is computed from says more than all outputs by all leaves: the selected one, else the last. */
function tensorPicks(answer: Answer, chosen: readonly string[], selected: string | null): { outputs?: string[]; leaves?: string[] } {
  const { nodes } = answer;
  const named = nodes.filter((node) => node.kind === 'operation' && node.name !== null && node.gradient !== null && isTensor(node));
  const node = chosen.length > 0
    ? nodes.find(({ label }) => label === nodeOf(chosen[0] ?? ''))
    : (named.find(({ id }) => id === selected) ?? named.at(-1));
  if (!node) return {};
  const sources = sourcesOf(answer, node);
  const first = sources.find(isTensor) ?? sources[0];
  if (!first) return {};
  // All of them where they fit beside each other, else the first one.
  const all = sources.reduce((sum, one) => sum + sizeOf(one), 0) <= MOST_TOGETHER ? sources : [first];
  return { ...(chosen.length > 0 ? {} : { outputs: [node.label] }), leaves: all.map(({ label }) => label) };
}

/** The named nodes and leaves that a node is computed from, through gates without a name; composites may stand open. */
function sourcesOf({ nodes }: Answer, start: Node): Node[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Set<Node>();
  const seen = new Set<string>();
  const waiting = [...start.operands].reverse();
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = byId.get(id);
    if (!node || node.gradient === null || seen.has(id)) continue;
    seen.add(id);
    if (node.name !== null || node.kind !== 'operation') found.add(node);
    else waiting.push(...[...node.operands].reverse());
  }
  return [...found];
}

/** Columns that are read at one glance. */
const MOST_TOGETHER = 12;

const isVariable = ({ kind, gradient }: Answer['nodes'][number]): boolean => kind !== 'operation' && gradient !== null;

export function jacobianExtra(answer: Answer, picks: Picks, selected: string | null = null): Record<string, unknown> | null {
  if (picks.matrix !== 'jacobian') return null;
  const [outputs, leaves] = [known(picks.outputs, answer), known(picks.leaves, answer)];
  const row = picks.cell && known([picks.cell.row], answer)[0];
  const isRow = row !== undefined && row !== null && (outputs.length === 0 || outputs.includes(row));
  const withTensors = answer.nodes.some(isTensor);
  return {
    ...(withTensors && leaves.length === 0 ? tensorPicks(answer, outputs, selected) : {}),
    ...(outputs.length > 0 ? { outputs } : {}),
    ...(leaves.length > 0 ? { leaves } : {}),
    ...(isRow && !withTensors ? { row } : {}),
    graph: true,
  };
}

export function hessianExtra(answer: Answer, picks: Picks): Record<string, unknown> | null {
  if (picks.matrix !== 'hessian') return null;
  const [outputs, leaves] = [known(picks.outputs, answer), known(picks.leaves, answer)];
  const all = answer.nodes.filter(isVariable).map(({ label }) => label);
  const given = leaves.length > 0 ? leaves : all.length > MOST_HESSIAN_LEAVES ? all.slice(0, MOST_HESSIAN_LEAVES) : [];
  return {
    ...(outputs[0] !== undefined ? { node: outputs[0] } : {}),
    ...(given.length > 0 ? { leaves: given } : {}),
    graph: true,
  };
}

/** The backward pass of the output in question; null while it is not on show. */
export function backwardExtra(output: string | null, picks: Picks): Record<string, unknown> | null {
  return picks.backwardGraph && output !== null ? { node: output } : null;
}

/**
 * The names to check in both menus: final results, then named gates; leaves, then gates that may vary alone. Checked are
 * the reader's picks, which the matrix may not have followed yet; without any, what it shows.
 */
export function menuItems(answer: Answer, matrix: Matrix, picks: Picks): { outputs: CheckItem[]; leaves: CheckItem[] } {
  const used = new Set(answer.edges.map(({ source }) => source));
  const gates = answer.nodes.filter(
    ({ kind, name, id, group }) => kind === 'operation' && (name !== null || (!used.has(id) && group === null)),
  );
  const [finals, inner] = [gates.filter(({ id }) => !used.has(id)), gates.filter(({ id }) => used.has(id))];
  const shown = (matrix.hessian ? [matrix.hessian.output] : matrix.outputs).map(labelOf);
  const outputs = known(picks.outputs, answer);
  const leaves = known(picks.leaves, answer);
  return {
    outputs: itemsOf(finals.map(labelOf), inner.map(labelOf), 'inner node', outputs.length > 0 ? firstOf(outputs, matrix) : shown),
    leaves: itemsOf(
      answer.nodes.filter(isVariable).map(labelOf), inner.map(labelOf), 'varied alone',
      leaves.length > 0 ? leaves : matrix.leaves.map(labelOf),
    ),
  };
}

/** A Hessian has one output. */
const firstOf = (names: readonly string[], matrix: Matrix): readonly string[] => (matrix.hessian ? names.slice(0, 1) : names);

const labelOf = ({ label }: { label: string }): string => label;

/** The names, and behind them those that only a link has picked. */
function itemsOf(first: readonly string[], second: readonly string[], title: string, checked: readonly string[]): CheckItem[] {
  const names = [...new Set([...first, ...second, ...checked])];
  const [late, on] = [new Set(second), new Set(checked)];
  return names.map((label) => ({ label, title: late.has(label) ? title : '', checked: on.has(label) }));
}
