import { describe, expect, it } from 'vitest';
import type { Answer, GraphNode } from '../../static/src/api/model';
import { nextSeed, parametersOf, startOf, withStarts } from '../../static/src/explain/random-start';

const PROGRAM = 'E = sum(X @ W + b) # 𝑊\nW = [[1, 2, 3], [4, 5, 6]]; X = ones(5, 2)\nb = normal(3, seed=7)';

function leaf(id: string, name: string, kind: string, text: string, shape: number[]): GraphNode {
  const start = [...PROGRAM.slice(0, PROGRAM.indexOf(text))].length;
  return { id, name, kind, shape, op: null, value_span: { start, end: start + text.length }, tensor: {} } as unknown as GraphNode;
}

const [W, X, b] = [
  leaf('n0', 'W', 'parameter', '[[1, 2, 3], [4, 5, 6]]', [2, 3]), leaf('n1', 'X', 'input', 'ones(5, 2)', [5, 2]),
  leaf('n2', 'b', 'parameter', 'normal(3, seed=7)', [3]),
];
const answer = {
  nodes: [W, X, b, { id: 'n3', kind: 'operation', op: 'matmul' }, { id: 'n4', kind: 'operation', op: 'add' }],
  edges: [{ source: 'n1', target: 'n3', operand: 0 }, { source: 'n0', target: 'n3', operand: 1 }, { source: 'n2', target: 'n4', operand: 1 }],
} as unknown as Answer;

describe('a random start', () => {
  it('is read off the program text', () => {
    const names = new Set(['normal', 'he']);
    expect(startOf(PROGRAM, b as GraphNode, names)).toEqual({ name: 'normal', seed: 7 });
    expect(startOf(PROGRAM, W as GraphNode, names)).toBeNull();
    expect(startOf(PROGRAM, X as GraphNode, names)).toBeNull();
  });

  it('takes the place of the value that is written', () => {
    expect(withStarts(PROGRAM, answer, [W as GraphNode], { name: 'normal', seed: 3 })).toContain('\nW = normal(2, 3, seed=3); X = ones(5, 2)');
  });

  it('gives each parameter a seed of its own, biases 0, and He the inputs of a unit', () => {
    expect(parametersOf(answer)).toEqual([W, b]);
    const text = withStarts(PROGRAM, answer, parametersOf(answer), { name: 'he', seed: 2 ** 32 - 1 });
    expect(text).toBe('E = sum(X @ W + b) # 𝑊\nW = he(2, 3, fan_in=2, seed=4294967295); X = ones(5, 2)\nb = zeros(3)');
    expect(withStarts(PROGRAM, answer, parametersOf(answer), { name: 'uniform', seed: 1 })).toContain('b = uniform(3, seed=2)');
  });

  it('goes round at the last seed', () => {
    expect([nextSeed(2 ** 32 - 1), nextSeed(0, -1), nextSeed(4)]).toEqual([0, 2 ** 32 - 1, 5]);
  });
});
