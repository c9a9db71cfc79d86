import { describe, expect, it } from 'vitest';

import { layout } from '../../../static/src/layout/index';
import { chain, fanOut, product, sigmoidNeuron, square } from './graphs';

describe('lecture cases', () => {
  it('draws the gates after the sum of a neuron on one line', () => {
    const graph = sigmoidNeuron();
    const drawing = layout(graph);
    const line = graph.nodes.slice(7).map((node) => drawing.nodes.get(node.id)!.y);
    for (const y of line) expect(y).toBeCloseTo(line[0]!, 6);
    expect(drawing.crossings).toBe(0);
  });

  it('puts the leaves of a neuron into one column, in the order of the program', () => {
    const graph = sigmoidNeuron();
    const leaves = graph.nodes.slice(0, 5).map((node) => layout(graph).nodes.get(node.id)!);
    for (const leaf of leaves) expect(leaf.layer).toBe(0);
    expect(leaves.map((leaf) => leaf.y)).toEqual(leaves.map((leaf) => leaf.y).sort((a, b) => a - b));
  });

  it('forks a fan-out at one junction on its rail', () => {
    const graph = fanOut();
    const drawing = layout(graph);
    const trunk = drawing.trunks.get('n1')!;
    expect(trunk.junction).toEqual(trunk.points[trunk.points.length - 1]);
    for (const edge of graph.edges.filter((e) => e.source === 'n1')) {
      expect(drawing.edges.get(edge.id)!.points[0]).toEqual(trunk.junction);
    }
    expect(drawing.trunks.get('n0')!.junction).toBeNull();
  });

  it('bows the two branches of x * x out by 28', () => {
    const drawing = layout(square());
    const centre = drawing.nodes.get('n1')!.y;
    const reach = [0, 1].map((k) => drawing.edges.get(`n0>n1:${k}`)!.points.map((p) => p.y - centre));
    expect(Math.min(...reach[0]!)).toBeCloseTo(-28, 6);
    expect(Math.max(...reach[1]!)).toBeCloseTo(28, 6);
  });

  it('draws a chain as a straight line and (x + y) * z without crossings', () => {
    const heights = new Set([...layout(chain(8)).nodes.values()].map((node) => node.y.toFixed(6)));
    expect(heights.size).toBe(1);
    expect(layout(product()).crossings).toBe(0);
  });
});
