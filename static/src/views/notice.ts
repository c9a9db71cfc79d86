/** What the page says when the server is slow or away: a thin bar, then a sentence with Retry. */
import type { App } from '../app';
import { button, element } from './elements';

export function notice(progress: HTMLElement, work: HTMLElement, app: App): void {
  const { store, actions } = app;
  const sentence = element('span', '');
  const retry = button('button button-solid', () => actions.evaluateNow(), {}, 'Retry');
  const box = element('div', 'notice', { role: 'status' }, sentence, retry);
  box.hidden = true;
  work.append(box);

  let timer = 0;
  function tick(): void {
    const { retryAt } = store.get();
    if (retryAt === null) return;
    const seconds = Math.max(1, Math.ceil((retryAt - Date.now()) / 1000));
    sentence.textContent = `No answer from the server. Trying again in ${seconds} s.`;
    timer = window.setTimeout(tick, 500);
  }

  store.watch(
    (state) => state.status,
    (status) => {
      progress.hidden = status !== 'loading';
      box.hidden = status !== 'away';
    },
  );
  store.watch(
    (state) => state.retryAt,
    () => {
      window.clearTimeout(timer);
      tick();
    },
  );
}
