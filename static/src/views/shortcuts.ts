/** Keys that act wherever the reader is, as long as no field has the focus. What they are is in shortcut-table.ts. */
import type { App } from '../app';
import type { TabName } from '../state';
import { SHORTCUTS, type Shortcut } from './shortcut-table';

/** What has a use for Space itself: it presses or chooses. */
const PRESSED = 'button, a, summary, [role=button], [role=switch], [role=spinbutton]';
/** What has a use for Home and End. */
const MOVED = '[role=slider], [role=separator], [role=spinbutton]';
/** Menus and panels: there only keys with Ctrl act, and the keys that close them. */
const PANELS = '.menu, [role=dialog]';

export function shortcuts(app: App): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || isTyping(event)) return;
    const { letterKeys, tab } = app.store.get();
    const shortcut = shortcutFor(event, letterKeys, tab);
    if (!shortcut?.run || isElsewhere(event)) return;
    event.preventDefault();
    shortcut.run(app);
  });
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The line of the table that a key sets off, or null. */
export function shortcutFor(event: Key, letterKeys: boolean, tab: TabName = 'graph'): Shortcut | null {
  if (event.altKey) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const ctrl = event.ctrlKey || event.metaKey;
  // Many keyboards write `?` and `+` with Shift, so it only counts together with Ctrl; Ctrl Y is Redo without it.
  const modifiers = !ctrl ? undefined : event.shiftKey || key === 'y' ? 'ctrl-shift' : 'ctrl';
  if (!ctrl && isCharacter(key) && !letterKeys) return null;
  for (const { shortcuts: list, onGraph } of SHORTCUTS) {
    if (onGraph && tab !== 'graph') continue;
    const found = list.find((one) => one.run !== null && one.with === modifiers && one.keys.includes(key));
    if (found) return found;
  }
  return null;
}

/** A key that writes something; Space is not among those that a reader can switch off. */
function isCharacter(key: string): boolean {
  return key.length === 1 && key !== ' ';
}

/** The field that has the focus may be inside a shadow root, so the path is asked, not the target. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)) return true;
  return target instanceof HTMLInputElement && !/^(range|checkbox|radio|button)$/.test(target.type);
}

/** What has the focus has a use for the key itself. */
function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return false;
  if (target.closest(PANELS)) return !event.ctrlKey && !event.metaKey && event.key !== '?';
  if (event.key === ' ') return target.closest(PRESSED) !== null;
  return (event.key === 'Home' || event.key === 'End') && target.closest(MOVED) !== null;
}
