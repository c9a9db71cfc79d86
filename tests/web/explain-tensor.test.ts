import { describe, expect, it } from 'vitest';
import type { Answer } from '../../static/src/api/model';
import { withTensors } from '../../static/src/api/tensors';

const node = (id: string, shape: number[], value: unknown, gradient: unknown): unknown => ({
  id, shape, value, gradient, kind: 'input', op: null, operands: [], name: id, label: id, latex: id, group: null, span: null,
});
const raw = {
  output: 'n2',
  nodes: [
    node('n0', [2, 3], [[1, 2, 3], [4, 5, 'NaN']], [[1, 1, 1], [1, 1, 1]]),
    node('n1', [200, 9], null, null),
    node('n2', [], 5, 1),
    { ...(node('n3', [30, 40], null, null) as object), summary: { min: 0, mean: 1, max: 2, norm: 9 }, gradient_summary: { min: 0, mean: 0, max: 0, norm: 0 } },
  ],
  edges: [
    { source: 'n0', target: 'n2', operand: 0, local: null, upstream: 1, downstream: [[1, 1, 1], [1, 1, 1]] },
    { source: 'n2', target: 'n3', operand: 0, local: 2, upstream: 1, downstream: 2 },
  ],
  groups: [],
} as unknown as Answer;

describe('an answer with tensors', () => {
  const answer = withTensors(raw);

  it('keeps entries row by row, and no number where a tensor stands', () => {
    const [first] = answer.nodes;
    expect(first?.tensor?.value).toEqual({ shape: [2, 3], entries: [1, 2, 3, 4, 5, NaN], summary: null });
    expect([first?.value, first?.gradient]).toEqual([NaN, NaN]);
  });

  it('tells a constant from a gradient that is only too large to be listed', () => {
    expect(answer.nodes[1]?.tensor?.gradient).toBeNull();
    expect(answer.nodes[1]?.gradient).toBeNull();
    expect(answer.nodes[3]?.tensor?.gradient?.summary?.norm).toBe(0);
    expect(answer.nodes[3]?.tensor?.value.entries).toBeNull();
  });

  it('leaves numbers as they are', () => {
    expect(answer.nodes[2]).toEqual(raw.nodes[2]);
    expect(answer.edges[0]?.tensor?.entries).toEqual([1, 1, 1, 1, 1, 1]);
    expect(answer.edges[1]?.downstream).toBe(2);
  });
});
