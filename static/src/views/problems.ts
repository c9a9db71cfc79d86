/** The card below the program: what is wrong and what to do, one problem in full and the others a key away. */
import type { Problem, Remark } from '../api/model';
import type { App } from '../app';
import { offsetsOf, replaceSpan } from '../text';
import { faultsIn, PATIENCE_MS, type Fault } from './editor-faults';
import { spoken, withCode } from './editor-prose';
import { goTo, onShowWarnings } from './editor-signals';
import { lineNumber } from './editor-fold';
import { textWarnings } from './editor-status';
import { watchAny } from './editor-watch';
import { button, element } from './elements';
import { icon } from './icons';

type Entry = Fault<Problem | Remark>;

/** The sentence under "the first in full". */
export function restText(others: number): string {
  return `and ${others.toLocaleString('en')} more`;
}

export function problems(root: HTMLElement, app: App): void {
  const { store, actions } = app;
  const live = element('div', 'visually-hidden', { 'aria-live': 'polite' });
  const card = element('div', 'problem-card', { role: 'group' });
  card.hidden = true;
  root.append(card, live);

  let current = 0;
  /** Of the problem in full: it stays when the text is read anew and still has it. */
  let message = '';
  let listIsOpen = false;
  let warningsAreOpen = false;
  let tellTimer = 0;

  function entries(): readonly Entry[] {
    const { shownProblems, problemsSource, answer, answerSource, program } = store.get();
    if (shownProblems.length > 0) return faultsIn(shownProblems, problemsSource, program);
    return warningsAreOpen ? faultsIn(textWarnings(answer), answerSource, program) : [];
  }

  function draw(): void {
    const all = entries();
    const isRemark = store.get().shownProblems.length === 0;
    const shown = all[current] ?? all[0];
    card.hidden = shown === undefined;
    if (!shown) return;
    message = shown.problem.message;
    card.setAttribute('aria-label', isRemark ? 'Warnings' : 'Problems');
    card.classList.toggle('remarks', isRemark);
    card.replaceChildren(main(shown, all.length - 1, isRemark));
    if (listIsOpen && all.length > 1) card.append(list(all));
  }

  function main({ problem }: Entry, others: number, isRemark: boolean): HTMLElement {
    const { hint, fix } = 'fix' in problem ? problem : { hint: null, fix: null };
    const words = element('div', 'problem-words');
    words.append(element('p', 'problem-message', {}, ...withCode(problem.message)));
    if (hint) words.append(element('p', 'problem-hint', {}, ...withCode(hint)));
    const made = element('div', 'problem-main', {}, icon(isRemark ? 'warning' : 'problem'), words);
    if (fix) {
      const apply = () => repair(fix.text, fix.span);
      made.append(button('button button-solid problem-fix', apply, {}, element('span', '', {}, ...withCode(fix.label))));
    }
    if (others > 0) made.append(rest(others));
    if (isRemark) made.append(button('icon-button', closeWarnings, { 'aria-label': 'Close' }, icon('close')));
    return made;
  }

  function rest(others: number): HTMLElement {
    const more = button('problem-more', toggleList, { 'aria-expanded': String(listIsOpen) }, restText(others));
    return element('div', 'problem-rest', {}, more, element('kbd', '', { title: 'F8 goes to the next' }, 'F8'));
  }

  function list(all: readonly Entry[]): HTMLElement {
    const { program } = store.get();
    const items = all.map(({ problem, range }, at) => {
      const place = range ? `Line ${String(lineNumber(program, range.from))}` : '';
      const line = element('span', 'problem-place-line', {}, place);
      const sentence = element('span', '', {}, ...withCode(problem.message));
      const choose = () => show(at);
      return element('li', '', {}, button('problem-place', choose, { 'aria-current': String(at === current) }, line, sentence));
    });
    return element('ul', 'problem-list', {}, ...items);
  }

  function toggleList(): void {
    listIsOpen = !listIsOpen;
    draw();
    card.querySelector<HTMLElement>('.problem-more')?.focus();
  }

  function closeWarnings(): void {
    warningsAreOpen = false;
    draw();
  }

  function show(at: number): void {
    current = at;
    const range = entries()[at]?.range;
    draw();
    if (range) goTo(range);
  }

  function repair(text: string, span: { start: number; end: number }): void {
    const { program, problemsSource } = store.get();
    // The offer belongs to a text; once that is edited, the next answer brings a new offer.
    if (program !== problemsSource) return;
    const from = offsetsOf(program).range(span).from + text.length;
    actions.setProgram(replaceSpan(program, span, text));
    goTo({ from, to: from });
  }

  /** F8: the next problem behind the one that is shown, round and round. */
  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'F8' || event.ctrlKey || event.metaKey || event.altKey) return;
    const { length } = entries();
    if (length === 0) return;
    event.preventDefault();
    show((current + (event.shiftKey ? length - 1 : 1)) % length);
  }

  function tell(): void {
    window.clearTimeout(tellTimer);
    tellTimer = window.setTimeout(() => {
      const all = entries();
      const { problem } = all[0] ?? {};
      const sentences = problem ? [problem.message] : [];
      if (all.length > 1) sentences.push(`${all.length.toLocaleString('en')} in all.`);
      live.textContent = spoken(sentences.join(' '));
    }, PATIENCE_MS);
  }

  document.addEventListener('keydown', onKey);
  card.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !(listIsOpen || warningsAreOpen)) return;
    event.stopPropagation();
    listIsOpen = warningsAreOpen = false;
    draw();
  });
  onShowWarnings(() => {
    warningsAreOpen = !warningsAreOpen;
    draw();
  });
  watchAny(
    store,
    ({ shownProblems }) => [shownProblems],
    () => {
      const all = entries();
      current = Math.max(0, all.findIndex(({ problem }) => problem.message === message));
      draw();
      tell();
    },
  );
  watchAny(store, ({ program }) => [program], tell);
  watchAny(
    store,
    ({ answer }) => [textWarnings(answer).map(({ message }) => message).join('\n')],
    () => {
      warningsAreOpen = false;
      draw();
    },
  );
}
