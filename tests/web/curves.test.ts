import { describe, expect, it } from 'vitest';
import { ServerAway } from '../../static/src/api/client';
import type { Answer } from '../../static/src/api/model';
import { createLookup, programOf, varied } from '../../static/src/curves';

interface Call {
  question: number;
  answer(value: number): void;
  fail(error: Error): void;
}

function setUp() {
  const calls: Call[] = [];
  let told = 0;
  const lookup = createLookup<number, number>(
    (question) => new Promise((answer, fail) => calls.push({ question, answer, fail })),
    () => (told += 1),
  );
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  return { calls, lookup, settle, told: () => told };
}

describe('a lookup', () => {
  it('asks once and keeps the answer', async () => {
    const { calls, lookup, settle, told } = setUp();
    expect(lookup.find(1)).toBeUndefined();
    expect(lookup.find(1)).toBeUndefined();
    expect(calls).toHaveLength(1);
    calls[0]?.answer(10);
    await settle();
    expect(told()).toBe(1);
    expect(lookup.find(1)).toBe(10);
    expect(calls).toHaveLength(1);
  });

  it('asks the newest question next and forgets those between', async () => {
    const { calls, lookup, settle } = setUp();
    for (const question of [1, 2, 3, 4]) lookup.find(question);
    calls[0]?.answer(10);
    await settle();
    expect(calls.map(({ question }) => question)).toEqual([1, 4]);
  });

  it('asks nothing that was waiting when its answer is at hand', async () => {
    const { calls, lookup, settle } = setUp();
    lookup.find(1);
    calls[0]?.answer(10);
    await settle();
    lookup.find(2);
    lookup.find(3);
    expect(lookup.find(1)).toBe(10);
    calls[1]?.answer(20);
    await settle();
    expect(calls.map(({ question }) => question)).toEqual([1, 2]);
  });

  it('takes a refusal for an answer, and a server that is away for none', async () => {
    const { calls, lookup, settle, told } = setUp();
    lookup.find(1);
    calls[0]?.fail(new ServerAway('away'));
    await settle();
    expect(told()).toBe(0);
    expect(lookup.find(1)).toBeUndefined();
    calls[1]?.fail(new Error('refused'));
    await settle();
    expect(told()).toBe(1);
    expect(lookup.find(1)).toBeNull();
    expect(calls).toHaveLength(2);
  });

  it('forgets the answers that were not used for longest', async () => {
    const { calls, lookup, settle } = setUp();
    for (let question = 0; question < 41; question += 1) {
      lookup.find(question);
      calls.at(-1)?.answer(question);
      await settle();
      if (question > 0) expect(lookup.find(0)).toBe(0);
    }
    expect(lookup.find(1)).toBeUndefined();
    expect(lookup.find(2)).toBe(2);
  });
});

describe('the program of an answer', () => {
  const answer = {
    nodes: [
      { id: 'n0', name: 'x', kind: 'input', value: 2 },
      { id: 'n1', name: null, kind: 'constant', value: 3 },
      { id: 'n2', name: 'y', kind: 'input', value: NaN },
      { id: 'n3', name: 'f', kind: 'operation', value: 6 },
    ],
    conventions: { relu_at_zero: 0, ties: 'split', abs_at_zero: 0 },
  } as unknown as Answer;

  it('has the numbers of its leaves', () => {
    expect(programOf(answer, 'f = 3 x').values).toEqual({ x: 2 });
    expect(programOf(answer, 'f = 3 x', { x: 5 }).values).toEqual({ x: 5 });
  });

  it('has the entries of tensors that stand beside the text, as the answer has them', () => {
    const tensor = { value: { shape: [2], entries: [7, 8], summary: null }, gradient: null };
    const other = { ...answer, nodes: [...answer.nodes, { id: 'n4', name: 'w', kind: 'parameter', shape: [2], value: NaN, tensor }] } as unknown as Answer;
    const beside = new Map([['w[1]', 9], ['x', 4], ['w[5]', 1]]);
    expect(programOf(other, 'f = 3 x', {}, beside).values).toEqual({ x: 2, 'w[1]': 8 });
    expect(programOf(other, 'f = 3 x', { 'w[1]': 5 }, beside).values).toEqual({ x: 2, 'w[1]': 5 });
  });

  it('varies a leaf by its name and any other node by its id', () => {
    expect(varied({ id: 'n0', name: 'x', kind: 'input' }, 'f = 3 x')).toEqual({ leaf: 'x' });
    expect(varied({ id: 'n3', name: 'f', kind: 'operation' }, 'f = 3 x')).toEqual({ node: 'n3', expand: ['*'] });
  });
});
