/** What the Paths tab shows of an answer: rows, sum, sentences. Pure. */
import type { Path, PathNode, PathsAnswer, RawPathsAnswer } from '../../api/model';
import { barsOf, type Bar, type Bars } from './bars';
import { isOfTensor, tensorFactors, tensorParts, tensorWords, type TensorParts } from './tensor-model';
import { MOST_TERMS, printPaths, type PrintedPaths, type Relation } from './numbers';

/** A longer path is shown by its two ends: nobody multiplies more by eye. */
const MOST_FACTORS = 24;
const HEAD = 12;
const TAIL = 4;
const MOST_NODES = 12;

export interface Factor {
  /** The derivative in LaTeX. */
  latex: string;
  text: string;
  tone: 'gradient' | 'value' | 'plain';
}

export interface Row {
  /** The nodes from start to output, in LaTeX. */
  nodes: string;
  /** From the output back; a number stands for so many that are left out. */
  factors: readonly (Factor | number)[];
  relation: Relation;
  product: string;
  bar: Bar | null;
  /** The whole row for readers that hear it. */
  words: string;
}

export interface PathsModel {
  answer: PathsAnswer;
  printed: PrintedPaths;
  bars: Bars | null;
  /** All paths are listed. */
  isWhole: boolean;
  row(index: number): Row;
  /** Ids of nodes and of edges (miniEdgeId) of a path. */
  nodesOf(index: number): readonly string[];
  edgesOf(index: number): readonly (readonly [source: string, target: string, operand: number])[];
  /** Of a whole tensor, whose paths have no numbers. */
  tensor: TensorParts | null;
}

export function pathsModel(answer: RawPathsAnswer): PathsModel {
  return isOfTensor(answer) ? tensorModel(answer) : numbersModel(answer as PathsAnswer);
}

function tensorModel(raw: RawPathsAnswer): PathsModel {
  const parts = tensorParts(raw);
  const nodes = new Map(raw.nodes.map((node) => [node.id, node]));
  const named = (index: number): PathNode[] => raw.paths[index]?.nodes.flatMap((id) => nodes.get(id) ?? []) ?? [];
  const answer: PathsAnswer = { ...raw, total: NaN, paths: raw.paths.map((path) => ({ ...path, factors: [], product: NaN })) };
  return {
    answer,
    printed: printPaths([], 0, true),
    bars: null,
    isWhole: raw.visits.paths.exact === raw.paths.length,
    row: (index) => ({
      nodes: chain(named(index)),
      factors: shortened(tensorFactors(raw, index)),
      relation: '=',
      product: '',
      bar: null,
      words: tensorWords({ labels: (at) => named(at).map(({ label }) => label) }, index, parts),
    }),
    nodesOf: (index) => raw.paths[index]?.nodes ?? [],
    edgesOf: (index) => stepsOf(answer.paths[index]),
    tensor: parts,
  };
}

function numbersModel(answer: PathsAnswer): PathsModel {
  const { paths, total } = answer;
  const isWhole = answer.visits.paths.exact === paths.length;
  const printed = printPaths(paths.map(({ factors, product }) => ({ factors: [...factors].reverse(), product })), total, isWhole);
  const bars = barsOf(paths.map(({ product }) => product), total, isWhole);
  const nodes = new Map(answer.nodes.map((node) => [node.id, node]));
  const isValue = new Set(answer.edges.filter(({ value_of: node }) => node !== null).map(edgeKey));
  return {
    answer,
    printed,
    bars,
    isWhole,
    row(index) {
      const path = paths[index];
      const numbers = printed.rows[index];
      if (!path || !numbers) throw new RangeError('There is no such path.');
      const named = path.nodes.flatMap((id) => nodes.get(id) ?? []);
      return {
        nodes: chain(named),
        factors: shortened(factorsOf(path, named, numbers.factors, isValue)),
        relation: numbers.relation,
        product: numbers.product,
        bar: bars?.products[index] ?? null,
        words: wordsOf(index, named, numbers.factors, numbers.relation, numbers.product),
      };
    },
    nodesOf: (index) => paths[index]?.nodes ?? [],
    edgesOf: (index) => stepsOf(paths[index]),
    tensor: null,
  };
}

const edgeKey = ({ source, target, operand }: { source: string; target: string; operand: number }): string =>
  `${source} ${target} ${String(operand)}`;

function stepsOf(path: Path | undefined): (readonly [string, string, number])[] {
  if (!path) return [];
  return path.operands.map((operand, step) => [path.nodes[step] ?? '', path.nodes[step + 1] ?? '', operand]);
}

function factorsOf(path: Path, named: readonly PathNode[], texts: readonly string[], isValue: ReadonlySet<string>): Factor[] {
  const steps = stepsOf(path);
  return texts.map((text, at): Factor => {
    const step = texts.length - 1 - at;
    const [source, target, operand] = steps[step] ?? ['', '', 0];
    const value = isValue.has(edgeKey({ source, target, operand }));
    return {
      latex: `\\frac{\\partial ${named[step + 1]?.latex ?? ''}}{\\partial ${named[step]?.latex ?? ''}}`,
      text,
      // The first is what arrives at the last node before the output: its gradient.
      tone: at === 0 ? 'gradient' : value ? 'value' : 'plain',
    };
  });
}

function shortened(factors: readonly Factor[]): (Factor | number)[] {
  if (factors.length <= MOST_FACTORS) return [...factors];
  return [...factors.slice(0, HEAD), factors.length - HEAD - TAIL, ...factors.slice(-TAIL)];
}

function chain(nodes: readonly PathNode[]): string {
  const names = nodes.map(({ latex }) => latex);
  const shown = names.length <= MOST_NODES ? names : [...names.slice(0, 6), '\\cdots', ...names.slice(-4)];
  return shown.join(' \\mathrel{\\scriptstyle\\rightarrow} ');
}

function wordsOf(index: number, nodes: readonly PathNode[], factors: readonly string[], relation: Relation, product: string): string {
  const labels = nodes.map(({ label }) => label);
  const way = labels.length <= MOST_NODES ? labels.join(' to ') : `${labels[0] ?? ''} to ${labels.at(-1) ?? ''}, ${String(labels.length)} nodes`;
  const is = relation === '=' ? 'is' : 'is about';
  if (factors.length === 0) return `Path ${String(index + 1)}: ${way}. Its product is ${product}.`;
  const numbers = factors.length <= MOST_FACTORS ? factors.join(' times ') : `The product of ${String(factors.length)} factors`;
  return `Path ${String(index + 1)}: ${way}. ${numbers} ${is} ${product}.`;
}

/** "2 paths", "1 path", "1.3·10³⁰ paths". */
export function pathsText(count: { text: string }): string {
  return `${count.text} ${count.text === '1' ? 'path' : 'paths'}`;
}

export type FootPart = { text: string; isNumber: boolean };

/** The sum as a reader sees it: "2 paths: 2.00 + 3.00", or what is listed of how many. */
export function footOf({ answer, printed, isWhole }: PathsModel): FootPart[] {
  const plain = (text: string): FootPart => ({ text, isNumber: false });
  const { visits, paths } = answer;
  if (!isWhole) {
    const listed = `Showing ${paths.length === 1 ? 'the largest' : String(paths.length)} of ${pathsText(visits.paths)}`;
    return [plain(`${listed}${answer.ranked && paths.length > 1 ? ', the largest first' : ''}; the sum covers all of them.`)];
  }
  if (paths.length === 1) return [plain('1 path: its product is the gradient.')];
  const parts = [plain(`${pathsText(visits.paths)}: `)];
  const shown = printed.rows.slice(0, printed.rows.length <= MOST_TERMS ? MOST_TERMS : MOST_TERMS - 1);
  shown.forEach(({ product }, index) => {
    const negative = product.startsWith('−');
    if (index > 0) parts.push(plain(negative ? ' − ' : ' + '));
    parts.push({ text: index > 0 && negative ? product.slice(1) : product, isNumber: true });
  });
  if (printed.rows.length > shown.length) parts.push(plain(` and ${String(printed.rows.length - shown.length)} more`));
  return parts;
}

/** What stands in the place of the list where there is nothing to list, or above a path without edges. */
export function nothingSentence({ answer }: PathsModel): string | null {
  const label = (id: string | null): string => answer.nodes.find((node) => node.id === id)?.label ?? '';
  if (answer.start === null) return 'This program has no leaf that a path could start from.';
  const [start, output] = [label(answer.start), label(answer.output)];
  if (answer.start === answer.output) return `${start} is both ends: its one path has no edges, and its gradient is 1.`;
  if (answer.visits.paths.exact === 0) return `${output} does not depend on ${start}: no path leads from one to the other, so the gradient is 0.`;
  return null;
}

/** What readers are told when the list has changed. */
export function spokenList({ answer, printed, tensor }: PathsModel): string {
  const label = (id: string | null): string => answer.nodes.find((node) => node.id === id)?.label ?? '';
  if (tensor) return `${pathsText(answer.visits.paths)} from ${label(answer.start)} to ${label(answer.output)}.`;
  return `${pathsText(answer.visits.paths)} from ${label(answer.start)} to ${label(answer.output)}. The sum is ${printed.total}.`;
}
