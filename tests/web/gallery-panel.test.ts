// @vitest-environment happy-dom
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { App } from '../../static/src/app';
import { gallery } from '../../static/src/gallery/panel';
import { mathReady } from '../../static/src/math';
import { startState } from '../../static/src/state';
import { createStore } from '../../static/src/store';
import { OPERATIONS } from './fixtures';
import { LESSONS } from './gallery-fixtures';

// KaTeX asks for standards mode when it is loaded; this document is in no mode at all.
Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' });

/** Every card is in view at once. */
class SeesAll {
  constructor(private readonly seen: (entries: { isIntersecting: boolean; target: Element }[]) => void) {}
  observe(target: Element): void {
    this.seen([{ isIntersecting: true, target }]);
  }
  unobserve(): void {}
}

let panel = document.createElement('div');
const openExample = vi.fn();
const close = vi.fn();
let store = createStore(startState());
let made: ReturnType<typeof gallery>;

const all = (selector: string): HTMLElement[] => [...panel.querySelectorAll<HTMLElement>(selector)];
const only = <T extends HTMLElement>(selector: string): T => {
  const found = panel.querySelector<T>(selector);
  if (!found) throw new Error(`The panel has no ${selector}.`);
  return found;
};
/** One card is drawn in each frame. */
const drawn = (): Promise<void> => vi.waitFor(() => expect(all('svg.mini')).toHaveLength(LESSONS.length), 5000);
const shown = (): (string | undefined)[] => all('.example-card').map((card) => card.dataset['slug']);
const press = (key: string, target: Element | null = document.activeElement): void => {
  target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
};
const search = (text: string): void => {
  const field = only<HTMLInputElement>('.examples-search');
  field.value = text;
  field.dispatchEvent(new Event('input'));
};

beforeAll(() => {
  vi.stubGlobal('IntersectionObserver', SeesAll);
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  Element.prototype.scrollIntoView = () => undefined;
  return mathReady();
});

beforeEach(() => {
  panel = document.createElement('div');
  document.body.replaceChildren(panel);
  openExample.mockClear();
  close.mockClear();
  store = createStore({ ...startState(), program: LESSONS[1]?.program ?? '' });
  const app = { store, actions: { openExample }, operations: OPERATIONS } as unknown as App;
  made = gallery(panel, app, LESSONS, close);
});

describe('cards', () => {
  test('stand in sections by source, each with a drawing of its own', async () => {
    await drawn();
    expect(all('h2').map((head) => head.firstChild?.textContent)).toEqual(['From the lecture', 'From courses and books']);
    expect(shown()).toEqual(LESSONS.map(({ slug }) => slug));
    expect(all('.example-drawing').map((place) => place.querySelectorAll('svg .mini-node').length)).toEqual([7, 14, 6, 3]);
  });

  test('say title, line and verdict in words, and typeset a formula', async () => {
    await drawn();
    const said = (card: HTMLElement): string[] => {
      const heard = card.cloneNode(true) as HTMLElement;
      for (const hidden of heard.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
      return [...heard.children].map((part) => part.textContent ?? '');
    };
    expect(all('.example-card').map(said)).toEqual([
      ['(x + y) max(y, z)', 'One line.', 'matches'],
      ['Sigmoid neuron', 'One line.', '1 of 3 rounded on the way'],
      ['A network', 'One line.', 'source is wrong, 8 of 14'],
      ['x · x', 'One line.', 'no numbers printed'],
    ]);
    expect(all('.example-title').map((title) => title.querySelector('.katex') !== null)).toEqual([true, false, false, false]);
  });

  test('tell the reason and the source as their description', () => {
    const card = only('[data-slug="network"]');
    const about = document.getElementById(card.getAttribute('aria-describedby') ?? '');
    expect(about?.textContent).toBe('The source leaves one path out. Ada Writer: Neural networks (2015). Chapter 2.');
  });

  test('open their lesson and close the panel', () => {
    only('[data-slug="squared"]').click();
    expect(close).toHaveBeenCalledOnce();
    expect(openExample).toHaveBeenCalledWith(LESSONS[3]);
  });

  test('mark the lesson that stands on the page, until it is edited', () => {
    const current = (): (string | undefined)[] => all('[aria-current="true"]').map((card) => card.dataset['slug']);
    made.opened();
    expect(current()).toEqual(['sigmoid-neuron']);
    store.set({ program: 'f = x' });
    made.opened();
    expect(current()).toEqual([]);
  });
});

describe('search and filters', () => {
  test('narrow the cards and tell how many are left', () => {
    search('network');
    expect(shown()).toEqual(['network']);
    expect(only('[role="status"]').textContent).toBe('1 example');
    search('');
    expect(only('[role="status"]').textContent).toBe('4 examples');
  });

  test('say so when nothing is found', () => {
    search('nothing of the kind');
    expect(shown()).toEqual([]);
    expect(only('.examples-none').textContent).toBe('No example matches “nothing of the kind”.');
  });

  test('a pressed filter is the only pressed one', () => {
    const [first, gates] = all('.examples-filter');
    gates?.click();
    expect(shown()).toEqual(['gate-patterns', 'squared']);
    expect([first, gates].map((one) => one?.getAttribute('aria-pressed'))).toEqual(['false', 'true']);
  });
});

describe('keyboard', () => {
  const focused = (): string | undefined => (document.activeElement as HTMLElement | null)?.dataset['slug'];

  test('one card is a stop for Tab: the open one, else the first', () => {
    const stops = (): (string | undefined)[] => all('.example-card').filter((card) => card.tabIndex === 0).map((card) => card.dataset['slug']);
    expect(stops()).toEqual(['sigmoid-neuron']);
    search('x · x');
    expect(stops()).toEqual(['squared']);
  });

  test('down leads from the search to the cards, left and right among them', () => {
    made.opened();
    press('ArrowDown');
    expect(focused()).toBe('sigmoid-neuron');
    press('ArrowRight');
    expect(focused()).toBe('network');
    press('Home');
    press('ArrowLeft');
    expect(focused()).toBe('gate-patterns');
  });

  test('keys do not reach the shortcuts of the page, except Escape', () => {
    const page = vi.fn();
    document.addEventListener('keydown', page);
    made.opened();
    for (const key of ['v', ' ', 'ArrowRight', 'Escape']) press(key);
    document.removeEventListener('keydown', page);
    expect(page.mock.calls.map(([event]) => (event as KeyboardEvent).key)).toEqual(['Escape']);
  });

  test('the foot tells the reason and the source of the card with the focus, else what the verdicts mean', () => {
    made.opened();
    expect(only('.foot-legend').hidden).toBe(false);
    press('ArrowDown');
    press('ArrowRight');
    expect(only('.foot-about').hidden).toBe(false);
    expect(only('.foot-note').textContent).toBe('The source leaves one path out.');
    expect(only('.foot-source').textContent).toBe('Ada Writer: Neural networks (2015). Chapter 2.');
    only('.examples-search').focus();
    expect(only('.foot-about').hidden).toBe(true);
  });
});
