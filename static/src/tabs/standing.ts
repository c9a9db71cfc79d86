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
      if (status !== 'unreadable') return 'present';
      return answer ? 'stale' : 'unread';
    },
    (standing) => {
      window.clearTimeout(timer);
      const show = (): void => {
        panel.classList.toggle('stale', standing === 'stale');
        panel.classList.toggle('empty', standing === 'empty' || standing === 'unread');
        note.hidden = standing !== 'stale';
        note.replaceChildren(...(note.hidden ? [] : [statusIcon('warning'), 'Showing the last program that could be read.']));
        empty.hidden = !panel.classList.contains('empty');
        if (standing === 'empty') empty.replaceChildren('Type an expression, for example ', element('code', '', {}, '(x + y) * z'), '.');
        else empty.textContent = standing === 'unread' ? 'There is nothing to show here until the program can be read.' : '';
      };
      if (standing === 'stale' || standing === 'unread') timer = window.setTimeout(show, STALE_AFTER_MS);
      else show();
    },
  );
}
