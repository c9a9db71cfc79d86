/** The answers of `/jacobian` and `/hessian` as one matrix that the tab draws, turned as the reader wants it. Pure. */
import type { Tensor } from '../../api/model';
import { flat, type Nested } from '../../api/tensors';
import type * as api from '../../api/types';

type Numeric = number | 'NaN' | 'Infinity' | '-Infinity';

export interface Head {
  id: string;
  label: string;
  latex: string;
  op: string | null;
  span: api.Span;
  value: number;
}

export interface Entry {
  value: number;
  /** How many paths it sums over; null in a Hessian. */
  paths: number | null;
  /** Why it is zero, in one sentence. */
  why: string | null;
}

/** One output by one leaf: where it is zero, and the product that is computed in its place. */
export interface Block {
  output: Head;
  leaf: Head;
  entries: number;
  message: string;
  /** In LaTeX, g being what arrives; and as a text. Null where the leaf is no operand of the output's gate. */
  rule: string | null;
  ruleText: string | null;
  /** g is the program's own gradient, else ones. */
  arrives: boolean;
  multiplications: number;
  upstream: Tensor | null;
  result: Tensor | null;
}

export interface Tensors {
  /** Rows and columns, as the answer has them. */
  size: readonly number[];
  /** Why no matrix was built. */
  note: string | null;
  blocks: readonly Block[];
}

export interface Matrix {
  kind: 'jacobian' | 'hessian';
  /** Outputs, in a Hessian leaves; and the leaves. However the matrix is turned, an entry is entries[output][leaf]. */
  outputs: readonly Head[];
  leaves: readonly Head[];
  entries: readonly (readonly Entry[])[];
  graph: api.NamedGraph | null;
  sweeps: { reverse: number; forward: number; used: 'reverse' | 'forward' };
  hessian: {
    output: Head;
    gradient: readonly number[];
    eigenvalues: readonly number[];
    curvature: string | null;
    gates: number;
  } | null;
  /** Only where tensors are differentiated: rows and columns are entries then. */
  tensors: Tensors | null;
}

export interface Place {
  /** Indices of the output and of the leaf. */
  output: number;
  leaf: number;
}

/** JSON has words for what its numbers cannot hold. */
export function numberOf(given: Numeric): number {
  return typeof given === 'number' ? given : Number(given);
}

function headOf(head: api.Head): Head {
  const { id, label, latex, op, span } = head;
  return { id, label, latex, op, span, value: head.value === null ? NaN : numberOf(head.value) };
}

export function readJacobian(answer: api.JacobianAnswer): Matrix {
  return {
    kind: 'jacobian',
    outputs: answer.rows.map(headOf),
    leaves: answer.columns.map(headOf),
    entries: answer.matrix.map((row, output) =>
      row.map((entry, leaf) => ({
        value: numberOf(entry),
        paths: answer.paths === null ? null : numberOf(answer.paths[output]?.[leaf] ?? 0),
        why: answer.why?.[output]?.[leaf]?.message ?? null,
      })),
    ),
    graph: answer.graph,
    sweeps: answer.sweeps,
    hessian: null,
    tensors: answer.blocks ? { size: answer.shape ?? [], note: answer.note ?? null, blocks: answer.blocks.map(blockOf) } : null,
  };
}

function blockOf({ output, leaf, entries, message, product }: api.Block): Block {
  const tensorOf = (head: api.Head, nested: api.Product['result']): Tensor | null => {
    const entries = flat(nested as Nested);
    return entries && { shape: head.shape ?? [], entries, summary: null };
  };
  const { latex, text, arrives, multiplications } = product;
  return {
    output: headOf(output), leaf: headOf(leaf), entries, message, rule: latex, ruleText: text, arrives, multiplications,
    upstream: tensorOf(output, product.upstream), result: tensorOf(leaf, product.result),
  };
}

export function readHessian(answer: api.HessianAnswer): Matrix {
  const leaves = answer.leaves.map(headOf);
  return {
    kind: 'hessian',
    outputs: leaves,
    leaves,
    entries: answer.matrix.map((row) => row.map((entry) => ({ value: numberOf(entry), paths: null, why: null }))),
    graph: answer.graph,
    sweeps: { reverse: answer.sweeps, forward: 0, used: 'reverse' },
    hessian: {
      output: headOf(answer.output),
      gradient: answer.gradient.map(numberOf),
      eigenvalues: answer.eigenvalues.map(numberOf),
      curvature: answer.curvature,
      gates: answer.gates,
    },
    tensors: null,
  };
}

/** Rows or columns beyond this many are not drawn: nobody finds a number among thousands by looking. */
export const MOST_HEADS = 50;
/** Entries of tensors are tints without numbers and heads beyond the first, and are not drawn beyond the second. */
const MOST_NUMBERS = 12;
const MOST_TINTS = 64;

/** Rows and columns that are drawn. */
export const mostHeads = ({ tensors }: Matrix): number => (tensors ? MOST_TINTS : MOST_HEADS);

export function isHeatMap({ tensors, outputs, leaves }: Matrix): boolean {
  return tensors !== null && Math.max(outputs.length, leaves.length) > MOST_NUMBERS;
}

/** The matrix as it stands on the page: rows are outputs, or leaves. */
export interface Turned {
  rows: readonly Head[];
  columns: readonly Head[];
  entry(row: number, column: number): Entry | undefined;
  /** Place of an entry of the page, and the other way round. */
  placeOf(row: number, column: number): Place;
  at(place: Place): { row: number; column: number };
}

export function turned(matrix: Matrix, layout: 'outputs' | 'leaves'): Turned {
  const { outputs, leaves, entries } = matrix;
  const first = (heads: readonly Head[]): readonly Head[] => heads.slice(0, mostHeads(matrix));
  if (layout === 'leaves') {
    return {
      rows: first(leaves),
      columns: first(outputs),
      entry: (row, column) => entries[column]?.[row],
      placeOf: (row, column) => ({ output: column, leaf: row }),
      at: ({ output, leaf }) => ({ row: leaf, column: output }),
    };
  }
  return {
    rows: first(outputs),
    columns: first(leaves),
    entry: (row, column) => entries[row]?.[column],
    placeOf: (row, column) => ({ output: row, leaf: column }),
    at: ({ output, leaf }) => ({ row: output, column: leaf }),
  };
}

/** The entry that a link names, else the one with the most paths (in a Hessian the largest), else the first. */
export function chosenPlace(matrix: Matrix, cell: { row: string; column: string } | null): Place | null {
  const { outputs, leaves, entries } = matrix;
  if (outputs.length === 0 || leaves.length === 0) return null;
  const output = outputs.findIndex(({ label }) => label === cell?.row);
  const leaf = leaves.findIndex(({ label }) => label === cell?.column);
  const most = mostHeads(matrix);
  if (within(output, most) && within(leaf, most)) return { output, leaf };
  let best: Place = { output: 0, leaf: 0 };
  let largest = matrix.kind === 'hessian' ? 0 : 1;
  for (const [row, line] of entries.slice(0, most).entries()) {
    for (const [column, { paths, value }] of line.slice(0, most).entries()) {
      const weight = paths ?? Math.abs(value);
      if (value !== 0 && weight > largest) [best, largest] = [{ output: row, leaf: column }, weight];
    }
  }
  return best;
}

const within = (index: number, most: number): boolean => index >= 0 && index < most;

/** The output whose gradients are on show. */
export function outputOf(matrix: Matrix | null, cell: { row: string; column: string } | null): Head | null {
  if (!matrix) return null;
  const place = chosenPlace(matrix, cell);
  return matrix.hessian?.output ?? (place && matrix.outputs[place.output]) ?? null;
}

/** How strong the tint of a number is, 0 to 1, and which way; null where it has none. */
export function heatOf(value: number, largest: number): { sign: 'plus' | 'minus' | 'zero'; strength: number } | null {
  if (!Number.isFinite(value)) return null;
  if (value === 0 || largest === 0) return { sign: 'zero', strength: 1 };
  return { sign: value > 0 ? 'plus' : 'minus', strength: Math.abs(value) / largest };
}

/** The largest finite size of an entry. */
export function largestOf({ entries }: Matrix): number {
  let largest = 0;
  for (const row of entries) {
    for (const { value } of row) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  }
  return largest;
}
