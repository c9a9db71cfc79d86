import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../../static/src/api/model';
import { steppedFigures } from '../../../static/src/graph/stepped';
import type { Figures, TensorFigure } from '../../../static/src/graph/figures';
import { edgeId, type VisibleEdge, type VisibleGraph, type VisibleNode } from '../../../static/src/graph/visible';
import { momentOf, stepsOf } from '../../../static/src/stepper/steps';

const tensor = (...entries: number[]): Tensor => ({ shape: [entries.length], entries, summary: null });
const node = (id: string, operands: string[]): VisibleNode =>
  ({ id, kind: operands.length === 0 ? 'leaf' : 'gate', label: id, symbol: id, value: NaN, gradient: NaN, operands, onPath: true }) as unknown as VisibleNode;
const edge = (source: string, target: string, part: Tensor): VisibleEdge =>
  ({ id: edgeId(source, target, 0), source, target, operand: 0, local: null, upstream: null, downstream: NaN, tensor: part });

// x feeds a and b, which make f.
const rows: [string, string[]][] = [['x', []], ['a', ['x']], ['b', ['x']], ['f', ['a', 'b']]];
const nodes = rows.map(([id, operands]) => node(id, operands));
const end = { ...node('f', ['b']), id: 'output', kind: 'output' as const };
const graph: VisibleGraph = {
  nodes: [...nodes, end],
  edges: [edge('x', 'a', tensor(1, 2)), edge('x', 'b', tensor(10, 20)), edge('a', 'f', tensor(1, 1)), edge('b', 'f', tensor(1, 1)), edge('f', 'output', tensor(1))],
  groups: [],
  output: 'f',
  standsFor: new Map(),
};
const figures = {
  values: new Map(), gradients: new Map(), branches: new Map(), locals: new Map(), ribbons: new Map(),
  tensors: new Map([['x', { value: tensor(5, 6), gradient: tensor(11, 22) } as unknown as TensorFigure]]),
} as unknown as Figures;

describe('a tensor that is used twice', () => {
  const steps = stepsOf(graph);
  const gradientAt = (position: number): Tensor | null => steppedFigures(figures, momentOf(graph, steps, position), 2).tensors.get('x')?.gradient ?? null;

  it('has no gradient before a part has come, then the sum so far, then the engine’s own', () => {
    expect(steps.map(({ phase, node: id }) => `${phase} ${id}`).slice(4)).toEqual(['backward f', 'backward b', 'backward a']);
    expect(gradientAt(5)).toBeNull();
    expect(gradientAt(6)).toEqual(tensor(10, 20));
    expect(gradientAt(7)).toEqual(tensor(11, 22));
  });

  it('knows which parts have come', () => {
    expect(momentOf(graph, steps, 6).arrived('x').map(({ target }) => target)).toEqual(['b']);
    expect(momentOf(graph, steps, 6).isWhole('x')).toBe(false);
    expect(momentOf(graph, steps, 7).isWhole('x')).toBe(true);
  });
});
