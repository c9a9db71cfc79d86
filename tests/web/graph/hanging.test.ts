import { describe, expect, it } from 'vitest';
import { anatomies } from '../../../static/src/graph/anatomy';
import { arrange } from '../../../static/src/graph/arrange';
import { blockOf, sizeOf } from '../../../static/src/graph/cell-sizes';
import { figuresOf } from '../../../static/src/graph/figures';
import { hangingLeaves } from '../../../static/src/graph/hanging';
import { identify } from '../../../static/src/graph/identity';
import { createMeasure } from '../../../static/src/graph/measure';
import { setTensorTools } from '../../../static/src/graph/tensor-tools';
import * as tools from '../../../static/src/graph/tensors';
import { visibleGraph } from '../../../static/src/graph/visible';
import { OPERATIONS } from '../fixtures';
import { vectors } from '../tensor-fixtures';

setTensorTools(tools);
const measure = createMeasure(null);
const tensor = (...shape: number[]) => ({
  shape, entries: new Array<number>(shape.reduce((product, one) => product * one, 1)).fill(0.5), summary: null,
});

describe('what hangs at its gate', () => {
  const answer = vectors();
  const graph = visibleGraph(answer, new Set(), { foldConstants: true }, OPERATIONS);
  const ids = new Map(graph.nodes.map(({ id, name }) => [name, id]));

  it('is a parameter that one gate uses, beside what comes from the left', () => {
    const roles = new Map(graph.nodes.map(({ name, role }) => [name, role]));
    expect([roles.get('b'), roles.get('w')]).toEqual(['parameter', 'parameter']);
    expect(hangingLeaves(graph)).toEqual(new Map([[ids.get('b'), 'above'], [ids.get('w'), 'above']]));
  });

  it('is a target wherever it stands, but not the input of a product of matrices', () => {
    const tensors = (id: string, op: string | null, role: string | null, operands: string[] = []) =>
      ({ id, op, role, operands, kind: op === null ? 'leaf' : 'gate', node: { shape: [3], tensor: {} } });
    const hung = (op: string, operands: string[]) => {
      const nodes = [tensors('x', null, 'input'), tensors('p', 'log', null, ['x']), tensors('t', null, 'input'), tensors('f', op, null, operands)];
      const edges = nodes.flatMap(({ id, operands: from }) => from.map((source, operand) => ({ source, target: id, operand })));
      return hangingLeaves({ nodes, edges, groups: [] } as unknown as Parameters<typeof hangingLeaves>[0]);
    };
    expect(hung('mul', ['t', 'p'])).toEqual(new Map([['t', 'below']]));
    expect(hung('half_sse', ['p', 't'])).toEqual(new Map([['t', 'below']]));
    expect(hung('matmul', ['t', 'p'])).toEqual(new Map());
  });

  it('is asked of the layout engine as a card with room for its cells, gates with cells on their wires', () => {
    const anatomy = anatomies(graph, measure);
    const figures = figuresOf(graph, answer, { decimals: 2, ribbons: false }, OPERATIONS);
    const request = arrange({ graph, identities: identify(graph, null), anatomy, figures, operations: OPERATIONS, patterns: false, measure }, new Map());
    const byName = new Map(request.nodes.map((node, i) => [graph.nodes[i]?.name, node]));
    expect(byName.get('b')).toMatchObject({ hang: 'above', card: true, label: 0, height: 36 + 4 * 19 + 8 + 12 });
    expect(byName.get('x')).toMatchObject({ width: 44, tall: 8 + 2 * 19 + 22 });
    expect(byName.get('s')).toMatchObject({ label: 47, name: 0 });
    expect(byName.get('x')).not.toHaveProperty('hang');
  });
});

describe('how a tensor is drawn', () => {
  it.each([
    [[3], 'numbers', 47, 57],
    [[12, 12], 'numbers', 509, 228],
    [[13, 2], 'tints', 29, 91],
    [[64], 'tints', 29, 128],
    [[28, 28], 'tints', 89, 84],
    [[64, 64], 'tints', 133, 128],
    [[65, 2], 'summary', 133, 50],
    [[2, 3, 4], 'numbers', 173, 114],
  ])('%j', (shape, drawn, width, height) => {
    expect(blockOf(tensor(...shape))).toMatchObject({ drawn, width, height });
  });

  it('is a summary where its entries are not listed', () => {
    expect(blockOf({ shape: [2, 2], entries: null, summary: null }).drawn).toBe('summary');
    expect(sizeOf([5, 2, 3])).toEqual({ rows: 10, columns: 3 });
  });
});
