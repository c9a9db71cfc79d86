import { describe, expect, it } from 'vitest';
import { readerOf } from '../../../static/src/graph/sentences';
import { visibleGraph } from '../../../static/src/graph/visible';
import type { Answer } from '../../../static/src/api/model';
import { answerOf, OPERATIONS, patterns, sigmoidNeuron } from '../fixtures';

const TITLED = new Map(
  [...OPERATIONS].map(([name, operation]) => [
    name,
    { ...operation, title: name === 'mul' ? 'Multiply' : name, notation: name === 'mul' ? '#x * #y' : name === 'add' ? '#x + #y' : '' },
  ]),
);

function read(answer: Answer) {
  const graph = visibleGraph(answer, new Set(), { foldConstants: true }, OPERATIONS);
  const reader = readerOf(graph, TITLED, 2);
  const node = (id: string) => {
    const found = graph.nodes.find((one) => one.id === id);
    if (!found) throw new Error(`no node ${id}`);
    return found;
  };
  return { reader, node };
}

describe('sentences', () => {
  it('name a gate, its definition, its numbers and its inputs', () => {
    const { reader, node } = read(sigmoidNeuron());
    expect(reader.node(node('n6'))).toBe(
      'Multiply gate s1 = w1 times x1. Value 6.00. Gradient 0.20. Inputs w1, −3.00, gradient −0.39; x1, −2.00, gradient −0.59.',
    );
  });

  it('say a folded literal in its place', () => {
    const { reader, node } = read(sigmoidNeuron());
    expect(reader.node(node('n13'))).toContain(' = 1 plus s5. Value 1.37.');
  });

  it('name a leaf with its role', () => {
    const { reader, node } = read(sigmoidNeuron());
    expect(reader.node(node('n4'))).toBe('Parameter w1, −3.00, gradient −0.39, editable.');
  });

  it('tell how a fan-out adds up', () => {
    const { reader, node } = read(patterns());
    expect(reader.junction(node('n1'))).toBe('y is used 2 times; gradients 2.00 and 3.00 add to 5.00.');
    expect(reader.sum(node('n1'))).toBe('2.00 + 3.00 = 5.00');
  });

  it('subtract a negative term', () => {
    const { reader, node } = read(
      answerOf([{ leaf: 'x', value: 2 }, { op: 'neg', of: ['x'] }, { op: 'add', of: ['x', 'n1'] }]),
    );
    expect(reader.sum(node('n0'))).toBe('−1.00 + 1.00 = 0.00');
  });

  it('name the whole graph', () => {
    expect(read(sigmoidNeuron()).reader.graph).toBe('Computation graph of f, 13 nodes');
    expect(read(sigmoidNeuron()).reader.node(read(sigmoidNeuron()).node('output'))).toBe('Output f. Value 0.73. Gradient 1.00.');
  });
});
