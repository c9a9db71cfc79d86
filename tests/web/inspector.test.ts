// @vitest-environment happy-dom
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Answer } from '../../static/src/api/model';
import type { App } from '../../static/src/app';
import { mathReady } from '../../static/src/math';
import { startState, type Selection } from '../../static/src/state';
import { createStore } from '../../static/src/store';
import { inspector } from '../../static/src/views/inspector';
import { answerOf, openSigmoid, patterns, sigmoidNeuron } from './fixtures';
import { REGISTRY } from './inspector-fixtures';

// KaTeX asks for standards mode when it is loaded; this document is in no mode at all.
Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' });

interface Bench {
  root: HTMLElement;
  app: App;
  select: (selection: Selection | null) => Promise<void>;
  answer: (answer: Answer) => Promise<void>;
  set: ReturnType<typeof vi.fn>;
  toggle: ReturnType<typeof vi.fn>;
  open: ReturnType<typeof vi.fn>;
  program: ReturnType<typeof vi.fn>;
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function bench(answer: Answer): Bench {
  const root = document.createElement('aside');
  document.body.replaceChildren(root);
  const store = createStore({ ...startState(), answer });
  const set = vi.fn();
  const toggle = vi.fn();
  const open = vi.fn();
  const program = vi.fn();
  const actions = {
    select: (selection: Selection | null) => store.set({ selection }),
    hover: (hovered: string | null) => store.set({ hovered }),
    setValue: set,
    toggleGroup: toggle,
    outputAt: () => Promise.resolve(6.0501),
    openExample: open,
    setProgram: program,
  };
  const app = { store, actions, operations: REGISTRY, lessons: () => Promise.resolve([]) } as unknown as App;
  inspector(root, app);
  return {
    root,
    app,
    set,
    toggle,
    open,
    program,
    select: async (selection) => {
      store.set({ selection });
      await settled();
    },
    answer: async (next) => {
      store.set({ answer: next });
      await settled();
    },
  };
}

const visible = (root: HTMLElement, selector: string): HTMLElement | null => {
  const found = root.querySelector<HTMLElement>(selector);
  return found && !found.closest('[hidden]') ? found : null;
};
const maths = (root: Element): string[] => [...root.querySelectorAll('annotation')].map((one) => one.textContent ?? '');

beforeAll(() => mathReady());
beforeEach(() => localStorage.clear());
// What asks for the output a moment later has no document left to write into.
afterEach(() => document.body.replaceChildren());

describe('opening and closing', () => {
  test('closed without a selection, open with one, closed by its button and by Esc', async () => {
    const { root, select, app } = bench(sigmoidNeuron());
    expect(root.hidden).toBe(true);
    await select({ kind: 'node', id: 'n6' });
    expect(root.hidden).toBe(false);
    visible(root, '.inspector-close')?.click();
    await settled();
    expect(root.hidden).toBe(true);
    await select({ kind: 'node', id: 'n6' });
    root.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled();
    expect(app.store.get().selection).toBeNull();
    expect(root.hidden).toBe(true);
  });

  test('a selection that left the program closes it', async () => {
    const { root, select, answer } = bench(sigmoidNeuron());
    await select({ kind: 'node', id: 'n13' });
    await answer(patterns());
    expect(root.hidden).toBe(true);
  });
});

describe('a gate', () => {
  test('heading, kind, sections in order', async () => {
    const { root, select } = bench(sigmoidNeuron());
    await select({ kind: 'node', id: 'n6' });
    expect(maths(root.querySelector('h2') as Element)[0]).toContain('s_{1} = w_{1}');
    expect(root.querySelector('h2')?.getAttribute('aria-label')).toBe('s1 = w1 x1');
    expect(root.querySelector('.inspector-kind')?.textContent).toBe('Multiply gateIn the cheat sheet');
    expect(root.querySelector('.inspector-kind a')?.getAttribute('href')).toBe('/operations#mul');
    const titles = [...root.querySelectorAll('h3')].filter((title) => !title.closest('[hidden]')).map((title) => title.getAttribute('aria-label') ?? title.textContent);
    expect(titles).toEqual(['Chain rule', 'Gradient switcher', 'f as w1 varies']);
    expect(root.querySelectorAll('.inspector-block')).toHaveLength(2);
    expect(root.querySelector('svg.closeup[role=img]')?.getAttribute('aria-label')).toContain('w1, value −3.0000, local gradient −2.0000');
  });

  test('new numbers do not touch the typeset formulas', async () => {
    const { root, select, answer } = bench(sigmoidNeuron());
    await select({ kind: 'node', id: 'n6' });
    const katex = root.querySelector('.equation .katex');
    const number = [...root.querySelectorAll('.equation .katex-html .gradient')].find((one) => one.textContent === '0.1966');
    const moved = sigmoidNeuron();
    await answer({
      ...moved,
      edges: moved.edges.map((edge) => ({ ...edge, upstream: (edge.upstream ?? 0) * 2, downstream: (edge.downstream ?? 0) * 2 })),
    });
    expect(root.querySelector('.equation .katex')).toBe(katex);
    expect(number?.isConnected).toBe(true);
    expect(number?.textContent).toBe('0.3932');
  });

  test('a composite opens, and shows what it is made of', async () => {
    const { root, select, toggle } = bench(openSigmoid());
    await select({ kind: 'node', id: 'g0' });
    const button = visible(root, '.group-toggle');
    expect(button?.textContent).toBe('Open');
    button?.click();
    expect(toggle).toHaveBeenCalledWith('g0');
    expect(root.querySelector('.group-note')?.textContent).toMatch(/^Here the open form gives other numbers/);
    expect(maths(root.querySelector('.group-formula') as Element)[0]).toContain('\\frac{1}{1 + e^{-');
  });

  test('warnings at this gate, and the way to the first number that is not finite', async () => {
    const answer = answerOf([{ leaf: 'x', value: 0 }, { op: 'log', of: ['x'], name: 'a' }, { op: 'neg', of: ['a'] }]);
    const warned = { ...answer, warnings: [{ code: 'not-finite', message: 'log(x) is −∞ here because x is 0.', node: 'n1', span: null }] };
    const { root, select, app } = bench(warned);
    await select({ kind: 'node', id: 'n1' });
    expect(root.querySelector('.inspector-notes')?.textContent).toBe('log(x) is −∞ here because x is 0.');
    await select({ kind: 'node', id: 'n2' });
    visible(root, '.inspector-notes button')?.click();
    expect(app.store.get().selection).toEqual({ kind: 'node', id: 'n1' });
  });
});

describe('a leaf', () => {
  async function leaf(): Promise<Bench & { field: HTMLInputElement; key: (key: string, init?: KeyboardEventInit) => void }> {
    const made = bench(patterns());
    await made.select({ kind: 'node', id: 'n1' });
    const field = made.root.querySelector('input') as HTMLInputElement;
    const key = (name: string, init: KeyboardEventInit = {}): void => {
      field.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...init }));
    };
    return { ...made, field, key };
  }

  test('its value, its gradient and how often it is used', async () => {
    const { root, field } = await leaf();
    expect(field.value).toBe('2');
    expect(root.querySelector('.leaf-gradient')?.textContent).toBe('gradient 5.0000');
    expect(root.querySelector('h2')?.textContent).toContain(', used 2 times');
    expect([...root.querySelectorAll('h3')].map((title) => title.textContent)).toContain('Gradient adder');
  });

  test('Enter takes, also with a typographic minus', async () => {
    const { field, key, set } = await leaf();
    field.value = '−2.5';
    key('Enter');
    expect(set).toHaveBeenCalledWith('y', -2.5);
  });

  test('Esc restores first and closes second', async () => {
    const { root, field, key, set, app } = await leaf();
    field.value = '77';
    key('Escape');
    expect(field.value).toBe('2');
    expect(root.hidden).toBe(false);
    key('Escape');
    await settled();
    expect(app.store.get().selection).toBeNull();
    expect(set).not.toHaveBeenCalled();
  });

  test('steps by keys and buttons, coarse with Shift and fine with Alt', async () => {
    const { root, key, set } = await leaf();
    key('ArrowUp');
    key('ArrowDown', { shiftKey: true });
    key('ArrowUp', { altKey: true });
    root.querySelector<HTMLButtonElement>('.value-step')?.click();
    expect(set.mock.calls.map(([, value]) => value as number)).toEqual([2.1, 1.1, 1.11, 1.01]);
  });

  test('a small step: what the gradient promises, then what really happens', async () => {
    const { root } = await leaf();
    const text = (): string => {
      const copy = (root.querySelector('.leaf-nudge') as HTMLElement).cloneNode(true) as HTMLElement;
      for (const hidden of copy.querySelectorAll('.katex-mathml')) hidden.remove();
      return copy.textContent ?? '';
    };
    expect(text()).toBe('Raising y by 0.01 changes f by about 0.0500.');
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(text()).toBe('Raising y by 0.01 changes f by about 0.0500; the true change is 0.0501.');
  });

  test('another role is said in the program', async () => {
    const { root, app, program } = await leaf();
    const roles = root.querySelector('select') as HTMLSelectElement;
    expect(roles.value).toBe('input');
    app.store.set({ answerSource: app.store.get().program });
    roles.value = 'parameter';
    roles.dispatchEvent(new Event('change'));
    expect(program).toHaveBeenCalledWith(`${app.store.get().program}\nparam y = 2`);
  });

  test('the smallest fan-out is one click away', async () => {
    const { root, open } = await leaf();
    root.querySelector<HTMLButtonElement>('.open-example')?.click();
    expect(open).toHaveBeenCalledWith(expect.objectContaining({ program: 'x = 3; f = x * x' }));
  });

  test('what is no number is said, kept and not taken', async () => {
    const { root, field, key, set } = await leaf();
    field.value = 'abc';
    key('Enter');
    expect(visible(root, '.value-hint')?.textContent).toContain('Type a number');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(field.value).toBe('abc');
    expect(set).not.toHaveBeenCalled();
  });
});

describe('links with the graph', () => {
  test('a name in a formula lights its node, and the other way round', async () => {
    const { root, select, app } = bench(sigmoidNeuron());
    await select({ kind: 'node', id: 'n6' });
    const name = root.querySelector('.equation .katex-html [data-node~="n4"]');
    name?.dispatchEvent(new MouseEvent('pointerover', { bubbles: true }));
    expect(app.store.get().hovered).toBe('n4');
    expect(name?.classList.contains('lit')).toBe(true);
    app.actions.hover('n6');
    expect(root.querySelector('.lit')).toBeNull();
  });
});

describe('its width', () => {
  test('moves by keys, stays within bounds and is remembered', async () => {
    const { root, select } = bench(sigmoidNeuron());
    await select({ kind: 'node', id: 'n6' });
    const handle = root.querySelector('[role=separator]') as HTMLElement;
    const key = (name: string): boolean => handle.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
    expect(handle.getAttribute('aria-valuenow')).toBe('384');
    key('ArrowLeft');
    expect(root.style.width).toBe('400px');
    key('Home');
    key('ArrowRight');
    expect(root.style.width).toBe('320px');
    key('End');
    key('ArrowLeft');
    expect(root.style.width).toBe('560px');
    expect(bench(patterns()).root.style.width).toBe('560px');
  });
});
