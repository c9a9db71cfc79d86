/** A cell that is a sum of products lights what they were made of, and tells them with numbers: by pointer, finger or keys. */
import { sumOfProducts } from '../explain/cell-sources';
import type { TensorBlock } from '../explain/tensor';
import { element } from './elements';

export interface WindowLights {
  /** The line with the products. */
  root: HTMLElement;
  /** New numbers of the same block. */
  update(block: TensorBlock): void;
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
};

export function windowLights([first, second, last]: readonly [HTMLElement, HTMLElement, HTMLElement], start: TensorBlock): WindowLights {
  let block = start;
  const root = element('p', 'inspector-note tensor-terms', { 'aria-live': 'polite' });
  const results = [...last.querySelectorAll('td')];
  /** The cell that is told: one in the middle, which most windows reach, until another is pointed at. */
  let chosen = Math.floor(results.length / 2);
  last.setAttribute('role', 'grid');
  for (const part of last.querySelectorAll('tbody, tr')) part.setAttribute('role', part.tagName === 'TR' ? 'row' : 'rowgroup');
  for (const cell of results) cell.setAttribute('role', 'gridcell');

  function show(place: number, isLit: boolean): void {
    chosen = place;
    const pairs = block.pairs?.(place) ?? [];
    [first, second].forEach((table, index) => {
      const lit = new Set(pairs.map((pair) => pair[index]));
      table.querySelectorAll('td').forEach((cell, at) => cell.classList.toggle('is-factor', isLit && lit.has(at)));
    });
    results.forEach((cell, at) => {
      cell.classList.toggle('is-result', isLit && at === place);
      cell.tabIndex = at === place ? 0 : -1;
    });
    const [one, other] = block.factors;
    const value = block.result?.tensor.entries?.[place] ?? NaN;
    const text = one && other ? sumOfProducts(pairs, one.tensor, other.tensor, value) : '';
    if (root.textContent !== text) root.textContent = text;
  }

  const at = (target: EventTarget | null): number => (target instanceof Element ? results.indexOf(target.closest('td') as HTMLTableCellElement) : -1);
  last.addEventListener('pointerover', ({ target }) => {
    if (at(target) >= 0) show(at(target), true);
  });
  last.addEventListener('focusin', ({ target }) => show(at(target), true));
  last.addEventListener('keydown', (event) => {
    const move = MOVES[event.key];
    const columns = last.querySelectorAll('tr:first-child td').length;
    const row = Math.floor(at(event.target) / columns);
    const column = at(event.target) % columns;
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    const across = column + move[1];
    if (across >= 0 && across < columns) results[(row + move[0]) * columns + across]?.focus();
    event.preventDefault();
    event.stopPropagation();
  });
  show(chosen, true);

  return {
    root,
    update(next) {
      block = next;
      show(chosen, true);
    },
  };
}
