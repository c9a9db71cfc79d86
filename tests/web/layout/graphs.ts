/** Graphs to lay out: the lecture's cases by hand, and random ones from a seed. */

import { randomNumbers } from '../../../static/src/layout/random';
import type { LayoutEdge, LayoutGraph, LayoutNode } from '../../../static/src/layout/types';

/** A graph with what a reader would see on each node, for pictures of failures. */
export interface DrawnGraph extends LayoutGraph {
  nodes: LayoutNode[];
  edges: LayoutEdge[];
  text: Map<string, string>;
}

const FIXED_ORDER = new Set(['−', '÷', '^', '@']);

/** Builds a graph as a program does: operands before users. */
export class GraphBuilder {
  readonly graph: DrawnGraph = { nodes: [], edges: [], text: new Map() };
  private gates = 0;

  /** `texts` false leaves out values, gradients and names, as the page does for large graphs. */
  constructor(private readonly texts = true) {}

  leaf(text: string): string {
    const width = Math.max(44, 20 + 9 * text.length);
    return this.add(text, { kind: 'leaf', width, height: 32, fixedOrder: false, label: this.label(text), name: 0 });
  }

  gate(symbol: string, ...operands: string[]): string {
    const name = this.texts ? (this.gates < 10 ? 15 : 21) : 0;
    this.gates++;
    const fixedOrder = FIXED_ORDER.has(symbol);
    const id = this.add(symbol, { kind: 'gate', width: 44, height: 44, fixedOrder, label: this.label(symbol + this.gates), name });
    operands.forEach((operand, k) => this.edge(operand, id, k));
    return id;
  }

  output(source: string, text = 'f'): DrawnGraph {
    const id = this.add(text, { kind: 'output', width: 44, height: 36, fixedOrder: false, label: 0, name: 0 });
    this.edge(source, id, 0);
    return this.graph;
  }

  private edge(source: string, target: string, operand: number): void {
    const id = `${source}>${target}:${operand}`;
    this.graph.edges.push({ id, source, target, operand, label: this.texts ? 34 : 0 });
  }

  private add(text: string, node: Omit<LayoutNode, 'id'>): string {
    const id = `n${this.graph.nodes.length}`;
    this.graph.nodes.push({ id, ...node });
    this.graph.text.set(id, text);
    return id;
  }

  /** Widths of numbers such as 2.00, −0.59, 12.00, without chance. */
  private label(text: string): number {
    if (!this.texts) return 0;
    return 34 + ((text.length * 7 + this.graph.nodes.length * 5) % 3) * 6;
  }
}

/** (x + y) * z */
export function product(): DrawnGraph {
  const b = new GraphBuilder();
  const [x, y, z] = [b.leaf('x'), b.leaf('y'), b.leaf('z')];
  return b.output(b.gate('×', b.gate('+', x, y), z));
}

/** 1 / (1 + exp(-(w0*x0 + w1*x1 + w2))) */
export function sigmoidNeuron(): DrawnGraph {
  const b = new GraphBuilder();
  const [w0, x0, w1, x1, w2] = [b.leaf('w0'), b.leaf('x0'), b.leaf('w1'), b.leaf('x1'), b.leaf('w2')];
  const sum = b.gate('+', b.gate('+', b.gate('×', w0, x0), b.gate('×', w1, x1)), w2);
  return b.output(writtenOutSigmoid(b, sum));
}

const writtenOutSigmoid = (b: GraphBuilder, z: string): string =>
  b.gate('1/x', b.gate('+1', b.gate('eˣ', b.gate('×−1', z))));

/** (x + y) * max(y, z) */
export function fanOut(): DrawnGraph {
  const b = new GraphBuilder();
  const [x, y, z] = [b.leaf('x'), b.leaf('y'), b.leaf('z')];
  return b.output(b.gate('×', b.gate('+', x, y), b.gate('max', y, z)));
}

/** 2 * (x*y + max(z, w)) */
export function lectureMax(): DrawnGraph {
  const b = new GraphBuilder();
  const [x, y, z, w] = [b.leaf('x'), b.leaf('y'), b.leaf('z'), b.leaf('w')];
  return b.output(b.gate('×2', b.gate('+', b.gate('×', x, y), b.gate('max', z, w))));
}

/** x * x */
export function square(): DrawnGraph {
  const b = new GraphBuilder();
  const x = b.leaf('x');
  return b.output(b.gate('×', x, x));
}

/** (x - y) / (y - x): operand order costs crossings that no drawing can avoid. */
export function swapped(): DrawnGraph {
  const b = new GraphBuilder();
  const [x, y] = [b.leaf('x'), b.leaf('y')];
  return b.output(b.gate('÷', b.gate('−', x, y), b.gate('−', y, x)));
}

export interface NetworkOptions {
  /** Sigmoids as ×−1, eˣ, +1, 1/x. */
  writtenOut?: boolean;
  bias?: boolean;
  texts?: boolean;
}

/** A network of sigmoid neurons with squared error, all in scalars. */
export function network(sizes: number[], options: NetworkOptions = {}): DrawnGraph {
  const b = new GraphBuilder(options.texts ?? true);
  let units = Array.from({ length: sizes[0]! }, (_, i) => b.leaf(`x${i + 1}`));
  for (let l = 1; l < sizes.length; l++) {
    const before = units;
    units = Array.from({ length: sizes[l]! }, (_, j) => {
      let sum = '';
      for (const [i, unit] of before.entries()) {
        const term = b.gate('×', b.leaf(`w${l}${j + 1}${i + 1}`), unit);
        sum = sum === '' ? term : b.gate('+', sum, term);
      }
      if (options.bias) sum = b.gate('+', sum, b.leaf(`b${l}${j + 1}`));
      return options.writtenOut ? writtenOutSigmoid(b, sum) : b.gate('σ', sum);
    });
  }
  let error = '';
  for (const [j, unit] of units.entries()) {
    const term = b.gate('x²', b.gate('−', b.leaf(`t${j + 1}`), unit));
    error = error === '' ? term : b.gate('+', error, term);
  }
  return b.output(b.gate('×½', error), 'E');
}

/** A long chain of unary gates. */
export function chain(length: number): DrawnGraph {
  const b = new GraphBuilder();
  let value = b.leaf('x');
  for (let i = 0; i < length; i++) value = b.gate('tanh', value);
  return b.output(value);
}

/** One source used by `count` gates, whose values are added by one gate. */
export function wideFork(count: number): DrawnGraph {
  const b = new GraphBuilder();
  const x = b.leaf('x');
  return b.output(b.gate('Σ', ...Array.from({ length: count }, () => b.gate('sin', x))));
}

/** One gate that adds `count` leaves. */
export function wideSum(count: number): DrawnGraph {
  const b = new GraphBuilder();
  return b.output(b.gate('Σ', ...Array.from({ length: count }, (_, i) => b.leaf(`a${i}`))));
}

/** A chain whose values are added from the last to the first, as gradients are: every wire is long. */
export function mirror(length: number): DrawnGraph {
  const b = new GraphBuilder(false);
  const values = [b.leaf('x')];
  for (let i = 1; i < length; i++) values.push(b.gate('tanh', values[i - 1]!));
  let sum = values.pop()!;
  while (values.length > 0) sum = b.gate('+', sum, values.pop()!);
  return b.output(sum);
}

/** Several programs that share nothing. */
export function statements(): DrawnGraph {
  const b = new GraphBuilder();
  const [x, y, z] = [b.leaf('x'), b.leaf('y'), b.leaf('z')];
  b.output(b.gate('−', x, y), 'a');
  b.leaf('unused');
  return b.output(b.gate('^', z, z), 'b');
}

const BINARY = ['+', '×', '−', '÷', '^', 'max'];
const UNARY = ['exp', 'log', 'sin', 'tanh'];
const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)]!;

/** A random expression in which every leaf is used once. */
export function randomTree(gates: number, seed: number, texts = true): DrawnGraph {
  const random = randomNumbers(seed);
  const b = new GraphBuilder(texts);
  const pool = Array.from({ length: gates + 1 }, (_, i) => b.leaf(`v${i}`));
  for (let g = 0; g < gates; g++) {
    if (random() < 0.2) {
      const i = Math.floor(random() * pool.length);
      pool[i] = b.gate(pick(UNARY, random), pool[i]!);
    }
    const i = Math.floor(random() * (pool.length - 1));
    pool.splice(i, 2, b.gate(pick(BINARY, random), pool[i]!, pool[i + 1]!));
  }
  return b.output(pool[0]!);
}

/** A random expression over few variables, each used many times: the hardest to draw. */
export function randomFormula(gates: number, seed: number, texts = true): DrawnGraph {
  const random = randomNumbers(seed + 99);
  const b = new GraphBuilder(texts);
  const leaves = Array.from({ length: Math.max(2, Math.round(gates * 0.4)) }, (_, i) => b.leaf(`v${i}`));
  const pool = Array.from({ length: gates }, () => pick(leaves, random));
  while (pool.length > 1) {
    const i = Math.floor(random() * (pool.length - 1));
    pool.splice(i, 2, b.gate(pick(BINARY, random), pool[i]!, pool[i + 1]!));
  }
  b.output(pool[0]!);
  return withoutUnusedLeaves(b.graph);
}

/** A random straight-line program: each gate uses recent values, now and then an old one, sometimes one twice. */
export function randomProgram(gates: number, seed: number, texts = true): DrawnGraph {
  const random = randomNumbers(seed + 77);
  const b = new GraphBuilder(texts);
  const values = Array.from({ length: Math.max(2, Math.round(gates * 0.2)) }, (_, i) => b.leaf(`a${i}`));
  const used = new Set<string>();
  const operand = (): string => {
    const back = random() < 0.85 ? Math.floor(-Math.log(1 - random()) * 6) : Math.floor(random() * values.length);
    const value = values[Math.max(0, values.length - 1 - back)]!;
    used.add(value);
    return value;
  };
  for (let g = 0; g < gates; g++) {
    values.push(random() < 0.25 ? b.gate(pick(UNARY, random), operand()) : b.gate(pick(BINARY, random), operand(), operand()));
  }
  const last = values[values.length - 1]!;
  b.output(last);
  return withoutUnusedLeaves(b.graph);
}

function withoutUnusedLeaves(graph: DrawnGraph): DrawnGraph {
  const used = new Set(graph.edges.map((edge) => edge.source));
  graph.nodes = graph.nodes.filter((node) => node.kind !== 'leaf' || used.has(node.id));
  return graph;
}

/** An expression such as a student types: leaves used one to three times. */
export function randomExpression(gates: number, seed: number): DrawnGraph {
  const random = randomNumbers(seed + 4242);
  const b = new GraphBuilder();
  const leaves = Array.from({ length: Math.max(2, Math.ceil(gates * 0.6)) }, (_, i) => b.leaf(`x${i}`));
  const pool = [...leaves];
  for (let g = 0; g < gates; g++) {
    const take = (): string => {
      if (pool.length === 0 || random() < 0.3) return pick(leaves, random);
      return pool.splice(Math.floor(random() * pool.length), 1)[0]!;
    };
    pool.unshift(random() < 0.25 ? b.gate(pick(UNARY, random), take()) : b.gate(pick(BINARY, random), take(), take()));
  }
  const gatesLeft = pool.filter((id) => !leaves.includes(id));
  b.output(gatesLeft.reduce((sum, id) => b.gate('+', sum, id)));
  return withoutUnusedLeaves(b.graph);
}
