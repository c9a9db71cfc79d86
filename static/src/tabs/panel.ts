/** The region in which every tab but the graph is shown, and the right end of the tab row that goes with it. */
import type { App } from '../app';
import type { Store } from '../store';
import type { TabName } from '../state';
import { button, element } from '../views/elements';
import { TABS, type Tab } from './index';
import { tabId } from './row';
import { tellStanding } from './standing';

/** Where a tab was scrolled to is sought again this long, while its content comes in. */
const SCROLL_FOR_MS = 2000;

export function tabPanel(panel: HTMLElement, tools: HTMLElement, app: App): void {
  const { store, actions } = app;
  const scrolled = new Map<TabName, number>();
  let leave: (() => void) | null = null;
  let open: TabName = 'graph';

  const stage = document.getElementById('stage');
  stage?.setAttribute('role', 'tabpanel');
  stage?.removeAttribute('aria-label');
  stage?.setAttribute('aria-labelledby', tabId('graph'));
  panel.setAttribute('role', 'tabpanel');

  function close(): void {
    scrolled.set(open, panel.scrollTop);
    leave?.();
    leave = null;
    panel.replaceChildren();
    tools.replaceChildren();
    for (const { name } of TABS) panel.classList.remove(`panel-${name}`);
  }

  async function show(tab: Tab): Promise<void> {
    let view;
    try {
      view = await tab.load();
    } catch {
      if (store.get().tab === tab.name) panel.replaceChildren(failed(() => void show(tab)));
      return;
    }
    // By now the reader may be elsewhere, or here again.
    if (store.get().tab !== tab.name || leave) return;
    panel.replaceChildren();
    panel.classList.add(`panel-${tab.name}`);
    const scoped = scopedStore(store);
    const cleanup = view(panel, tools, { ...app, store: scoped });
    const stopScrolling = scrollTo(panel, scrolled.get(tab.name) ?? 0);
    leave = () => {
      stopScrolling();
      cleanup();
      scoped.forget();
    };
  }

  tellStanding(panel, app);
  store.watch(
    (state) => state.tab,
    (name) => {
      close();
      open = name;
      const tab = TABS.find((one) => one.name === name);
      panel.hidden = tools.hidden = !tab;
      if (!tab) {
        if (name !== 'graph') actions.setTab('graph');
        return;
      }
      panel.setAttribute('aria-labelledby', tabId(name));
      tools.setAttribute('aria-label', tab.title);
      panel.scrollTop = 0;
      void show(tab);
    },
  );
}

function failed(again: () => void): HTMLElement {
  return element(
    'div',
    'panel-message',
    { role: 'status' },
    element('p', '', {}, 'No answer from the server, so this tab could not be loaded.'),
    button('button button-solid', again, {}, 'Retry'),
  );
}

/** The same store; `forget` ends everything that was watched through it. */
function scopedStore(store: Store): Store & { forget(): void } {
  const stops: (() => void)[] = [];
  return {
    ...store,
    watch(pick, run) {
      const stop = store.watch(pick, run);
      stops.push(stop);
      return stop;
    },
    forget() {
      for (const stop of stops.splice(0)) stop();
    },
  };
}

/** Back to where the panel was scrolled, as soon as there is that much of it; the reader's own scrolling wins. */
function scrollTo(panel: HTMLElement, top: number): () => void {
  if (top === 0) return () => undefined;
  const until = performance.now() + SCROLL_FOR_MS;
  let frame = 0;
  const look = (): void => {
    panel.scrollTop = top;
    if (panel.scrollTop < top - 1 && performance.now() < until) frame = requestAnimationFrame(look);
  };
  const stop = (): void => cancelAnimationFrame(frame);
  look();
  for (const type of ['wheel', 'touchstart', 'keydown']) panel.addEventListener(type, stop, { once: true, passive: true });
  return stop;
}
