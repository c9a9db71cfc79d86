/** What the inspector says of tensors: shapes, the rule of each operand, and the matrices that it multiplies. Pure. */
import type { Answer, GraphEdge, GraphNode, Operation, Remark, Tensor } from '../api/model';
import { shapeText } from '../graph/cell-sizes';
import type { PairsOf } from './cell-sources';
import type { Gate, Operand, Subject, Use } from './subject';
import { jacobianBlock } from './jacobian-block';
import { addedUp, carried } from './tensor-parts';
import { windowBlocks, withWindow } from './tensor-windows';
import { axesText, repeatedAxes, repeatedSentence, sumText, summedTerms } from './tensor-sums';

export interface Matrix {
  /** Of what it is, as LaTeX. */
  latex: string;
  kind: 'value' | 'gradient' | 'local';
  tensor: Tensor;
  /** Id of the node whose value or whole gradient it is, or that it is a part of. */
  of?: string;
}

export interface TensorBlock {
  title: string;
  aside: string;
  /** An equation in LaTeX, or null. */
  latex: string | null;
  /** Factors stand before the result; `outer` puts the second above the columns and the first beside the rows. */
  factors: readonly Matrix[];
  outer: boolean;
  sign: '' | '⊙' | '+' | '⋆' | '∗';
  /** Where cells are sums of single products of the two factors: which. */
  pairs?: PairsOf;
  result: Matrix | null;
  sentence: string | null;
}

const INSIDE = 'The sum of what the gates inside pass on to it.';
const TURNED = '\\top';

/** Whether anything about the selection is a tensor: it, what it reads, or a gate that reads it. */
export function isTensor(subject: Subject): boolean {
  const own = 'node' in subject ? [subject.node] : [];
  const gates = [...('gate' in subject && subject.gate ? [subject.gate] : []), ...('uses' in subject ? subject.uses.map(({ gate }) => gate) : [])];
  return [...own, ...gates.flatMap(({ node, operands }) => [node, ...operands.map((one) => one.node)])].some(({ tensor }) => tensor !== undefined);
}

export function tensorBlocks(subject: Subject, answer: Answer, operations: ReadonlyMap<string, Operation>): TensorBlock[] {
  if (subject.kind === 'output') return ownBlocks(subject.node, answer);
  if (subject.kind === 'leaf') return [...ownBlocks(subject.node, answer), ...useBlocks(subject.uses, answer, operations), ...sumBlocks(subject.node, subject.uses, answer)];
  const { gate } = subject;
  const operands = subject.kind === 'edge' ? [subject.operand] : gate.operands;
  const rules = operands.flatMap((operand) => operandBlock(gate, operand, answer, operations));
  return subject.kind === 'edge' ? rules : [...windowBlocks(gate), ...rules, ...ownBlocks(gate.node, answer), ...sumBlocks(gate.node, subject.uses, answer), ...offBlocks(subject)];
}

/** Shapes in the order of the operands: "4×3 by 3". */
export function shapesOf({ operands }: Gate): string {
  return operands.map(({ node }) => (node.shape.length === 0 ? 'number' : shapeText(node.shape))).join(' by ');
}

function ownBlocks(node: GraphNode, answer: Answer): TensorBlock[] {
  if (!node.tensor) return [];
  const { value, gradient } = node.tensor;
  const output = outputOf(answer);
  const alone = { factors: [], outer: false, sign: '', latex: null, sentence: null } as const;
  const blocks: TensorBlock[] = [
    { ...alone, title: 'Value', aside: shapeText(value.shape), result: { latex: node.latex, kind: 'value', tensor: value, of: node.id } },
  ];
  if (gradient) {
    const latex = partial(output.latex, node.latex);
    blocks.push({ ...alone, title: 'Gradient', aside: shapeText(value.shape), result: { latex, kind: 'gradient', tensor: gradient, of: node.id } });
  }
  return blocks;
}

/** How the gates that use a leaf pass gradient to it; of a single one the result stands above already. */
function useBlocks(uses: readonly Use[], answer: Answer, operations: ReadonlyMap<string, Operation>): TensorBlock[] {
  return uses.flatMap(({ gate, operand }) =>
    operand.node.gradient === null
      ? []
      : operandBlock(gate, operand, answer, operations).map((block) => ({
          ...block,
          title: uses.length > 1 ? `Part through ${gate.node.label}` : `How it comes from ${gate.node.label}`,
        })),
  );
}

function operandBlock(gate: Gate, operand: Operand, answer: Answer, operations: ReadonlyMap<string, Operation>): TensorBlock[] {
  const edge = edgeOf(gate, operand, answer);
  const output = outputOf(answer);
  const title = `Gradient for ${operand.node.label}`;
  const empty = { title, aside: '', latex: null, factors: [], outer: false, sign: '', result: null, sentence: null } as const;
  if (operand.constant || !edge) return [{ ...empty, sentence: 'A constant has no gradient.' }];
  const tensor = edge.tensor ?? (typeof edge.downstream === 'number' ? number(edge.downstream) : null);
  const left = partial(output.latex, operand.node.latex);
  const result: Matrix | null = tensor ? { latex: left, kind: 'gradient', tensor, of: operand.node.id } : null;
  const upstream: Matrix | null = upstreamOf(gate, output);
  const { operation } = gate;
  if (!operation) return [{ ...empty, aside: 'through its gates', result, sentence: INSIDE }];
  if (operation.whole) {
    const block = withWindow(wholeBlock(gate, operand, operation, { ...empty, result }, left, upstream, output), gate, operand, upstream);
    return [block, ...(result && upstream ? jacobianBlock({ gate, operand, operation, upstream, result, answer }, operations) : [])];
  }
  const rule = operation.local[operation.variadic ? 0 : operand.position]?.latex ?? null;
  const local: Matrix | null = edge.localTensor ? { latex: partial(gate.node.latex, operand.node.latex), kind: 'local', tensor: edge.localTensor } : null;
  const isPlain = rule === '1';
  const axes = repeatedOver(gate, operand, edge);
  const over = axes.length === 0 ? '' : `\\sum_{\\text{${axesText(axes)}}} `;
  const entries = sizeOf(edge.localTensor?.shape ?? operand.node.shape);
  const share = operation.over === 'mean' && entries > 1 ? `\\tfrac{1}{${String(entries)}}\\,` : '';
  return [
    {
      ...empty,
      aside: isPlain ? 'passed on' : 'entry by entry',
      latex: `${left} = ${over}${partial(output.latex, gate.node.latex)}${rule === null || isPlain ? '' : ` \\odot ${share}\\left(${named(rule, gate, output)}\\right)`}`,
      factors: isPlain || !local || !upstream ? [] : [upstream, local],
      sign: '⊙',
      result,
      sentence: repeated(gate, operand, edge, rule, upstream, tensor),
    },
  ];
}

/** That an operand was repeated, and what is added up for its first entry; null where it was not. */
export function repeatedIn(gate: Gate, operand: Operand, answer: Answer): string | null {
  const edge = edgeOf(gate, operand, answer);
  const { operation } = gate;
  if (operand.constant || !edge || !operation || operation.whole) return null;
  const rule = operation.local[operation.variadic ? 0 : operand.position]?.latex ?? null;
  return repeated(gate, operand, edge, rule, upstreamOf(gate, outputOf(answer)), carried(edge));
}

function repeated(gate: Gate, operand: Operand, edge: GraphEdge, rule: string | null, upstream: Matrix | null, result: Tensor | null): string | null {
  const { shape, label } = operand.node;
  const whole = wholeShape(gate, edge);
  const axes = repeatedOver(gate, operand, edge);
  if (axes.length === 0 || !upstream) return null;
  const terms = whole.length > 0 ? summedTerms(upstream.tensor, rule === '1' ? null : (edge.localTensor ?? null), shape, whole, 0) : null;
  const known = rule === '1' || edge.localTensor ? terms : null;
  const entry = shape.length === 0 ? label : `${label}[${shape.map(() => 0).join(', ')}]`;
  return repeatedSentence(label, axes, entry, known, result?.entries?.[0] ?? null);
}

/** What the gate works on: a loss makes one number of many entries, and its local gradients have their shape. */
const wholeShape = (gate: Gate, edge: GraphEdge): readonly number[] => (gate.node.shape.length > 0 ? gate.node.shape : (edge.localTensor?.shape ?? []));

const repeatedOver = (gate: Gate, { node }: Operand, edge: GraphEdge): readonly number[] => edge.summed ?? repeatedAxes(node.shape, wholeShape(gate, edge));

/** The parts of a tensor that is used more than once, added up; none of one that is used once. */
function sumBlocks(node: GraphNode, uses: readonly Use[], answer: Answer): TensorBlock[] {
  const parts = uses.flatMap(({ gate, operand }) => {
    const edge = edgeOf(gate, operand, answer);
    return edge ? [carried(edge)] : [];
  });
  const total = addedUp(parts);
  if (parts.length < 2 || !total || node.gradient === null) return [];
  const latex = partial(outputOf(answer).latex, node.latex);
  const matrices = parts.flatMap((tensor): Matrix[] => (tensor ? [{ latex, kind: 'gradient', tensor }] : []));
  const entry = node.shape.length === 0 ? node.label : `${node.label}[${node.shape.map(() => 0).join(', ')}]`;
  const terms = parts.map((part) => part?.entries?.[0] ?? NaN);
  return [{
    title: `Sum of ${String(parts.length)} parts`,
    aside: 'one for each use',
    latex: null,
    factors: matrices.length === 2 ? matrices : [],
    outer: false,
    sign: '+',
    result: { latex, kind: 'gradient', tensor: total, of: node.id },
    sentence: `${node.label} is used ${String(parts.length)} times, so its parts add up entry by entry: ${entry} receives ${sumText(terms, total.entries?.[0] ?? NaN)}.`,
  }];
}

function wholeBlock(
  gate: Gate, operand: Operand, operation: Operation, empty: TensorBlock, left: string, upstream: Matrix | null, output: GraphNode,
): TensorBlock {
  const ranks = gate.operands.map(({ node }) => node.shape.length).join();
  const rule = operation.downstream.find((one) => one.ranks === null || one.ranks.join() === ranks);
  const at = operation.variadic ? 0 : operand.position;
  const latex = rule?.latex[at] ?? null;
  const text = rule?.text?.[at] ?? null;
  const outer = /^outer\((\w+), (\w+)\)$/.exec(text ?? '');
  const product = /^(\w+(?:\.T)?) @ (\w+(?:\.T)?)$/.exec(text ?? '');
  const factors = [outer, product].flatMap((found) =>
    found ? [found[1], found[2]].flatMap((name) => factorOf(name ?? '', gate, operation, upstream) ?? []) : [],
  );
  const [a, b] = [gate.node.shape, operand.node.shape].map(shapeText);
  return {
    ...empty,
    aside: operation.jacobian && operand.node.shape.length > 1 ? alongText(gate, operand) : outer ? 'outer product' : text?.includes('.T') ? 'transposed matrix' : '',
    latex: latex === null ? null : `${left} = ${named(latex, gate, output)}`,
    factors: factors.length === 2 ? factors : [],
    outer: outer !== null,
    sentence: outer && factors.length === 2 ? `Each cell is one entry of the upstream gradient (${a ?? ''}) times one entry of the other factor; together they have the shape ${b ?? ''}.` : null,
  };
}

/** Softmax and its like work on every row, or along another axis, by itself. */
function alongText({ attributes }: Gate, { node: { shape } }: Operand): string {
  const axis = typeof attributes['axis'] === 'number' ? (attributes['axis'] + shape.length) % shape.length : shape.length - 1;
  return shape.length === 2 ? `each ${axis === 1 ? 'row' : 'column'} by itself` : `along axis ${String(axis)}`;
}

/** A factor of a rule text: `g`, `x`, `y.T`. */
function factorOf(name: string, gate: Gate, operation: Operation, upstream: Matrix | null): Matrix | null {
  const [base = '', turned] = name.split('.');
  if (base === 'g') return upstream && (turned ? transposed(upstream) : upstream);
  const node = gate.operands[operation.operands.indexOf(base)]?.node;
  if (!node?.tensor) return null;
  const matrix: Matrix = { latex: node.latex, kind: 'value', tensor: node.tensor.value };
  return turned ? transposed(matrix) : matrix;
}

function transposed({ latex, kind, tensor }: Matrix): Matrix {
  const [rows = 1, columns = 1] = tensor.shape;
  if (tensor.shape.length < 2 || !tensor.entries) return { latex: `{${latex}}^{${TURNED}}`, kind, tensor };
  const entries = Array.from({ length: rows * columns }, (_, at) => tensor.entries?.[(at % rows) * columns + Math.floor(at / rows)] ?? NaN);
  return { latex: `{${latex}}^{${TURNED}}`, kind, tensor: { ...tensor, shape: [columns, rows], entries } };
}

/** ReLU and its relatives: units that let nothing through, with what was told before the colon as the title. */
function offBlocks(subject: Subject): TensorBlock[] {
  return subject.remarks.filter(isUnitOff).map(({ message }) => {
    const at = message.indexOf(': ');
    const sentence = message.charAt(at + 2).toUpperCase() + message.slice(at + 3);
    return { title: message.slice(0, at), aside: '', latex: null, factors: [], outer: false, sign: '', result: null, sentence };
  });
}

/** A remark on units of a tensor, which has its own place below the gradients. */
export const isUnitOff = ({ code, message }: Remark): boolean => code === 'off' && message.includes(': ') && !message.startsWith('This ');

function upstreamOf(gate: Gate, output: GraphNode): Matrix | null {
  const latex = partial(output.latex, gate.node.latex);
  const tensor = gate.node.tensor ? gate.node.tensor.gradient : number(gate.node.gradient ?? NaN);
  return tensor ? { latex, kind: 'gradient', tensor } : null;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
const number = (value: number): Tensor => ({ shape: [], entries: [value], summary: null });
const partial = (above: string, below: string): string => `\\frac{\\partial ${above}}{\\partial ${below}}`;
const outputOf = (answer: Answer): GraphNode => answer.nodes.find(({ id }) => id === answer.output) ?? (answer.nodes.at(-1) as GraphNode);

/** What the gate passes on to an operand, or its local gradient where it goes entry by entry; `g` is what arrives. */
export function shortRule(gate: Gate, { position }: Operand, answer: Answer): string | null {
  const { operation, operands } = gate;
  const at = operation?.variadic ? 0 : position;
  const ranks = operands.map(({ node }) => node.shape.length).join();
  const rule = operation?.downstream.find((one) => one.ranks === null || one.ranks.join() === ranks)?.latex[at] ?? operation?.local[at]?.latex;
  if (rule == null) return null;
  const text = named(rule, gate, outputOf(answer), 'g');
  const entries = Math.max(...operands.map(({ node }) => sizeOf(node.shape)));
  return operation?.over === 'mean' && entries > 1 ? `\\tfrac{1}{${String(entries)}}\\,\\left(${text}\\right)` : text;
}

/** The rule with the names of this gate in it. */
function named(latex: string, gate: Gate, output: GraphNode, upstream = partial(output.latex, gate.node.latex)): string {
  const { shape } = gate.operands[0]?.node ?? gate.node;
  const rows = sizeOf(shape.slice(0, -1));
  const names = new Map(gate.operation?.operands.map((name, at) => [name, gate.operands[at]?.node.latex ?? name]) ?? []);
  names.set('g', upstream).set('out', gate.node.latex).set('n', String(sizeOf(shape) / sizeOf(gate.node.shape)));
  // Rules that the language cannot write have their names bare: `g\,\mathbf{1}`.
  names.set('f', gate.node.latex);
  const mean = rows === 1 ? '' : `\\tfrac{1}{${String(rows)}}`;
  const first = gate.node.id === output.id ? mean : `${mean} g\\,`;
  const whole = latex.replace('\\tfrac{g}{m}', first).replace(/^\\left\((.*)\\right\)$/, '$1');
  return whole.replace(/\\ell(?![A-Za-z])/, '#l').replace(/#([A-Za-z_]\w*)|(?<![\\A-Za-z])([A-Za-z]+)/g, (whole, marked?: string, bare?: string) => {
    const name = names.get(marked ?? bare ?? '');
    return name === undefined ? whole : `{${name}}`;
  });
}

function edgeOf(gate: Gate, operand: Operand, answer: Answer): GraphEdge | null {
  const edges = gate.group ? gate.group.edges : answer.edges.filter(({ target }) => target === gate.node.id);
  return edges.find((one) => one.operand === operand.position) ?? null;
}
