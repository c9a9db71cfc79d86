/**
 * Program lines as gates: every line of several gates becomes a group around them, which folds and opens as the
 * composites do. Pure: the answer of the API in, the same answer with these groups out.
 *
 * A line's local gradient is the sum over the paths inside it: one reverse sweep over its gates, from its result.
 */
import type { Answer, GraphEdge, GraphNode, Group } from './api/model';

const PREFIX = 'line_';

export const isLine = ({ id }: Pick<Group, 'id'>): boolean => id.startsWith(PREFIX);

const shown = new WeakMap<Answer, Answer>();

/** The answer with its lines as groups; the same object for the same answer. */
export function withLines(answer: Answer): Answer {
  let made = shown.get(answer);
  if (!made) {
    made = fold(answer);
    shown.set(answer, made);
  }
  return made;
}

/** The answer as it came, without these groups. */
export function withoutLines(answer: Answer): Answer {
  if (!answer.groups.some(isLine)) return answer;
  const kept = (group: string | null): string | null => (group?.startsWith(PREFIX) ? null : group);
  return {
    ...answer,
    nodes: answer.nodes.map((node) => ({ ...node, group: kept(node.group) })),
    groups: answer.groups.filter((group) => !isLine(group)).map((group) => ({ ...group, group: kept(group.group) })),
  };
}

function fold(answer: Answer): Answer {
  const incoming = new Map<string, GraphEdge[]>();
  for (const edge of answer.edges) append(incoming, edge.target, edge);
  const lineOf = linesOf(answer);
  const inside = new Map<string, GraphNode[]>();
  for (const node of answer.nodes) {
    const line = lineOf.get(node.id);
    if (line !== undefined) append(inside, line, node);
  }
  const tensors = new Set(answer.nodes.filter((node) => node.tensor).map(({ id }) => id));
  const lines = new Map<string, Group>();
  for (const [output, nodes] of inside) if (gatesIn(nodes) > 1 && !readsTensors(nodes, incoming, tensors)) lines.set(output, lineGroup(answer, nodes, incoming));
  const around = (id: string): string | null => lines.get(lineOf.get(id) ?? '')?.id ?? null;
  return {
    ...answer,
    nodes: answer.nodes.map((node) => (node.group === null ? { ...node, group: around(node.id) } : node)),
    groups: [
      ...lines.values(),
      ...answer.groups.map((group) => (group.group === null ? { ...group, group: around(group.output) } : group)),
    ],
  };
}

/** For every gate and every literal of a line: the id of the line's result. Unnamed gates belong to the line that uses them. */
function linesOf({ nodes, edges, statements, outputs }: Answer): Map<string, string> {
  const named = nodes.filter(({ name, group }) => name !== null && group === null).map(({ id }) => id);
  const results = new Set([...outputs, ...named, ...statements.flatMap(({ node }) => (node === null ? [] : [node]))]);
  const users = new Map<string, string>();
  for (const { source, target } of edges) users.set(source, target);
  const lines = new Map<string, string>();
  for (const node of [...nodes].reverse()) {
    if (node.kind === 'operation' && results.has(node.id)) lines.set(node.id, node.id);
    else if (node.kind === 'operation' || (node.kind === 'constant' && node.name === null)) {
      const line = lines.get(users.get(node.id) ?? '');
      if (line !== undefined) lines.set(node.id, line);
    }
  }
  return lines;
}

/** The sum over the paths of a line is a number only where numbers flow; a line with tensors stays open. */
function readsTensors(
  nodes: readonly GraphNode[], incoming: ReadonlyMap<string, readonly GraphEdge[]>, tensors: ReadonlySet<string>,
): boolean {
  if (tensors.size === 0) return false;
  return nodes.some(({ id }) => tensors.has(id) || (incoming.get(id) ?? []).some(({ source }) => tensors.has(source)));
}

/** Gates as they are drawn while composites are closed; a literal folds into its gate and is none. */
function gatesIn(nodes: readonly GraphNode[]): number {
  const gates = nodes.filter(({ kind }) => kind === 'operation').map(({ id, group }) => group ?? id);
  return new Set(gates).size;
}

function lineGroup(answer: Answer, nodes: readonly GraphNode[], incoming: ReadonlyMap<string, readonly GraphEdge[]>): Group {
  const output = nodes.at(-1) as GraphNode;
  const id = PREFIX + output.id;
  const locals = localsOf(nodes, incoming);
  const edges = [...locals].map(([source, local], operand) => {
    const downstream = local === null || output.gradient === null ? null : output.gradient * local;
    return { source, target: id, operand, local, upstream: output.gradient, downstream };
  });
  const statement = answer.statements.find(({ node }) => node === output.id);
  return {
    id,
    // The sum of a weighted neuron is what readers look for.
    name: output.op === 'add' ? 'Σ' : 'ƒ',
    op: null,
    title: 'Program line',
    group: null,
    operands: [...locals.keys()],
    output: output.id,
    value: output.value,
    gradient: output.gradient,
    edges,
    latex: statement ? rightHandSide(statement.latex) : null,
    span: statement?.span ?? (output.span as Group['span']),
    attributes: {},
    written: false,
  };
}

/** d result / d source for every source outside the line, in the order in which the line writes them; null for constants. */
function localsOf(nodes: readonly GraphNode[], incoming: ReadonlyMap<string, readonly GraphEdge[]>): Map<string, number | null> {
  const inner = new Set(nodes.map(({ id }) => id));
  const locals = new Map<string, number | null>();
  for (const { id } of nodes) for (const { source } of incoming.get(id) ?? []) if (!inner.has(source)) locals.set(source, null);
  const adjoints = new Map<string, number>([[nodes.at(-1)?.id ?? '', 1]]);
  for (const { id } of [...nodes].reverse()) {
    const adjoint = adjoints.get(id);
    if (adjoint === undefined) continue;
    for (const { source, local } of incoming.get(id) ?? []) {
      if (local === null) continue;
      if (inner.has(source)) adjoints.set(source, (adjoints.get(source) ?? 0) + adjoint * local);
      else locals.set(source, (locals.get(source) ?? 0) + adjoint * local);
    }
  }
  return locals;
}

/** `z_{a} = x_{1} w_{1}` without its left side: the first `=` that stands outside of braces. */
function rightHandSide(latex: string): string {
  let depth = 0;
  for (let at = 0; at < latex.length; at += 1) {
    if (latex[at] === '{') depth += 1;
    if (latex[at] === '}') depth -= 1;
    if (latex[at] === '=' && depth === 0) return latex.slice(at + 1).trim();
  }
  return latex;
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
