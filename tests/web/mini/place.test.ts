import { describe, expect, it } from 'vitest';
import { looksOf, type Lit } from '../../../static/src/graph/lit';
import { placeNotes } from '../../../static/src/graph/lit-notes';
import { createMeasure } from '../../../static/src/graph/measure';
import type { Scene } from '../../../static/src/graph/scene';
import { into, placeIn } from '../../../static/src/mini/fit';
import { tickAngles } from '../../../static/src/mini/ticks';

const degrees = (angles: number[]): number[] => angles.map((angle) => Math.round((((angle * 180) / Math.PI) % 360) + 360) % 360);

describe('a mini graph in its box', () => {
  const drawn = { left: 0, top: 0, right: 400, bottom: 100 };

  it('fits, is never blown up, and stands in the middle', () => {
    expect(placeIn({ width: 800, height: 300 }, drawn)).toEqual({ k: 1, x: 200, y: 100, width: 800, height: 300 });
    expect(placeIn({ width: 370, height: 300 }, drawn).k).toBeCloseTo(334 / 400);
  });

  it('scrolls before it is too small to read', () => {
    const { k, width, height, x } = placeIn({ width: 200, height: 300 }, drawn);
    expect(k).toBe(0.72);
    expect([width, height]).toEqual([324, 300]);
    expect(x).toBeCloseTo(18);
  });

  it('gives up air at its sides before it scrolls for a few pixels', () => {
    expect(placeIn({ width: 300, height: 300 }, drawn)).toMatchObject({ k: 0.72, width: 300, x: 6 });
    expect(placeIn({ width: 299, height: 300 }, drawn)).toMatchObject({ k: 0.72, width: 324 });
  });

  it('makes room for notes above it', () => {
    const { k, y } = placeIn({ width: 800, height: 200 }, { ...drawn, top: -60 });
    expect(-60 * k + y).toBeGreaterThanOrEqual(18);
  });

  it('scrolls no further than it has to', () => {
    expect(into(100, 200, 120, 180)).toBe(100);
    expect(into(100, 200, 20, 80)).toBe(20);
    expect(into(100, 200, 280, 350)).toBe(150);
    expect(into(100, 200, 280, 900)).toBe(280);
  });
});

describe('strokes for operands that are not drawn', () => {
  it('stand around the middle of the widest gap', () => {
    // A wire from the left, one to the right, a name below: above is free.
    expect(degrees(tickAngles(1, [0, Math.PI, Math.PI / 2]))).toEqual([270]);
    expect(degrees(tickAngles(4, [0, Math.PI, Math.PI / 2]))).toEqual([240, 260, 280, 300]);
  });

  it('stay within the gap however many there are', () => {
    const angles = tickAngles(9, [0, 1, 2, 3, 4, 5]);
    expect(Math.max(...angles) - Math.min(...angles)).toBeLessThan(1.3);
  });
});

describe('what is lit', () => {
  const edges = [{ id: 'a>b:0', source: 'a' }, { id: 'a>c:0', source: 'a' }, { id: 'b>d:0', source: 'b' }];
  const lit = (patch: Partial<Lit>): Lit => ({ nodes: new Set(), edges: new Set(), muted: new Set(), dashed: new Set(), notes: [], ...patch });

  it('is kept, dropped, or neither; a rail goes with its liveliest branch', () => {
    const looks = looksOf(lit({ nodes: new Set(['a']), edges: new Set(['a>b:0']), dashed: new Set(['a>c:0', 'c']) }), edges);
    expect([looks.node('a'), looks.node('c'), looks.node('d')]).toEqual(['kept', 'dropped', null]);
    expect([looks.edge('a>b:0'), looks.edge('a>c:0'), looks.edge('b>d:0')]).toEqual(['kept', 'dropped', null]);
    expect([looks.rail('a'), looks.rail('b')]).toEqual(['kept', null]);
  });

  it('mutes the rest, or what it is told to', () => {
    expect(looksOf(lit({ muted: 'rest', nodes: new Set(['a']) }), edges).node('d')).toBe('muted');
    const some = looksOf(lit({ muted: new Set(['d', 'b>d:0']) }), edges);
    expect([some.node('d'), some.node('a'), some.rail('b'), some.rail('a')]).toEqual(['muted', null, 'muted', null]);
    expect(looksOf(null, edges).node('a')).toBeNull();
  });
});

describe('notes on what is lit', () => {
  const node = (id: string, x: number, y: number) => ({ node: { id }, x, y, name: null, anatomy: { width: 44, height: 44 } });
  const scene = {
    nodes: [node('a', 0, 0), node('b', 200, 0), node('c', 0, 200), node('d', 200, 200), node('e', 0, 70)],
    wires: [], labels: [], branches: [],
  } as unknown as Scene;
  const note = (at: string, text = 'left out') => ({ at, text, number: '0.5', tone: 'plain' as const });

  it('stand outside of the middle, clear of nodes and of each other', () => {
    const [up, down, other] = placeNotes([note('a'), note('d'), note('a', 'too')], scene, new Set(['a', 'd']), createMeasure(null));
    expect(up?.y).toBeLessThan(-40);
    expect(down?.y).toBeGreaterThan(240);
    expect(other?.y).toBeLessThan((up?.y ?? 0) - 28);
  });

  it('pass over what is not drawn', () => {
    expect(placeNotes([note('nowhere')], scene, new Set(), createMeasure(null))).toEqual([]);
  });
});
