/** What is said over a tab while there is no present program to speak of: an unreadable one, or none. */
import type { App } from '../app';
import { element } from '../views/elements';
import { statusIcon } from '../views/status-icons';

/** While a word is being typed, most of its beginnings cannot be read: that is no news. */
const STALE_AFTER_MS = 250;

export function tellStanding(panel: HTMLElement, { store }: App): void {
  const note = element('div', 'stale-note panel-note', { role: 'status' });
  const empty = element('p', 'panel-empty');
  panel.after(note, empty);
  let timer = 0;
  note.hidden = empty.hidden = true;

  store.watch(
    ({ tab, status, answer, program }) => {
      if (tab === 'graph') return 'elsewhere';
      if (program.trim() === '') return 'empty';
      return status === 'unreadable' && answer !== null ? 'stale' : 'present';
    },
    (standing) => {
      window.clearTimeout(timer);
      const show = (): void => {
        panel.classList.toggle('stale', standing === 'stale');
        panel.classList.toggle('empty', standing === 'empty');
        note.hidden = standing !== 'stale';
        note.replaceChildren(...(note.hidden ? [] : [statusIcon('warning'), 'Showing the last program that could be read.']));
        empty.hidden = standing !== 'empty';
        empty.replaceChildren(
          ...(empty.hidden ? [] : ['Type an expression, for example ', element('code', '', {}, '(x + y) * z'), '.']),
        );
      };
      if (standing === 'stale') timer = window.setTimeout(show, STALE_AFTER_MS);
      else show();
    },
  );
}
