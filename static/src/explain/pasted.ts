/** A pasted block of numbers: from a spreadsheet, a list, a print of NumPy, a matrix of LaTeX; and what it changes. Pure. */
import { entryName } from '../entries';
import { shapeText } from '../graph/cell-sizes';
import type { Place } from './tensor-factors';

type Read = (text: string) => number | null;
export type Block = readonly (readonly number[])[];

const DECIMAL_COMMA = /^[-\u2212+]?\d*,\d+$/;
const WRAPPERS = /\\(?:begin|end)\{[^}]*\}(?:\{[^}]*\})?|\\(?:left|right)\s*[.|()[\]]|\\[,;:! ]|\\(?:display|text)style|\\hline|\$/g;

/** The rows of a text; a sentence where it holds something else than numbers, or rows that differ in length. */
export function pastedBlock(text: string, read: Read): Block | string {
  const rows = rowsOf(text.trim());
  if (rows.length === 0) return 'There are no numbers to paste.';
  const block: number[][] = [];
  for (const row of rows) {
    const numbers: number[] = [];
    for (const part of row) {
      if (/^(\.\.\.|…)$/.test(part)) return 'The pasted text leaves entries out, written as dots.';
      const number = read(DECIMAL_COMMA.test(part) ? part.replace(',', '.') : part);
      if (number === null || !Number.isFinite(number)) return `“${part.slice(0, 30)}” is not a number.`;
      numbers.push(number);
    }
    block.push(numbers);
  }
  const odd = block.findIndex((row) => row.length !== block[0]?.length);
  if (odd > 0) return `Row ${String(odd + 1)} has ${count(block[odd] ?? [])}, row 1 has ${count(block[0] ?? [])}.`;
  return block;
}

const count = ({ length }: readonly number[]): string => `${String(length)} ${length === 1 ? 'number' : 'numbers'}`;
const filled = (parts: readonly string[]): string[] => parts.map((part) => part.trim()).filter((part) => part !== '');

function rowsOf(text: string): string[][] {
  if (/\\begin|&|\\\\/.test(text)) {
    const rows = text.split(/\\\\(?:\[[^\]]*\])?|\\cr\b/);
    return filled(rows.map((row) => row.replace(WRAPPERS, ' ').replace(/\{,\}/g, ','))).map((row) => filled(row.split('&')));
  }
  if (text.includes('\t')) return lines(text).map((line) => filled(line.split('\t')));
  if (text.includes('[')) return bracketed(text);
  // Rows of their own make `;` the separator of columns, as spreadsheets write it where the comma is the decimal sign.
  if (text.includes(';') && /\n/.test(text)) return lines(text).map((line) => filled(line.split(';')));
  return filled(text.split(/[;\n]/)).map(items);
}

const lines = (text: string): string[] => filled(text.split(/\r?\n/));

/** A row without brackets: commas separate, unless each number has one of its own. */
function items(row: string): string[] {
  const words = filled(row.split(/\s+/));
  return words.length > 1 && words.every((word) => DECIMAL_COMMA.test(word)) ? words : filled(row.split(/[,\s]+/));
}

/** `[[1, 2], [3, 4]]`, `array([[1., 2.], …])`, `[1 2; 3 4]`: the innermost brackets are rows. */
function bracketed(text: string): string[][] {
  const inner = text.slice(text.indexOf('['), text.lastIndexOf(']') + 1);
  const rows = [...inner.matchAll(/\[([^[\]]*)\]/g)].map(([, row = '']) => row);
  return rows.flatMap((row) => filled(row.split(';')).map((part) => filled(part.split(/[,\s]+/))));
}

/** What a block changes when its left upper cell lies on this one; a sentence where it reaches over the edge. */
export function blockChanges(block: Block, at: Place, name: string, shape: readonly number[]): ReadonlyMap<number, number> | string {
  const [height = 1, second = 1] = shape;
  const size = { rows: height, columns: shape.length > 1 ? second : 1 };
  const [only = []] = block;
  // A row of numbers fills a vector downwards.
  const rows = size.columns === 1 && block.length === 1 ? only.map((one) => [one]) : block;
  const columns = rows[0]?.length ?? 0;
  // As large as the whole it is the whole, whichever cell is in focus.
  const from = rows.length === size.rows && columns === size.columns ? { row: 0, column: 0 } : at;
  const room = { rows: size.rows - from.row, columns: size.columns - from.column };
  if (rows.length > room.rows || columns > room.columns) {
    const cell = entryName(name, shape, from.row * size.columns + from.column);
    const turned = rows.length === size.columns && columns === size.rows ? ' Its transpose would fit.' : '';
    const given = `${String(rows.length)}×${String(columns)}`;
    return `${given} numbers do not fit: ${name} is ${shapeText(shape)}, and from ${cell} on there is room for ${String(room.rows)}×${String(room.columns)}.${turned}`;
  }
  const changes = new Map<number, number>();
  rows.forEach((row, down) => {
    row.forEach((value, right) => changes.set((from.row + down) * size.columns + from.column + right, value));
  });
  return changes;
}
