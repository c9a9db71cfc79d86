/** A tensor as a table of tinted cells, which takes new numbers without being made anew: what is held in it stays held. */
import type { Tensor } from '../api/model';
import type { Matrix } from '../explain/tensor';
import type { Place } from '../explain/tensor-factors';
import { toldOf } from '../explain/tensor-summary';
import { graphNumber } from '../format';
import { sizeOf } from '../graph/cell-sizes';
import { scaleOf, tintOf, type TintScales } from '../graph/tint-scale';
import { element } from './elements';

/** Larger ones are tints without numbers; still larger ones a line of figures. */
const MOST_NUMBERS = 12;
const MOST_CELLS = 64;
/** Decimals of a factor that is not short by itself, as in equations. */
const MOST_DECIMALS = 4;

export interface Look {
  decimals: number;
  scales: TintScales;
}

export interface TensorTable {
  root: HTMLElement;
  /** Another tensor of the same shape and kind. */
  update(matrix: Matrix, look: Look): void;
}

/** Decimals that say a factor or its product so that one follows from the other: short numbers stay short. */
export function decimalsIn({ tensor: { entries } }: Matrix, least: number): number {
  let decimals = least;
  const isShort = (entry: number): boolean => !Number.isFinite(entry) || Math.abs(Number(entry.toFixed(decimals)) - entry) <= 1e-12 * Math.abs(entry);
  while (decimals < MOST_DECIMALS && !(entries ?? []).every(isShort)) decimals += 1;
  return decimals;
}

/** What two tensors have in common that one table can show after the other. */
export function tableKey({ tensor, kind, of }: Matrix): string {
  return `${kind} ${of ?? ''} ${tensor.shape.join()} ${String(tensor.entries !== null)}`;
}

export const placeOf = (cell: HTMLElement): Place => ({ row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) });

export function tensorTable(matrix: Matrix, look: Look): TensorTable {
  const { tensor, kind } = matrix;
  const { rows, columns } = sizeOf(tensor.shape);
  if (tensor.entries === null || tensor.shape.length > 2 || Math.max(rows, columns) > MOST_CELLS) {
    const root = element('p', 'inspector-note');
    const update = (next: Matrix, { decimals }: Look): void => {
      root.textContent = summaryOf(next.tensor, decimals);
    };
    update(matrix, look);
    return { root, update };
  }
  const words = { value: 'Value', gradient: 'Gradient', local: 'Local gradient' }[kind];
  const silent = Math.max(rows, columns) > MOST_NUMBERS;
  const cells = Array.from({ length: rows * columns }, (_, at) => {
    const cell = element('td', '');
    cell.dataset['row'] = String(Math.floor(at / columns));
    cell.dataset['column'] = String(at % columns);
    return cell;
  });
  const lines = Array.from({ length: rows }, (_, row) => element('tr', '', {}, ...cells.slice(row * columns, (row + 1) * columns)));
  const caption = element('caption', 'visually-hidden', {}, `${words}, ${tensor.shape.join(' by ') || 'a number'}`);
  const root = element('table', `tensor-table ${kind}-table`, {}, caption, element('tbody', '', {}, ...lines));
  root.classList.toggle('silent', silent);
  if (matrix.of !== undefined) root.dataset['of'] = matrix.of;

  function update({ tensor: { entries } }: Matrix, { decimals, scales }: Look): void {
    const scale = kind === 'local' ? scaleOf([{ shape: tensor.shape, entries, summary: null }]) : scales[kind];
    cells.forEach((cell, at) => {
      const entry = entries?.[at] ?? NaN;
      // A field that is open in the cell keeps what is typed.
      if (!silent && cell.firstElementChild === null) setText(cell, graphNumber(entry, decimals));
      cell.title = String(entry);
      cell.classList.toggle('minus', entry < 0);
      cell.style.setProperty('--strength', tintOf(entry, scale).toFixed(3));
    });
  }

  update(matrix, look);
  return { root, update };
}

function setText(cell: HTMLElement, text: string): void {
  if (cell.textContent !== text) cell.textContent = text;
}

/** Drawn without numbers, or not at all. */
export function isCrowded({ shape, entries }: Tensor): boolean {
  const { rows, columns } = sizeOf(shape);
  return entries === null || Math.max(rows, columns) > MOST_NUMBERS;
}

function summaryOf(tensor: Tensor, decimals: number): string {
  const number = (value: number): string => graphNumber(value, decimals);
  const { min, mean, max, norm } = toldOf(tensor);
  return `${tensor.shape.join(' × ')}: min ${number(min)}, mean ${number(mean)}, max ${number(max)}, norm ${number(norm)}`;
}
