/** Small controls of the tab: a row of choices of which one holds, and a menu with checks. */
import { button, element, popover } from '../../views/elements';
import { icon } from '../../views/icons';
import { prettyName } from '../names';

export interface Segments<T extends string> {
  root: HTMLElement;
  set(value: T): void;
}

/** One of several, side by side; arrows move the choice. */
export function segments<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  onChange: (value: T) => void,
): Segments<T> {
  const buttons = options.map(([value, text]) => ({
    value,
    control: button('segment', () => onChange(value), { role: 'radio' }, text),
  }));
  const root = element('div', 'segments', { role: 'radiogroup', 'aria-label': label }, ...buttons.map(({ control }) => control));
  root.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const here = buttons.findIndex(({ control }) => control === event.target);
    const next = step === undefined ? undefined : buttons.at((here + step) % buttons.length);
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onChange(next.value);
    next.control.focus();
  });
  return {
    root,
    set(value) {
      for (const one of buttons) {
        one.control.setAttribute('aria-checked', String(one.value === value));
        one.control.tabIndex = one.value === value ? 0 : -1;
      }
    },
  };
}

export interface CheckItem {
  label: string;
  title: string;
  checked: boolean;
}

export interface CheckMenu {
  root: HTMLElement;
  show(items: readonly CheckItem[], single: boolean, text: string): void;
}

/** More are not listed: the link takes any. */
const MOST_ITEMS = 200;

/** A menu of names to check; `All` goes back to what the tab picks by itself. The last check stays. */
export function checkMenu(label: string, all: string, onChange: (names: string[]) => void): CheckMenu {
  const caption = element('span', '', {}, label);
  const trigger = button('button button-outline', () => undefined, { 'aria-haspopup': 'true' }, caption, icon('chevron'));
  const list = element('div', 'check-list', { role: 'group', 'aria-label': label });
  const reset = button('menu-row menu-button', () => onChange([]), {}, all);
  const note = element('p', 'menu-title', {});
  const panel = element('div', 'menu check-menu', { role: 'group', 'aria-label': label }, reset, list, note);
  popover(trigger, panel, () => list.querySelector('input')?.focus());
  let shape = '';

  function change(): void {
    const boxes = [...list.querySelectorAll('input')];
    const names = boxes.filter((box) => box.checked).map((box) => box.value);
    if (names.length > 0) onChange(names);
  }

  return {
    root: element('div', 'menu-anchor', {}, trigger, panel),
    show(items, single, text) {
      caption.textContent = text;
      const listed = items.slice(0, MOST_ITEMS);
      const next = JSON.stringify([single, listed.map(({ label: name }) => name)]);
      if (next !== shape) {
        shape = next;
        list.replaceChildren(...listed.map((item) => {
          const box = element('input', '', { type: single ? 'radio' : 'checkbox', name: single ? label : null, value: item.label });
          box.addEventListener('change', change);
          return element('label', 'menu-row check-row', {}, box, element('span', '', {}, prettyName(item.label)), element('span', 'check-title', {}, item.title));
        }));
      }
      const checked = listed.filter((item) => item.checked).length;
      for (const [index, box] of [...list.querySelectorAll('input')].entries()) {
        box.checked = listed[index]?.checked ?? false;
        box.disabled = !single && box.checked && checked === 1;
      }
      note.hidden = items.length <= MOST_ITEMS;
      note.textContent = `${String(MOST_ITEMS)} of ${items.length.toLocaleString('en-US')} are listed.`;
    },
  };
}
