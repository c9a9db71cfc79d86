/** What the tab says about the matrix and the entry that is selected. Pure. */
import type { NamedGraph } from '../../api/types';
import { graphNumber, superscript } from '../../format';
import { between } from '../../mini/from';
import { numberOf, type Entry, type Head, type Matrix, type Place } from './view';

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
/** From here on a number of paths is written with a power of ten. */
const MANY = 1e6;
/** More outputs in one sentence are not read. */
const MOST_TOLD = 3;

/** A piece of a sentence: plain text, or a name that is typeset. */
export type Piece = string | { latex: string };

export function countText(count: number): string {
  if (count < WORDS.length) return WORDS[count] ?? String(count);
  if (count < MANY) return count.toLocaleString('en-US');
  if (!Number.isFinite(count)) return `more than 10${superscript(308)}`;
  const [digits = '', power = '0'] = count.toExponential(1).split('e');
  return `${digits}·10${superscript(Number(power))}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const counted = (count: number, one: string, many: string): string => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

/** "Two paths lead from y to u". */
export function pathsSentence(entry: Entry, leaf: Head, output: Head): Piece[] {
  if (leaf.id === output.id) return [{ latex: leaf.latex }, ' by itself'];
  if (entry.paths === null) return ['From ', { latex: leaf.latex }, ' to ', { latex: output.latex }];
  const count = entry.paths;
  const lead = count === 1 ? 'path leads' : count === 0 ? 'path leads' : 'paths lead';
  return [`${capital(countText(count))} ${lead} from `, { latex: leaf.latex }, ' to ', { latex: output.latex }];
}

/** A change of a node that is felt at its value and is easy to say: 0.01 for ordinary numbers. */
export function smallStep(value: number): number {
  const size = Math.abs(value);
  if (!Number.isFinite(size) || size < 10) return size > 0 && size < 0.01 ? 10 ** (Math.floor(Math.log10(size)) - 1) : 0.01;
  return 10 ** (Math.floor(Math.log10(size)) - 2);
}

/** The number without zeros that say nothing, for a step: 0.01, 1, 10. */
const stepText = (step: number): string => (step >= 1e-4 && step < 1e6 ? String(Number(step.toPrecision(1))) : graphNumber(step));

/** Digits after the point with which a change is said: two significant ones, at least two decimals. */
function changeText(change: number): string {
  const size = Math.abs(change);
  if (size === 0 || !Number.isFinite(size) || size >= 0.1) return graphNumber(change);
  const decimals = Math.min(6, 1 - Math.floor(Math.log10(size)));
  const short = graphNumber(change, decimals);
  return short.replace(/(\.\d*?[1-9])0+$/, '$1').replace(/(\.\d)$/, '$10');
}

/** "Raising y by 0.01 changes u by about 0.05 and, in the same column, v by about 0.01." */
export function raisingSentence(matrix: Matrix, { output, leaf }: Place, layout: 'outputs' | 'leaves'): Piece[] {
  const [head, target, entry] = [matrix.leaves[leaf], matrix.outputs[output], matrix.entries[output]?.[leaf]];
  if (!head || !target || !entry) return [];
  if (!Number.isFinite(entry.value)) return ['The entry is not a finite number, so it predicts no change.'];
  const step = smallStep(head.value);
  const raising: Piece[] = ['Raising ', { latex: head.latex }, ` by ${stepText(step)} changes `];
  if (matrix.hessian) {
    const first = { latex: derivativeLatex(matrix.hessian.output, target) };
    if (entry.value === 0) return ['Raising ', { latex: head.latex }, ` by ${stepText(step)} does not change `, first, ' at first.'];
    return [...raising, first, ` by about ${changeText(step * entry.value)}.`];
  }
  const said = (row: number): Piece[] => {
    const [name, value] = [matrix.outputs[row], matrix.entries[row]?.[leaf]?.value ?? 0];
    return name ? [{ latex: name.latex }, ` by about ${changeText(step * value)}`] : [];
  };
  if (entry.value === 0) raising.splice(2, 1, ` by ${stepText(step)} does not change `);
  const own: Piece[] = entry.value === 0 ? [{ latex: target.latex }] : said(output);
  const others = matrix.outputs
    .map((_, row) => row)
    .filter((row) => row !== output && matrix.outputs[row]?.id !== head.id && changes(matrix, row, leaf))
    .slice(0, MOST_TOLD);
  if (others.length === 0) return [...raising, ...own, entry.value === 0 ? ' at first.' : '.'];
  const where = layout === 'outputs' ? 'column' : 'row';
  const list = others.flatMap((row, at) => [
    ...(at === 0 ? [] : [at === others.length - 1 ? ' and ' : ', ']), ...said(row),
  ]);
  const link = entry.value === 0 ? ` at first; in the same ${where} it changes ` : ` and, in the same ${where}, `;
  return [...raising, ...own, link, ...list, '.'];
}

function changes(matrix: Matrix, row: number, leaf: number): boolean {
  const value = matrix.entries[row]?.[leaf]?.value ?? 0;
  return Number.isFinite(value) && value !== 0;
}

export function derivativeLatex(output: Head, leaf: Head, second?: Head): string {
  if (!second) return `\\frac{\\partial ${output.latex}}{\\partial ${leaf.latex}}`;
  const below = second.id === leaf.id ? `\\partial ${leaf.latex}^{2}` : `\\partial ${leaf.latex}\\,\\partial ${second.latex}`;
  return `\\frac{\\partial^{2} ${output.latex}}{${below}}`;
}

/** One use of a leaf on the way to an output: what arrives there times the local gradient. */
export interface Term {
  upstream: number;
  local: number;
  /** The gate it passes: its name where it has one, else what its circle shows. */
  through: { latex: string } | { shown: string };
  edge: { source: string; target: string; operand: number };
}

/** The uses of a leaf that lead to the output whose gradients the graph carries. */
export function termsOf(graph: NamedGraph, leaf: string): Term[] {
  const kept = between(graph.edges, leaf, graph.output);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  return graph.edges.flatMap((edge) => {
    const gate = nodes.get(edge.target);
    if (edge.source !== leaf || !kept.has(edge.target) || !gate) return [];
    const isNamed = gate.name !== null && gate.id !== graph.output;
    return [{
      upstream: numberOf(edge.upstream ?? NaN),
      local: numberOf(edge.local ?? NaN),
      through: isNamed ? { latex: gate.latex } : { shown: gate.shown },
      edge: { source: edge.source, target: edge.target, operand: edge.operand },
    }];
  });
}

/** "2 × 3: row i is the gradient of output i." */
export function sizeSentence(matrix: Matrix, layout: 'outputs' | 'leaves'): Piece[] {
  const [many, wide] = [String(matrix.outputs.length), String(matrix.leaves.length)];
  const [i, j] = [{ latex: 'i' }, { latex: 'j' }];
  if (matrix.tensors) return entrySentence(matrix.tensors.size, matrix, layout);
  if (matrix.leaves.length === 0) return [];
  if (matrix.kind === 'hessian') return [`${many} × ${wide}, symmetric: row `, i, ' is how the gradient of leaf ', i, ' changes.'];
  if (layout === 'outputs') return [`${many} × ${wide}: row `, i, ' is the gradient of output ', i, '.'];
  return [`${wide} × ${many}: column `, j, ' is the gradient of output ', j, '.'];
}

/** The size is that of the answer, which always has outputs in its rows. */
function entrySentence([many = 0, wide = 0]: readonly number[], matrix: Matrix, layout: 'outputs' | 'leaves'): Piece[] {
  const [high, broad] = (layout === 'outputs' ? [many, wide] : [wide, many]).map((count) => count.toLocaleString('en-US'));
  const line = layout === 'outputs' ? 'row' : 'column';
  if (matrix.outputs.length === 1) return [`${high ?? ''} × ${broad ?? ''}: this is the gradient, written as a ${line}.`];
  return [`${high ?? ''} × ${broad ?? ''}: each ${line} is the gradient of one entry of the output.`];
}

/** The eigenvalues of a small Hessian, smallest first. */
export function eigenvaluesText({ hessian }: Matrix, decimals: number): string {
  if (!hessian || hessian.curvature === null || hessian.eigenvalues.length === 0) return '';
  const numbers = hessian.eigenvalues.map((value) => graphNumber(value, decimals)).join(', ');
  return `${hessian.eigenvalues.length === 1 ? 'Eigenvalue' : 'Eigenvalues'} ${numbers}`;
}

/** What filling the matrix costs, as a closing remark. */
export function sweepsRemark({ outputs, leaves, kind, tensors }: Matrix): string {
  if (tensors) return 'Backpropagation makes one reverse sweep and never builds the matrix.';
  if (kind === 'hessian') return 'The backward pass is a graph too: one sweep back through both passes gives one row.';
  if (outputs.length === 1) return 'Both fill the same matrix. With a single output, reverse needs a single sweep.';
  if (leaves.length === 1) return 'Both fill the same matrix. With a single leaf, forward needs a single sweep.';
  return 'Both fill the same matrix. With one loss and many weights, reverse needs a single sweep.';
}

/** What is not drawn of a large matrix, or null. */
export function cutSentence({ outputs, leaves, kind }: Matrix, most: number): string | null {
  const parts = [
    ...(kind === 'jacobian' && outputs.length > most ? [`${String(most)} of ${counted(outputs.length, 'output', 'outputs')}`] : []),
    ...(leaves.length > most ? [`${String(most)} of ${counted(leaves.length, 'leaf', 'leaves')}`] : []),
  ];
  return parts.length === 0 ? null : `Showing ${parts.join(' and ')}. Copy takes all of them.`;
}
