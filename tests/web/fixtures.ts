/** Answers made by hand, for tests of the page that need no server: a small evaluator over a list of gates. */
import type { Answer, GraphEdge, GraphNode, Group, NodeKind, Operation } from '../../static/src/api/model';

interface Rule {
  symbol: string;
  glyph?: string;
  folded?: (string | null)[];
  pattern?: string;
  composite?: boolean;
  value: (x: number[]) => number;
  local: (x: number[], out: number) => number[];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const RULES: Record<string, Rule> = {
  add: {
    symbol: '+', folded: ['+#c', '+#c'], pattern: 'distributor',
    value: ([x = 0, y = 0]) => x + y, local: () => [1, 1],
  },
  sub: { symbol: '−', folded: ['#c−x', '−#c'], value: ([x = 0, y = 0]) => x - y, local: () => [1, -1] },
  mul: {
    symbol: '×', folded: ['×#c', '×#c'], pattern: 'switcher',
    value: ([x = 0, y = 0]) => x * y, local: ([x = 0, y = 0]) => [y, x],
  },
  div: {
    symbol: '÷', folded: ['#c/x', '÷#c'],
    value: ([x = 0, y = 0]) => x / y, local: ([, y = 0], out) => [1 / y, -out / y],
  },
  pow: {
    symbol: 'xʸ', folded: ['#c^x', 'x^#c'],
    value: ([x = 0, y = 0]) => x ** y, local: ([x = 0, y = 0], out) => [y * x ** (y - 1), out * Math.log(x)],
  },
  neg: { symbol: '×−1', value: ([x = 0]) => -x, local: () => [-1] },
  exp: { symbol: 'eˣ', pattern: 'scaler', value: ([x = 0]) => Math.exp(x), local: (_, out) => [out] },
  log: { symbol: 'ln', pattern: 'scaler', value: ([x = 0]) => Math.log(x), local: ([x = 0]) => [1 / x] },
  max: {
    symbol: 'max', pattern: 'router',
    value: (x) => Math.max(...x),
    local: (x, out) => x.map((one) => (one === out ? 1 / x.filter((other) => other === out).length : 0)),
  },
  sigmoid: {
    symbol: 'σ', glyph: 'sigmoid', composite: true, pattern: 'scaler',
    value: ([x = 0]) => sigmoid(x), local: (_, out) => [out * (1 - out)],
  },
};

function operation(name: string, rule: Rule): Operation {
  return {
    name,
    title: name,
    operands: ['x', 'y'],
    variadic: name === 'max',
    attributes: {},
    aliases: [],
    notation: '',
    latex: '',
    symbol: rule.symbol,
    glyph: rule.glyph ?? null,
    folded: rule.folded ?? [null, null],
    pattern: rule.pattern
      ? { name: rule.pattern, title: `Gradient ${rule.pattern}`, word: rule.pattern, sentence: '' }
      : null,
    says: '',
    reuse: null,
    expansion: rule.composite ? '1 / (1 + exp(-x))' : null,
    composite: rule.composite ?? false,
    kinks: null,
    kink_sentence: null,
    convention: null,
    local: [],
    code: {},
  } as unknown as Operation;
}

/** The entries of the registry that the fixtures use. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  Object.entries(RULES).map(([name, rule]) => [name, operation(name, rule)]),
);

/** One line of a fixture: a leaf by its value, a literal by its text, a gate by operation and operands. */
export type Line =
  | { leaf: string; value: number; role?: NodeKind }
  | { literal: string }
  | { op: string; of: string[]; name?: string; group?: string };

/** A composite around nodes whose lines name it, closed by its own operation. */
export interface GroupLine {
  id: string;
  op: string;
  of: string[];
  output: string;
  group?: string;
  written?: boolean;
}

const parameter = /^(w|b)\d*$/;

/**
 * The answer for lines in topological order. A line's id is n0, n1, … by position; leaves and named gates can be used
 * by name, all others by id. The last line is the output.
 */
export function answerOf(lines: readonly Line[], groupLines: readonly GroupLine[] = []): Answer {
  const ids = new Map<string, string>();
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  let automatic = 0;
  lines.forEach((line, index) => {
    const id = `n${String(index)}`;
    ids.set(id, id);
    const last = index === lines.length - 1;
    if ('op' in line) {
      const operands = line.of.map((name) => ids.get(name) ?? name);
      const inputs = operands.map((operand) => nodes[Number(operand.slice(1))]?.value ?? NaN);
      const rule = RULES[line.op];
      if (!rule) throw new Error(`The fixtures have no operation ${line.op}.`);
      const value = rule.value(inputs);
      const label = line.name ?? (last ? 'f' : `s${String(automatic++)}`);
      if (line.name) ids.set(line.name, id);
      nodes.push(node(id, 'operation', line.op, operands, line.name ?? null, label, value, line.group ?? null));
      rule.local(inputs, value).slice(0, operands.length).forEach((local, operand) => {
        edges.push({ source: operands[operand] ?? '', target: id, operand, local, upstream: 0, downstream: 0 });
      });
    } else if ('leaf' in line) {
      ids.set(line.leaf, id);
      const kind = line.role ?? (parameter.test(line.leaf) ? 'parameter' : 'input');
      nodes.push(node(id, kind, null, [], line.leaf, line.leaf, line.value, null));
    } else {
      nodes.push(node(id, 'constant', null, [], null, line.literal, Number(line.literal), null));
    }
  });
  reverse(nodes, edges);
  const output = nodes.at(-1)?.id ?? '';
  const groups = groupLines.map((line) => groupOf(line, nodes, ids));
  return {
    output,
    outputs: [output],
    nodes,
    edges,
    groups,
    statements: [],
    notation: 'chainrule',
    rewritten: null,
    gradients: {},
    values: {},
    defaulted: [],
    warnings: [],
    kinks: [],
    remarks: [],
    conventions: { relu_at_zero: 0, ties: 'split', abs_at_zero: 0 },
  };
}

function node(
  id: string,
  kind: NodeKind,
  op: string | null,
  operands: string[],
  name: string | null,
  label: string,
  value: number,
  group: string | null,
): GraphNode {
  const latex = /^[a-z]\d+$/i.test(label) ? `${label[0] ?? ''}_{${label.slice(1)}}` : label;
  return {
    id, kind, op, operands, attributes: {}, name, label, latex, shape: [], value, gradient: 0, depth: 0, group, span: null,
    value_span: null,
  };
}

/** Reverse pass: fills in the gradients of nodes and edges; literals get none, as in the API. */
function reverse(nodes: GraphNode[], edges: GraphEdge[]): void {
  const gradient = new Map<string, number>([[nodes.at(-1)?.id ?? '', 1]]);
  for (const { id } of [...nodes].reverse()) {
    for (const edge of edges.filter(({ target }) => target === id)) {
      const upstream = gradient.get(id) ?? 0;
      const downstream = upstream * (edge.local ?? 0);
      Object.assign(edge, { upstream, downstream });
      gradient.set(edge.source, (gradient.get(edge.source) ?? 0) + downstream);
    }
  }
  for (const one of nodes) Object.assign(one, { gradient: one.kind === 'constant' ? null : (gradient.get(one.id) ?? 0) });
}

function groupOf(line: GroupLine, nodes: readonly GraphNode[], ids: ReadonlyMap<string, string>): Group {
  const operands = line.of.map((name) => ids.get(name) ?? name);
  const outputId = ids.get(line.output) ?? line.output;
  const output = nodes.find(({ id }) => id === outputId);
  const inputs = operands.map((id) => nodes.find((one) => one.id === id)?.value ?? NaN);
  const rule = RULES[line.op];
  if (!output || !rule) throw new Error(`The group ${line.id} names no output or operation that exists.`);
  const upstream = output.gradient ?? 0;
  const edges = rule.local(inputs, output.value).slice(0, operands.length).map((local, operand) => ({
    source: operands[operand] ?? '', target: line.id, operand, local, upstream, downstream: upstream * local,
  }));
  return {
    id: line.id, name: output.name ?? '', op: line.op, title: line.op, group: line.group ?? null, operands, output: outputId,
    value: output.value, gradient: output.gradient, latex: null, span: output.span ?? { start: 0, end: 0, line: 1, column: 1 },
    attributes: {}, written: line.written ?? false, edges,
  };
}

/** f = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2))), the lecture's second example. */
export function sigmoidNeuron(): Answer {
  return answerOf([
    { literal: '1' },
    { leaf: 'w0', value: 2 },
    { leaf: 'x0', value: -1 },
    { op: 'mul', of: ['w0', 'x0'] },
    { leaf: 'w1', value: -3 },
    { leaf: 'x1', value: -2 },
    { op: 'mul', of: ['w1', 'x1'] },
    { op: 'add', of: ['n3', 'n6'] },
    { leaf: 'w2', value: -3 },
    { op: 'add', of: ['n7', 'w2'] },
    { op: 'neg', of: ['n9'] },
    { op: 'exp', of: ['n10'] },
    { literal: '1' },
    { op: 'add', of: ['n12', 'n11'] },
    { op: 'div', of: ['n0', 'n13'] },
  ]);
}

/** f = sigmoid(w*x) with the sigmoid sent open: group g0. */
export function openSigmoid(): Answer {
  return answerOf(
    [
      { leaf: 'w', value: 0.5 },
      { leaf: 'x', value: 2 },
      { op: 'mul', of: ['w', 'x'] },
      { op: 'neg', of: ['n2'], group: 'g0' },
      { op: 'exp', of: ['n3'], group: 'g0' },
      { op: 'add', of: ['n4', 'n4'], group: 'g0' },
      { op: 'neg', of: ['n5'], group: 'g0', name: 'y' },
      { op: 'exp', of: ['y'] },
    ],
    [{ id: 'g0', op: 'sigmoid', of: ['n2'], output: 'n6' }],
  );
}

/** f = (x + y) * max(y, z) with x = 1, y = 2, z = 0. */
export function patterns(): Answer {
  return answerOf([
    { leaf: 'x', value: 1 },
    { leaf: 'y', value: 2 },
    { op: 'add', of: ['x', 'y'] },
    { leaf: 'z', value: 0 },
    { op: 'max', of: ['y', 'z'] },
    { op: 'mul', of: ['n2', 'n4'] },
  ]);
}

/** f = x * x. */
export function squared(): Answer {
  return answerOf([{ leaf: 'x', value: 3 }, { op: 'mul', of: ['x', 'x'] }]);
}
