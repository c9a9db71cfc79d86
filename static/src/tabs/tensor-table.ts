/** A tensor as a small table of tinted numbers beside words and formulas; a large one in one line. */
import type { Tensor } from '../api/model';
import { fullNumber, graphNumber } from '../format';
import { sizeOf } from '../graph/cell-sizes';
import { scaleOf, tintOf } from '../graph/tint-scale';
import { element } from '../views/elements';

const MOST_NUMBERS = 12;
const MOST_CELLS = 64;

export interface TableLook {
  kind: 'value' | 'gradient' | 'local';
  /** Said to readers that hear the table. */
  caption: string;
  decimals: number;
  /** What the full tint is worth; that of this tensor unless given. */
  scale?: number;
}

export function tensorTable(tensor: Tensor, { kind, caption, decimals, scale = scaleOf([tensor]) }: TableLook): HTMLElement {
  const { rows, columns } = sizeOf(tensor.shape);
  const { entries } = tensor;
  if (entries === null || tensor.shape.length > 2 || Math.max(rows, columns) > MOST_CELLS) {
    return element('p', 'inspector-note', {}, `${tensor.shape.join(' × ')}, not listed`);
  }
  const silent = Math.max(rows, columns) > MOST_NUMBERS;
  const table = element('table', `tensor-table ${kind}-table${silent ? ' silent' : ''}`, {}, element('caption', 'visually-hidden', {}, caption));
  for (let row = 0; row < rows; row += 1) {
    const line = element('tr', '');
    for (let column = 0; column < columns; column += 1) {
      const entry = entries[row * columns + column] ?? NaN;
      const cell = element('td', entry < 0 ? 'minus' : 'plus', { title: fullNumber(entry) }, silent ? '' : graphNumber(entry, decimals));
      cell.style.setProperty('--strength', tintOf(entry, scale).toFixed(3));
      line.append(cell);
    }
    table.append(line);
  }
  return table;
}

/** Several tensors on one scale of tints. */
export function commonScale(tensors: readonly (Tensor | null)[]): number {
  return scaleOf(tensors.filter((one) => one !== null));
}
