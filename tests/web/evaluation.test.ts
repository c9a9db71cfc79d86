import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Answer, Problem } from '../../static/src/api/model';
import { createEvaluator, type Question } from '../../static/src/evaluation';

const conventions = { relu_at_zero: 0, ties: 'split', abs_at_zero: 0 } as const;
const question = (source: string, values: [string, number][] = []): Question => ({ source, values: new Map(values), conventions });

interface Call {
  body: { source: string; values: Record<string, number> };
  reply: (status: number, body: unknown) => void;
  fail: () => void;
}

/** A server that answers when the test says so. */
function server(): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', (_path: string, init: RequestInit) => {
    return new Promise<Response>((resolve, reject) => {
      calls.push({
        body: JSON.parse(String(init.body)) as Call['body'],
        reply: (status, body) =>
          resolve(
            new Response(JSON.stringify(status === 200 ? { nodes: [], ...(body as object) } : { status, ...(body as object) }), {
              headers: { 'content-type': status === 200 ? 'application/json' : 'application/problem+json' },
            }),
          ),
        fail: () => reject(new TypeError('failed to fetch')),
      });
    });
  });
  return calls;
}

function collect() {
  const log: string[] = [];
  const evaluator = createEvaluator({
    answered: (answer: Answer, asked) => log.push(`answered ${asked.source}: ${answer.output}`),
    refused: (problems: readonly Problem[], asked) => log.push(`refused ${asked.source}: ${problems.map((p) => p.code).join()}`),
    away: (asked) => log.push(`away ${asked.source}`),
  });
  return { log, evaluator };
}

const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
};

afterEach(() => vi.unstubAllGlobals());

describe('the evaluator', () => {
  it('drops the answer to an older question', async () => {
    const calls = server();
    const { log, evaluator } = collect();
    evaluator.ask(question('old'), true);
    evaluator.ask(question('new'), true);
    calls[1]?.reply(200, { output: 'n1' });
    calls[0]?.reply(200, { output: 'n0' });
    await settled();
    expect(log).toEqual(['answered new: n1']);
  });

  it('keeps one question under way while a value is dragged, and asks the newest next', async () => {
    const calls = server();
    const { log, evaluator } = collect();
    for (const source of ['a', 'b', 'c']) evaluator.ask(question(source), false);
    expect(calls).toHaveLength(1);
    calls[0]?.reply(200, { output: 'n0' });
    await settled();
    expect(calls.map((call) => call.body.source)).toEqual(['a', 'c']);
    calls[1]?.reply(200, { output: 'n0' });
    await settled();
    expect(log).toEqual(['answered a: n0', 'answered c: n0']);
  });

  it('has the next question on its way before the page draws the answer to this one', async () => {
    const calls = server();
    const asked: number[] = [];
    const evaluator = createEvaluator({
      answered: () => asked.push(calls.length),
      refused: () => undefined,
      away: () => undefined,
    });
    for (const source of ['a', 'b']) evaluator.ask(question(source), false);
    calls[0]?.reply(200, { output: 'n0' });
    await settled();
    expect(asked).toEqual([2]);
  });

  it('asks again without the values that name no leaf, and keeps the rest', async () => {
    const calls = server();
    const { log, evaluator } = collect();
    evaluator.ask(question('x', [['x', 2], ['gone', 3]]), true);
    calls[0]?.reply(422, { errors: [{ code: 'unknown-leaf', field: 'values.gone', message: '…' }] });
    await settled();
    expect(calls[1]?.body.values).toEqual({ x: 2 });
    calls[1]?.reply(200, { output: 'n0' });
    await settled();
    expect(log).toEqual(['answered x: n0']);
  });

  it('tells problems of the program from a server that is away', async () => {
    const calls = server();
    const { log, evaluator } = collect();
    evaluator.ask(question('x *'), true);
    calls[0]?.reply(422, { errors: [{ code: 'missing-operand', message: '…' }] });
    await settled();
    evaluator.ask(question('y'), true);
    calls[1]?.fail();
    await settled();
    evaluator.ask(question('z'), true);
    calls[2]?.reply(503, { detail: 'busy' });
    await settled();
    expect(log).toEqual(['refused x *: missing-operand', 'away y', 'away z']);
  });

  it('reads non-finite numbers back from words', async () => {
    const calls = server();
    let seen: Answer | null = null;
    const evaluator = createEvaluator({ answered: (answer) => (seen = answer), refused: () => undefined, away: () => undefined });
    evaluator.ask(question('log(x)'), true);
    calls[0]?.reply(200, { nodes: [{ shape: [], value: '-Infinity', gradient: 'NaN' }], values: { x: 'Infinity' }, gradients: {} });
    await settled();
    const answer = seen as Answer | null;
    expect(answer?.nodes[0]).toMatchObject({ value: -Infinity, gradient: NaN });
    expect(answer?.values['x']).toBe(Infinity);
  });
});
