/** How large a tensor stands on its wire: cells while they are few, else a line that says its shape. Pure. */
import type { GraphNode } from '../api/model';

/** Cells are 42 × 19; more rows or columns than these are told by the shape alone. */
export const CELL = { width: 42, height: 19, size: 12.5 } as const;
export const MOST_ROWS = 6;
export const MOST_COLUMNS = 6;
/** Between the wire and the cells, and the badge with the shape above them. */
export const CELL_GAP = 8;
export const BADGE_HEIGHT = 20;
/** The stroke beside the cells, green for values and red for gradients. */
export const BAR = 5;

export interface Cells {
  rows: number;
  columns: number;
  /** Numbers in cells, or the shape alone. */
  listed: boolean;
  /** Of the whole, badge and bar included, to one side of the wire. */
  width: number;
  height: number;
}

/** A vector is a column, as on paper; a matrix has its rows and columns. */
export function sizeOf(shape: readonly number[]): { rows: number; columns: number } {
  const [rows = 1, columns = 1] = shape;
  return { rows, columns: shape.length > 1 ? columns : 1 };
}

/** Null for a number. */
export function cellsOf({ node }: { node: Pick<GraphNode, 'tensor'> }): Cells | null {
  if (!node.tensor) return null;
  const { value } = node.tensor;
  const { rows, columns } = sizeOf(value.shape);
  // Nothing but its shape is known of it: a badge.
  if (value.entries === null && value.summary === null) {
    return { rows, columns, listed: false, width: 10 + 7 * shapeText(value.shape).length, height: CELL_GAP + BADGE_HEIGHT };
  }
  const listed = value.entries !== null && value.shape.length <= 2 && rows <= MOST_ROWS && columns <= MOST_COLUMNS;
  if (!listed) return { rows, columns, listed, width: 96, height: CELL_GAP + BADGE_HEIGHT };
  return {
    rows, columns, listed,
    width: columns * CELL.width + BAR + 4,
    height: CELL_GAP + rows * CELL.height + BADGE_HEIGHT,
  };
}

export const shapeText = (shape: readonly number[]): string => shape.join('×');
