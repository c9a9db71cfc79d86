/** The program field: text, status, and the marks that link it with the graph. */
import type { App } from '../app';
import { singleChange, type Range } from '../text';
import { faultsIn, faultsToShow, PATIENCE_MS, type Fault } from './editor-faults';
import { plainField, type Field, type FieldEvents } from './editor-field';
import { foldedOffset, lineNumber, lineTotal } from './editor-fold';
import type { Links } from './editor-links';
import { spoken } from './editor-prose';
import { onFocusProgram, onGoTo, showWarnings } from './editor-signals';
import { lineCount, statusOf } from './editor-status';
import { statusView } from './editor-status-view';
import { watchAny } from './editor-watch';
import { element } from './elements';

export function editor(root: HTMLElement, app: App): void {
  const { store, actions } = app;
  const area = element('textarea', 'program-text', { rows: '1', spellcheck: 'false', autocapitalize: 'off' });
  area.value = store.get().program;
  const about = element('p', 'visually-hidden', { id: 'program-about' });
  const number = element('span', 'program-number', { 'aria-hidden': 'true' });
  const lines = element('span', 'program-lines');
  const status = statusView(goToFirstProblem, showWarnings);
  const box = element('div', 'program-field', {}, number, area, lines, status.root);
  root.append(box, about);

  let lastKey = -Infinity;
  let reviewTimer = 0;
  let pointerIsDown = false;
  let isComposing = false;
  /** The next text from outside was asked for in the field, so the caret goes where it changed. */
  let caretFollows = false;

  const events: FieldEvents = {
    edited(text) {
      lastKey = Date.now();
      actions.setProgram(text);
    },
    moved() {
      review();
      refold();
    },
    pointed: (offset) => links?.hover(offset),
    picked: (offset) => links?.pick(offset),
    undo: () => withCaret(actions.undo),
    redo: () => withCaret(actions.redo),
  };
  let field: Field = plainField(area, about, events);
  let shownMarks = { key: '[]', program: '' };
  /** Marks of the program, which come with the richer field. */
  let links: Links | null = null;

  function withCaret(run: () => void): void {
    caretFollows = true;
    run();
    caretFollows = false;
  }

  function takeText(): void {
    const { program } = store.get();
    // A field knows one kind of line break; the spans of an answer must count the same characters.
    const text = program.replace(/\r\n?/g, '\n');
    const change = singleChange(field.text, text);
    if (change) field.setText(text, caretFollows ? change.from + change.insert.length : undefined);
    if (text !== program) actions.setProgram(text);
  }

  /** Decides which problems are marked now, and looks again once the reader has paused. */
  function review(): void {
    const { problems, problemsSource, program, shownProblems } = store.get();
    window.clearTimeout(reviewTimer);
    const sinceKey = Date.now() - lastKey;
    const caret = field.focused ? field.selection : null;
    const faults = faultsIn(problems, problemsSource, program);
    const show = faultsToShow(faults, shownProblems, { caret, sinceKey, program }).map(({ problem }) => problem);
    const same = show.length === shownProblems.length && show.every((problem, at) => problem === shownProblems[at]);
    if (!same) actions.showProblems(show);
    if (show.length < problems.length) reviewTimer = window.setTimeout(review, PATIENCE_MS - sinceKey + 1);
  }

  function shownFaults(): readonly Fault[] {
    const { shownProblems, problemsSource, program } = store.get();
    return faultsIn(shownProblems, problemsSource, program);
  }

  function refold(): void {
    // A press must not move what it presses: the row changes its height once the pointer is up.
    if (pointerIsDown) return;
    const { program, answer, answerSource } = store.get();
    const faults = shownFaults().map(({ range }) => range);
    const selected = links?.selected() ?? [];
    const offset = field.focused ? null : foldedOffset({ program, answer, answerSource, faults, selected });
    const total = lineTotal(program);
    field.fold(offset);
    box.classList.toggle('focused', field.focused);
    lines.hidden = offset === null || total === 1;
    // A plain field keeps the room of the numbers, so that nothing jumps when the richer one takes its place.
    number.hidden = total === 1 || (offset === null && field.numbersLines);
    number.textContent = offset === null ? '' : String(lineNumber(program, offset));
    lines.textContent = lineCount(total);
  }

  function mark(): void {
    const marks = links?.marks() ?? [];
    const { program } = store.get();
    // A drag brings an answer in every frame, most of which leave the text as it is.
    const key = JSON.stringify(marks);
    if (key !== shownMarks.key || program !== shownMarks.program) field.setMarks(marks);
    shownMarks = { key, program };
    if (!field.focused) refold();
  }

  function tellStatus(): void {
    const state = store.get();
    const now = statusOf(state);
    const faulty = state.shownProblems.length > 0;
    const sentences = state.shownProblems.map(({ message, hint }) => spoken(hint ? `${message} ${hint}` : message));
    status.show(now);
    box.classList.toggle('faulty', faulty);
    field.describe([`${now.text}.`, ...sentences].join(' '), faulty);
  }

  function goTo(range: Range): void {
    field.focus();
    field.select(range);
  }

  function goToFirstProblem(): void {
    const range = shownFaults().find((fault) => fault.range !== null)?.range;
    if (range) goTo(range);
  }

  async function enrich(): Promise<void> {
    // A failed load leaves the plain field, in which everything can be typed.
    const chunk = await import('./editor-codemirror').catch(() => null);
    if (!chunk) return;
    while (isComposing) await new Promise((done) => area.addEventListener('compositionend', done, { once: true }));
    const host = element('div', 'program-text');
    const { focused, selection } = field;
    const rich = chunk.codeField(host, field.text, events, app.operations);
    area.replaceWith(host);
    about.remove();
    field = rich;
    links = chunk.createLinks(app);
    shownMarks = { key: '[]', program: '' };
    rich.select(selection);
    if (focused) rich.focus();
    mark();
    tellStatus();
    refold();
  }

  /** The whole box looks like the field, so a press beside the text is a press on it. */
  function onPress(event: MouseEvent): void {
    const path = event.composedPath();
    if (path.includes(field.element) || path.some((at) => at instanceof HTMLButtonElement)) return;
    event.preventDefault();
    field.focus();
  }

  function onRelease(): void {
    pointerIsDown = false;
    window.setTimeout(refold);
  }

  box.addEventListener('mousedown', onPress);
  area.addEventListener('compositionstart', () => (isComposing = true));
  area.addEventListener('compositionend', () => (isComposing = false));
  window.addEventListener('pointerdown', () => (pointerIsDown = true), true);
  window.addEventListener('pointerup', onRelease, true);
  window.addEventListener('pointercancel', onRelease, true);
  onGoTo(goTo);
  onFocusProgram(() => field.focus());

  watchAny(store, (state) => [state.program], takeText);
  watchAny(store, (state) => [state.problems], review);
  watchAny(
    store,
    ({ program, answer, shownProblems, selection, hovered, openGroups, view }) =>
      [program, answer, shownProblems, selection, hovered, openGroups, view],
    mark,
  );
  watchAny(
    store,
    ({ answer, openGroups, shownProblems, status: now }) => [answer, openGroups, shownProblems, now],
    tellStatus,
  );
  void enrich();
}
