/** The foot of the stage: the hint until the first drag, the keys during one, the note over a stale graph. */
import { graphNumber } from '../format';
import { element } from '../views/elements';
import { statusIcon } from '../views/status-icons';

export interface Foot {
  /** null hides it; a number is the value a drag started at. */
  hint(show: 'none' | 'first' | 'cells' | 'gates' | { back: number; decimals: number }): void;
  stale(shown: boolean): void;
}

export function createFoot(hint: HTMLElement, stage: HTMLElement): Foot {
  const note = element(
    'div',
    'stale-note',
    { role: 'status' },
    statusIcon('warning'),
    'Showing the last program that could be read.',
  );
  note.hidden = true;
  stage.append(note);

  return {
    hint(show) {
      hint.hidden = show === 'none';
      if (show === 'none') hint.replaceChildren();
      else if (show === 'gates') hint.replaceChildren('Click a gate to open it.');
      else if (show === 'cells') hint.replaceChildren('Drag a number in a card to change it. Click a gate to open it.');
      else if (show === 'first') {
        hint.replaceChildren('Drag an ', element('b', 'hint-value', {}, 'underlined value'), ' to change it. Click a gate to open it.');
      } else {
        hint.replaceChildren(
          key('Shift', 'coarse'), key('Alt', 'fine'), key('Esc', `back to ${graphNumber(show.back, show.decimals)}`),
        );
      }
    },
    stale(shown) {
      note.hidden = !shown;
    },
  };
}

function key(name: string, does: string): HTMLElement {
  return element('span', 'hint-key', {}, element('kbd', '', {}, name), does);
}
