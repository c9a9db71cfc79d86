import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../static/src/api/model';
import { anatomies } from '../../../static/src/graph/anatomy';
import { createMeasure } from '../../../static/src/graph/measure';
import { between, miniFromAnswer, miniFromNamed, type NamedGraphRecord } from '../../../static/src/mini/from';
import { figuresOfMini, tonesOf, visibleOf, type MiniModel } from '../../../static/src/mini/model';
import { OPERATIONS, openSigmoid, patterns } from '../fixtures';
import { vectors } from '../tensor-fixtures';

const edge = (source: string, target: string, above: string) => ({
  id: `${source}>${target}:0`, source, target, operand: 0, above, tone: 'plain' as const,
});

/** h goes on to two gates; their paths meet in f. */
const FORK: MiniModel = {
  nodes: [
    { id: 'w', kind: 'leaf', role: 'parameter', latex: 'w_{1}', label: 'w1' },
    { id: 'h', kind: 'gate', symbol: 'σ', glyph: 'sigmoid', name: 'h_{a}' },
    { id: 'c', kind: 'gate', symbol: 'Σ', double: true, ticks: 2 },
    { id: 'd', kind: 'gate', symbol: 'Σ', double: true },
    { id: 'E', kind: 'output', latex: 'E' },
  ],
  edges: [edge('w', 'h', '1'), edge('h', 'c', '0.7'), edge('h', 'd', '0.8'), edge('c', 'E', '2'), { ...edge('d', 'E', '3'), operand: 1 }],
};

describe('a mini model', () => {
  it('becomes a graph for the drawing of the stage: leaves, rings, names', () => {
    const shapes = anatomies(visibleOf(FORK), createMeasure(null));
    expect(shapes.get('w')).toMatchObject({ shape: 'rectangle' });
    expect(shapes.get('h')).toMatchObject({ shape: 'circle', ring: false, text: null });
    expect(shapes.get('h')?.name?.runs.map(({ text }) => text).join('')).toBe('ha');
    expect(shapes.get('c')?.ring).toBe(true);
    expect(shapes.get('c')?.name?.runs ?? []).toEqual([]);
    expect(shapes.get('E')?.shape).toBe('output');
  });

  it('keeps operands in order, repeats too', () => {
    const twice = { ...FORK, edges: [{ ...edge('w', 'h', ''), operand: 1, id: 'b' }, { ...edge('w', 'h', ''), id: 'a' }] };
    expect(visibleOf(twice).nodes.find(({ id }) => id === 'h')?.operands).toEqual(['w', 'w']);
  });

  it('puts texts on the one wire of a node, or beside the branches of several', () => {
    const figures = figuresOfMini(FORK, 2);
    expect(figures.values.get('w')?.text).toBe('1');
    expect(figures.values.has('h')).toBe(false);
    expect([...figures.branches].map(([id, { text }]) => [id, text])).toEqual([['h>c:0', '0.7'], ['h>d:0', '0.8']]);
    expect(tonesOf(FORK).labels.get('w')).toBe('plain');
    expect(tonesOf(FORK).branches.get('h>d:0')).toBe('plain');
  });

  it('formats values and gradients of nodes, and warns of what is not finite', () => {
    const { values, gradients } = figuresOfMini({ nodes: [{ id: 'x', kind: 'leaf', value: NaN, gradient: 0.5 }], edges: [] }, 2);
    expect(values.get('x')).toEqual({ text: 'NaN', warn: true });
    expect(gradients.get('x')).toEqual({ text: '0.50', warn: false });
  });
});

describe('miniFromAnswer', () => {
  it('shows what the Graph tab shows, with the gradients of branches', () => {
    const { nodes, edges } = miniFromAnswer(patterns(), OPERATIONS, new Set());
    expect(nodes.map(({ kind }) => kind)).toEqual(['leaf', 'leaf', 'gate', 'leaf', 'gate', 'gate', 'output']);
    expect(edges.filter(({ source }) => source === 'n1').map(({ below }) => below)).toEqual(['2.00', '3.00']);
    expect(edges.find(({ source, target }) => source === 'n3' && target === 'n4')?.unchosen).toBe(true);
  });

  it('draws a closed group as one gate with a ring, an open one as its gates', () => {
    const gates = (open: string[]) => miniFromAnswer(openSigmoid(), OPERATIONS, new Set(open)).nodes.filter(({ kind }) => kind === 'gate');
    expect(gates([]).map(({ id, double }) => [id, double])).toEqual([['n2', false], ['g0', true], ['n7', false]]);
    expect(gates(['g0'])).toHaveLength(6);
  });

  it('takes any answer, also one without gates', () => {
    const lone: Answer = { ...patterns(), nodes: patterns().nodes.slice(0, 1), edges: [], output: 'n0' };
    expect(miniFromAnswer(lone, OPERATIONS, new Set()).nodes).toHaveLength(2);
  });
});

describe('miniFromNamed', () => {
  const node = (id: string, kind: 'leaf' | 'gate' | 'output-gate', folded = false) => ({
    id, kind, role: kind === 'leaf' ? ('parameter' as const) : null, name: id, label: id, latex: id, shown: 'Σ', glyph: null, folded,
    value: 1, gradient: 'NaN',
  });
  const wire = (source: string, target: string, operand: number) => ({ source, target, operand, local: 2, downstream: 3 });
  const named: NamedGraphRecord = {
    output: 'E',
    nodes: [node('w', 'leaf'), node('x', 'leaf'), node('z', 'gate', true), node('u', 'output-gate'), node('E', 'output-gate', true)],
    edges: [wire('w', 'z', 0), wire('x', 'z', 1), wire('x', 'u', 0), wire('z', 'E', 0), wire('x', 'E', 1)],
  };

  it('draws all of it, a box behind every output', () => {
    const { nodes, edges } = miniFromNamed(named, { numbers: 'values' });
    expect(nodes.map(({ id }) => id)).toEqual(['w', 'x', 'z', 'u', 'E', 'output:u', 'output:E']);
    expect(nodes.find(({ id }) => id === 'z')).toMatchObject({ double: true, name: 'z', ticks: 0, gradient: NaN });
    expect(nodes.find(({ id }) => id === 'E')?.name).toBeUndefined();
    expect(edges).toHaveLength(7);
  });

  it('draws what lies between a leaf and the output, operands left out as strokes', () => {
    const { nodes, edges } = miniFromNamed(named, { from: 'w', text: ({ local }) => ({ above: String(local) }) });
    expect(nodes.map(({ id, ticks }) => [id, ticks])).toEqual([['w', undefined], ['z', 1], ['E', 1], ['output:E', undefined]]);
    expect(edges.map(({ above }) => above)).toEqual(['2', '2', undefined]);
  });

  it('knows what lies between two nodes', () => {
    expect([...between(named.edges, 'x', 'E')].sort()).toEqual(['E', 'x', 'z']);
    expect(between(named.edges, 'w', 'u').size).toBe(0);
  });
});

describe('tensors in a mini graph', () => {
  it('carry their shape as a badge and no numbers; a number among them keeps its own', () => {
    const model = miniFromAnswer(vectors(), OPERATIONS, new Set());
    const { tensors, values, gradients, branches } = figuresOfMini(model, 2);
    expect([...tensors].map(([id, { shape }]) => [id, shape])).toEqual(['n0', 'n1', 'n2', 'n3', 'n4'].map((id) => [id, [2]]));
    expect([...values.keys()]).toEqual(['n5']);
    expect([...gradients.keys()]).toEqual(['n5']);
    expect(branches.size).toBe(0);
    expect(visibleOf(model).nodes[0]?.node.tensor?.value).toEqual({ shape: [2], entries: null, summary: null });
  });

  it('have the texts of their edges below the badge', () => {
    const model: MiniModel = {
      nodes: [{ id: 'x', kind: 'leaf', shape: [3] }, { id: 'y', kind: 'gate', symbol: '@' }],
      edges: [{ id: 'x>y:0', source: 'x', target: 'y', operand: 0, above: 'Wᵀ', tone: 'plain' }],
    };
    const { values, gradients } = figuresOfMini(model, 2);
    expect(values.size).toBe(0);
    expect(gradients.get('x')?.text).toBe('Wᵀ');
  });

  it('come from the graph between named nodes too', () => {
    const node = { kind: 'leaf' as const, role: null, name: 'W', label: 'W', latex: 'W', shown: '', glyph: null, folded: false };
    const named: NamedGraphRecord = { output: 'n0', nodes: [{ ...node, id: 'n0', shape: [2, 3], value: null, gradient: null }], edges: [] };
    expect(miniFromNamed(named, { numbers: 'values' }).nodes[0]).toMatchObject({ shape: [2, 3] });
    expect(miniFromNamed(named, { numbers: 'values' }).nodes[0]?.value).toBeUndefined();
  });
});
