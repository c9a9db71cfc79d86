/** Rows of a menu: a switch, a choice, a button; under titles. */
import { button, element } from './elements';

export function menuTitle(text: string): HTMLElement {
  return element('p', 'menu-title', {}, text);
}

export function menuRow(...children: Node[]): HTMLElement {
  return element('div', 'menu-row', {}, ...children);
}

export function menuButton(text: string, run: () => void): HTMLButtonElement {
  return button('menu-row menu-button', run, {}, text);
}

export interface Choice<T extends string> {
  root: HTMLElement;
  set(value: T): void;
}

export function choice<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  onChange: (value: T) => void,
): Choice<T> {
  const select = element('select', '');
  for (const [value, text] of options) select.append(element('option', '', { value }, text));
  select.addEventListener('change', () => onChange(select.value as T));
  const root = element('label', 'menu-row', {}, label, select);
  return {
    root,
    set: (value) => {
      select.value = value;
    },
  };
}
