import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../../static/src/graph/figures';
import { visibleGraph } from '../../../static/src/graph/visible';
import type { Answer } from '../../../static/src/api/model';
import { answerOf, OPERATIONS, patterns, sigmoidNeuron, squared } from '../fixtures';

function figures(answer: Answer, options = { decimals: 2, ribbons: true }) {
  const graph = visibleGraph(answer, new Set(), { foldConstants: true }, OPERATIONS);
  return { graph, ...figuresOf(graph, answer, options, OPERATIONS) };
}

const texts = (map: ReadonlyMap<string, { text: string }>) => Object.fromEntries([...map].map(([id, { text }]) => [id, text]));

describe('numbers on the graph', () => {
  it('are those of the lecture for the sigmoid neuron', () => {
    const { values, gradients, graph } = figures(sigmoidNeuron());
    const gates = graph.nodes.filter((node) => node.kind === 'gate').map(({ id }) => id);
    expect(gates.map((id) => values.get(id)?.text)).toEqual(['−2.00', '6.00', '4.00', '1.00', '−1.00', '0.37', '1.37', '0.73']);
    expect(gates.map((id) => gradients.get(id)?.text)).toEqual(['0.20', '0.20', '0.20', '0.20', '−0.20', '−0.53', '−0.53', '1.00']);
    expect(['n1', 'n2', 'n4', 'n5', 'n8'].map((id) => gradients.get(id)?.text)).toEqual(['−0.20', '0.39', '−0.39', '−0.59', '0.20']);
  });

  it('stand on the branches of a fan-out only', () => {
    const { branches } = figures(patterns());
    expect(texts(branches)).toEqual({ 'n1>n2:1': '2.00', 'n1>n4:0': '3.00' });
    expect(texts(figures(squared()).branches)).toEqual({ 'n0>n1:0': '3.00', 'n0>n1:1': '3.00' });
  });

  it('tell the local gradient of every edge into a gate', () => {
    expect(texts(figures(patterns()).locals)).toEqual({
      'n0>n2:0': '1.00', 'n1>n2:1': '1.00', 'n1>n4:0': '1.00', 'n3>n4:1': '0.00', 'n2>n5:0': '2.00', 'n4>n5:1': '3.00',
    });
  });

  it('leave out the value of a literal that stands as a node, and its gradient', () => {
    const answer = answerOf([{ leaf: 'x', value: 1 }, { literal: '0.044715' }, { op: 'mul', of: ['x', 'n1'] }]);
    const { values, gradients } = figures(answer);
    expect(values.has('n1')).toBe(false);
    expect(gradients.has('n1')).toBe(false);
  });
});

describe('signs that depend on values', () => {
  it('mark what a router did not choose, but not a tie', () => {
    expect([...figures(patterns()).unchosen]).toEqual(['n3>n4:1']);
    const tie = answerOf([{ leaf: 'x', value: 1 }, { leaf: 'y', value: 1 }, { op: 'max', of: ['x', 'y'] }]);
    expect(figures(tie).unchosen.size).toBe(0);
  });

  it('mark edges that carry a number that is not finite', () => {
    const answer = answerOf([
      { leaf: 'x', value: 0 },
      { leaf: 'y', value: 1 },
      { op: 'log', of: ['x'] },
      { op: 'add', of: ['n2', 'y'] },
    ]);
    const { alarmed, values } = figures(answer);
    expect([...alarmed]).toEqual(['n2>n3:0', 'n3>output:0']);
    expect(values.get('n2')).toEqual({ text: '−∞', warn: true });
  });

  it('draw ribbons as wide as the gradient is large, the common rail as its sum', () => {
    const { ribbons } = figures(patterns());
    expect(ribbons.get('n1')).toBe(14);
    expect(ribbons.get('n1>n2:1')).toBeCloseTo(2 + (12 * 2) / 5);
    expect(ribbons.get('n3>n4:1')).toBe(0);
    expect(figures(patterns(), { decimals: 2, ribbons: false }).ribbons.size).toBe(0);
  });

  it('mark leaves with a default value and gates on a kink', () => {
    const answer = { ...patterns(), defaulted: ['x'], kinks: [{ code: 'tie', message: '', node: 'n4', span: null }] };
    const { defaulted, kinks } = figures(answer);
    expect([...defaulted]).toEqual(['n0']);
    expect([...kinks]).toEqual(['n4']);
  });
});
