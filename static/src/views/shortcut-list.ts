/** The list of keys behind `?`, made from the table that the page's handler reads. */
import type { App } from '../app';
import { button, element, switchControl } from './elements';
import { icon } from './icons';
import { SHORTCUTS, type Shortcut, type ShortcutSection } from './shortcut-table';

export interface ShortcutList {
  root: HTMLElement;
  opened(): void;
}

export function shortcutList({ store, actions }: App, close: () => void): ShortcutList {
  const letters = switchControl('Letter keys', '', (on) => actions.setLetterKeys(on));
  const root = element(
    'div',
    'shortcuts',
    { role: 'dialog', 'aria-label': 'Keyboard shortcuts', tabindex: '-1' },
    element(
      'div',
      'shortcuts-head',
      {},
      element('h2', 'shortcuts-title', {}, 'Keyboard shortcuts'),
      button('icon-button', close, { 'aria-label': 'Close', title: 'Close (Esc)' }, icon('close')),
    ),
    element('div', 'shortcuts-sections', {}, ...SHORTCUTS.map(section)),
    element(
      'div',
      'shortcuts-foot',
      {},
      letters.root,
      element('p', '', {}, 'Letter keys act while no field has the focus.'),
      element('a', 'shortcuts-sheet', { href: '/operations' }, 'Operations: formulas and local gradients'),
    ),
  );
  store.watch((state) => state.letterKeys, letters.set);
  return { root, opened: () => root.focus() };
}

function section({ title, shortcuts }: ShortcutSection): HTMLElement {
  const rows = shortcuts.map((shortcut) =>
    element('div', 'shortcut', {}, element('dt', '', {}, shortcut.does), element('dd', '', {}, ...caps(shortcut))),
  );
  return element('section', 'shortcuts-section', {}, element('h3', '', {}, title), element('dl', '', {}, ...rows));
}

/** There the same actions are on the Cmd key. */
function isMac(): boolean {
  return /Mac|iP(hone|ad)/.test(navigator.platform);
}

function caps({ caps: names, keys }: Shortcut): Node[] {
  // Two caps for one action are either pressed together or say the same; only the first sort is joined.
  const either = keys.length > 1 && names.length === keys.length;
  return names.flatMap((name, at) => {
    const cap = element('kbd', '', {}, name === 'Ctrl' && isMac() ? 'Cmd' : name);
    return at > 0 && either ? [element('span', 'shortcut-or', {}, 'or'), cap] : [cap];
  });
}
