/** Keys on the graph: one stop in the order of focus, arrows inside it, Enter opens. */
import { nearest, type Direction, type Spot } from './direction';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down',
};

export interface KeyboardHost {
  /** Nodes and junctions with their places, in reading order. */
  spots(): readonly Spot[];
  element(spot: string): SVGGElement | null;
  /** Which spot an element belongs to. */
  spotOf(element: Element): string | null;
  open(spot: string): void;
  focused(spot: string): void;
  left(): void;
}

export interface Keyboard {
  /** Makes sure that exactly one spot can be reached with Tab, after the spots have changed. */
  rove(): void;
  focus(spot: string): void;
}

export function enableKeyboard(root: SVGSVGElement, host: KeyboardHost): Keyboard {
  let current: string | null = null;

  function stop(spot: string | null): void {
    for (const element of root.querySelectorAll('[tabindex="0"]')) element.setAttribute('tabindex', '-1');
    current = spot;
    if (spot !== null) host.element(spot)?.setAttribute('tabindex', '0');
  }

  function focus(spot: string): void {
    stop(spot);
    host.element(spot)?.focus({ preventScroll: true });
  }

  root.addEventListener('focusin', (event) => {
    const spot = event.target instanceof Element ? host.spotOf(event.target) : null;
    if (spot === null) return;
    stop(spot);
    host.focused(spot);
  });
  root.addEventListener('focusout', () => host.left());

  root.addEventListener('keydown', (event) => {
    const spot = event.target instanceof Element ? host.spotOf(event.target) : null;
    if (spot === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = ARROWS[event.key];
    if (direction) {
      const spots = host.spots();
      const from = spots.find(({ id }) => id === spot);
      const next = from && nearest(spots, from, direction);
      if (next) focus(next.id);
    } else if (event.key === 'Enter' || event.key === ' ') host.open(spot);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    rove() {
      const spots = host.spots();
      const kept = spots.find(({ id }) => id === current) ?? spots[0];
      stop(kept?.id ?? null);
    },
    focus,
  };
}
