import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from '../../../static/src/app';
import { startState } from '../../../static/src/state';
import { createStore, type Store } from '../../../static/src/store';
import { matchNodes, question, tabQuestion } from '../../../static/src/tabs/question';
import { openSigmoid, patterns } from '../fixtures';

interface Call {
  path: string;
  body: Record<string, unknown>;
  aborted: () => boolean;
  reply: (status: number, body: object) => Promise<void>;
  fail: () => Promise<void>;
}

let calls: Call[] = [];
let store: Store;
let answers: unknown[] = [];
let problems: string[] = [];
let path = '';
let test = 0;

const settled = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(0);
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', globalThis);
  calls = [];
  answers = [];
  problems = [];
  // Answers are kept by path, for whoever comes back to a tab.
  path = `/paths${String((test += 1))}`;
  store = createStore({ ...startState(), answer: patterns(), answerSource: '(x+y)*max(y,z)', status: 'ready' });
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    return new Promise<Response>((resolve, reject) => {
      calls.push({
        path: url,
        body: JSON.parse(String(init.body)) as Record<string, unknown>,
        aborted: () => init.signal?.aborted ?? false,
        reply: (status, body) => {
          const type = status === 200 ? 'application/json' : 'application/problem+json';
          resolve(new Response(JSON.stringify({ status, ...body }), { headers: { 'content-type': type } }));
          return settled();
        },
        fail: () => {
          reject(new TypeError('failed to fetch'));
          return settled();
        },
      });
    });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function ask(): () => void {
  const app = { store } as unknown as App;
  return question(
    app,
    path,
    ({ tabs }) => (tabs.leaf === 'none' ? null : { leaf: tabs.leaf }),
    (answer) => answers.push(answer),
    (found) => problems.push(...found.map(({ code }) => code)),
  );
}

const setLeaf = (leaf: string): void => store.set({ tabs: { ...store.get().tabs, leaf } });

describe('the question of a tab', () => {
  it('is the program that was last read, with values of its own leaves and composites closed', () => {
    const values = new Map([['x', 3], ['gone', 1]]);
    expect(tabQuestion({ ...store.get(), program: '(x+', values })).toEqual({
      source: '(x+y)*max(y,z)',
      values: { x: 3 },
      conventions: startState().conventions,
      expand: [],
    });
    expect(tabQuestion(startState())).toBeNull();
  });

  it('opens the kinds of composites of which one stands open on the graph', () => {
    const state = { ...store.get(), answer: openSigmoid() };
    expect(tabQuestion(state)?.expand).toEqual([]);
    expect(tabQuestion({ ...state, openGroups: new Set(['g0']) })?.expand).toEqual(['sigmoid']);
  });

  it('is asked at once, with what the tab adds, and again when that changes', async () => {
    ask();
    await settled();
    expect(calls.map((call) => call.path)).toEqual([`/api/v1${path}`]);
    expect(calls[0]?.body).toMatchObject({ source: '(x+y)*max(y,z)', leaf: null });
    setLeaf('y');
    await vi.advanceTimersByTimeAsync(150);
    expect(calls[0]?.aborted()).toBe(true);
    expect(calls[1]?.body['leaf']).toBe('y');
    await calls[1]?.reply(200, { total: 5 });
    await calls[0]?.reply(200, { total: 1 });
    expect(answers).toEqual([{ status: 200, total: 5 }]);
  });

  it('waits for the answer under way while only values change, then asks for the newest', async () => {
    ask();
    await settled();
    for (const x of [1, 2, 3]) store.set({ values: new Map([['x', x]]) });
    await vi.advanceTimersByTimeAsync(500);
    expect(calls).toHaveLength(1);
    await calls[0]?.reply(200, { total: 1 });
    await vi.advanceTimersByTimeAsync(150);
    expect(calls[1]?.body['values']).toEqual({ x: 3 });
    expect(answers).toHaveLength(1);
  });

  it('is not asked for what the tab does not want, nor twice for the same', async () => {
    setLeaf('none');
    ask();
    await vi.advanceTimersByTimeAsync(500);
    expect(calls).toHaveLength(0);
    setLeaf('x');
    await vi.advanceTimersByTimeAsync(500);
    await calls[0]?.reply(200, {});
    store.set({ hovered: 'n1' });
    await vi.advanceTimersByTimeAsync(500);
    expect(calls).toHaveLength(1);
  });

  it('tells the problems, and asks a server that was away again', async () => {
    ask();
    await settled();
    await calls[0]?.fail();
    await vi.advanceTimersByTimeAsync(4100);
    await calls[1]?.reply(422, { errors: [{ code: 'unknown-leaf', message: 'There is no leaf.' }] });
    expect(problems).toEqual(['unknown-leaf']);
    expect(answers).toEqual([]);
  });

  it('gives the kept answer at once to whoever comes back', async () => {
    const stop = ask();
    await settled();
    await calls[0]?.reply(200, { total: 5 });
    stop();
    ask();
    expect(answers).toHaveLength(2);
    expect(calls).toHaveLength(1);
  });

  it('is not asked any more once it was stopped', async () => {
    const stop = ask();
    await settled();
    stop();
    setLeaf('z');
    await calls[0]?.reply(200, {});
    await vi.advanceTimersByTimeAsync(500);
    expect(calls).toHaveLength(1);
    expect(answers).toEqual([]);
  });
});

describe('matchNodes', () => {
  const span = (start: number, end: number) => ({ start, end, line: 1, column: start + 1 });
  const answer = openSigmoid();

  it('finds nodes by the name that the program gives', () => {
    const others = [{ id: 'a', label: 'w', op: null, span: null }, { id: 'b', label: 'no', op: 'exp', span: null }];
    expect([...matchNodes(answer, others)]).toEqual([['a', 'n0']]);
  });

  it('finds a composite that the graph holds opened as its group', () => {
    expect(matchNodes(answer, [{ id: 'a', label: 'y', op: 'sigmoid', span: null }]).get('a')).toBe('g0');
    expect(matchNodes(answer, [{ id: 'a', label: 'y', op: 'neg', span: null }]).get('a')).toBe('n6');
  });

  it('finds unnamed gates by place and operation, in order, whatever they are called', () => {
    const nodes = answer.nodes.map((node) => ({ ...node, name: null, span: span(0, node.op === 'exp' ? 9 : 4) }));
    const others = ['exp', 'neg', 'exp'].map((op, at) => ({ id: `o${String(at)}`, label: 's9', op, span: span(0, op === 'exp' ? 9 : 4) }));
    expect([...matchNodes({ nodes, groups: [] }, others)]).toEqual([['o0', 'n4'], ['o1', 'n3'], ['o2', 'n7']]);
  });
});
