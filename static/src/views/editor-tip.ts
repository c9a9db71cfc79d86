/** The message of a mark, shown when the pointer rests on it. Part of the editor's chunk. */
import { withCode } from './editor-prose';
import { element } from './elements';

const REST_MS = 300;

export interface Tip {
  /** A message and the box of the text it belongs to, in the window; null hides it. */
  show(message: string | null, box: () => { left: number; bottom: number } | null): void;
}

export function createTip(place: ShadowRoot): Tip {
  const tip = element('div', 'mark-tip', { role: 'tooltip' });
  tip.hidden = true;
  place.append(tip);
  let told: string | null = null;
  let timer = 0;
  return {
    show(message, box) {
      if (message === told) return;
      told = message;
      window.clearTimeout(timer);
      tip.hidden = true;
      if (message === null) return;
      timer = window.setTimeout(() => {
        const at = box();
        if (!at) return;
        tip.replaceChildren(...withCode(message));
        tip.hidden = false;
        const { width } = tip.getBoundingClientRect();
        tip.style.left = `${String(Math.max(4, Math.min(at.left, window.innerWidth - width - 8)))}px`;
        tip.style.top = `${String(at.bottom + 7)}px`;
      }, REST_MS);
    },
  };
}
