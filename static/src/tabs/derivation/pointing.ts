/** Pointing at parts of the solution, with the mouse or with the keys: one stop in the order of focus, arrows inside. */
import { partKey, type Part } from './links';

export interface Pointing {
  add(root: HTMLElement, part: Part, name: string): void;
  /** Forgets the parts of the last solution. */
  restart(): void;
  /** The first stop of a new solution. */
  ready(): void;
  /** Marks the parts that belong to these keys. */
  mark(keys: ReadonlySet<string>): void;
}

interface Callbacks {
  onPoint(part: Part | null): void;
  onPick(part: Part): void;
}

const MOVES: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export function pointing(column: HTMLElement, { onPoint, onPick }: Callbacks): Pointing {
  let parts = new Map<Element, Part>();
  let stops: HTMLElement[] = [];
  let pointed: Element | null = null;

  function partAt(target: EventTarget | null): Element | null {
    let at = target instanceof Element ? target : null;
    while (at && at !== column && !parts.has(at)) at = at.parentElement;
    return at && parts.has(at) ? at : null;
  }

  function pointAt(at: Element | null): void {
    if (at === pointed) return;
    pointed = at;
    onPoint((at && parts.get(at)) ?? null);
  }

  column.addEventListener('pointerover', ({ target }) => pointAt(partAt(target)));
  column.addEventListener('pointerleave', () => pointAt(null));
  column.addEventListener('focusin', ({ target }) => {
    const at = partAt(target);
    if (!(at instanceof HTMLElement) || !stops.includes(at)) return;
    rove(at);
    if (at.matches(':focus-visible')) pointAt(at);
  });
  column.addEventListener('focusout', () => pointAt(null));
  column.addEventListener('click', ({ target }) => {
    const at = partAt(target);
    const part = at && parts.get(at);
    if (part && getSelection()?.isCollapsed !== false) onPick(part);
  });
  column.addEventListener('keydown', (event) => {
    const here = stops.findIndex((stop) => stop === event.target);
    if (here < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const part = stops[here] && parts.get(stops[here]);
    if (event.key === 'Enter' && part) onPick(part);
    const move = MOVES[event.key];
    const at = event.key === 'Home' ? 0 : event.key === 'End' ? stops.length - 1 : move === undefined ? -1 : here + move;
    const next = stops[at];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  });

  function rove(to: HTMLElement | undefined): void {
    for (const stop of stops) if (stop.tabIndex === 0) stop.tabIndex = -1;
    if (to) to.tabIndex = 0;
  }

  return {
    add(root, part, name) {
      parts.set(root, part);
      root.classList.add('part');
      if (name === '') return;
      stops.push(root);
      root.tabIndex = -1;
      if (root.getAttribute('role') === 'group') root.setAttribute('aria-label', name);
    },
    restart() {
      parts = new Map();
      stops = [];
      pointed = null;
    },
    ready() {
      // Blocks register when they are complete, so put the stops in the order in which they stand.
      stops.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
      rove(stops[0]);
    },
    mark(keys) {
      for (const [root, part] of parts) root.classList.toggle('is-lit', keys.has(partKey(part)));
    },
  };
}
