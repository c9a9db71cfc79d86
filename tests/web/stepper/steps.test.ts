import { describe, expect, it } from 'vitest';
import { edgeId, type VisibleEdge, type VisibleGraph, type VisibleNode } from '../../../static/src/graph/visible';
import { momentOf, stepsOf } from '../../../static/src/stepper/steps';

type Row = [id: string, operands: string[], value: number, gradient: number | null];

/** A visible graph from rows in topological order; the last row is the output. Downstream parts by edge id. */
function graphOf(rows: readonly Row[], downstream: Readonly<Record<string, number>>): VisibleGraph {
  const output = rows.at(-1)?.[0] ?? '';
  const node = ([id, operands, value, gradient]: Row): VisibleNode =>
    ({ id, kind: operands.length === 0 ? 'leaf' : 'gate', label: id, symbol: id, value, gradient, operands, onPath: id !== 'unused', group: null, node: { group: id.startsWith('held') ? 'g0' : null } }) as unknown as VisibleNode;
  const edges = rows.flatMap(([id, operands]) =>
    operands.map((source, operand): VisibleEdge => {
      const key = edgeId(source, id, operand);
      return { id: key, source, target: id, operand, local: 1, upstream: 1, downstream: downstream[key] ?? 0 };
    }),
  );
  const last = rows.at(-1) as Row;
  const end = { ...node(last), id: 'output', kind: 'output' as const, operands: [output] };
  const seed: VisibleEdge = { id: edgeId(output, 'output', 0), source: output, target: 'output', operand: 0, local: 1, upstream: 1, downstream: 1 };
  return { nodes: [...rows.map(node), end], edges: [...edges, seed], groups: [], output, standsFor: new Map() };
}

// y is used twice: (x + y) * max(y, z) with x = 1, y = 2, z = 0.
const fanOut = graphOf(
  [
    ['x', [], 1, 2],
    ['y', [], 2, 5],
    ['z', [], 0, 0],
    ['sum', ['x', 'y'], 3, 2],
    ['max', ['y', 'z'], 2, 3],
    ['f', ['sum', 'max'], 6, 1],
  ],
  { 'sum>f:0': 2, 'max>f:1': 3, 'x>sum:0': 2, 'y>sum:1': 2, 'y>max:0': 3, 'z>max:1': 0 },
);

describe('the story of an evaluation', () => {
  const steps = stepsOf(fanOut);

  it('goes forward in topological order, seeds, and comes back in reverse', () => {
    expect(steps.map((step) => `${step.phase} ${step.node}`)).toEqual([
      'forward sum', 'forward max', 'forward f', 'seed f', 'backward f', 'backward max', 'backward sum',
    ]);
  });

  it('knows a value only after its gate has worked, and leaves from the start', () => {
    const known = (position: number) => ['x', 'sum', 'max', 'f', 'output'].filter((id) => momentOf(fanOut, steps, position).hasValue(id));
    expect(known(0)).toEqual(['x']);
    expect(known(1)).toEqual(['x', 'sum']);
    expect(known(3)).toEqual(['x', 'sum', 'max', 'f', 'output']);
  });

  it('adds the gradients of a fan-out term by term', () => {
    const adjoints = steps.map((_, index) => momentOf(fanOut, steps, index + 1).adjoint('y'));
    expect(adjoints).toEqual([null, null, null, null, null, 3, 5]);
  });

  it('marks the gate at work and its edges as active, and no others', () => {
    const moment = momentOf(fanOut, steps, 6);
    expect(['x', 'y', 'z', 'sum', 'max', 'f'].filter((id) => moment.node(id) === 'active')).toEqual(['max']);
    expect(fanOut.edges.filter((edge) => moment.edge(edge.id) === 'active').map((edge) => edge.id)).toEqual(['y>max:0', 'z>max:1']);
  });

  it('ends with every gradient of the engine, to the last bit', () => {
    const end = momentOf(fanOut, steps, steps.length);
    for (const node of fanOut.nodes) expect(end.adjoint(node.id)).toBe(node.gradient);
    expect(fanOut.edges.every((edge) => end.hasDownstream(edge.id))).toBe(true);
  });

  it('gives the same moment at the same position, however it was reached, and holds the ends', () => {
    const picture = (position: number) => {
      const moment = momentOf(fanOut, steps, position);
      return JSON.stringify([fanOut.nodes.map((n) => [moment.node(n.id), moment.hasValue(n.id), moment.adjoint(n.id)]), fanOut.edges.map((e) => [moment.edge(e.id), moment.hasDownstream(e.id)])]);
    };
    expect(picture(99)).toBe(picture(steps.length));
    expect(picture(-3)).toBe(picture(0));
  });

  it('computes gates that do not lead to the output, but sends nothing back through them', () => {
    const graph = graphOf([['x', [], 1, 1], ['unused', ['x'], 1, 0], ['f', ['x'], 1, 1]], { 'x>f:0': 1 });
    expect(stepsOf(graph).map((step) => `${step.phase} ${step.node}`)).toEqual(['forward unused', 'forward f', 'seed f', 'backward f']);
  });

  it('passes over a shift that nothing flows back through', () => {
    const shifted = graphOf(
      [
        ['x', [], 3, 1],
        ['held', ['x'], 3, null],
        ['f', ['x', 'held'], 0, 1],
      ],
      { 'x>f:0': 1 },
    );
    const told = stepsOf(shifted);
    expect(told.map((step) => `${step.phase} ${step.node}`)).toEqual(['forward held', 'forward f', 'seed f', 'backward f']);
    expect(momentOf(shifted, told, 4).adjoint('x')).toBe(1);
  });
});
