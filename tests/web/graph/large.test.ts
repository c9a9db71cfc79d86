import { describe, expect, it } from 'vitest';
import { boxInSight, detailAt, FULL_FROM, MOST_ELEMENTS, SHAPES_FROM } from '../../../static/src/graph/large/detail';
import { CELL, cellsOf, Grid, sameCells } from '../../../static/src/graph/large/grid';
import { fitMap, frameOnMap, pointOnGraph } from '../../../static/src/graph/large/map-geometry';
import { indexOf, partOf } from '../../../static/src/graph/large/part';
import { anatomies } from '../../../static/src/graph/anatomy';
import { arrange } from '../../../static/src/graph/arrange';
import { figuresOf } from '../../../static/src/graph/figures';
import { identify } from '../../../static/src/graph/identity';
import { createMeasure } from '../../../static/src/graph/measure';
import { buildScene } from '../../../static/src/graph/scene';
import { visibleGraph } from '../../../static/src/graph/visible';
import { layout } from '../../../static/src/layout';
import { answerOf, OPERATIONS, type Line } from '../fixtures';

describe('grid', () => {
  it('finds a box in every cell it touches, once', () => {
    const grid = new Grid();
    grid.addBox(3, { left: -10, top: -10, right: CELL + 10, bottom: 10 });
    grid.addBox(1, { left: 5, top: 5, right: 10, bottom: 10 });
    expect(grid.within({ left: -1, top: -1, right: 1, bottom: 0 })).toEqual([1, 3]);
    expect(grid.within({ left: 1, top: 0, right: 1, bottom: 0 })).toEqual([3]);
    expect(grid.within({ left: 2, top: 0, right: 9, bottom: 9 })).toEqual([]);
  });

  it('follows a long diagonal wire instead of filling the box around it', () => {
    const grid = new Grid();
    const end = 10 * CELL;
    grid.addCurve(0, [{ x: 0, y: 0 }, { x: end / 3, y: end / 3 }, { x: (2 * end) / 3, y: (2 * end) / 3 }, { x: end, y: end }]);
    for (let i = 0; i < 10; i += 1) expect(grid.within({ left: i, top: i, right: i, bottom: i })).toEqual([0]);
    expect(grid.within({ left: 9, top: 0, right: 9, bottom: 0 })).toEqual([]);
    expect(grid.within({ left: 0, top: 5, right: 2, bottom: 9 })).toEqual([]);
  });

  it('adds a frame of cells on request', () => {
    const box = { left: 1, top: 1, right: 2, bottom: 2 };
    expect(cellsOf(box, 1)).toEqual({ left: -1, top: -1, right: 1, bottom: 1 });
    expect(sameCells(cellsOf(box), cellsOf({ left: 3, top: 4, right: 5, bottom: 6 }))).toBe(true);
    expect(sameCells(cellsOf(box), cellsOf(box, 1))).toBe(false);
  });
});

describe('level of detail', () => {
  it('goes by the scale', () => {
    expect(detailAt(1, 100)).toBe('full');
    expect(detailAt(FULL_FROM, 100)).toBe('full');
    expect(detailAt(FULL_FROM - 0.01, 100)).toBe('shapes');
    expect(detailAt(SHAPES_FROM, 100)).toBe('shapes');
    expect(detailAt(SHAPES_FROM - 0.01, 100)).toBe('overview');
  });

  it('draws a place on the canvas that is too full for elements', () => {
    expect(detailAt(0.3, MOST_ELEMENTS + 1)).toBe('overview');
  });

  it('knows what is in sight', () => {
    const box = boxInSight({ k: 2, x: -100, y: 50 }, { width: 400, height: 300 });
    expect(box).toEqual({ left: 50, top: -25, right: 250, bottom: 125 });
  });
});

describe('map', () => {
  it('keeps the shape of a graph, but never becomes a line', () => {
    expect(fitMap({ width: 4000, height: 2000 })).toMatchObject({ width: 200, height: 100 });
    const tall = fitMap({ width: 1000, height: 100_000 });
    expect(tall).toMatchObject({ width: 64, height: 132, across: 0.064 });
  });

  it('frames what the stage shows, inside the map and large enough to be seen', () => {
    const fit = fitMap({ width: 20_000, height: 10_000 });
    expect(frameOnMap(fit, { k: 0.1, x: 0, y: 0 }, { width: 1000, height: 500 })).toEqual({ left: 0, top: 0, right: 100, bottom: 50 });
    const small = frameOnMap(fit, { k: 4, x: -80_000, y: -40_000 }, { width: 400, height: 400 });
    expect(small.right - small.left).toBe(6);
    expect(small.right).toBe(200);
    expect(small.bottom).toBe(100);
  });

  it('tells which point of the graph is pressed', () => {
    const fit = fitMap({ width: 20_000, height: 10_000 });
    expect(pointOnGraph(fit, 100, 25)).toEqual({ x: 10_000, y: 2500 });
    expect(pointOnGraph(fit, -20, 300)).toEqual({ x: 0, y: 10_000 });
  });
});

describe('part of a scene', () => {
  const lines: Line[] = [{ leaf: 'x', value: 1 }, { leaf: 'y', value: 2 }, { op: 'add', of: ['x', 'y'] }];
  for (let i = 3; i < 60; i += 1) lines.push({ op: i % 2 ? 'mul' : 'add', of: [i === 3 ? 'n2' : `n${String(i - 1)}`, 'y'] });
  const answer = answerOf(lines);
  const graph = visibleGraph(answer, new Set(), { foldConstants: true }, OPERATIONS);
  const measure = createMeasure(null);
  const identities = identify(graph, null);
  const anatomy = anatomies(graph, measure);
  const figures = figuresOf(graph, answer, { decimals: 2, ribbons: false }, OPERATIONS);
  const input = { graph, identities, anatomy, figures, operations: OPERATIONS, patterns: false, measure };
  const scene = buildScene({ ...input, layout: layout(arrange(input, new Map())) });
  const index = indexOf(scene);
  const start = cellsOf({ left: 0, top: 0, right: 400, bottom: 400 });

  it('holds what lies there, and the wires that pass through', () => {
    const { part, detail } = partOf(index, start, 1, new Set());
    expect(detail).toBe('full');
    expect(part.nodes.length).toBeLessThan(scene.nodes.length / 4);
    expect(part.nodes.map(({ node }) => node.label)).toEqual(expect.arrayContaining(['x', 'y']));
    expect(part.wires.filter(({ source }) => source === 'n1').length).toBeGreaterThan(0);
    expect(part.graph).toBe(scene.graph);
  });

  it('leaves texts out from far, and everything from further', () => {
    const shapes = partOf(index, start, 0.2, new Set()).part;
    expect(shapes.nodes.length).toBeGreaterThan(0);
    expect([shapes.labels, shapes.branches]).toEqual([[], []]);
    const overview = partOf(index, start, 0.06, new Set()).part;
    expect([overview.nodes, overview.wires, overview.junctions]).toEqual([[], [], []]);
  });

  it('always holds the node that has the focus', () => {
    for (const scale of [1, 0.06]) {
      expect(partOf(index, start, scale, new Set(['n50'])).part.nodes.map(({ node }) => node.id)).toContain('n50');
    }
  });

  it('holds every item when all cells are in sight', () => {
    const all = cellsOf({ left: -99, top: -99, right: scene.width + 99, bottom: scene.height + 99 });
    const { part } = partOf(index, all, 1, new Set());
    for (const kind of ['nodes', 'wires', 'labels', 'branches', 'junctions'] as const) {
      expect(part[kind].length, kind).toBe(scene[kind].length);
    }
  });
});
