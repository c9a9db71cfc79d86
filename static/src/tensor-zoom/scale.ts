/** How large the entries of an enlarged tensor are, and which of them are in sight. Pure. */

export interface Grid {
  rows: number;
  columns: number;
}

export interface CellSize {
  width: number;
  height: number;
  /** Large enough for a number. */
  numbers: boolean;
}

export interface Place {
  row: number;
  column: number;
}

/** Steps of zooming: squares without numbers, then cells with them. */
export const STEPS: readonly CellSize[] = [
  ...[1, 2, 3, 4, 6, 9, 13, 18, 24].map((side) => ({ width: side, height: side, numbers: false })),
  { width: 56, height: 24, numbers: true },
  { width: 76, height: 32, numbers: true },
];

/** The largest step at which all of it is in the room; the smallest where none is. */
export function fittingStep({ rows, columns }: Grid, room: { width: number; height: number }): number {
  let best = 0;
  STEPS.forEach(({ width, height }, step) => {
    if (columns * width <= room.width && rows * height <= room.height) best = step;
  });
  return best;
}

/** Entries that a window of the scrolled grid shows, the last ones excluded. */
export function inSight(grid: Grid, cell: CellSize, view: { left: number; top: number; width: number; height: number }): { from: Place; to: Place } {
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));
  return {
    from: { row: clamp(Math.floor(view.top / cell.height), grid.rows), column: clamp(Math.floor(view.left / cell.width), grid.columns) },
    to: {
      row: clamp(Math.ceil((view.top + view.height) / cell.height), grid.rows),
      column: clamp(Math.ceil((view.left + view.width) / cell.width), grid.columns),
    },
  };
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-10, 0], PageDown: [10, 0],
  Home: [0, -Infinity], End: [0, Infinity],
};

/** Where a key leads from an entry; null for other keys. */
export function moved({ row, column }: Place, key: string, { rows, columns }: Grid): Place | null {
  const move = MOVES[key];
  if (!move) return null;
  const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));
  return { row: within(row + move[0], rows), column: within(column + move[1], columns) };
}

/** `W1[3, 17]`, as an entry is called everywhere: indices from 0, one for each axis. */
export function entryName(label: string, shape: readonly number[], index: number): string {
  const places: number[] = [];
  let rest = index;
  for (const size of [...shape].reverse()) {
    places.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return `${label}[${places.join(', ')}]`;
}
