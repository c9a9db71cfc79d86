/** Where the focus goes when a reader wants to be at the graph, drawn or listed. */

/** The one stop of the drawing in the order of focus, or the first line of the list. */
export function focusGraph(): void {
  const line = document.querySelector<HTMLElement>('.graph-list:not([hidden]) button');
  const stop = line ?? document.querySelector<SVGElement>('#graph [tabindex="0"]');
  (stop ?? document.getElementById('stage'))?.focus();
}

/** The skip link's own jump would write its target into the address, which holds the state of the page. */
export function skipLink(): void {
  document.querySelector('.skip-link')?.addEventListener('click', (event) => {
    event.preventDefault();
    focusGraph();
  });
}

/** Gives the focus to a node once it is there: opening a composite takes a moment to draw. */
export function focusNodeSoon(id: string): void {
  const until = performance.now() + 1500;
  const look = (): void => {
    const node = `[data-node="${CSS.escape(id)}"]`;
    const line = document.querySelector<HTMLElement>(`.graph-list:not([hidden]) ${node}`);
    const found = line ?? document.querySelector<SVGElement>(`#graph ${node} .press`);
    if (found) found.focus();
    else if (performance.now() < until) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
