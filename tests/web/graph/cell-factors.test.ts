import { describe, expect, it } from 'vitest';
import { factorsAt } from '../../../static/src/graph/cell-factors';
import { entryName, fittingStep, inSight, moved, STEPS } from '../../../static/src/tensor-zoom/scale';
import type { VisibleGraph } from '../../../static/src/graph/visible';

const node = (id: string, op: string | null, shape: number[], operands: string[] = []) => ({
  id, op, kind: op === null ? 'leaf' : 'gate', operands, node: { shape, tensor: shape.length > 0 ? {} : undefined },
});
const graphOf = (...nodes: ReturnType<typeof node>[]): VisibleGraph => ({
  nodes, groups: [],
  edges: nodes.flatMap(({ id, operands }) => operands.map((source, operand) => ({ source, target: id, operand }))),
}) as unknown as VisibleGraph;
const isWhole = (op: string): boolean => op === 'matmul' || op === 'sum';

const network = graphOf(node('W', null, [4, 3]), node('x', null, [3]), node('m', 'matmul', [4], ['W', 'x']), node('b', null, [4]), node('z', 'add', [4], ['m', 'b']));
const cellsOf = (graph: VisibleGraph, id: string, kind: 'value' | 'gradient', row: number, column: number) =>
  factorsAt(graph, id, kind, { row, column }, isWhole).map(({ node: from, kind: which, cells }) => {
    const places: string[] = [];
    for (let r = 0; r < 4; r += 1) for (let c = 0; c < 3; c += 1) if (cells({ row: r, column: c })) places.push(`${String(r)}${String(c)}`);
    return [from, which, places.join(' ')];
  });

describe('which cells an entry is made of', () => {
  it('of a matrix times a vector, a row and the whole vector', () => {
    const [matrix, vector] = factorsAt(network, 'm', 'value', { row: 1, column: 0 }, isWhole);
    expect(matrix?.node).toBe('W');
    expect(cellsOf(network, 'm', 'value', 1, 0)[0]).toEqual(['W', 'value', '10 11 12']);
    expect([vector?.node, vector?.cells({ row: 2, column: 0 })]).toEqual(['x', true]);
  });

  it('of the gradient of a matrix, one entry that arrives and one of the vector: an outer product', () => {
    expect(cellsOf(network, 'W', 'gradient', 2, 1)).toEqual([
      ['m', 'gradient', '20 21 22'], ['x', 'value', '10 11 12'],
    ]);
  });

  it('of the gradient of the vector, a column and all that arrives', () => {
    const [arrives, matrix] = cellsOf(network, 'x', 'gradient', 1, 0);
    expect([arrives?.[0], matrix]).toEqual(['m', ['W', 'value', '01 11 21 31']]);
  });

  it('entry by entry, the same place, and of what is repeated the entry that stands there', () => {
    expect(cellsOf(network, 'z', 'value', 3, 0).map(([from, , cells]) => [from, cells])).toEqual([['m', '30'], ['b', '30']]);
    expect(cellsOf(network, 'b', 'gradient', 3, 0)).toEqual([['z', 'gradient', '30']]);
    const batch = graphOf(node('X', null, [4, 3]), node('b', null, [3]), node('z', 'add', [4, 3], ['X', 'b']));
    expect(cellsOf(batch, 'z', 'value', 3, 2).map(([from, , cells]) => [from, cells])).toEqual([['X', '32'], ['b', '20 21 22']]);
  });

  it('of sums none', () => {
    expect(cellsOf(graphOf(node('x', null, [3]), node('s', 'sum', [], ['x'])), 'x', 'gradient', 0, 0)).toEqual([]);
    expect(cellsOf(network, 'nowhere', 'value', 0, 0)).toEqual([]);
  });
});

describe('an enlarged tensor', () => {
  it('begins as large as shows all of it', () => {
    expect(STEPS[fittingStep({ rows: 128, columns: 784 }, { width: 1000, height: 600 })]?.width).toBe(1);
    expect(STEPS[fittingStep({ rows: 64, columns: 64 }, { width: 1000, height: 600 })]?.width).toBe(9);
    expect(STEPS[fittingStep({ rows: 2, columns: 2 }, { width: 1000, height: 600 })]?.numbers).toBe(true);
  });

  it('draws what is in sight and no more', () => {
    const cell = { width: 24, height: 24, numbers: false };
    expect(inSight({ rows: 128, columns: 784 }, cell, { left: 240, top: 0, width: 1000, height: 50 })).toEqual({
      from: { row: 0, column: 10 }, to: { row: 3, column: 52 },
    });
    expect(inSight({ rows: 2, columns: 2 }, cell, { left: 0, top: 0, width: 1000, height: 1000 }).to).toEqual({ row: 2, column: 2 });
  });

  it('is walked by keys, within its edges', () => {
    const grid = { rows: 5, columns: 8 };
    expect(moved({ row: 0, column: 0 }, 'ArrowUp', grid)).toEqual({ row: 0, column: 0 });
    expect(moved({ row: 1, column: 3 }, 'End', grid)).toEqual({ row: 1, column: 7 });
    expect(moved({ row: 1, column: 3 }, 'PageDown', grid)).toEqual({ row: 4, column: 3 });
    expect(moved({ row: 1, column: 3 }, 'x', grid)).toBeNull();
  });

  it('calls an entry what it is called everywhere', () => {
    expect(entryName('W1', [4, 3], 7)).toBe('W1[2, 1]');
    expect(entryName('x', [3], 2)).toBe('x[2]');
    expect(entryName('T', [2, 3, 4], 23)).toBe('T[1, 2, 3]');
  });
});
