import { describe, expect, it } from 'vitest';
import { isLine, withLines, withoutLines } from '../../static/src/lines';
import { visibleGraph } from '../../static/src/graph/visible';
import { answerOf, OPERATIONS } from './fixtures';

/** z = x·w + b, a = sigmoid(z), E = (a − t)² with 2 typed: a line of two gates, one of a single gate, one of two. */
const neuron = answerOf(
  [
    { leaf: 'x', value: 2 },
    { leaf: 'w', value: -1 },
    { leaf: 'b', value: 0.5 },
    { op: 'mul', of: ['x', 'w'] },
    { op: 'add', of: ['n3', 'b'], name: 'z' },
    { op: 'sigmoid', of: ['z'], name: 'a' },
    { leaf: 't', value: 1 },
    { op: 'sub', of: ['a', 't'] },
    { literal: '2' },
    { op: 'pow', of: ['n7', 'n8'], name: 'E' },
  ],
);

describe('program lines as gates', () => {
  it('folds each line of several gates, and leaves a line of one gate alone', () => {
    const lines = withLines(neuron).groups.filter(isLine);
    expect(lines.map(({ output, name }) => [output, name])).toEqual([['n4', 'Σ'], ['n9', 'ƒ']]);
  });

  it('gives each line the sum over its inner paths as local gradient, operands in the order of the text', () => {
    const [sum, loss] = withLines(neuron).groups;
    expect(sum?.edges.map(({ source, local }) => [source, local])).toEqual([['n0', -1], ['n1', 2], ['n2', 1]]);
    const a = neuron.nodes[5]?.value ?? NaN;
    expect(loss?.edges[0]?.local).toBeCloseTo(2 * (a - 1), 14);
    expect(loss?.operands).toEqual(['n5', 'n6']);
  });

  it('sums the parts of an operand that a line uses twice into one edge', () => {
    const twice = withLines(answerOf([{ leaf: 'x', value: 3 }, { op: 'mul', of: ['x', 'x'] }, { op: 'add', of: ['n1', 'x'], name: 'y' }]));
    expect(twice.groups[0]?.edges).toEqual([
      { source: 'n0', target: 'line_n2', operand: 0, local: 7, upstream: 1, downstream: 7 },
    ]);
  });

  it('draws one gate for each line, literals inside', () => {
    const graph = visibleGraph(withLines(neuron), new Set(), { foldConstants: true }, OPERATIONS);
    expect(graph.nodes.map(({ symbol, label }) => symbol || label)).toEqual(['x', 'w', 'b', 'Σ', 'σ', 't', 'ƒ', 'ƒ']);
  });

  it('opens again to the same graph', () => {
    expect(withoutLines(withLines(neuron))).toEqual(neuron);
  });

  it('keeps the composites of a line inside it', () => {
    const lines = withLines(
      answerOf(
        [
          { leaf: 'z', value: 0 },
          { op: 'neg', of: ['z'], group: 'g0' },
          { op: 'exp', of: ['n1'], group: 'g0' },
          { op: 'mul', of: ['n2', 'z'], name: 'y' },
        ],
        [{ id: 'g0', op: 'sigmoid', of: ['z'], output: 'n2' }],
      ),
    );
    expect(lines.groups.map(({ id, group }) => [id, group])).toEqual([['line_n3', null], ['g0', 'line_n3']]);
  });
});
