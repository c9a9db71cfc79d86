/** Where the focus goes when what it should stand on is still being drawn. */

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
