/** What is typed: one number on a line, or a tensor in an area of its own. */
import { element } from '../views/elements';

export interface TypedField {
  root: HTMLElement;
  value: string;
  /** Null for a number, else the shape of the tensor. */
  show(shape: readonly number[] | null): void;
  name(label: string): void;
  invalid(on: boolean): void;
  focus(): void;
}

const LEAST_ROWS = 3;
const MOST_ROWS = 8;

/** `onChange` when what was typed is complete; `onSend` when it is to be checked. */
export function typedField(describedBy: string, onChange: () => void, onSend: () => void): TypedField {
  const shared = { autocomplete: 'off', spellcheck: 'false', 'aria-describedby': describedBy };
  const line = element('input', 'check-field', { type: 'text', inputmode: 'text', ...shared });
  const area = element('textarea', 'check-field check-area', { ...shared, hidden: true });
  const root = element('div', 'check-fields', {}, line, area);
  const now = (): HTMLInputElement | HTMLTextAreaElement => (area.hidden ? line : area);
  line.addEventListener('change', onChange);
  area.addEventListener('change', onChange);
  area.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onSend();
  });
  return {
    root,
    get value() {
      return now().value;
    },
    set value(text) {
      line.value = text;
      area.value = text;
    },
    show(shape) {
      line.hidden = shape !== null;
      area.hidden = shape === null;
      if (!shape) return;
      area.rows = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, shape.length > 1 ? (shape[0] ?? 1) + 1 : 2));
      area.placeholder = placeholderOf(shape);
    },
    name(label) {
      line.setAttribute('aria-label', label);
      area.setAttribute('aria-label', label);
    },
    invalid(on) {
      for (const one of [line, area]) {
        if (on) one.setAttribute('aria-invalid', 'true');
        else one.removeAttribute('aria-invalid');
      }
    },
    focus() {
      now().focus();
      now().select();
    },
  };
}

/** What may be typed or pasted, by the shape. */
export function placeholderOf(shape: readonly number[]): string {
  return shape.length > 1 ? '[[0.1, 0.2], …]\nor rows of a spreadsheet, or what print() shows' : '[0.1, 0.2, …]\nor cells of a spreadsheet';
}
