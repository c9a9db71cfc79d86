import { describe, expect, it } from 'vitest';

import { layout } from '../../../static/src/layout/index';
import { outOfOrder, nodeBoxes, overlaps, textBoxes } from './checks';
import { insertGate, movement } from './edits';
import { network, randomExpression, randomProgram, randomTree, sigmoidNeuron, type DrawnGraph } from './graphs';

const PLACES = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95];

const programs: Record<string, DrawnGraph> = {
  'network 3-2-2': network([3, 2, 2], { bias: true }),
  tree: randomTree(20, 1),
  program: randomProgram(45, 1),
  'expression 3': randomExpression(26, 3),
  'expression 4': randomExpression(26, 4),
};

describe('one edit at about 50 nodes', () => {
  const measured = Object.values(programs).flatMap((graph) => {
    const before = layout(graph);
    return PLACES.map((place) => {
      const edited = insertGate(graph, Math.floor(place * graph.edges.length));
      const after = layout(edited, {}, before);
      return { edited, after, ...movement(graph, before, after) };
    });
  });
  const mean = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

  it('turns fewer than 2 % of the pairs around', () => expect(mean(measured.map((m) => m.flipped))).toBeLessThan(0.02));

  it('moves fewer than 15 % of the nodes by more than 40', () => expect(mean(measured.map((m) => m.moved))).toBeLessThan(0.15));

  it('keeps every property of a new drawing', () => {
    for (const { edited, after } of measured) {
      expect(overlaps(nodeBoxes(edited, after))).toEqual([]);
      expect(overlaps(textBoxes(edited, after))).toEqual([]);
      expect(overlaps(textBoxes(edited, after), nodeBoxes(edited, after))).toEqual([]);
      expect(outOfOrder(edited, after, () => true)).toEqual([]);
    }
  });
});

describe('no edit', () => {
  it.each(Object.entries(programs))('leaves %s where it was', (_, graph) => {
    const before = layout(graph);
    const after = layout(graph, {}, before);
    expect(movement(graph, before, after)).toEqual({ moved: 0, flipped: 0 });
  });
});

describe('previous drawings', () => {
  it('of other graphs change nothing', () => {
    const graph = network([3, 2, 2], { bias: true });
    const renamed = {
      nodes: graph.nodes.map((node) => ({ ...node, id: `other-${node.id}` })),
      edges: graph.edges.map((edge) => ({ ...edge, id: `other-${edge.id}`, source: `other-${edge.source}`, target: `other-${edge.target}` })),
    };
    expect(layout(graph, {}, layout(renamed))).toEqual(layout(graph));
  });

  it('of a small graph do not matter: the same program gives the same picture', () => {
    const graph = sigmoidNeuron();
    const typed = insertGate(graph, 2);
    expect(layout(graph, {}, layout(typed))).toEqual(layout(graph));
  });

  it('survive a removed gate and its leaves', () => {
    const graph = network([3, 2, 2], { bias: true });
    const edited = insertGate(graph, 10);
    const drawing = layout(graph, {}, layout(edited));
    expect(overlaps(nodeBoxes(graph, drawing))).toEqual([]);
    expect(outOfOrder(graph, drawing, () => true)).toEqual([]);
  });
});
