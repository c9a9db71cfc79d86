/** Of a tensor: whether one entry or all of them are checked, and which entry. */
import type { GraphNode } from '../api/model';
import { button, element } from '../views/elements';
import { axisWord, entryIn, entryText, withIn } from './entry';

/** Longer axes take a number in place of a list. */
const LISTED = 64;

export interface Chooser {
  root: HTMLElement;
  /** `leaf` as the check has it; hidden where the node is a number. */
  update(node: GraphNode | null, leaf: string): void;
}

/** `onChoose` is told the name, with an index for one entry. */
export function entryChooser(onChoose: (leaf: string) => void): Chooser {
  const kinds = element('div', 'check-quantities', { role: 'radiogroup', 'aria-label': 'One entry or all of them' });
  const axes = element('div', 'check-axes', { hidden: true });
  const root = element('div', 'check-entry', { hidden: true }, kinds, axes);
  let shape = '';
  /** The entry that was chosen last, for when one is asked for again. */
  let last: number[] = [];

  function radio(words: string, on: boolean, choose: () => void): HTMLElement {
    return button('check-quantity', choose, { role: 'radio', 'aria-checked': String(on), tabindex: on ? '0' : '-1' }, words);
  }

  kinds.addEventListener('keydown', (event) => {
    if (!['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    kinds.querySelector<HTMLElement>('[aria-checked="false"]')?.click();
    kinds.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
  });

  function showAxes(node: GraphNode, name: string, index: readonly number[]): void {
    const next = `${name} ${node.shape.join()}`;
    if (shape !== next) {
      shape = next;
      axes.replaceChildren(...node.shape.map((size, axis) => axisField(size, axis, node.shape.length, name)));
    }
    axes.querySelectorAll<HTMLSelectElement | HTMLInputElement>('.check-axis').forEach((field, axis) => {
      field.value = String(index[axis] ?? 0);
    });
  }

  function axisField(size: number, axis: number, rank: number, name: string): HTMLElement {
    const field =
      size <= LISTED
        ? element('select', 'check-axis', {}, ...Array.from({ length: size }, (_, at) => element('option', '', { value: String(at) }, String(at))))
        : element('input', 'check-axis', { type: 'number', min: '0', max: String(size - 1), step: '1' });
    field.addEventListener('change', () => {
      const at = Math.min(size - 1, Math.max(0, Math.floor(Number(field.value) || 0)));
      last[axis] = at;
      onChoose(entryText(name, last));
    });
    return element('label', 'check-axis-label', {}, axisWord(axis, rank), field);
  }

  return {
    root,
    update(node, leaf) {
      const rank = node?.shape.length ?? 0;
      root.hidden = rank === 0;
      if (!node || rank === 0) return;
      const name = node.name ?? node.label;
      const entry = entryIn(leaf);
      last = withIn(node, entry?.index ?? last);
      const focused = kinds.contains(document.activeElement);
      kinds.replaceChildren(
        radio('One entry', entry !== null, () => onChoose(entryText(name, last))),
        radio(rank === 1 ? 'The whole vector' : rank === 2 ? 'The whole matrix' : 'The whole tensor', entry === null, () => onChoose(name)),
      );
      if (focused) kinds.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
      axes.hidden = entry === null;
      if (entry) showAxes(node, name, last);
    },
  };
}
