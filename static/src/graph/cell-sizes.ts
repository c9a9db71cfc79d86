/** How large a tensor stands on the graph, and how it is drawn: numbers in cells, tints alone, or a summary. Pure. */
import type { Tensor } from '../api/model';

/** Cells with numbers, px at 100 %. */
export const CELL = { width: 42, height: 19, size: 12.5 } as const;
/** More rows or columns than these are tints without numbers; more than those are told by a summary. */
export const MOST_NUMBERS = 12;
export const MOST_TINTS = 64;
/** Tints alone: as large as these let them be; cells up to so many times as broad as high where that makes a slim block readable. */
const TINTS = { width: 160, height: 100, least: 2, most: 12, broad: 3, column: 24 } as const;
/** Three lines of a summary. */
const SUMMARY = { width: 128, height: 50 } as const;
/** The stroke beside the cells, green for values and red for gradients, with the gap to them. */
export const BAR = { width: 2.5, room: 5 } as const;

export type Drawn = 'numbers' | 'tints' | 'summary';

export interface Block {
  rows: number;
  columns: number;
  drawn: Drawn;
  /** Of one cell. */
  cell: { width: number; height: number };
  /** Of the whole, the stroke beside it included. */
  width: number;
  height: number;
}

/** A vector is a column, as on paper; of more than two axes the matrices of the last two stand below each other. */
export function sizeOf(shape: readonly number[]): { rows: number; columns: number } {
  if (shape.length < 2) return { rows: shape[0] ?? 1, columns: 1 };
  return { rows: shape.slice(0, -1).reduce((product, one) => product * one, 1), columns: shape.at(-1) ?? 1 };
}

export function blockOf(tensor: Tensor): Block {
  const { rows, columns } = sizeOf(tensor.shape);
  const most = Math.max(rows, columns);
  const drawn = tensor.entries === null || most > MOST_TINTS ? 'summary' : most > MOST_NUMBERS ? 'tints' : 'numbers';
  if (drawn === 'summary') return { rows, columns, drawn, cell: { width: 0, height: 0 }, width: SUMMARY.width + BAR.room, height: SUMMARY.height };
  const cell = drawn === 'numbers' ? { width: CELL.width, height: CELL.height } : tintCell(rows, columns);
  return { rows, columns, drawn, cell, width: columns * cell.width + BAR.room, height: rows * cell.height };
}

/** Square, as pixels are, but broad in what is slim; a vector is a broad column. */
function tintCell(rows: number, columns: number): { width: number; height: number } {
  const fit = (room: number, count: number): number => Math.max(TINTS.least, Math.min(TINTS.most, Math.floor(room / count)));
  const height = fit(TINTS.height, rows);
  if (columns === 1) return { width: TINTS.column, height };
  const width = fit(TINTS.width, columns);
  if (rows >= 3 * columns) return { width: Math.min(width, TINTS.broad * height), height };
  const side = Math.min(width, height);
  return { width: side, height: side };
}

export const shapeText = (shape: readonly number[]): string => shape.join('×');
