import { describe, expect, it } from 'vitest';
import { listOf, MOST_DEPTH, type ListItem } from '../../static/src/views/list-plan';

interface Made {
  nodes: Parameters<typeof listOf>[0]['nodes'];
  edges: Parameters<typeof listOf>[0]['edges'];
}

/** A graph from operand lists by node, in topological order. */
function graph(operands: Readonly<Record<string, readonly string[]>>): Made {
  const nodes = Object.entries(operands).map(([id, inputs]) => ({ id, operands: inputs })) as unknown as Made['nodes'];
  const edges = Object.entries(operands).flatMap(([target, inputs]) => inputs.map((source) => ({ source, target }))) as unknown as Made['edges'];
  return { nodes, edges };
}

function flat(items: readonly ListItem[], depth = 0): string[] {
  return items.flatMap(({ node, told, items: inner }) => [`${' '.repeat(depth)}${node} ${told}`, ...flat(inner, depth + 1)]);
}

describe('the graph as a list', () => {
  it('begins with the output and tells under each node what enters it, in the order of operands', () => {
    expect(flat(listOf(graph({ x: [], y: [], s: ['x', 'y'], z: [], m: ['s', 'z'], output: ['m'] })))).toEqual([
      'output here', ' m here', '  s here', '   x here', '   y here', '  z here',
    ]);
  });

  it('tells a node that is used twice once', () => {
    expect(flat(listOf(graph({ x: [], m: ['x', 'x'], output: ['m'] })))).toEqual(['output here', ' m here', '  x here', '  x above']);
  });

  it('adds what the output does not need', () => {
    expect(flat(listOf(graph({ x: [], y: [], f: ['x'], output: ['f'] })))).toEqual(['output here', ' f here', '  x here', 'y here']);
  });

  it('is as long as the graph even where paths are without number, and never deeper than a reader follows', () => {
    const operands: Record<string, string[]> = { n0: [] };
    for (let i = 1; i <= 5000; i += 1) operands[`n${i}`] = [`n${i - 1}`, `n${i - 1}`];
    operands['output'] = ['n5000'];
    const items = listOf(graph(operands));
    let [told, deepest] = [0, 0];
    const open = items.map((item) => ({ item, depth: 0 }));
    for (let next = open.pop(); next; next = open.pop()) {
      if (next.item.told === 'here') told += 1;
      deepest = Math.max(deepest, next.depth);
      for (const item of next.item.items) open.push({ item, depth: next.depth + 1 });
    }
    expect(told).toBe(5002);
    expect(deepest).toBe(MOST_DEPTH);
  });

  it('says "below" only of what comes below, and "above" only of what came before', () => {
    const operands: Record<string, string[]> = { n0: [] };
    for (let i = 1; i <= 40; i += 1) operands[`n${i}`] = i % 7 === 0 ? [`n${i - 1}`, `n${Math.floor(i / 2)}`] : [`n${i - 1}`];
    operands['output'] = ['n40'];
    const lines = flat(listOf(graph(operands))).map((line) => line.trim().split(' '));
    const place = new Map(lines.flatMap(([node, told], at) => (told === 'here' ? [[node, at] as const] : [])));
    lines.forEach(([node, told], at) => {
      if (told === 'above') expect(place.get(node)).toBeLessThan(at);
      if (told === 'below') expect(place.get(node)).toBeGreaterThan(at);
    });
    expect(place.size).toBe(42);
  });
});
