import { describe, expect, it } from 'vitest';
import { identify } from '../../../static/src/graph/identity';
import { visibleGraph } from '../../../static/src/graph/visible';
import { answerOf, OPERATIONS, type Line } from '../fixtures';

const x: Line = { leaf: 'x', value: 1 };
const y: Line = { leaf: 'y', value: 2 };
const z: Line = { leaf: 'z', value: 3 };

function graphOf(lines: Line[]) {
  return visibleGraph(answerOf(lines), new Set(), { foldConstants: true }, OPERATIONS);
}

/** Keys of a second program after a first one, by what the node is called: its name or its symbol. */
function keysAfter(first: Line[], second: Line[]) {
  const before = identify(graphOf(first), null);
  const graph = graphOf(second);
  const after = identify(graph, before);
  const survived = new Set(before.keys.values());
  return graph.nodes.map((node) => ({ ...node, survived: survived.has(after.keys.get(node.id) ?? '') }));
}

const survivors = (nodes: ReturnType<typeof keysAfter>) =>
  nodes.filter((node) => node.survived).map((node) => (node.kind === 'leaf' ? node.label : node.kind === 'output' ? 'out' : node.symbol));

describe('identities of nodes over an edit', () => {
  it('survive a term typed in front, although all ids change', () => {
    const nodes = keysAfter(
      [x, y, { op: 'mul', of: ['x', 'y'] }],
      [z, x, y, { op: 'mul', of: ['x', 'y'] }, { op: 'add', of: ['z', 'n3'] }],
    );
    expect(survivors(nodes)).toEqual(['x', 'y', '×', 'out']);
  });

  it('survive a new operand and a renamed leaf', () => {
    expect(survivors(keysAfter([x, y, { op: 'add', of: ['x', 'y'] }], [x, z, { op: 'add', of: ['x', 'z'] }]))).toEqual([
      'x', 'z', '+', 'out',
    ]);
  });

  it('survive a changed literal', () => {
    expect(survivors(keysAfter([x, { literal: '2' }, { op: 'mul', of: ['x', 'n1'] }], [x, { literal: '3' }, { op: 'mul', of: ['x', 'n1'] }]))).toEqual([
      'x', '×3', 'out',
    ]);
  });

  it('are never given twice, and are the same for the same text', () => {
    const lines: Line[] = [x, { op: 'exp', of: ['x'] }, { op: 'exp', of: ['x'] }, { op: 'add', of: ['n1', 'n2'] }];
    const first = identify(graphOf(lines), null);
    expect(new Set(first.keys.values()).size).toBe(first.keys.size);
    expect(identify(graphOf(lines), first).keys).toEqual(first.keys);
  });

  it('give the output’s key to the output only', () => {
    const before = identify(graphOf([x, { op: 'exp', of: ['x'], name: 'a' }]), null);
    const after = identify(graphOf([x, { op: 'exp', of: ['x'], name: 'a' }, y, { op: 'neg', of: ['y'] }]), before);
    expect(new Set(after.keys.values()).size).toBe(after.keys.size);
    expect(after.keys.get('output')).toBe('output');
  });
});
