/** The tab row: Graph and what else the page can show of the program. Arrows, Home and End go from tab to tab. */
import type { App } from '../app';
import type { TabName } from '../state';
import { button } from '../views/elements';
import { TABS } from './index';

export const tabId = (name: TabName): string => `tab-${name}`;

export function tabRow(root: HTMLElement, { store, actions }: App): void {
  const tabs = [{ name: 'graph' as const, title: 'Graph' }, ...TABS].map(({ name, title }) => {
    const control = button(
      'tab',
      () => actions.setTab(name),
      { id: tabId(name), role: 'tab', 'aria-controls': name === 'graph' ? 'stage' : 'panel' },
      title,
    );
    return { name, control };
  });
  root.append(...tabs.map(({ control }) => control));

  function goTo(at: number): void {
    const next = tabs.at(at % tabs.length);
    if (!next) return;
    actions.setTab(next.name);
    next.control.focus();
  }
  root.addEventListener('keydown', (event) => {
    const here = tabs.findIndex(({ name }) => name === store.get().tab);
    const moves: Record<string, number> = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: -1 };
    const at = moves[event.key];
    if (at === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    goTo(at);
  });

  /** The fade at the right edge says that there is more. */
  function showMore(): void {
    root.classList.toggle('has-more', root.scrollLeft + root.clientWidth < root.scrollWidth - 1);
  }
  root.addEventListener('scroll', showMore, { passive: true });
  new ResizeObserver(showMore).observe(root);

  store.watch(
    (state) => state.tab,
    (open) => {
      for (const { name, control } of tabs) {
        control.setAttribute('aria-selected', String(name === open));
        control.tabIndex = name === open ? 0 : -1;
        // In a narrow window the row scrolls: the open tab is never out of sight.
        if (name === open && root.scrollWidth > root.clientWidth) control.scrollIntoView({ block: 'nearest', inline: 'center' });
      }
    },
  );
}
