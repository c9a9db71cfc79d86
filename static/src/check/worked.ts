/** A worked example: the numbers of a source, one a line, each with its verdict. */
import type { Lesson, Problem, WorkedAnswer, WorkedRow } from '../api/model';
import type { App } from '../app';
import type { NumberCheck } from '../state';
import { question } from '../tabs/question';
import { button, element } from '../views/elements';
import { icon } from '../views/icons';
import { writeSentence } from '../views/inspector-prose';
import { say } from '../views/live';
import { entryText } from './entry';
import { linesOf, sourceName } from './lines';
import { sentenceOf, summaryOf, toneOf, VERDICT_WORDS } from './words';

export interface WorkedView {
  root: HTMLElement;
  update(): void;
  focus(): void;
}

const EXAMPLE = 'h_a = 0.5868\ndE/dw1 = -0.0010\neta = 0.7\nnew w1 = 0.1007';

export function workedView(app: App, lesson: () => Lesson | null): WorkedView {
  const { store, actions } = app;
  const field = element('textarea', 'check-lines', {
    rows: '8', spellcheck: 'false', autocomplete: 'off', 'aria-label': 'Numbers of the worked example, one a line', placeholder: EXAMPLE,
  });
  const fill = button('button', fillIn, { hidden: true });
  const buttons = element('div', 'check-buttons', {}, button('button button-solid', () => take(true), {}, 'Check'), fill);
  const hint = element('p', 'check-hint', { role: 'alert', hidden: true });
  const summary = element('p', 'check-summary', { hidden: true });
  const list = element('ul', 'check-rows', { role: 'list' });
  const root = element(
    'div', 'check-worked-view', {},
    element('p', 'check-about', {}, 'One number a line: a name is a value, dE/dw1 a gradient, new w1 a value after the step with eta. dE/dW1[0, 1] is an entry, and a list or matrix is read whole. LaTeX and tables are read too.'),
    field, buttons, hint, summary, list,
  );
  let spoken = '';

  field.addEventListener('change', () => take(false));
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    take(true);
  });

  function take(asked: boolean): void {
    if (field.value !== store.get().worked) actions.setWorked(field.value);
    if (asked && field.value.trim() === '') tell('Type or paste the numbers first, one a line.');
  }

  function fillIn(): void {
    const open = lesson();
    if (!open) return;
    field.value = linesOf(open);
    take(true);
    list.querySelector('button')?.focus();
  }

  function tell(sentence: string | null): void {
    hint.hidden = sentence === null;
    hint.textContent = sentence ?? '';
  }

  function answered(answer: WorkedAnswer): void {
    tell(null);
    const text = summaryOf(answer);
    summary.hidden = false;
    summary.textContent = text;
    list.replaceChildren(...answer.rows.map((row) => rowOf(row, answer)));
    if (text !== spoken && store.get().worked !== null && store.get().check === null) say(text);
    spoken = text;
  }

  function refused(problems: readonly Problem[]): void {
    summary.hidden = true;
    list.replaceChildren();
    const [first] = problems;
    tell(first ? `${first.message}${first.hint === null ? '' : ` ${first.hint}`}`.replaceAll('`', '') : 'These numbers could not be checked.');
  }

  function rowOf(row: WorkedRow, answer: WorkedAnswer): HTMLElement {
    const text = element('span', 'check-row-text', {}, row.text);
    const { figure, problem } = row;
    if (!figure) {
      const reason = `${problem?.message ?? 'This line could not be read.'}${problem?.hint ? ` ${problem.hint}` : ''}`.replaceAll('`', '');
      return element('li', 'check-row', {}, element('div', 'check-row-head', {}, text, element('span', 'verdict', {}, 'not read')), element('p', 'check-reason', {}, reason));
    }
    const tone = toneOf(figure.verdict);
    const sign = tone === 'wrong' ? icon('warning') : tone === 'right' ? icon('check') : element('span', 'verdict-sign', { 'aria-hidden': 'true' }, '≈');
    const chip = element('span', `verdict${tone === 'wrong' ? ' verdict-wrong' : tone === 'right' ? ' verdict-matches' : ''}`, {}, sign, VERDICT_WORDS[figure.verdict]);
    const isOfOutput = figure.of.id === answer.output;
    const head = isOfOutput
      ? button('check-row-head', () => open(figure, answer), { title: 'Look into this number' }, text, chip)
      : element('div', 'check-row-head', {}, text, chip);
    const item = element('li', `check-row check-row-${tone}`, {}, head);
    if (tone === 'right') return item;
    const add = (phrase: { latex: string; text: string }): void => {
      const reason = element('p', 'check-reason');
      writeSentence(reason, sentenceOf(phrase));
      item.append(reason);
    };
    const [only, ...others] = figure.matches;
    if (tone === 'wrong') {
      if (only && others.length === 0) add(only.says);
      else {
        add(figure.headline);
        for (const match of figure.matches) add(match.title);
        if (!only && figure.says) add(figure.says);
      }
    } else if (!figure.which) item.append(element('p', 'check-reason', {}, `Ours is ${figure.exact_shown}.`));
    if (figure.which) add(figure.which);
    if (figure.follows) add(figure.follows);
    return item;
  }

  /** The number by itself, and its leaf or gate on the graph; the list stays behind it. */
  function open(figure: NonNullable<WorkedRow['figure']>, { learning_rate: rate }: WorkedAnswer): void {
    const { answer } = store.get();
    const node = answer?.nodes.find(({ label }) => label === figure.node.label);
    if (node) actions.select({ kind: 'node', id: node.id });
    const check: NumberCheck = { leaf: entryText(figure.node.label, figure.index ?? []), text: figure.printed.text };
    if (figure.quantity !== 'gradient') check.quantity = figure.quantity;
    if (figure.quantity === 'updated' && rate !== null) check.rate = String(rate);
    actions.setCheck(check);
  }

  question<WorkedAnswer>(app, '/worked', ({ worked }) => {
    if (worked === null || worked.trim() === '') return null;
    const step = lesson()?.step;
    return { lines: worked, ...(step && step.parameters.length > 0 ? { parameters: step.parameters } : {}) };
  }, answered, refused);

  return {
    root,
    update() {
      const { worked } = store.get();
      if (worked === null) return;
      if (field.value !== worked) field.value = worked;
      if (worked.trim() === '') {
        summary.hidden = true;
        list.replaceChildren();
      }
      const open = lesson();
      const count = open?.printed.length ?? 0;
      fill.hidden = !open || count === 0 || worked.trim() === linesOf(open);
      if (open) fill.textContent = `Fill in ${sourceName(open).toLowerCase()}’s ${count === 1 ? 'number' : `${String(count)} numbers`}`;
    },
    focus: () => field.focus(),
  };
}
