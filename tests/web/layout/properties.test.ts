import { describe, expect, it } from 'vitest';

import { layout } from '../../../static/src/layout/index';
import { nodeBoxes, operandEdges, outOfOrder, overlaps, textBoxes, wires, wiresThrough } from './checks';
import {
  chain, fanOut, lectureMax, mirror, network, product, randomExpression, randomFormula, randomProgram, randomTree,
  sigmoidNeuron, square, statements, swapped, wideFork, wideSum, type DrawnGraph,
} from './graphs';

const cases: Record<string, DrawnGraph> = {
  product: product(), neuron: sigmoidNeuron(), fanOut: fanOut(), lectureMax: lectureMax(), square: square(),
  swapped: swapped(), statements: statements(), chain: chain(12), wideFork: wideFork(6), wideSum: wideSum(9),
  'network 2-2-1': network([2, 2, 1], { writtenOut: true }), 'network 3-2-2': network([3, 2, 2], { bias: true }),
};
for (let seed = 1; seed <= 12; seed++) {
  cases[`expression ${seed}`] = randomExpression(4 + 2 * seed, seed);
  cases[`tree ${seed}`] = randomTree(3 * seed, seed);
  cases[`program ${seed}`] = randomProgram(4 * seed, seed);
}
cases['formula 30'] = randomFormula(30, 1);
cases['program 120'] = randomProgram(120, 5);

describe.each(Object.entries(cases))('%s', (_, graph) => {
  const drawing = layout(graph);

  it('places everything at finite numbers inside its frame', () => {
    expect([...drawing.nodes.keys()].sort()).toEqual(graph.nodes.map((n) => n.id).sort());
    expect([...drawing.edges.keys()].sort()).toEqual(graph.edges.map((e) => e.id).sort());
    for (const { what, box } of [...nodeBoxes(graph, drawing), ...textBoxes(graph, drawing)]) {
      expect(Number.isFinite(box.left + box.top), what).toBe(true);
      expect(box.left, what).toBeGreaterThanOrEqual(-1e-6);
      expect(box.top, what).toBeGreaterThanOrEqual(-1e-6);
      expect(box.right, what).toBeLessThanOrEqual(drawing.width + 1e-6);
      expect(box.bottom, what).toBeLessThanOrEqual(drawing.height + 1e-6);
    }
  });

  it('lets no node overlap another', () => expect(overlaps(nodeBoxes(graph, drawing))).toEqual([]));

  it('gives every text a place of its own', () => {
    const texts = textBoxes(graph, drawing);
    expect(overlaps(texts)).toEqual([]);
    expect(overlaps(texts, nodeBoxes(graph, drawing))).toEqual([]);
  });

  it('leads no wire through a node or a foreign label', () => {
    const all = wires(graph, drawing);
    const owns = (wire: { id: string; source: string; target: string }, box: { id: string }): boolean =>
      [wire.source, wire.target, wire.id].includes(box.id);
    expect(wiresThrough(all, nodeBoxes(graph, drawing), owns)).toEqual([]);
    expect(wiresThrough(all, textBoxes(graph, drawing), owns)).toEqual([]);
  });

  it('runs from left to right', () => {
    for (const edge of graph.edges) {
      expect(drawing.nodes.get(edge.source)!.x).toBeLessThan(drawing.nodes.get(edge.target)!.x);
      expect(drawing.nodes.get(edge.source)!.layer).toBeLessThan(drawing.nodes.get(edge.target)!.layer);
    }
    for (const wire of wires(graph, drawing)) {
      wire.points.forEach((p, i) => i > 0 && expect(p.x, wire.id).toBeGreaterThan(wire.points[i - 1]!.x - 1e-6));
    }
  });

  it('lets operands enter in order from top to bottom', () => expect(outOfOrder(graph, drawing, () => true)).toEqual([]));

  it('joins wires to borders and junctions', () => {
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    for (const edge of graph.edges) {
      const { points } = drawing.edges.get(edge.id)!;
      const trunk = drawing.trunks.get(edge.source)!;
      const [source, target] = [nodes.get(edge.source)!, nodes.get(edge.target)!];
      const [from, to] = [drawing.nodes.get(edge.source)!, drawing.nodes.get(edge.target)!];
      const border = { x: from.x + source.width / 2, y: from.y };
      expect(trunk.points[0]!.x).toBeCloseTo(border.x, 6);
      expect(trunk.points[0]!.y).toBeCloseTo(border.y, 6);
      expect(points[0]).toEqual(trunk.junction ?? trunk.points[0]);
      if (trunk.junction) expect(trunk.junction).toEqual(trunk.points.at(-1));
      const end = points.at(-1)!;
      if (target.kind === 'gate') expect(Math.hypot(end.x - to.x, end.y - to.y)).toBeCloseTo(target.width / 2, 6);
      else expect(end.x).toBeCloseTo(to.x - target.width / 2, 6);
      expect((points.length - 1) % 3).toBe(0);
    }
  });

  it('forks exactly where a value is used more than once', () => {
    const uses = new Map<string, number>();
    for (const edge of graph.edges) uses.set(edge.source, (uses.get(edge.source) ?? 0) + 1);
    for (const node of graph.nodes) expect(drawing.trunks.get(node.id)!.junction !== null).toBe((uses.get(node.id) ?? 0) > 1);
  });

  it('starts every wire with a level rail that carries its label', () => {
    for (const node of graph.nodes) {
      const { points, label } = drawing.trunks.get(node.id)!;
      if (points.length === 0 || node.label === 0) continue;
      expect(points[3]!.y).toBeCloseTo(points[0]!.y, 6);
      expect(points[3]!.x - points[0]!.x).toBeGreaterThanOrEqual(52 - 1e-6);
      expect(label.y).toBeCloseTo(points[0]!.y, 6);
      expect(label.x - node.label / 2).toBeGreaterThan(points[0]!.x);
    }
  });

  it('is the same every time', () => expect(layout(graph)).toEqual(drawing));
});

describe('large graphs', () => {
  it.each([
    ['network', network([8, 16, 4], { texts: false })],
    ['program', randomProgram(900, 1, false)],
    ['formula', randomFormula(700, 1, false)],
  ])('%s: operands of − ÷ ^ enter in order, nodes do not overlap', (_, graph) => {
    const drawing = layout(graph);
    expect(graph.nodes.length).toBeGreaterThan(500);
    expect(outOfOrder(graph, drawing, (node) => node.fixedOrder)).toEqual([]);
    const columns = new Map<number, { y: number; height: number }[]>();
    for (const node of graph.nodes) {
      const { y, layer } = drawing.nodes.get(node.id)!;
      const column = columns.get(layer) ?? [];
      column.push({ y, height: node.height });
      columns.set(layer, column);
    }
    for (const column of columns.values()) {
      column.sort((a, b) => a.y - b.y);
      column.forEach((node, i) => {
        const above = column[i - 1];
        if (above) expect(node.y - above.y).toBeGreaterThan((node.height + above.height) / 2);
      });
    }
  });

  it('draws 5,000 nodes whose wires would need millions of dummies', { timeout: 30_000 }, () => {
    const graph = mirror(2500);
    const drawing = layout(graph);
    for (const wire of wires(graph, drawing)) {
      wire.points.forEach((p, i) => {
        expect(Number.isFinite(p.y)).toBe(true);
        if (i > 0 && p.x <= wire.points[i - 1]!.x - 1e-6) throw new Error(`${wire.id} runs back`);
      });
    }
    expect(drawing.nodes.get('n1')!.layer).toBe(1);
  });

  it('keeps the order of all operands just below 500 nodes and lets + and × go above', () => {
    const small = randomProgram(395, 3, false);
    expect(small.nodes.length).toBeLessThan(500);
    expect(outOfOrder(small, layout(small), () => true)).toEqual([]);
    const large = network([8, 16, 4], { texts: false });
    expect([...operandEdges(large).values()].some((edges) => edges.length > 1)).toBe(true);
    expect(layout(large).crossings).toBeLessThan(layout(large, { strictBelow: 10_000 }).crossings);
  });
});

describe('mistakes of the caller', () => {
  const node = { width: 44, height: 44, kind: 'gate', fixedOrder: false, label: 0, name: 0 } as const;
  const edge = { operand: 0, label: 0 };

  it('names cycles, repeated ids and unknown nodes', () => {
    const nodes = [{ id: 'a', ...node }, { id: 'b', ...node }];
    const cycle = [{ id: 'e', source: 'a', target: 'b', ...edge }, { id: 'f', source: 'b', target: 'a', ...edge }];
    expect(() => layout({ nodes, edges: cycle })).toThrow('cycle');
    expect(() => layout({ nodes: [nodes[0]!, nodes[0]!], edges: [] })).toThrow('same id');
    expect(() => layout({ nodes, edges: [{ id: 'e', source: 'a', target: 'c', ...edge }] })).toThrow('unknown node');
  });

  it('draws nothing for nothing', () => {
    expect(layout({ nodes: [], edges: [] })).toMatchObject({ width: 0, height: 0, crossings: 0 });
  });
});
