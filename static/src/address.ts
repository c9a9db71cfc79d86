/** The address follows the state, and the state follows the address when the reader goes back or opens a link. */
import type { App } from './app';
import { linkToState, stateToLink } from './link';

const WRITE_AFTER_MS = 250;

export function keepAddress({ store, actions }: App): void {
  let timer = 0;
  let written = location.hash.replace(/^#/, '');
  let example = store.get().example;

  function write(): void {
    const state = store.get();
    if (state.drag) return;
    const link = stateToLink(state);
    if (link === written) return;
    written = link;
    const address = link ? `#${link}` : location.pathname + location.search;
    // Opening an example is a step that Back undoes; edits and drags replace the entry, or Back would take for ever.
    if (state.example !== null && state.example !== example) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    example = state.example;
  }

  store.watch(
    (state) => state,
    () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(write, WRITE_AFTER_MS);
    },
  );
  // A reload within the delay must find the present state too.
  window.addEventListener('pagehide', write);
  window.addEventListener('popstate', () => {
    const link = location.hash.replace(/^#/, '');
    if (link === written) return;
    written = link;
    store.set({ ...linkToState(link), drag: null, example: null });
    example = null;
    actions.evaluateNow();
  });
}
