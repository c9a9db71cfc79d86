/**
 * On narrow screens the inspector is a sheet at the bottom with stops: a peek at what is selected, half of the window,
 * and on phones nearly all of it. The stop is a class; how tall each is says styles/sheet.css.
 */
import type { App } from '../app';
import { element } from './elements';

export const STOPS = ['peek', 'half', 'full'] as const;
export type Stop = (typeof STOPS)[number];

/** Below this the inspector is a sheet, and below the second one it has all three stops; as in styles/bands.css. */
const SHEET = '(max-width: 899px)';
const PHONE = '(max-width: 599px)';
/** A faster release, px per ms, goes to the next stop in that direction. */
const FLICK = 0.5;
/** A press that moves less than this is a click on the handle. */
const CLICK_PX = 4;

export function inspectorSheet(root: HTMLElement, { store }: App): void {
  const handle = element('div', 'sheet-handle', {
    role: 'separator',
    tabindex: '0',
    'aria-label': 'Height of the inspector',
    'aria-orientation': 'horizontal',
    'aria-valuemin': '0',
  });
  root.prepend(handle);
  const phone = matchMedia(PHONE);
  const sheet = matchMedia(SHEET);
  let stop: Stop = 'half';

  const stops = (): readonly Stop[] => (phone.matches ? STOPS : STOPS.slice(0, 2));

  function set(next: Stop): void {
    stop = stops().includes(next) ? next : 'half';
    root.dataset['stop'] = stop;
    handle.setAttribute('aria-valuemax', String(stops().length - 1));
    handle.setAttribute('aria-valuenow', String(stops().indexOf(stop)));
    handle.setAttribute('aria-valuetext', stop);
  }

  function move(by: number): void {
    const at = stops().indexOf(stop) + by;
    set(stops()[Math.min(stops().length - 1, Math.max(0, at))] ?? 'half');
  }

  /** Peek and half change places; a sheet that fills the screen goes back to half of it. */
  const toggle = (): void => set(stop === 'half' ? 'peek' : 'half');

  handle.addEventListener('keydown', (event) => {
    const run: Readonly<Record<string, () => void>> = {
      ArrowUp: () => move(1),
      ArrowDown: () => move(-1),
      PageUp: () => move(1),
      PageDown: () => move(-1),
      Home: () => set('peek'),
      End: () => set(stops().at(-1) ?? 'half'),
      Enter: toggle,
      ' ': toggle,
    };
    const found = run[event.key];
    if (!found) return;
    event.preventDefault();
    event.stopPropagation();
    found();
  });

  root.addEventListener('pointerdown', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const onGrip = target?.closest('.sheet-handle, .inspector-header') && !target.closest('button, a, input, select');
    if (onGrip && sheet.matches && event.button === 0) drag(event);
  });

  function drag(down: PointerEvent): void {
    const from = root.offsetHeight;
    let last = { y: down.clientY, time: down.timeStamp };
    let speed = 0;
    let moved = false;
    const follow = (event: PointerEvent): void => {
      if (event.pointerId !== down.pointerId) return;
      if (!moved && Math.abs(event.clientY - down.clientY) < CLICK_PX) return;
      if (!moved) root.setPointerCapture(event.pointerId);
      moved = true;
      root.classList.add('is-dragged');
      root.style.setProperty('--sheet-height', `${String(Math.max(0, from + down.clientY - event.clientY))}px`);
      const time = event.timeStamp - last.time;
      if (time > 0) speed = (last.y - event.clientY) / time;
      last = { y: event.clientY, time: event.timeStamp };
    };
    const end = (event: PointerEvent): void => {
      if (event.pointerId !== down.pointerId) return;
      root.removeEventListener('pointermove', follow);
      for (const name of ['pointerup', 'pointercancel'] as const) root.removeEventListener(name, end);
      const height = root.offsetHeight;
      root.classList.remove('is-dragged');
      root.style.removeProperty('--sheet-height');
      if (!moved) {
        if (down.target === handle) toggle();
      } else set(Math.abs(speed) > FLICK ? nextStop(height, speed) : nearestStop(height));
    };
    root.addEventListener('pointermove', follow);
    for (const name of ['pointerup', 'pointercancel'] as const) root.addEventListener(name, end);
  }

  /** How tall the sheet is at each stop, from the lowest one on. */
  function heights(): { name: Stop; height: number }[] {
    root.classList.add('is-measured');
    const found = stops().map((name) => {
      root.dataset['stop'] = name;
      return { name, height: root.offsetHeight };
    });
    root.classList.remove('is-measured');
    return found;
  }

  function nearestStop(height: number): Stop {
    return heights().reduce((best, one) => (Math.abs(one.height - height) < Math.abs(best.height - height) ? one : best)).name;
  }

  /** The first stop on the way that the finger went. */
  function nextStop(height: number, speed: number): Stop {
    const all = heights();
    const next = speed > 0 ? all.find((one) => one.height > height) : all.findLast((one) => one.height < height);
    return (next ?? (speed > 0 ? all.at(-1) : all[0]))?.name ?? 'half';
  }

  // What has the focus is never hidden: not below the edge of a peek, not behind a full sheet.
  document.addEventListener('focusin', (event) => {
    if (root.hidden || !sheet.matches || !(event.target instanceof Element)) return;
    const inside = root.contains(event.target);
    if (stop === 'peek' && inside && event.target.closest('.inspector-content') && !event.target.closest('.inspector-header')) set('half');
    else if (stop === 'full' && !inside && event.target.matches(':focus-visible')) set('half');
  });

  phone.addEventListener('change', () => set(stop));
  // Whoever opens the sheet wants to read; whoever goes from gate to gate keeps the height.
  store.watch(
    (state) => state.selection === null,
    (closed) => {
      if (closed) set('half');
    },
  );
  set('half');
}
