/**
 * The matrix as a grid: heads with names and values, tinted numbers, and the sweep that fills each row and each column.
 * Arrows, Home and End move in it, and what has the focus is selected.
 */
import { fullNumber, graphNumber } from '../../format';
import { renderMath } from '../../math';
import { element } from '../../views/elements';
import { heatOf, isHeatMap, largestOf, turned, type Head, type Matrix, type Place, type Turned } from './view';

export interface Grid {
  root: HTMLElement;
  show(matrix: Matrix, layout: 'outputs' | 'leaves', place: Place | null, decimals: number): void;
}

/** Beyond this many the words beside the arrows would be a wall of text. */
const MOST_SWEEPS = 8;

/** More entries of tensors stand closer, so that the pattern of their zeros is seen whole. */
const MOST_LARGE = 6;

export interface GridHandlers {
  select(place: Place): void;
  /** An entry is pointed at; null when none is any more. */
  point(place: Place | null): void;
}

export function createGrid({ select: onSelect, point }: GridHandlers): Grid {
  const table = element('table', 'matrix', { role: 'grid' });
  const root = element('div', 'matrix-box', {}, table);
  let cells: HTMLTableCellElement[][] = [];
  let shape = '';
  let shown: Turned | null = null;
  let revealed: HTMLElement | null = null;

  function build(matrix: Matrix, layout: 'outputs' | 'leaves', found: Turned): void {
    const isHessian = matrix.kind === 'hessian';
    const heads = isHessian || layout === 'leaves' ? 'Leaf' : 'Output';
    const corner = element('th', 'matrix-corner', { scope: 'col' }, element('span', 'visually-hidden', {}, heads));
    const columns = found.columns.map((head) => headCell('columnheader', head));
    cells = found.rows.map(() => []);
    const lines = found.rows.map((head, row) => {
      cells[row] = found.columns.map((_, column) => {
        const cell = element('td', 'matrix-cell', { role: 'gridcell' }, element('span', 'matrix-number', {}));
        cell.addEventListener('click', () => move(row, column));
        cell.addEventListener('focus', () => select(row, column));
        cell.addEventListener('pointerenter', ({ pointerType }) => {
          if (pointerType === 'mouse' && shown) point(shown.placeOf(row, column));
        });
        return cell;
      });
      const mode = isHessian || layout === 'outputs' ? 'reverse' : 'forward';
      return element('tr', '', { role: 'row' }, headCell('rowheader', head), ...(cells[row] ?? []), sweep(mode, isHessian ? `\\mathrm{grad}_{${head.latex}}` : head.latex, found.rows));
    });
    const foot = isHessian
      ? []
      : [element('tr', 'matrix-foot', { 'aria-hidden': 'true' }, element('td', '', {}),
          ...found.columns.map((head) => sweep(layout === 'outputs' ? 'forward' : 'reverse', head.latex, found.columns, 'column')))];
    table.replaceChildren(
      element('thead', '', { role: 'rowgroup' }, element('tr', '', { role: 'row' }, corner, ...columns)),
      element('tbody', '', { role: 'rowgroup' }, ...lines, ...foot),
    );
  }

  function select(row: number, column: number): void {
    if (shown) onSelect(shown.placeOf(row, column));
  }

  function move(row: number, column: number): void {
    cells[row]?.[column]?.focus();
  }

  table.addEventListener('pointerleave', () => point(null));

  /** The chosen entry is in sight beside the heads, which stay; the page itself is not scrolled. */
  function reveal(cell: HTMLElement): void {
    const [head, column] = [cell.parentElement?.firstElementChild, table.tHead];
    if (!(head instanceof HTMLElement) || !column) return;
    const [left, top] = [cell.offsetLeft - head.offsetWidth - 12, cell.offsetTop - column.offsetHeight - 12];
    const [right, bottom] = [cell.offsetLeft + cell.offsetWidth + 12, cell.offsetTop + cell.offsetHeight + 12];
    if (left < root.scrollLeft) root.scrollLeft = left;
    else if (right > root.scrollLeft + root.clientWidth) root.scrollLeft = right - root.clientWidth;
    if (top < root.scrollTop) root.scrollTop = top;
    else if (bottom > root.scrollTop + root.clientHeight) root.scrollTop = bottom - root.clientHeight;
  }

  table.addEventListener('keydown', (event) => {
    const row = cells.findIndex((line) => line.some((cell) => cell === event.target));
    const column = cells[row]?.findIndex((cell) => cell === event.target) ?? -1;
    const next = row < 0 ? null : afterKey(event, row, column, cells.length, cells[0]?.length ?? 0);
    if (!next) return;
    event.preventDefault();
    move(...next);
  });

  return {
    root,
    show(matrix, layout, place, decimals) {
      const found = turned(matrix, layout);
      const heat = isHeatMap(matrix);
      const next = JSON.stringify([matrix.kind, layout, heat, ...[found.rows, found.columns].map((heads) => heads.map(({ id, latex }) => [id, latex]))]);
      const hadFocus = table.contains(document.activeElement);
      if (next !== shape) build(matrix, layout, found);
      const isNew = next !== shape;
      shape = next;
      shown = found;
      table.classList.toggle('is-heat', heat);
      table.classList.toggle('is-small', matrix.tensors !== null && Math.max(found.rows.length, found.columns.length) > MOST_LARGE);
      const names = { jacobian: 'Jacobian', hessian: 'Hessian' } as const;
      table.setAttribute('aria-label', `${names[matrix.kind]}, rows are ${layout === 'outputs' && matrix.kind === 'jacobian' ? 'outputs' : 'leaves'}`);
      fillHeads(table, found, decimals);
      const largest = largestOf(matrix);
      const at = place && found.at(place);
      for (const [row, line] of cells.entries()) {
        for (const [column, cell] of line.entries()) {
          const entry = found.entry(row, column);
          if (entry) fillCell(cell, entry.value, largest, decimals);
          const isChosen = at?.row === row && at.column === column;
          cell.setAttribute('aria-selected', String(isChosen));
          cell.tabIndex = isChosen ? 0 : -1;
        }
      }
      const headsOn = [...table.querySelectorAll('[role=columnheader]'), ...table.querySelectorAll('[role=rowheader]')];
      const lit = at ? [at.column, found.columns.length + at.row] : [];
      for (const [index, head] of headsOn.entries()) head.classList.toggle('is-lit', lit.includes(index));
      const chosen = (at && cells[at.row]?.[at.column]) ?? null;
      if (hadFocus && isNew) chosen?.focus({ preventScroll: true });
      if (chosen && chosen !== revealed) reveal(chosen);
      revealed = chosen;
    },
  };
}

/** Where a key leads, or null for a key that is not the grid's. */
export function afterKey(
  { key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  row: number,
  column: number,
  rows: number,
  columns: number,
): [number, number] | null {
  if (altKey) return null;
  const all = ctrlKey || metaKey;
  const moves: Record<string, [number, number]> = {
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    Home: [all ? 0 : row, 0],
    End: [all ? rows - 1 : row, columns - 1],
  };
  const next = moves[key];
  if (!next || (all && key.startsWith('Arrow'))) return null;
  const clamp = (index: number, count: number): number => Math.min(Math.max(index, 0), count - 1);
  return [clamp(next[0], rows), clamp(next[1], columns)];
}

function headCell(role: 'columnheader' | 'rowheader', head: Head): HTMLElement {
  const name = element('span', 'matrix-name', {});
  renderMath(name, head.latex);
  const scope = role === 'columnheader' ? 'col' : 'row';
  return element('th', `matrix-head matrix-${scope}`, { role, scope }, name, element('span', 'matrix-value', {}));
}

function fillHeads(table: HTMLElement, { rows, columns }: Turned, decimals: number): void {
  for (const [role, heads] of [['columnheader', columns], ['rowheader', rows]] as const) {
    for (const [index, cell] of [...table.querySelectorAll(`[role=${role}]`)].entries()) {
      const [head, value] = [heads[index], cell.querySelector<HTMLElement>('.matrix-value')];
      if (!head || !value) continue;
      value.textContent = graphNumber(head.value, decimals);
      value.title = fullNumber(head.value);
    }
  }
}

function fillCell(cell: HTMLTableCellElement, value: number, largest: number, decimals: number): void {
  const heat = heatOf(value, largest);
  cell.dataset['heat'] = heat?.sign ?? 'none';
  cell.style.setProperty('--strength', heat ? heat.strength.toFixed(3) : '0');
  const number = cell.firstElementChild;
  if (number instanceof HTMLElement) {
    number.textContent = graphNumber(value, decimals);
    number.title = fullNumber(value);
  }
}

/** The arrow of the sweep that fills a row or a column. Screen readers hear the counts at the foot instead. */
function sweep(
  mode: 'reverse' | 'forward',
  latex: string,
  all: readonly Head[],
  place: 'row' | 'column' = 'row',
): HTMLElement {
  const words = element('span', 'sweep-words', {});
  if (all.length <= MOST_SWEEPS) {
    const name = element('span', '', {});
    renderMath(name, latex);
    words.append(`${mode} sweep from `, name);
  }
  return element('td', `sweep sweep-${place}`, { 'aria-hidden': 'true' }, element('span', 'sweep-arrow', {}), words);
}
