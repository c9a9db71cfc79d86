/** What the Flat code tab shows of an answer: which lines belong to which gate of the graph, and where comments stand. Pure. */
import type { CodeAnswer, CodeLine } from '../../api/model';

export interface CodeModel {
  answer: CodeAnswer;
  lines: readonly CodeLine[];
  /** Visible id of the gate or leaf that a line is about, null where it is about none. */
  nodeOf(line: CodeLine): string | null;
  /** Visible id of the leaf whose gradient a line writes, or null. */
  leafOf(line: CodeLine): string | null;
  /** Numbers of the lines at which a gate or leaf is at work. */
  linesOf(id: string): ReadonlySet<number>;
  line(number: number): CodeLine | null;
}

/** `visible` gives the id on the graph of a node of the answer. */
export function codeModel(answer: CodeAnswer, visible: (id: string) => string | null): CodeModel {
  const lines = [...answer.forward, ...answer.backward, ...answer.autograd];
  const nodes = new Map<number, string>();
  const numbers = new Map<string, Set<number>>();
  const add = (id: string | null, line: CodeLine): void => {
    if (id === null) return;
    const list = numbers.get(id);
    if (list) list.add(line.number);
    else numbers.set(id, new Set([line.number]));
  };
  for (const line of lines) {
    const about = line.gate ?? line.node;
    const id = about === null ? null : visible(about);
    if (id !== null) nodes.set(line.number, id);
    add(id, line);
    for (const leaf of line.leaves) add(visible(leaf), line);
    // The gradient of a leaf belongs to the leaf too.
    if (line.leaf && line.node !== null && line.gate !== null) add(visible(line.node), line);
  }
  const none = new Set<number>();
  return {
    answer,
    lines,
    nodeOf: ({ number }) => nodes.get(number) ?? null,
    leafOf: ({ leaf, node }) => (leaf && node !== null ? visible(node) : null),
    linesOf: (id) => numbers.get(id) ?? none,
    line: (number) => lines[number - 1] ?? null,
  };
}

/** Longer lines push their own comment to the right, as in the file. */
const WIDEST_COLUMN = 48;

/** How many characters wide the code is before the comments of these lines. */
export function columnOf(lines: readonly CodeLine[]): number {
  const widths = lines.filter(({ comment }) => comment !== null).map(({ text }) => text.length);
  return widths.reduce((most, width) => (width <= WIDEST_COLUMN ? Math.max(most, width) : most), 0) + 2;
}

/** Plain Python has no tensors: NumPy stands in its place while a program has some, and the reader's choice waits. */
export function languageOf(wanted: CodeAnswer['language'], hasTensors: boolean): CodeAnswer['language'] {
  return hasTensors && wanted === 'python' ? 'numpy' : wanted;
}

/** "6 gates, one line each". */
export function forwardNote({ forward }: CodeAnswer): string {
  const count = new Set(forward.flatMap(({ gate }) => gate ?? [])).size;
  if (count === 0) return '';
  return count === 1 ? '1 gate, one line' : `${String(count)} gates, one line each`;
}

/** The widest of the lines from a place on, in characters, as a note beside them must know. */
export function widestFrom(lines: readonly CodeLine[], at: number, count: number, column: number): number {
  return lines
    .slice(at, at + count)
    .reduce((most, { text, comment }) => Math.max(most, comment === null ? text.length : Math.max(column, text.length + 2) + comment.length), 0);
}

/** "neuron.py" of an open example, else the answer's own. */
export function fileName(example: string | null, { file_name: plain }: CodeAnswer): string {
  return example === null ? plain : `${example.replace(/[^a-z0-9]+/gi, '_')}.py`;
}
