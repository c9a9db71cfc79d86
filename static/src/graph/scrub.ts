/** Dragging a leaf's value: the pointer's way becomes steps, every step asks for new numbers. */
import type { Actions } from '../actions';
import { PX_PER_STEP, paceOf, stepFor, stepped, type Pace } from './steps';
import type { Held } from './held';

/** A press that moves less than this is a click. */
const CLICK_PX = 3;

interface Scrub {
  pointer: number;
  node: Held;
  name: string;
  handle: Element;
  /** Where the present stretch began: a change of pace starts a new one. */
  from: { x: number; value: number };
  pace: Pace;
  unit: number;
  value: number;
  moved: boolean;
}

export interface ScrubHost {
  actions: Pick<Actions, 'dragValue' | 'endDrag' | 'cancelDrag'>;
  /** The leaf whose value a press on this element takes hold of, or null. */
  leafAt(target: Element, at: { clientX: number; clientY: number }): { node: Held; handle: Element } | null;
  /** A press without a drag. */
  click(node: Held, event: PointerEvent): void;
  /** A first drag has begun. */
  began(): void;
}

export function enableScrub(root: SVGSVGElement | HTMLElement, host: ScrubHost): void {
  let scrub: Scrub | null = null;

  // Drawing and panel have the same events, of which the types of the DOM know nothing.
  const on = <Name extends 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel'>(
    name: Name, run: (event: PointerEvent) => void,
  ): void => (root as HTMLElement).addEventListener(name, run);

  on('pointerdown', (event) => {
    if (event.button !== 0 || scrub || !(event.target instanceof Element)) return;
    const found = host.leafAt(event.target, event);
    if (!found || found.node.name === null) return;
    event.preventDefault();
    event.stopPropagation();
    found.handle.setPointerCapture(event.pointerId);
    const { value } = found.node;
    scrub = {
      pointer: event.pointerId,
      ...found,
      name: found.node.name,
      from: { x: event.clientX, value },
      pace: paceOf(event),
      // One drag has one step, that of the value it starts at.
      unit: stepFor(value),
      value,
      moved: false,
    };
  });

  // Browsers pass over `touch-action` of parts of a drawing: without this a finger on a value would pan the page.
  const keepTouch = (event: TouchEvent): void => {
    const [touch] = event.touches;
    if (touch && event.target instanceof Element && host.leafAt(event.target, touch)) event.preventDefault();
  };
  (root as HTMLElement).addEventListener('touchstart', keepTouch, { passive: false });

  on('pointermove', (event) => {
    if (event.pointerId !== scrub?.pointer) return;
    if (!scrub.moved && Math.abs(event.clientX - scrub.from.x) < CLICK_PX) return;
    if (!scrub.moved) {
      scrub.moved = true;
      document.documentElement.classList.add('scrubbing');
      window.addEventListener('keydown', onKey, true);
      window.addEventListener('keyup', onKey, true);
      host.began();
    }
    moveTo(scrub, event.clientX, paceOf(event));
  });

  on('pointerup', (event) => {
    if (event.pointerId !== scrub?.pointer) return;
    const { moved, node } = scrub;
    finish();
    if (!moved) return host.click(node, event);
    // The end of a drag is no click on what is under it.
    const stop = (click: Event): void => click.stopPropagation();
    root.addEventListener('click', stop, { capture: true, once: true });
    window.setTimeout(() => root.removeEventListener('click', stop, { capture: true }));
    host.actions.endDrag();
  });

  on('pointercancel', (event) => {
    if (event.pointerId === scrub?.pointer) giveUp();
  });

  function moveTo(now: Scrub, x: number, pace: Pace): void {
    if (pace !== now.pace) {
      now.from = { x, value: now.value };
      now.pace = pace;
    }
    // A browser may give places in single precision: 2 px must not come out as 1.99997.
    const steps = Math.trunc((x - now.from.x + Math.sign(x - now.from.x) * 0.01) / PX_PER_STEP);
    const step = Number((now.unit * { normal: 1, coarse: 10, fine: 0.1 }[pace]).toPrecision(3));
    const value = stepped(now.from.value, steps, step);
    if (value === now.value) return;
    now.value = value;
    host.actions.dragValue(now.name, value);
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && event.type === 'keydown') {
      event.stopPropagation();
      event.preventDefault();
      giveUp();
    } else if (event.key === 'Alt') event.preventDefault(); // else the browser's menu takes the focus
  }

  function giveUp(): void {
    const moved = scrub?.moved ?? false;
    finish();
    if (moved) host.actions.cancelDrag();
  }

  function finish(): void {
    if (scrub?.handle.hasPointerCapture(scrub.pointer)) scrub.handle.releasePointerCapture(scrub.pointer);
    scrub = null;
    document.documentElement.classList.remove('scrubbing');
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('keyup', onKey, true);
  }
}
