/** Cells of a leaf's value that can be changed: keys move, typing or a press opens a field, a block is pasted whole. */
import { fullNumber, readNumber } from '../format';
import { blockChanges, pastedBlock } from '../explain/list-text';
import type { Place } from '../explain/tensor-factors';
import { element } from './elements';

interface Cells {
  table: HTMLTableElement;
  rows: number;
  columns: number;
  label: string;
  entry(place: Place): number;
  take(changes: ReadonlyMap<number, number>): void;
}

/** What is open, so that a table drawn anew goes on where the old one was. */
export interface Standing extends Place {
  /** What is typed; null while no field is open. */
  text: string | null;
  selected: readonly [number, number];
}

const MINUS = '\u2212';

export function standingOf(table: Element | null): Standing | null {
  const cell = table?.querySelector<HTMLElement>('td:focus, td:focus-within') ?? null;
  if (!cell) return null;
  const field = cell.querySelector('input');
  return { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']), text: field?.value ?? null, selected: [field?.selectionStart ?? 0, field?.selectionEnd ?? 0] };
}

export function editableCells(cells: Cells, standing: Standing | null): { resume(): void } {
  const { table, rows, columns, label } = cells;
  table.setAttribute('role', 'grid');
  table.classList.add('editable');
  const cellAt = ({ row, column }: Place): HTMLElement | null => table.querySelector(`td[data-row="${String(row)}"][data-column="${String(column)}"]`);
  const placeOf = (cell: HTMLElement): Place => ({ row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) });
  const start = standing ?? { row: 0, column: 0 };
  for (const cell of table.querySelectorAll('td')) {
    const { row, column } = placeOf(cell);
    cell.setAttribute('role', 'gridcell');
    cell.tabIndex = row === start.row && column === start.column ? 0 : -1;
    const index = columns === 1 ? String(row) : `${String(row)}, ${String(column)}`;
    cell.setAttribute('aria-label', `${label}[${index}], ${cell.textContent}`);
  }

  function focus(place: Place): boolean {
    const next = cellAt(place);
    if (!next) return false;
    for (const cell of table.querySelectorAll('td')) cell.tabIndex = cell === next ? 0 : -1;
    next.focus();
    return true;
  }

  function open(cell: HTMLElement, text: string | null, selected: readonly [number, number] | null = null): void {
    if (cell.querySelector('input')) return;
    const place = placeOf(cell);
    const shown = cell.textContent;
    const field = element('input', 'tensor-field', {
      type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false', 'aria-label': cell.getAttribute('aria-label'),
    });
    field.value = text ?? fullNumber(cells.entry(place)).replaceAll('-', MINUS);
    cell.replaceChildren(field);
    field.focus();
    if (text === null) field.select();
    else if (selected) field.setSelectionRange(...selected);
    let closed = false;

    function close(keep: boolean): boolean {
      if (closed) return true;
      const value = readNumber(field.value);
      if (keep && (value === null || !Number.isFinite(value))) {
        field.setAttribute('aria-invalid', 'true');
        return false;
      }
      closed = true;
      cell.textContent = shown;
      if (keep && value !== null && value !== cells.entry(place)) cells.take(new Map([[place.row * columns + place.column, value]]));
      return true;
    }

    field.addEventListener('blur', () => {
      // A table that is drawn anew takes its field with it.
      if (table.isConnected && !table.classList.contains('leaving') && !close(true)) close(false);
    });
    field.addEventListener('keydown', (event) => {
      const { key } = event;
      if (key === 'Escape') {
        close(false);
        focus(place);
      } else if (key === 'Enter') {
        if (close(true)) focus(place);
      } else if (key === 'Tab') {
        const index = place.row * columns + place.column + (event.shiftKey ? -1 : 1);
        const next = { row: Math.floor(index / columns), column: index % columns };
        if (!close(true)) event.preventDefault();
        else if (index >= 0 && next.row < rows) {
          event.preventDefault();
          focus(next);
          const target = cellAt(next);
          if (target) open(target, null);
        }
        event.stopPropagation();
        return;
      } else {
        event.stopPropagation();
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    });
  }

  const MOVES: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
  };

  table.addEventListener('keydown', (event) => {
    const cell = event.target;
    if (!(cell instanceof HTMLElement) || cell.tagName !== 'TD' || event.ctrlKey || event.metaKey || event.altKey) return;
    const { row, column } = placeOf(cell);
    const move = MOVES[event.key];
    if (move) focus({ row: row + move[0], column: column + move[1] });
    else if (event.key === 'Enter' || event.key === 'F2') open(cell, null);
    else if (/^[-−+.\d]$/.test(event.key)) open(cell, event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  table.addEventListener('click', (event) => {
    const cell = event.target instanceof Element ? event.target.closest('td') : null;
    if (!cell) return;
    focus(placeOf(cell));
    open(cell, null);
  });
  table.addEventListener('paste', (event) => {
    const cell = event.target instanceof Element ? event.target.closest('td') : null;
    const block = pastedBlock(event.clipboardData?.getData('text/plain') ?? '', readNumber);
    if (!cell || !block) return;
    const changes = blockChanges(block, placeOf(cell), { rows, columns });
    // A single number goes into the field like any text.
    if (changes.size < 2 && cell.querySelector('input')) return;
    event.preventDefault();
    const field = cell.querySelector('input');
    if (field) field.value = fullNumber(cells.entry(placeOf(cell)));
    cells.take(changes);
  });

  return {
    resume() {
      if (!standing || !focus(standing) || standing.text === null) return;
      const cell = cellAt(standing);
      if (cell) open(cell, standing.text, standing.selected);
    },
  };
}
