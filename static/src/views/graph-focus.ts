/** Where the focus goes when a reader wants to be at the graph, drawn or listed. */

import type { App } from '../app';

/** The one stop of the drawing in the order of focus, or the first line of the list. */
export function focusGraph(): void {
  const line = document.querySelector<HTMLElement>('.graph-list:not([hidden]) button');
  const stop = line ?? document.querySelector<SVGElement>('#graph [tabindex="0"]');
  (stop ?? document.getElementById('stage'))?.focus();
}

/** To the graph, also from another tab. */
export function goToGraph({ actions }: App): void {
  actions.setTab('graph');
  focusGraph();
}

/** The skip link's own jump would write its target into the address, which holds the state of the page. */
export function skipLink(app: App): void {
  document.querySelector('.skip-link')?.addEventListener('click', (event) => {
    event.preventDefault();
    goToGraph(app);
  });
}
