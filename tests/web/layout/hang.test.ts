import { describe, expect, it } from 'vitest';

import { layout } from '../../../static/src/layout/index';
import { placeRow } from '../../../static/src/layout/hang-rows';
import { boxAround } from '../../../static/src/layout/obstacles';
import { randomNumbers } from '../../../static/src/layout/random';
import type { Layout, LayoutEdge, LayoutGraph, LayoutNode } from '../../../static/src/layout/types';
import { nodeBoxes, overlaps, wires, wiresThrough } from './checks';

const gate = (id: string, rows: number): LayoutNode => ({
  id, width: 44, height: 44, kind: 'gate', fixedOrder: true, label: 47, tall: 30 + 19 * rows, name: 0,
});
const card = (id: string, rows: number, columns: number): LayoutNode => ({
  id, width: 28 + 42 * columns, height: 56 + 38 * rows, kind: 'leaf', fixedOrder: false, label: 0, name: 0, card: true, hang: 'above',
});
const input = (id: string, rows: number): LayoutNode => ({
  id, width: 44, height: 32, kind: 'leaf', fixedOrder: false, label: 47, tall: 30 + 19 * rows, name: 0,
});
const output: LayoutNode = { id: 'E', width: 44, height: 36, kind: 'output', fixedOrder: true, label: 0, name: 0 };
const wire = (source: string, target: string, operand: number): LayoutEdge => ({ id: `${source}>${target}`, source, target, operand, label: 0 });

/** Layers of a network: matrix, bias, bend; a target below the loss. */
function network(sizes: readonly number[]): LayoutGraph {
  const nodes: LayoutNode[] = [input('x', sizes[0] ?? 1)];
  const edges: LayoutEdge[] = [];
  let last = 'x';
  sizes.slice(1).forEach((rows, i) => {
    const [W, b, m, z, a] = ['W', 'b', 'm', 'z', 'a'].map((name) => `${name}${String(i)}`) as [string, string, string, string, string];
    nodes.push(card(W, rows, sizes[i] ?? 1), gate(m, rows), card(b, rows, 1), gate(z, rows), gate(a, rows));
    edges.push(wire(W, m, 0), wire(last, m, 1), wire(m, z, 0), wire(b, z, 1), wire(z, a, 0));
    last = a;
  });
  nodes.push({ ...input('t', 2), label: 0, width: 158, height: 76, core: 32, card: true, hang: 'below' }, { ...gate('loss', 0), label: 40 }, output);
  edges.push(wire(last, 'loss', 0), wire('t', 'loss', 1), wire('loss', 'E', 0));
  return { nodes, edges };
}

function check(graph: LayoutGraph, drawing: Layout): void {
  const nodes = nodeBoxes(graph, drawing);
  const labels = graph.nodes.flatMap((node) => {
    const { label } = drawing.trunks.get(node.id)!;
    return node.label === 0 ? [] : [{ what: `cells of ${node.id}`, id: node.id, box: boxAround(label.x, label.y, node.label, 2 * (node.tall ?? 27)) }];
  });
  expect(overlaps(nodes)).toEqual([]);
  expect(overlaps(nodes, labels)).toEqual([]);
  expect(overlaps(labels)).toEqual([]);
  expect(wiresThrough(wires(graph, drawing), nodes, ({ source, target }, { id }) => id === source || id === target)).toEqual([]);
  for (const { box, what } of nodes) {
    expect(box.left, what).toBeGreaterThanOrEqual(-0.5);
    expect(box.top, what).toBeGreaterThanOrEqual(-0.5);
    expect(box.right, what).toBeLessThanOrEqual(drawing.width + 0.5);
    expect(box.bottom, what).toBeLessThanOrEqual(drawing.height + 0.5);
  }
}

const hangs = (drawing: Layout, edge: string): boolean => {
  const points = drawing.edges.get(edge)!.points;
  return points.every(({ x }) => Math.abs(x - points[0]!.x) < 0.01);
};

describe('cards of parameters', () => {
  it('hang over their gates on straight wires, the chain on one line, the target below', () => {
    const graph = network([3, 4, 2]);
    const drawing = layout(graph);
    check(graph, drawing);
    for (const edge of ['W0>m0', 'b0>z0', 'W1>m1', 'b1>z1', 't>loss']) expect(hangs(drawing, edge), edge).toBe(true);
    const line = ['x', 'm0', 'z0', 'a0', 'm1', 'z1', 'a1', 'loss', 'E'].map((id) => drawing.nodes.get(id)!.y);
    for (const y of line) expect(y).toBeCloseTo(line[0]!, 6);
    expect(drawing.nodes.get('t')!.y).toBeGreaterThan(line[0]!);
    expect(drawing.nodes.get('W0')!.y).toBeLessThan(line[0]!);
    // With the inspector open 1,057 px are left of a screen of 1,440.
    expect(drawing.width).toBeLessThanOrEqual(989);
  });

  it.each([[[2, 1]], [[12, 12, 12]], [[1, 12, 1, 12, 1]], [[12, 2, 2, 12]], [[3, 3, 3, 3, 3, 3, 3, 3, 3]]])('never lie on anything: %j', (sizes) => {
    const graph = network(sizes);
    const drawing = layout(graph);
    check(graph, drawing);
    expect(graph.edges.filter(({ source }) => /^[Wbt]/.test(source)).every(({ id }) => hangs(drawing, id))).toBe(true);
  });

  it('stand in a column where they feed several gates, and find a place in any graph', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = randomNumbers(seed);
      const pick = (below: number): number => Math.floor(random() * below);
      const nodes: LayoutNode[] = [input('x', 1 + pick(4)), input('y', 1 + pick(4))];
      const edges: LayoutEdge[] = [];
      for (let i = 0; i < 3 + pick(9); i += 1) {
        const id = `g${String(i)}`;
        const before = nodes.filter(({ id: other }) => !other.startsWith('W'));
        const first = before[Math.max(0, before.length - 1 - pick(3))]!.id;
        const W = pick(3) > 0 ? `W${String(pick(4) === 0 ? 0 : i)}` : before[pick(before.length)]!.id;
        if (W.startsWith('W') && !nodes.some(({ id: other }) => other === W)) nodes.push(card(W, 1 + pick(6), 1 + pick(6)));
        nodes.push(gate(id, 1 + pick(6)));
        edges.push(wire(first, id, 0));
        if (W !== first) edges.push({ ...wire(W, id, 1), id: `${W}>${id}:1` });
      }
      const graph = { nodes, edges };
      const drawing = layout(graph);
      expect(overlaps(nodeBoxes(graph, drawing)), `seed ${String(seed)}`).toEqual([]);
      expect(
        wiresThrough(wires(graph, drawing), nodeBoxes(graph, drawing), ({ source, target }, { id }) => id === source || id === target),
        `seed ${String(seed)}`,
      ).toEqual([]);
      expect(drawing.nodes.size).toBe(nodes.length);
      expect(drawing.edges.size).toBe(edges.length);
    }
  });

  it('change nothing where nothing hangs', () => {
    const graph = network([3, 4, 2]);
    const nodes = graph.nodes.map(({ hang: _, ...node }) => node);
    expect(layout({ ...graph, nodes })).toEqual(layout({ ...graph, nodes: nodes.map((node) => ({ ...node })) }));
  });
});

describe('a row of cards', () => {
  const row = (places: readonly number[], widths: readonly number[]) => {
    const nodes = new Map(places.map((x, i) => [`g${String(i)}`, { x, y: 0, layer: i, name: null }]));
    const hung = widths.map((width, i) => ({
      leaf: { ...card(`W${String(i)}`, 1, 1), width }, edge: wire(`W${String(i)}`, `g${String(i)}`, 0), gate: gate(`g${String(i)}`, 1), above: true,
    }));
    return placeRow(hung, { nodes } as unknown as Layout);
  };

  it('has each in the middle over its gate where there is room', () => {
    expect(row([0, 300], [100, 100])).toEqual({ centres: [0, 300], missing: new Map() });
  });

  it('shares the shift where there is not, and asks for more room where a wire would miss its card', () => {
    expect(row([0, 100], [100, 100]).centres).toEqual([-8, 108]);
    const { centres, missing } = row([0, 50], [100, 100]);
    expect([...missing]).toEqual([['g0', 2]]);
    expect(centres).toEqual([-32, 84]);
  });
});
