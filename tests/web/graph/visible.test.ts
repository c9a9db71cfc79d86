import { describe, expect, it } from 'vitest';
import { edgeId, OUTPUT, visibleGraph } from '../../../static/src/graph/visible';
import { answerOf, OPERATIONS, openSigmoid, patterns, sigmoidNeuron, squared } from '../fixtures';

const FOLD = { foldConstants: true };
const CLOSED: ReadonlySet<string> = new Set();

describe('literals', () => {
  it('folds a literal operand into the gate that uses it', () => {
    const graph = visibleGraph(sigmoidNeuron(), CLOSED, FOLD, OPERATIONS);
    const gates = graph.nodes.filter((node) => node.kind === 'gate').map((node) => node.symbol);
    expect(gates).toEqual(['×', '×', '+', '+', '×−1', 'eˣ', '+1', '1/x']);
    expect(graph.nodes.filter((node) => node.role === 'constant')).toEqual([]);
    expect(graph.standsFor.get('n0')).toBe('n14');
    expect(graph.nodes.find((node) => node.symbol === '1/x')?.folded).toEqual({ node: 'n0', operand: 0, literal: '1' });
  });

  it('keeps the position of the operand that is left', () => {
    const graph = visibleGraph(sigmoidNeuron(), CLOSED, FOLD, OPERATIONS);
    expect(graph.edges.filter(({ target }) => target === 'n14')).toMatchObject([{ source: 'n13', operand: 1 }]);
  });

  it('leaves literals alone when asked, when the text is too long, and when both operands are the same', () => {
    const plain = visibleGraph(sigmoidNeuron(), CLOSED, { foldConstants: false }, OPERATIONS);
    expect(plain.nodes.filter((node) => node.role === 'constant')).toHaveLength(2);
    const long = answerOf([{ leaf: 'x', value: 1 }, { literal: '0.044715' }, { op: 'mul', of: ['x', 'n1'] }]);
    expect(visibleGraph(long, CLOSED, FOLD, OPERATIONS).nodes.map((node) => node.label)).toContain('0.044715');
  });

  it('keeps a literal on show that another gate still needs', () => {
    const answer = answerOf([
      { leaf: 'x', value: 1 },
      { literal: '2' },
      { op: 'mul', of: ['x', 'n1'] },
      { op: 'max', of: ['n2', 'n1'] },
    ]);
    const graph = visibleGraph(answer, CLOSED, FOLD, OPERATIONS);
    expect(graph.nodes.map((node) => node.id)).toEqual(['n0', 'n1', 'n2', 'n3', OUTPUT]);
    expect(graph.nodes.find((node) => node.id === 'n2')?.symbol).toBe('×2');
  });
});

describe('groups', () => {
  it('shows a closed group as one gate with the group’s own numbers', () => {
    const graph = visibleGraph(openSigmoid(), CLOSED, FOLD, OPERATIONS);
    expect(graph.nodes.map((node) => node.id)).toEqual(['n0', 'n1', 'n2', 'g0', 'n7', OUTPUT]);
    const gate = graph.nodes.find((node) => node.id === 'g0');
    expect(gate).toMatchObject({ glyph: 'sigmoid', composite: true, name: 'y', operands: ['n2'] });
    expect(graph.edges.map(({ id }) => id)).toContain(edgeId('g0', 'n7', 0));
    expect(graph.standsFor.get('n4')).toBe('g0');
  });

  it('shows the inner gates of an open one', () => {
    const graph = visibleGraph(openSigmoid(), new Set(['g0']), FOLD, OPERATIONS);
    expect(graph.nodes.map((node) => node.id)).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', OUTPUT]);
    expect(graph.edges.filter(({ source }) => source === 'n4')).toHaveLength(2);
  });

  it('lets the outer of two closed groups win, whatever their order in the answer', () => {
    const answer = openSigmoid();
    const [group] = answer.groups;
    if (!group) throw new Error('the fixture has a group');
    const outer = { ...group, id: 'g1' };
    const inner = { ...group, group: 'g1' };
    for (const groups of [[inner, outer], [outer, inner]]) {
      const graph = visibleGraph({ ...answer, groups }, CLOSED, FOLD, OPERATIONS);
      expect(graph.nodes.map((node) => node.id)).toContain('g1');
      expect(graph.nodes.map((node) => node.id)).not.toContain('g0');
      const opened = visibleGraph({ ...answer, groups }, new Set(['g1']), FOLD, OPERATIONS);
      expect(opened.nodes.map((node) => node.id)).toContain('g0');
    }
  });
});

describe('output', () => {
  it('is a node of its own behind the last gate', () => {
    const graph = visibleGraph(patterns(), CLOSED, FOLD, OPERATIONS);
    const output = graph.nodes.at(-1);
    expect(output).toMatchObject({ id: OUTPUT, kind: 'output', label: 'f', value: 6, gradient: 1, operands: ['n5'] });
    expect(graph.edges.at(-1)).toMatchObject({ source: 'n5', target: OUTPUT, downstream: 1 });
    expect(graph.output).toBe('n5');
  });

  it('marks what does not lead to it, and gives it an end', () => {
    const answer = answerOf([
      { leaf: 'x', value: 1 },
      { leaf: 'u', value: 1 },
      { op: 'exp', of: ['u'], name: 'a' },
      { op: 'neg', of: ['x'] },
    ]);
    const graph = visibleGraph(answer, CLOSED, FOLD, OPERATIONS);
    expect(graph.nodes.filter((node) => !node.onPath).map((node) => node.id)).toEqual(['n1', 'n2', 'output:n2']);
  });

  it('keeps two edges for one operand used twice', () => {
    const graph = visibleGraph(squared(), CLOSED, FOLD, OPERATIONS);
    expect(graph.edges.map(({ id, downstream }) => [id, downstream])).toEqual([
      ['n0>n1:0', 3],
      ['n0>n1:1', 3],
      [edgeId('n1', OUTPUT, 0), 1],
    ]);
  });
});
