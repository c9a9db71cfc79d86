/** A small dark note at a node, wire or junction: full precision after a rest of the pointer, at once with the focus. */
import { element } from '../views/elements';

const AFTER_MS = 400;

export interface TooltipLine {
  /** "value" and "gradient" colour the number; null: no name before it. */
  kind: 'value' | 'gradient' | 'local' | null;
  text: string;
}

export interface Tooltip {
  /** Shows lines under a point of the stage, after a rest or at once. */
  plan(lines: readonly TooltipLine[], place: () => DOMRect | null, atOnce?: boolean): void;
  hide(): void;
  readonly shown: boolean;
}

const NAMES = { value: 'value', gradient: 'gradient', local: 'local gradient' } as const;
const GAP = 10;
const EDGE = 6;

export function createTooltip(stage: HTMLElement): Tooltip {
  const root = element('div', 'graph-tooltip', { role: 'tooltip' });
  root.hidden = true;
  stage.append(root);
  let timer = 0;

  function show(lines: readonly TooltipLine[], anchor: DOMRect): void {
    root.replaceChildren(
      ...lines.map(({ kind, text }) =>
        kind === null
          ? element('div', 'tooltip-line', {}, text)
          : element(
              'div',
              'tooltip-line',
              {},
              element('span', 'tooltip-name', {}, NAMES[kind]),
              element('span', `tooltip-number ${kind}`, {}, text),
            ),
      ),
    );
    root.hidden = false;
    const bounds = stage.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = root;
    const middle = anchor.left + anchor.width / 2 - bounds.left;
    const left = Math.max(EDGE, Math.min(bounds.width - width - EDGE, middle - width / 2));
    const below = anchor.bottom - bounds.top + GAP;
    const above = anchor.top - bounds.top - GAP - height;
    const under = below + height <= bounds.height - EDGE || above < EDGE;
    root.classList.toggle('above', !under);
    root.style.setProperty('left', `${String(left)}px`);
    root.style.setProperty('top', `${String(under ? below : above)}px`);
    root.style.setProperty('--arrow', `${String(Math.max(12, Math.min(width - 12, middle - left)))}px`);
  }

  function hide(): void {
    window.clearTimeout(timer);
    root.hidden = true;
  }

  return {
    plan(lines, place, atOnce = false) {
      hide();
      const now = (): void => {
        const anchor = place();
        if (anchor && lines.length > 0) show(lines, anchor);
      };
      if (atOnce) now();
      else timer = window.setTimeout(now, AFTER_MS);
    },
    hide,
    get shown() {
      return !root.hidden;
    },
  };
}
