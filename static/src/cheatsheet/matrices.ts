/** An operation on tensors at work: small matrices with numbers, one entry of the result lit with what it is made of. */
import { svg } from '../graph/svg';
import type { Grid, Matrices } from './records';

const CELL = { height: 15 } as const;
/** Widths of a cell by the characters of its longest number. */
const WIDTHS = [17, 17, 17, 27, 27, 33] as const;
const GAP = 5;
/** Room for a sign between two matrices. */
const SIGN = 12;

interface Box {
  width: number;
  height: number;
}

export function drawMatrices({ operands, result, sign, crossed }: Matrices): SVGSVGElement {
  const [first, second] = operands;
  if (crossed && first && second) return drawCrossed(first, asRow(second, result), result);
  const parts: { grid: Grid; before: string }[] = operands.map((grid, index) => ({ grid, before: index > 0 ? shortSign(sign) : '' }));
  parts.push({ grid: result, before: '→' });
  const height = Math.max(...parts.map(({ grid }) => boxOf(grid).height));
  const drawn: SVGElement[] = [];
  let x = 0;
  for (const { grid, before } of parts) {
    if (before !== '') drawn.push(text(before, x + SIGN / 2, height / 2 + 4, 'cheat-sign'));
    if (drawn.length > 0) x += SIGN;
    const box = boxOf(grid);
    drawn.push(...cells(grid, x, (height - box.height) / 2, grid === result));
    x += box.width;
  }
  return picture({ width: x, height }, drawn);
}

/** The first operand to the left of the result, the second above it: row × column reads off. */
function drawCrossed(left: Grid, above: Grid, result: Grid): SVGSVGElement {
  const [side, top] = [boxOf(left), boxOf(above)];
  const [x, y] = [side.width + GAP, top.height + GAP];
  const column = Math.max(cellWidth(above), cellWidth(result));
  const width = x + column * columnsOf(result);
  return picture({ width, height: y + boxOf(result).height }, [
    ...cells(above, x, 0, false, column),
    ...cells(left, 0, y, false),
    ...cells(result, x, y, true, column),
  ]);
}

/** A vector that runs along the columns of the result. */
function asRow(grid: Grid, result: Grid): Grid {
  if (columnsOf(grid) === columnsOf(result)) return grid;
  return { ...grid, rows: [grid.rows.map(([cell = '']) => cell)], lit: [grid.lit.map(([on = false]) => on)] };
}

const shortSign = (sign: string): string => (sign.length === 1 ? sign : ',');
const columnsOf = ({ rows }: Grid): number => rows[0]?.length ?? 0;
const cellWidth = ({ rows }: Grid): number => WIDTHS[Math.max(...rows.flat().map(({ length }) => length))] ?? 40;

function boxOf(grid: Grid): Box {
  return { width: columnsOf(grid) * cellWidth(grid), height: grid.rows.length * CELL.height };
}

function cells(grid: Grid, left: number, top: number, isResult: boolean, width = cellWidth(grid)): SVGElement[] {
  return grid.rows.flatMap((row, at) =>
    row.flatMap((number, column) => {
      const [x, y] = [left + column * width, top + at * CELL.height];
      const isLit = grid.lit[at]?.[column] ?? false;
      const name = `cheat-cell${isLit ? (isResult ? ' cheat-cell-made' : ' cheat-cell-lit') : ''}`;
      return [
        svg('rect', { class: name, x: x + 0.5, y: y + 0.5, width: width - 1, height: CELL.height - 1, rx: 2 }),
        text(number, x + width / 2, y + 11, isLit ? 'cheat-cell-number cheat-cell-strong' : 'cheat-cell-number'),
      ];
    }),
  );
}

function picture({ width, height }: Box, children: readonly SVGElement[]): SVGSVGElement {
  const box = `0 0 ${String(width)} ${String(height)}`;
  return svg('svg', { class: 'cheat-matrices', viewBox: box, width, height, 'aria-hidden': 'true' }, ...children);
}

function text(label: string, x: number, y: number, className: string): SVGElement {
  return svg('text', { class: className, x, y, 'text-anchor': 'middle' }, label);
}
