/** Typing a leaf's value where it stands: a field over the number, with all its digits. */
import type { Actions } from '../actions';
import { fullNumber, readNumber } from '../format';
import { element } from '../views/elements';
import { paceOf, stepFor, stepped } from './steps';
import type { Held } from './held';

export interface LeafFieldHost {
  actions: Pick<Actions, 'dragValue' | 'endDrag' | 'cancelDrag'>;
  /** Middle of the number on the stage, px, and the scale of the graph. */
  placeOf(node: Held): { x: number; y: number; scale: number } | null;
  /** What comes after it, cell by cell and leaf by leaf; before it with -1. */
  neighbour(node: Held, way: 1 | -1): Held | null;
  /** The field has closed; `toNode` asks for the focus to go to the leaf. */
  closed(node: Held, toNode: boolean): void;
}

export interface LeafField {
  open(node: Held): void;
  /** Follows a pan or zoom. */
  place(): void;
  readonly editing: Held | null;
}

const FONT_PX = 16;

export function createLeafField(stage: HTMLElement, host: LeafFieldHost): LeafField {
  const input = element('input', 'leaf-field', {
    type: 'text',
    role: 'spinbutton',
    inputmode: 'decimal',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: '40',
  });
  const hint = element('p', 'leaf-hint', { role: 'status' });
  const root = element('div', 'leaf-editor', {}, input, hint);
  root.hidden = true;
  stage.append(root);
  let editing: Held | null = null;
  /** The value that was asked for last; the start value until then. */
  let asked = 0;
  let changed = false;

  function take(value: number): void {
    if (!editing?.name || value === asked) return;
    asked = value;
    changed = true;
    host.actions.dragValue(editing.name, value);
  }

  function tell(message: string): void {
    hint.textContent = message;
    input.setAttribute('aria-invalid', String(message !== ''));
  }

  /** Keeps what was typed, or goes back to what was there. */
  function close(keep: boolean, toNode: boolean): void {
    const node = editing;
    if (!node) return;
    editing = null;
    root.hidden = true;
    if (changed) (keep ? host.actions.endDrag : host.actions.cancelDrag)();
    host.closed(node, toNode);
  }

  function place(): void {
    const at = editing && host.placeOf(editing);
    if (!at) return;
    const size = Math.max(FONT_PX, FONT_PX * at.scale);
    root.style.setProperty('left', `${String(at.x)}px`);
    root.style.setProperty('top', `${String(at.y)}px`);
    input.style.setProperty('font-size', `${String(size)}px`);
    input.style.setProperty('width', `${String(Math.max(5, input.value.length + 1))}ch`);
  }

  input.addEventListener('input', () => {
    tell('');
    place();
    const value = readNumber(input.value);
    if (value !== null) take(value);
  });
  input.addEventListener('keydown', (event) => {
    const node = editing;
    if (!node) return;
    const value = readNumber(input.value);
    if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      if (value === null) {
        tell('Type a number, for example −0.5.');
        return;
      }
      const next = event.key === 'Tab' ? host.neighbour(node, event.shiftKey ? -1 : 1) : null;
      close(true, next === null);
      if (next) open(next);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      close(false, true);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const from = value ?? asked;
      const next = stepped(from, event.key === 'ArrowUp' ? 1 : -1, stepFor(from, paceOf(event)));
      input.value = fullNumber(next);
      tell('');
      place();
      take(next);
    } else return;
    event.stopPropagation();
  });
  input.addEventListener('blur', () => close(readNumber(input.value) !== null, false));

  function open(node: Held): void {
    if (node.name === null) return;
    close(true, false);
    editing = node;
    asked = node.value;
    changed = false;
    input.value = fullNumber(node.value);
    input.setAttribute('aria-label', `Value of ${node.label}`);
    tell('');
    root.hidden = false;
    place();
    input.focus({ preventScroll: true });
    input.select();
  }

  return {
    open,
    place,
    get editing() {
      return editing;
    },
  };
}
