/** The handle at the inspector's edge: dragged or moved by keys, and its width remembered by the browser. */
import { element } from './elements';

const KEY = 'chainrule-inspector-width';
export const WIDTH = { least: 320, usual: 384, most: 560 } as const;
const KEY_STEP = 16;

export function resizeHandle(root: HTMLElement, onResize: () => void): HTMLElement {
  const handle = element('div', 'inspector-handle', {
    role: 'separator',
    tabindex: '0',
    'aria-label': 'Width of the inspector',
    'aria-orientation': 'vertical',
    'aria-valuemin': String(WIDTH.least),
    'aria-valuemax': String(WIDTH.most),
  });
  let width = 0;

  function set(next: number, keep: boolean): void {
    const within = Math.round(Math.min(WIDTH.most, Math.max(WIDTH.least, next)));
    if (within !== width) {
      width = within;
      root.style.width = `${String(width)}px`;
      document.documentElement.style.setProperty('--inspector-width', `${String(width)}px`);
      handle.setAttribute('aria-valuenow', String(width));
      onResize();
    }
    if (keep) remember(width);
  }

  handle.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    const start = event.clientX + width;
    const move = (moved: PointerEvent): void => set(start - moved.clientX, false);
    const end = (): void => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('lostpointercapture', end);
      set(width, true);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', end);
  });
  handle.addEventListener('dblclick', () => set(WIDTH.usual, true));
  handle.addEventListener('keydown', (event) => {
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: width + KEY_STEP,
      ArrowRight: width - KEY_STEP,
      Home: WIDTH.least,
      End: WIDTH.most,
    };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(next, true);
  });
  set(remembered(), false);
  return handle;
}

function remembered(): number {
  try {
    const stored = Number(localStorage.getItem(KEY));
    return stored > 0 ? stored : WIDTH.usual;
  } catch {
    return WIDTH.usual;
  }
}

function remember(width: number): void {
  try {
    localStorage.setItem(KEY, String(width));
  } catch {
    // A browser that keeps nothing still shows the chosen width until the page is left.
  }
}
