import { describe, expect, it } from 'vitest';
import { litOf, narrowed } from '../../../static/src/graph/stage-lit';
import { visibleGraph } from '../../../static/src/graph/visible';
import type { StageLit } from '../../../static/src/state';
import { answerOf, OPERATIONS, openSigmoid, patterns } from '../fixtures';

const lit = (patch: Partial<StageLit>): StageLit => ({
  nodes: [], edges: [], droppedNodes: [], droppedEdges: [], notes: [], rest: 'plain', only: null, ...patch,
});
const draw = (answer: ReturnType<typeof patterns>, open: string[] = []) =>
  visibleGraph(answer, new Set(open), { foldConstants: true }, OPERATIONS);

describe('what is lit on the stage', () => {
  it('is edges with their ends, and the box behind the output', () => {
    const found = litOf(lit({ edges: [{ source: 'n1', target: 'n2' }, { source: 'n2', target: 'n5' }] }), draw(patterns()));
    expect([...found.nodes].sort()).toEqual(['n1', 'n2', 'n5', 'output']);
    expect([...found.edges].sort()).toEqual(['n1>n2:1', 'n2>n5:0', 'n5>output:0']);
  });

  it('keeps what is kept and dropped at once', () => {
    const found = litOf(
      lit({ edges: [{ source: 'n1', target: 'n2' }], droppedEdges: [{ source: 'n1', target: 'n4' }, { source: 'n4', target: 'n5' }] }),
      draw(patterns()),
    );
    expect([...found.dashed].sort()).toEqual(['n1>n4:0', 'n4', 'n4>n5:1', 'n5']);
    expect(found.nodes.has('n1')).toBe(true);
  });

  it('follows groups, folded or open', () => {
    const edges = [{ source: 'n2', target: 'n6' }];
    const folded = litOf(lit({ edges, nodes: ['n4'] }), draw(openSigmoid()));
    expect([...folded.edges]).toEqual(['n2>g0:0']);
    expect([...folded.nodes].sort()).toEqual(['g0', 'n2']);
    const open = litOf(lit({ edges }), draw(openSigmoid(), ['g0']));
    expect(open.edges.size).toBe(5);
    expect(open.nodes.has('n4')).toBe(true);
  });

  it('runs through gates without a name, not through others', () => {
    const answer = answerOf([
      { leaf: 'x', value: 1 },
      { op: 'exp', of: ['x'] },
      { op: 'exp', of: ['n1'] },
      { op: 'exp', of: ['x'], name: 'h' },
      { op: 'mul', of: ['n2', 'h'] },
    ]);
    const found = litOf(lit({ edges: [{ source: 'n0', target: 'n4' }] }), draw(answer));
    expect([...found.edges].filter((id) => !id.includes('output'))).toEqual(['n0>n1:0', 'n1>n2:0', 'n2>n4:0']);
  });

  it('tells notes where they belong, and passes over what is not drawn', () => {
    const notes = [
      { at: { source: 'n1', target: 'n4' }, text: 'left out', tone: 'plain' as const },
      { at: 'n5', text: 'here', tone: 'accent' as const },
      { at: 'n99', text: 'nowhere', tone: 'plain' as const },
    ];
    expect(litOf(lit({ notes }), draw(patterns())).notes.map(({ at }) => at)).toEqual(['n1>n4:0', 'n5']);
  });
});

describe('a graph of nothing but that', () => {
  it('leaves the other nodes out and counts the operands that are missing', () => {
    const chosen = lit({ edges: [{ source: 'n1', target: 'n2' }, { source: 'n2', target: 'n5' }], only: { from: 'y', to: 'f' } });
    const graph = narrowed(draw(patterns()), chosen);
    expect(graph.nodes.map(({ id }) => id)).toEqual(['n1', 'n2', 'n5', 'output']);
    expect(graph.nodes.find(({ id }) => id === 'n2')?.operands).toEqual(['n1']);
    expect(graph.edges).toHaveLength(3);
    expect([...(graph.leftOut ?? [])]).toEqual([['n2', 1], ['n5', 1]]);
  });

  it('is the whole one where nothing is lit', () => {
    const whole = draw(patterns());
    expect(narrowed(whole, lit({}))).toBe(whole);
  });
});
