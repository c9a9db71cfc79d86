/** The entries that were typed for a tensor, each right or wrong; a wrong one leads to what can be said about it alone. */
import type { Diagnosis } from '../api/model';
import { sizeOf } from '../graph/cell-sizes';
import { button, element } from '../views/elements';
import { entryText, indexOf } from './entry';
import { toneOf } from './words';

/** More rows or columns are told by the sentence alone. */
const MOST = 12;

export function cellsOf({ cells, shape, node }: Pick<Diagnosis, 'cells' | 'shape' | 'node'>, onEntry: (index: number[], typed: string) => void): HTMLElement | null {
  const { rows, columns } = sizeOf(shape);
  if (!cells || shape.length > 2 || Math.max(rows, columns) > MOST) return null;
  const table = element('table', 'check-cells', {}, element('caption', 'visually-hidden', {}, 'Your numbers, wrong ones marked'));
  const body = element('tbody', '');
  for (let row = 0; row < rows; row += 1) {
    const line = element('tr', '');
    for (let column = 0; column < columns; column += 1) {
      const place = row * columns + column;
      const [typed, ours, verdict] = [minus(cells.typed[place] ?? ''), cells.ours[place] ?? '', cells.verdicts[place] ?? 'wrong'];
      const tone = toneOf(verdict);
      const index = indexOf(place, shape);
      const cell = element('td', `check-cell check-cell-${tone}`, { title: `ours: ${ours}` });
      if (tone === 'wrong') {
        const label = `${entryText(node.label, index)}: ${typed} is wrong, ours is ${ours}. Look into it`;
        cell.append(button('check-cell-button', () => onEntry(index, cells.typed[place] ?? ''), { 'aria-label': label, title: `ours: ${ours}` }, typed));
      } else cell.append(typed);
      line.append(cell);
    }
    body.append(line);
  }
  table.append(body);
  return element('div', 'check-cells-scroll', {}, table);
}

/** The first wrong entry, which the slips that were tried speak of; null of a number. */
export function firstWrong({ cells, shape, node }: Pick<Diagnosis, 'cells' | 'shape' | 'node'>): { name: string; typed: string } | null {
  if (!cells) return null;
  const place = Math.max(0, cells.verdicts.indexOf('wrong'));
  return { name: entryText(node.label, indexOf(place, shape)), typed: cells.typed[place] ?? '' };
}

const minus = (text: string): string => text.replace('-', '−');
