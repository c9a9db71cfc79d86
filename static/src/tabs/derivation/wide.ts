/** Boxes in which wide matrices scroll by themselves; the keys reach those in which there is something to scroll. */
import { element } from '../../views/elements';

let observer: ResizeObserver | null = null;

function resized(entries: readonly ResizeObserverEntry[]): void {
  for (const { target } of entries) {
    const box = target instanceof HTMLElement ? target.closest<HTMLElement>('.wide') : null;
    if (!box) continue;
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
}

export function wide(...content: readonly HTMLElement[]): HTMLElement {
  observer ??= new ResizeObserver(resized);
  const box = element('div', 'wide', {}, ...content);
  for (const one of [box, ...content]) observer.observe(one);
  return box;
}
