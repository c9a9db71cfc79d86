/**
 * Cells of a leaf's value that can be changed: dragged as a number on the graph is, typed in a field with steps, gone
 * through with keys, and pasted over.
 */
import type { Actions } from '../actions';
import { entryName } from '../entries';
import type { Place } from '../explain/tensor-factors';
import { fullNumber, readNumber } from '../format';
import type { Held } from '../graph/held';
import { enableScrub } from '../graph/scrub';
import { paceOf, stepFor, stepped } from '../graph/steps';
import { element } from './elements';
import { placeOf } from './tensor-table';

export interface Cells {
  table: HTMLElement;
  columns: number;
  shape: readonly number[];
  /** Name of the leaf. */
  name: string;
  label: string;
  actions: Pick<Actions, 'dragValue' | 'endDrag' | 'cancelDrag'>;
  /** The entry as it is now. */
  entry(place: number): number;
  /** What a text that is pasted at this cell does; null where it is to be pasted as any text is. */
  paste(text: string, at: Place, isTyping: boolean): (() => void) | null;
  /** Writes the numbers into all cells without an open field. */
  redraw(): void;
}

const MINUS = '\u2212';
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
};
const shown = (value: number): string => fullNumber(value).replaceAll('-', MINUS);

/** Gives the way to tell the cells that there are new numbers. */
export function editableCells(cells: Cells): () => void {
  const { table, columns, actions } = cells;
  const all = [...table.querySelectorAll('td')];
  const at = ({ row, column }: Place): HTMLElement | undefined => (column < columns ? all[row * columns + column] : undefined);
  const heldAt = (place: number): Held => ({
    id: '', name: entryName(cells.name, cells.shape, place), label: entryName(cells.label, cells.shape, place), value: cells.entry(place), entry: place,
  });
  /** The cell with an open field, and how it is closed. */
  let open: { place: number; close(keep: boolean): boolean } | null = null;
  table.setAttribute('role', 'grid');
  table.classList.add('editable');
  for (const part of table.querySelectorAll('tbody, tr')) part.setAttribute('role', part.tagName === 'TR' ? 'row' : 'rowgroup');
  all.forEach((cell, place) => {
    cell.setAttribute('role', 'gridcell');
    cell.tabIndex = place === 0 ? 0 : -1;
  });

  function focus(cell: HTMLElement | undefined): boolean {
    if (!cell) return false;
    for (const other of all) other.tabIndex = other === cell ? 0 : -1;
    cell.focus();
    return true;
  }

  function edit(place: number, text: string | null): void {
    const cell = all[place];
    if (!cell || open?.place === place || (open && !open.close(true))) return;
    const held = heldAt(place);
    const field = element('input', 'tensor-field', {
      type: 'text', role: 'spinbutton', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false', maxlength: '40', 'aria-label': held.label,
    });
    let asked = held.value;
    let changed = false;

    function take(value: number | null): void {
      const isNumber = value !== null && Number.isFinite(value);
      if (isNumber) field.removeAttribute('aria-invalid');
      if (!isNumber || held.name === null || value === asked) return;
      asked = value;
      changed = true;
      actions.dragValue(held.name, value);
    }

    function close(keep: boolean): boolean {
      const value = readNumber(field.value);
      if (keep && (value === null || !Number.isFinite(value))) {
        field.setAttribute('aria-invalid', 'true');
        return false;
      }
      open = null;
      field.remove();
      if (changed) (keep ? actions.endDrag : actions.cancelDrag)();
      cells.redraw();
      return true;
    }

    open = { place, close };
    field.value = text ?? shown(held.value);
    cell?.replaceChildren(field);
    field.focus();
    if (text === null) field.select();
    else take(readNumber(text));
    field.addEventListener('input', () => take(readNumber(field.value)));
    field.addEventListener('blur', () => {
      if (open?.place === place && !close(true)) close(false);
    });
    field.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Escape') {
        close(false);
        focus(cell);
      } else if (event.key === 'Enter') {
        if (close(true)) focus(cell);
      } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
        const from = readNumber(field.value) ?? asked;
        const next = stepped(from, event.key === 'ArrowUp' ? 1 : -1, stepFor(from, paceOf(event)));
        field.value = shown(next);
        take(next);
      } else if (event.key === 'Tab') {
        const next = place + (event.shiftKey ? -1 : 1);
        if (close(true)) {
          if (!focus(all[next])) return;
          edit(next, null);
        }
      } else return;
      event.preventDefault();
    });
  }

  table.addEventListener('keydown', (event) => {
    const cell = event.target;
    if (!(cell instanceof HTMLElement) || cell.tagName !== 'TD' || event.ctrlKey || event.metaKey || event.altKey) return;
    const { row, column } = placeOf(cell);
    const move = MOVES[event.key];
    if (move) focus(at({ row: row + move[0], column: column + move[1] }));
    else if (event.key === 'Enter' || event.key === 'F2') edit(all.indexOf(cell as HTMLTableCellElement), null);
    else if (/^[-−+.\d]$/.test(event.key)) edit(all.indexOf(cell as HTMLTableCellElement), event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  enableScrub(table, {
    actions,
    leafAt(target) {
      const cell = target.closest('td');
      const place = cell ? all.indexOf(cell) : -1;
      return cell && place >= 0 && open?.place !== place ? { node: heldAt(place), handle: cell } : null;
    },
    click({ entry = 0 }) {
      focus(all[entry]);
      edit(entry, null);
    },
    began: () => open?.close(true),
  });

  table.addEventListener('paste', (event) => {
    const cell = event.target instanceof Element ? event.target.closest('td') : null;
    const run = cell && cells.paste(event.clipboardData?.getData('text/plain') ?? '', placeOf(cell), cell.querySelector('input') !== null);
    if (!run) return;
    event.preventDefault();
    open?.close(false);
    focus(cell);
    run();
  });

  function update(): void {
    all.forEach((cell, place) => {
      if (open?.place === place) return;
      const { label, value } = heldAt(place);
      cell.setAttribute('aria-label', `${label}, ${cell.textContent || shown(value)}`);
    });
  }

  update();
  return update;
}
