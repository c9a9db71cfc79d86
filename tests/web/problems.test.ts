// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../static/src/api/model';
import type { Range } from '../../static/src/text';
import { onGoTo, showWarnings } from '../../static/src/views/editor-signals';
import { problems } from '../../static/src/views/problems';
import { appWith } from './editor-app';
import { neuronWithSpans, NEURON, problem, spanOf } from './editor-fixture';

const PROGRAM = 'f = sigmod(w0*x0 + w2 *';
const FIX = { label: 'Use `sigmoid`', text: 'sigmoid', span: spanOf(PROGRAM, 'sigmod') };
const FOUND: Problem[] = [
  problem('There is no function `sigmod`.', FIX.span, { hint: 'The nearest name is `sigmoid`.', fix: FIX }),
  problem('This bracket is never closed.', spanOf(PROGRAM, '(')),
  problem('Expected an operand after `*`.', spanOf(PROGRAM, '*', 1)),
];

let root: HTMLElement;
let places: Range[];
onGoTo((range) => places.push(range));

beforeEach(() => {
  vi.useFakeTimers();
  places = [];
  root = document.createElement('div');
  document.body.replaceChildren(root);
});
afterEach(() => {
  vi.useRealTimers();
});

function mount(shownProblems: readonly Problem[] = FOUND) {
  const app = appWith({ program: PROGRAM, problems: shownProblems, problemsSource: PROGRAM, shownProblems });
  problems(root, app);
  return app;
}

const card = (): HTMLElement => root.querySelector('.problem-card') as HTMLElement;
const find = (selector: string): HTMLElement => card().querySelector(selector) as HTMLElement;
const press = (key: string, more: KeyboardEventInit = {}): boolean =>
  document.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, ...more }));

describe('the card', () => {
  it('tells the first problem in full, with code as code', () => {
    mount();
    expect(card().hidden).toBe(false);
    expect(find('.problem-message').textContent).toBe('There is no function sigmod.');
    expect(find('.problem-message code').textContent).toBe('sigmod');
    expect(find('.problem-hint').textContent).toBe('The nearest name is sigmoid.');
    expect(find('.problem-more').textContent).toBe('and 2 more');
  });

  it('hides when the program is right', () => {
    const { store } = mount();
    store.set({ shownProblems: [] });
    expect(card().hidden).toBe(true);
  });

  it('repairs the program with its one button and puts the caret behind the repair', () => {
    const { actions } = mount();
    find('.problem-fix').click();
    expect(actions.setProgram).toHaveBeenCalledWith('f = sigmoid(w0*x0 + w2 *');
    expect(places).toEqual([{ from: 11, to: 11 }]);
  });

  it('offers no repair for a text that is no longer there', () => {
    const { store, actions } = mount();
    store.set({ program: `${PROGRAM} x)` });
    find('.problem-fix').click();
    expect(actions.setProgram).not.toHaveBeenCalled();
  });

  it('opens a list of all, each of which leads to its place', () => {
    mount();
    find('.problem-more').click();
    const rows = card().querySelectorAll<HTMLElement>('.problem-place');
    expect([...rows].map((row) => row.textContent)).toEqual([
      'Line 1There is no function sigmod.',
      'Line 1This bracket is never closed.',
      'Line 1Expected an operand after *.',
    ]);
    rows[2]?.click();
    expect(places).toEqual([{ from: 22, to: 23 }]);
    expect(find('.problem-message').textContent).toBe('Expected an operand after *.');
  });

  it('goes round with F8, back with Shift', () => {
    mount();
    const visited = [false, true, true].map((shiftKey) => {
      press('F8', { shiftKey });
      return places.at(-1)?.from;
    });
    expect(visited).toEqual([10, 4, 22]);
  });

  it('keeps the problem in full while others come and go', () => {
    const { store } = mount();
    press('F8');
    store.set({ shownProblems: [FOUND[0], FOUND[1]] as Problem[] });
    expect(find('.problem-message').textContent).toBe('This bracket is never closed.');
    expect(find('.problem-more').textContent).toBe('and 1 more');
  });

  it('never takes a text for markup', () => {
    mount([problem('There is no function `<img src=x onerror=alert(1)>`.', null)]);
    expect(card().querySelector('img')).toBeNull();
    expect(find('code').textContent).toBe('<img src=x onerror=alert(1)>');
  });

  it('tells a screen reader once no key has come for a while', () => {
    const { store } = mount();
    const live = root.querySelector('[aria-live="polite"]');
    vi.advanceTimersByTime(700);
    store.set({ program: `${PROGRAM} ` });
    vi.advanceTimersByTime(700);
    expect(live?.textContent).toBe('');
    vi.advanceTimersByTime(200);
    expect(live?.textContent).toBe('There is no function sigmod. 3 in all.');
  });
});

describe('warnings', () => {
  it('are read on demand, and close with Esc', () => {
    const answer = {
      ...neuronWithSpans(),
      warnings: [{ code: 'ambiguous-product', message: '`1/2x` is read as `(1/2)x`.', node: null, span: spanOf(NEURON, '1') }],
    };
    problems(root, appWith({ program: NEURON, answer, answerSource: NEURON }));
    expect(card().hidden).toBe(true);
    showWarnings();
    expect(find('.problem-message').textContent).toBe('1/2x is read as (1/2)x.');
    expect(card().classList.contains('remarks')).toBe(true);
    card().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(card().hidden).toBe(true);
  });
});
