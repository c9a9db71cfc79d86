import { describe, expect, it } from 'vitest';
import type { Answer, Operation, Tensor } from '../../static/src/api/model';
import { withTensors } from '../../static/src/api/tensors';
import { gateOf, subjectOf } from '../../static/src/explain/subject';
import { tensorBlocks } from '../../static/src/explain/tensor';
import { groupTexts } from '../../static/src/graph/group-texts';
import { visibleGraph } from '../../static/src/graph/visible';
import { stepsOf } from '../../static/src/stepper/steps';

const P = [0.25, 0.25, 0.5];
const T = [0, 0, 1];
const SLOPE = [0.25, 0.25, -0.5];
const node = (id: string, op: string | null, operands: string[], value: unknown, gradient: unknown, group: string | null = null): unknown => ({
  id, shape: Array.isArray(value) ? [3] : [], value, gradient, kind: op === null ? 'input' : 'operation', op, operands, name: id.startsWith('s') ? null : id,
  label: id, latex: `\\mathbf{${id}}`, depth: 0, group, span: null, value_span: null, attributes: {},
});
const edge = (source: string, target: string, operand: number, downstream: unknown, local: unknown = null): unknown => ({
  source, target, operand, local, upstream: null, downstream,
});
/** `L = loss(softmax(z), t)`, the softmax open: `s1 = exp(z)`, `p = s1 / s2`. */
const answer = withTensors({
  output: 'L',
  nodes: [
    node('z', null, [], [0, 0, Math.LN2], SLOPE), node('t', null, [], T, [0, 0, 0]),
    node('s1', 'exp', ['z'], [1, 1, 2], [0.25, 0.25, -0.25], 'g0'), node('s2', 'sum', ['s1'], 4, null, 'g0'),
    node('p', 'div', ['s1', 's2'], P, [0, 0, -2], 'g0'), node('L', 'loss', ['p', 't'], 0.69, 1),
  ],
  edges: [
    edge('z', 's1', 0, SLOPE, [1, 1, 2]), edge('s1', 's2', 0, [0, 0, 0]), edge('s1', 'p', 0, [0.25, 0.25, -0.25]), edge('s2', 'p', 1, null),
    edge('p', 'L', 0, [0, 0, -2]), edge('t', 'L', 1, [0, 0, 0]),
  ],
  groups: [
    {
      id: 'g0', name: 'p', op: 'softmax', title: 'Softmax', group: null, operands: ['z'], output: 'p', shape: [3], value: P, gradient: [0, 0, -2],
      latex: null, span: { start: 0, end: 1, line: 1, column: 1 }, attributes: { axis: -1 }, written: false, edges: [edge('z', 'g0', 0, SLOPE)],
    },
  ],
  statements: [], warnings: [], kinks: [], remarks: [], defaulted: [], conventions: {},
} as unknown as Answer);
const operation = (more: object): Operation =>
  ({ operands: ['x'], variadic: false, whole: true, attributes: {}, local: [{ operand: 'x', text: null, latex: null }], downstream: [], composite: true, folded: [null], ...more }) as unknown as Operation;
const operations = new Map([
  ['softmax', operation({
    name: 'softmax', title: 'Softmax', latex: '\\mathrm{softmax}\\left(#x\\right)',
    downstream: [{ ranks: null, text: null, latex: ['f \\odot \\left(g - g^{\\top} f\\right)'] }],
    jacobian: { diagonal: 'out', column: 'out', row: 'out', latex: '\\mathrm{diag}\\left(#out\\right) - #out\\,{#out}^{\\top}' },
  })],
  ['loss', operation({ name: 'loss', title: 'Loss', operands: ['p', 't'], composite: false, folded: [null, null] })],
]);

describe('a composite of tensors', () => {
  const closed = visibleGraph(answer, new Set(), { foldConstants: true }, operations);
  const open = visibleGraph(answer, new Set(['g0']), { foldConstants: true }, operations);

  it('is one gate while it is closed, with the tensors of the closed gate', () => {
    expect(closed.nodes.map(({ id }) => id)).toEqual(['z', 't', 'g0', 'L', 'output']);
    expect(closed.nodes[2]?.node.tensor?.value.entries).toEqual(P);
    expect(closed.edges.find(({ target }) => target === 'g0')?.tensor?.entries).toEqual(SLOPE);
    expect(open.groups.map(({ nodes }) => nodes)).toEqual([['s1', 's2', 'p']]);
  });

  it('is one step closed and several open, none backward for what is held', () => {
    const told = (graph: typeof open): string => stepsOf(graph).map(({ phase, node: id }) => `${phase[0] ?? ''} ${id}`).join(', ');
    expect(told(closed)).toBe('f g0, f L, s L, b L, b g0');
    expect(told(open)).toBe('f s1, f s2, f p, f L, s L, b L, b p, b s1');
  });

  it('passes on the same open and closed', () => {
    const subject = subjectOf({ kind: 'node', id: 'g0' }, { answer, visible: open, operations, openGroups: new Set(['g0']) });
    expect(subject?.kind === 'gate' && subject.agrees).toBe(true);
  });

  it('tells its rule, and the Jacobian that makes prediction minus target', () => {
    const subject = subjectOf({ kind: 'node', id: 'g0' }, { answer, visible: closed, operations, openGroups: new Set() });
    const [rule, jacobian] = subject ? tensorBlocks(subject, answer, operations) : [];
    expect(rule?.result?.tensor.entries).toEqual(SLOPE);
    const [matrix, upstream] = jacobian?.factors.map(({ tensor }) => tensor) ?? [];
    expect(matrix?.shape).toEqual([3, 3]);
    expect(upstream?.entries).toEqual([0, 0, -2]);
    const row = (at: number): number => [0, 1, 2].reduce((sum, j) => sum + entry(matrix, 3 * at + j) * entry(upstream, j), 0);
    expect([row(0), row(1), row(2)]).toEqual(SLOPE);
    expect(jacobian?.sentence).toContain('this is p − t: prediction minus target');
  });

  it('says its rule at the foot of its frame', () => {
    const [group] = open.groups;
    const texts = group && groupTexts(group, answer, operations, 2);
    expect(texts?.foot.map(({ words, formula }) => [words, formula.map(({ text }) => text).join('')])).toEqual([
      ['passes on to z, g arriving', 'p ⊙ (g − gTp)'],
    ]);
    expect(group && gateOf(group.group, answer, operations)?.node.tensor?.value.entries).toEqual(P);
  });
});

const entry = (tensor: Tensor | undefined, at: number): number => tensor?.entries?.[at] ?? NaN;
