import { describe, expect, it } from 'vitest';

import { layout } from '../../../static/src/layout/index';
import type { Box } from '../../../static/src/layout/obstacles';
import { crossesBox, overlap } from '../../../static/src/layout/obstacles';
import { randomNumbers } from '../../../static/src/layout/random';
import type { Layout, LayoutEdge, LayoutGraph, LayoutGroup, LayoutNode } from '../../../static/src/layout/types';
import { nodeBoxes, outOfOrder, overlaps, textBoxes, wires, wiresThrough } from './checks';
import { network, randomExpression, randomProgram, randomTree, sigmoidNeuron, type DrawnGraph } from './graphs';

const TITLE = 150;
const FOOT = 260;

/** Groups grown from a gate over what leads to it alone; every second one with a group inside. */
function withGroups(graph: DrawnGraph, seed: number, count: number): LayoutGraph {
  const next = randomNumbers(seed);
  const gates = graph.nodes.filter(({ kind }) => kind === 'gate');
  const free = new Set(gates.map(({ id }) => id));
  const groups: LayoutGroup[] = [];
  for (let i = 0; i < count; i++) {
    const exit = gates[Math.floor(next() * gates.length)]!.id;
    const members = grow(graph, exit, free, 2 + Math.floor(next() * 7));
    if (members.length < 2) continue;
    for (const id of members) free.delete(id);
    const inner = members.length > 3 && i % 2 === 0 ? grow(graph, members[1]!, new Set(members.slice(1)), 3) : [];
    groups.push({ id: `group ${i}`, nodes: members.filter((id) => !inner.includes(id)), parent: null, title: TITLE, foot: FOOT });
    if (inner.length > 0) groups.push({ id: `inner ${i}`, nodes: inner, parent: `group ${i}`, title: TITLE, foot: 0 });
  }
  return { ...graph, groups };
}

function grow(graph: LayoutGraph, exit: string, free: ReadonlySet<string>, most: number): string[] {
  const members = free.has(exit) ? [exit] : [];
  for (let i = 0; i < members.length && members.length < most; i++) {
    for (const { source, target } of graph.edges) {
      if (target !== members[i] || !free.has(source) || members.includes(source)) continue;
      const stays = graph.edges.every((edge) => edge.source !== source || members.includes(edge.target));
      if (stays && members.length < most) members.push(source);
    }
  }
  return members;
}

const membersOf = (graph: LayoutGraph, id: string): Set<string> => {
  const all = new Set<string>();
  const ids = [id];
  for (const at of ids) {
    for (const group of graph.groups ?? []) {
      if (group.id === at) for (const node of group.nodes) all.add(node);
      if (group.parent === at) ids.push(group.id);
    }
  }
  return all;
};

const frames = (drawing: Layout): { id: string; box: Box; parent: string | null }[] =>
  [...drawing.groups].map(([id, { x, y, width, height, parent }]) => ({
    id, parent, box: { left: x, top: y, right: x + width, bottom: y + height },
  }));

const contains = (outer: Box, inner: Box): boolean =>
  outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom;

const cases: Record<string, LayoutGraph> = {
  network: withGroups(network([3, 2, 2], { bias: true }), 3, 8),
  'network written out': withGroups(network([2, 2, 1], { writtenOut: true }), 5, 8),
};
for (let seed = 1; seed <= 12; seed++) {
  cases[`expression ${seed}`] = withGroups(randomExpression(6 + 2 * seed, seed), seed, 6);
  cases[`tree ${seed}`] = withGroups(randomTree(3 + 3 * seed, seed), seed, 6);
  cases[`program ${seed}`] = withGroups(randomProgram(4 * seed, seed), seed, 8);
}

it('finds groups to test with, some in one another and some with wires of their own source', () => {
  const all = Object.values(cases).flatMap((graph) => graph.groups ?? []);
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter(({ parent }) => parent !== null).length).toBeGreaterThan(8);
});

describe.each(Object.entries(cases))('%s', (_, graph) => {
  const drawing = layout(graph);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));

  it('draws every group', () => expect([...drawing.groups.keys()].sort()).toEqual(graph.groups!.map(({ id }) => id).sort()));

  it('holds its own nodes and their texts, its title and its foot', () => {
    for (const { id, box } of frames(drawing)) {
      const members = membersOf(graph, id);
      const { exit } = drawing.groups.get(id)!;
      for (const own of nodeBoxes(graph, drawing)) if (members.has(own.id)) expect(contains(box, own.box), own.what).toBe(true);
      for (const own of textBoxes(graph, drawing)) {
        if (members.has(own.id) && own.what !== `label of ${exit}`) expect(contains(box, own.box), own.what).toBe(true);
      }
      expect(box.right - box.left).toBeGreaterThan(TITLE);
      for (const own of nodeBoxes(graph, drawing)) {
        if (!members.has(own.id)) continue;
        expect(own.box.top - box.top).toBeGreaterThanOrEqual(46 - 1e-6);
        expect(box.bottom - own.box.bottom).toBeGreaterThanOrEqual(74 - 1e-6);
      }
    }
  });

  it('lets nothing foreign in', () => {
    for (const { id, box } of frames(drawing)) {
      const members = membersOf(graph, id);
      const { exit } = drawing.groups.get(id)!;
      const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
      const isForeign = (one: string): boolean => {
        const edge = edges.get(one);
        return edge ? !members.has(edge.target) : !members.has(one);
      };
      for (const other of nodeBoxes(graph, drawing)) if (isForeign(other.id)) expect(overlap(other.box, box), other.what).toBe(false);
      for (const other of textBoxes(graph, drawing)) {
        if (isForeign(other.id) || other.what === `label of ${exit}`) expect(overlap(other.box, box), `${other.what} in ${id}`).toBe(false);
      }
      const inside = { left: box.left + 1, right: box.right - 1, top: box.top + 1, bottom: box.bottom - 1 };
      for (const wire of wires(graph, drawing)) {
        if (members.has(wire.source) || members.has(wire.target)) continue;
        expect(wire.points.some((p, i) => i > 0 && crossesBox(wire.points[i - 1]!, p, inside)), `${wire.id} in ${id}`).toBe(false);
      }
    }
  });

  it('is entered and left at its sides', () => {
    for (const { id, box } of frames(drawing)) {
      const members = membersOf(graph, id);
      for (const wire of wires(graph, drawing)) {
        const inside = [members.has(wire.source), members.has(wire.target)];
        if (inside[0] === inside[1]) continue;
        for (const p of wire.points) {
          const within = p.x > box.left + 0.01 && p.x < box.right - 0.01;
          if (within) expect(p.y > box.top && p.y < box.bottom, `${wire.id} and ${id}`).toBe(true);
        }
      }
    }
  });

  it('keeps groups apart, or one in the other', () => {
    const all = frames(drawing);
    for (const one of all) {
      for (const other of all) {
        if (one === other) continue;
        const nested = membersOf(graph, one.id).has([...membersOf(graph, other.id)][0]!);
        if (one.parent === other.id) expect(contains(other.box, one.box)).toBe(true);
        else if (!nested && other.parent !== one.id) expect(overlap(one.box, other.box)).toBe(false);
      }
    }
  });

  it('keeps all rules of a drawing without groups', () => {
    expect(overlaps(nodeBoxes(graph, drawing))).toEqual([]);
    const texts = textBoxes(graph, drawing);
    expect(overlaps(texts)).toEqual([]);
    expect(overlaps(texts, nodeBoxes(graph, drawing))).toEqual([]);
    expect(outOfOrder(graph, drawing, () => true)).toEqual([]);
    const all = wires(graph, drawing);
    const owns = (wire: { id: string; source: string; target: string }, box: { id: string }): boolean =>
      [wire.source, wire.target, wire.id].includes(box.id);
    expect(wiresThrough(all, nodeBoxes(graph, drawing), owns)).toEqual([]);
    expect(wiresThrough(all, texts, owns)).toEqual([]);
    for (const wire of all) {
      wire.points.forEach((p, i) => i > 0 && expect(p.x, wire.id).toBeGreaterThan(wire.points[i - 1]!.x - 1e-6));
    }
  });

  it('joins wires to borders and junctions', () => {
    for (const edge of graph.edges) {
      const { points } = drawing.edges.get(edge.id)!;
      const trunk = drawing.trunks.get(edge.source)!;
      const from = drawing.nodes.get(edge.source)!;
      const to = drawing.nodes.get(edge.target)!;
      const target = nodes.get(edge.target)!;
      expect(trunk.points[0]!.x).toBeCloseTo(from.x + nodes.get(edge.source)!.width / 2, 6);
      expect(trunk.points[0]!.y).toBeCloseTo(from.y, 6);
      expect(points[0]).toEqual(trunk.junction ?? trunk.points[0]);
      if (trunk.junction) expect(trunk.junction).toEqual(trunk.points.at(-1));
      const end = points.at(-1)!;
      if (target.kind === 'gate') expect(Math.hypot(end.x - to.x, end.y - to.y)).toBeCloseTo(target.width / 2, 6);
      else expect(end.x).toBeCloseTo(to.x - target.width / 2, 6);
      expect((points.length - 1) % 3).toBe(0);
      expect((trunk.points.length - 1) % 3).toBe(0);
    }
  });

  it('forks exactly where a value is used more than once', () => {
    for (const node of graph.nodes) {
      const uses = graph.edges.filter(({ source }) => source === node.id).length;
      expect(drawing.trunks.get(node.id)!.junction !== null, node.id).toBe(uses > 1);
    }
  });

  it('is the same every time', () => expect(layout(graph)).toEqual(drawing));
});

describe('what is no group', () => {
  it('is left out when two of its nodes feed what is outside', () => {
    const graph = sigmoidNeuron();
    const ids = graph.nodes.filter(({ kind }) => kind === 'gate').map(({ id }) => id);
    const groups = [{ id: 'pair', nodes: ids.slice(0, 2), parent: null, title: 80, foot: 80 }];
    expect(layout({ ...graph, groups })).toEqual(layout(graph));
  });

  it('throws where a group lies in itself or comes twice', () => {
    const graph = sigmoidNeuron();
    const group = { id: 'a', nodes: [], parent: 'a', title: 0, foot: 0 };
    expect(() => layout({ ...graph, groups: [group] })).toThrow('lies in itself');
    expect(() => layout({ ...graph, groups: [{ ...group, parent: null }, { ...group, parent: null }] })).toThrow('same id');
  });
});

/** A chain of gates between two sums; closed, the chain is one gate that keeps the id of its last one. */
function opening(): { open: LayoutGraph; closed: LayoutGraph } {
  const gate = (id: string): LayoutNode => ({ id, width: 44, height: 44, kind: 'gate', fixedOrder: true, label: 48, name: 20 });
  const leaf = (id: string): LayoutNode => ({ id, width: 44, height: 32, kind: 'leaf', fixedOrder: true, label: 48, name: 0 });
  const edge = (source: string, target: string, operand: number): LayoutEdge => ({ id: `${source}>${target}:${operand}`, source, target, operand, label: 40 });
  const nodes: LayoutNode[] = [];
  const edges: LayoutEdge[] = [];
  for (let k = 0; k < 9; k++) {
    nodes.push(leaf(`x${k}`), leaf(`w${k}`), gate(`p${k}`), gate(`s${k}`));
    edges.push(edge(`w${k}`, `p${k}`, 0), edge(`x${k}`, `p${k}`, 1), edge(k === 0 ? 'x0' : `s${k - 1}`, `s${k}`, 0), edge(`p${k}`, `s${k}`, 1));
  }
  const closed = { nodes: [...nodes, gate('r')], edges: [...edges, edge('p4', 'r', 0), edge('r', 's4', 1)] .filter(({ id }) => id !== 'p4>s4:1') };
  const inside = ['a', 'b', 'c'];
  const open = {
    nodes: [...nodes, ...inside.map(gate), gate('r')],
    edges: [...closed.edges.filter(({ id }) => id !== 'p4>r:0'), edge('p4', 'a', 0), edge('a', 'b', 0), edge('b', 'c', 0), edge('c', 'r', 0)],
    groups: [{ id: 'whole', nodes: [...inside, 'r'], parent: null, title: 150, foot: 250 }],
  };
  return { open, closed };
}

describe('opening and closing', () => {
  const { open, closed } = opening();
  const before = layout(closed);
  const opened = layout(open, {}, before);
  const again = layout(closed, {}, opened);
  const survivors = closed.nodes.map(({ id }) => id);

  /** Pairs of nodes one above the other in the same column of both drawings that have changed places. */
  function exchanged(one: Layout, other: Layout): string[] {
    const found: string[] = [];
    for (const a of survivors) {
      for (const b of survivors) {
        const [a1, b1, a2, b2] = [one.nodes.get(a)!, one.nodes.get(b)!, other.nodes.get(a)!, other.nodes.get(b)!];
        if (a1.group ?? b1.group ?? a2.group ?? b2.group) continue;
        if (Math.abs(a1.x - b1.x) > 1 || Math.abs(a2.x - b2.x) > 1) continue;
        if (a1.y < b1.y && a2.y >= b2.y) found.push(`${a} and ${b}`);
      }
    }
    return found;
  }

  it('leaves the other gates in their order', () => {
    expect(exchanged(before, opened)).toEqual([]);
    expect(exchanged(opened, again)).toEqual([]);
  });

  it('gives way no further than the group needs', () => {
    const { width, height } = opened.groups.get('whole')!;
    for (const id of survivors) {
      const [was, is] = [before.nodes.get(id)!, opened.nodes.get(id)!];
      expect(Math.abs(is.y - was.y), id).toBeLessThan(height + 60);
      expect(Math.abs(is.x - was.x), id).toBeLessThan(width + 120);
    }
  });

  it('has the same columns again after it is closed', () => {
    for (const id of survivors) expect(again.nodes.get(id)!.layer, id).toBe(before.nodes.get(id)!.layer);
  });
});
