/**
 * The address follows the state, and the state follows the address when the reader goes back or opens a link.
 * An example that nobody has edited is named (`?example=xor-network`); every other program is written out.
 */
import type { App } from './app';
import { exampleSlug, stateAt, stateToLink } from './link';
import { startState, type State } from './state';
import { ALL_FIELDS, linkToTabs } from './tabs/link';

const WRITE_AFTER_MS = 250;

export function keepAddress({ store, actions, lessons }: App): void {
  let timer = 0;
  let written = here();
  let { example, tab } = store.get();
  store.set(linkToTabs(location.hash));

  function write(): void {
    const state = store.get();
    if (state.drag) return;
    const address = addressOf(state);
    if (address === written) return;
    written = address;
    // An example or another tab is a step that Back undoes; edits and drags replace the entry, or Back would take for ever.
    const isStep = (state.example !== null && state.example !== example) || state.tab !== tab;
    if (isStep) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    ({ example, tab } = state);
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
    const address = here();
    if (address === written) return;
    written = address;
    void follow(address);
  });

  async function follow(address: string): Promise<void> {
    const slug = exampleSlug();
    const found = slug === null ? null : await lessons().then((all) => all.find((one) => one.slug === slug), () => undefined);
    // By now the reader may have gone on.
    if (address !== written) return;
    store.set({ ...stateAt(location.hash, found ?? null), ...linkToTabs(location.hash), drag: null, playing: false });
    ({ example, tab } = store.get());
    actions.evaluateNow();
  }
}

const here = (): string => location.pathname + location.search + location.hash;

function addressOf(state: State): string {
  if (state.example === null) {
    const link = stateToLink(state, startState(), ALL_FIELDS);
    return link ? `/#${link}` : '/';
  }
  const link = stateToLink(state, { ...startState(), program: state.program, values: state.values }, ALL_FIELDS);
  return `/?example=${encodeURIComponent(state.example)}${link ? `#${link}` : ''}`;
}
