/** Keys that act wherever the reader is, as long as no field has the focus. */
import type { App } from '../app';
import { shownTheme } from '../appearance';
import type { Layers } from '../state';

const LAYER_KEYS: Readonly<Record<string, keyof Layers>> = { v: 'values', g: 'gradients', l: 'local' };

export function shortcuts({ store, actions }: App): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || isTyping(event)) return;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      if (key === 'z') (event.shiftKey ? actions.redo : actions.undo)();
      else if (key === 'y') actions.redo();
      else return;
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const layer = LAYER_KEYS[key];
    if (layer) actions.setLayer(layer, !store.get().layers[layer]);
    else if (key === 't') actions.setTheme(shownTheme(store.get().theme) === 'dark' ? 'light' : 'dark');
    else if (key === '/') focusProgram();
    else if (key === 'escape' && store.get().selection) actions.select(null);
    else return;
    event.preventDefault();
  });
}

/** The field that has the focus may be inside a shadow root, so the path is asked, not the target. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function focusProgram(): void {
  document.dispatchEvent(new CustomEvent('chainrule:focus-program'));
}
