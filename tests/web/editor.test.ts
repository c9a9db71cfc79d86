// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from '../../static/src/app';
import { editor } from '../../static/src/views/editor';
import { PATIENCE_MS } from '../../static/src/views/editor-faults';
import { goTo } from '../../static/src/views/editor-signals';
import { appWith } from './editor-app';
import { NEURON, neuronWithSpans, problem, spanOf } from './editor-fixture';

// The plain field alone: the browser tests type into the rich one.
vi.mock('../../static/src/views/editor-codemirror', () => {
  throw new Error('not loaded');
});

let root: HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  root = document.createElement('div');
  document.body.replaceChildren(root);
});
afterEach(() => {
  vi.useRealTimers();
});

const area = (): HTMLTextAreaElement => root.querySelector('textarea') as HTMLTextAreaElement;
const textOf = (selector: string): string => root.querySelector(selector)?.textContent ?? '';

function mount(state: Parameters<typeof appWith>[0] = {}): App {
  const app = appWith({ program: NEURON, answer: neuronWithSpans(), answerSource: NEURON, ...state });
  editor(root, app);
  return app;
}

function type(text: string): void {
  area().value = text;
  area().dispatchEvent(new Event('input'));
}

describe('the plain field', () => {
  it('is labelled, holds the program and is described by its status', () => {
    mount();
    expect(area().getAttribute('aria-label')).toBe('Program');
    expect(area().value).toBe(NEURON);
    const about = document.getElementById(area().getAttribute('aria-describedby') ?? '');
    expect(about?.textContent).toBe('8 gates, 5 inputs.');
    expect(textOf('.program-status')).toBe('8 gates, 5 inputs');
  });

  it('sends what is typed', () => {
    const { actions } = mount();
    type('x + 1');
    expect(actions.setProgram).toHaveBeenCalledWith('x + 1');
  });

  it('takes a text from outside and keeps the caret at its place', () => {
    const { store } = mount({ program: 'w = 2\nf = w*x' });
    area().setSelectionRange(10, 10);
    store.set({ program: 'w = 2.75\nf = w*x' });
    expect(area().value).toBe('w = 2.75\nf = w*x');
    expect(area().selectionStart).toBe(13);
  });

  it('knows one kind of line break', () => {
    const { store } = mount({ program: 'a = 1\r\nb = a' });
    expect(store.get().program).toBe('a = 1\nb = a');
  });

  it('takes the focus when it is asked to', () => {
    mount();
    document.dispatchEvent(new CustomEvent('chainrule:focus-program'));
    expect(document.activeElement).toBe(area());
    goTo({ from: 4, to: 5 });
    expect([area().selectionStart, area().selectionEnd]).toEqual([4, 5]);
  });
});

describe('folding', () => {
  it('shows the number of the line and how many there are, only without focus', () => {
    mount({ program: `# neuron\n${NEURON}` });
    expect(textOf('.program-number')).toBe('2');
    expect(textOf('.program-lines')).toBe('3 lines');
    area().focus();
    expect(root.querySelector<HTMLElement>('.program-lines')?.hidden).toBe(true);
  });

  it('says nothing of lines where there is one', () => {
    mount({ program: 'x + 1', answer: null });
    expect(root.querySelector<HTMLElement>('.program-number')?.hidden).toBe(true);
  });

  it('waits until a press is over', () => {
    mount();
    area().focus();
    window.dispatchEvent(new Event('pointerdown'));
    area().blur();
    expect(root.querySelector('.program-field')?.classList.contains('focused')).toBe(true);
    window.dispatchEvent(new Event('pointerup'));
    vi.advanceTimersByTime(1);
    expect(root.querySelector('.program-field')?.classList.contains('focused')).toBe(false);
  });
});

describe('problems', () => {
  const program = 'f = sigmod(x)';
  const found = problem('There is no function `sigmod`.', spanOf(program, 'sigmod'), { hint: 'The nearest name is `sigmoid`.' });
  const unreadable = { problems: [found], problemsSource: program, status: 'unreadable' as const };

  it('are told by border, status and description, in words without marks', () => {
    mount({ program, ...unreadable });
    expect(root.querySelector('.program-field')?.classList.contains('faulty')).toBe(true);
    expect(textOf('.program-status')).toBe('1 problem');
    expect(area().getAttribute('aria-invalid')).toBe('true');
    expect(textOf('#program-about')).toBe('1 problem. There is no function sigmod. The nearest name is sigmoid.');
  });

  it('wait while the caret stands in the faulty word', () => {
    const { store } = mount();
    area().focus();
    type(program);
    area().setSelectionRange(10, 10);
    store.set(unreadable);
    expect(store.get().shownProblems).toEqual([]);
    vi.advanceTimersByTime(PATIENCE_MS - 50);
    expect(store.get().shownProblems).toEqual([]);
    vi.advanceTimersByTime(60);
    expect(store.get().shownProblems).toEqual([found]);
  });

  it('go with the answer that has none', () => {
    const { store } = mount({ program, ...unreadable });
    store.set({ problems: [], status: 'ready' });
    expect(store.get().shownProblems).toEqual([]);
    expect(root.querySelector('.program-field')?.classList.contains('faulty')).toBe(false);
  });
});
