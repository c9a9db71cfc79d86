import { describe, expect, it } from 'vitest';
import { downstreamWires, highlightOf } from '../../../static/src/graph/highlight';
import { visibleGraph } from '../../../static/src/graph/visible';
import { openSigmoid, OPERATIONS, patterns, sigmoidNeuron } from '../fixtures';
import type { Answer } from '../../../static/src/api/model';

const graphOf = (answer: Answer) => visibleGraph(answer, new Set(), { foldConstants: true }, OPERATIONS);
const none = { selection: null, hovered: null, dragged: null };

describe('highlight', () => {
  it('lights the wires into and out of a selected gate', () => {
    const { selectedNodes, litWires } = highlightOf(graphOf(sigmoidNeuron()), { ...none, selection: { kind: 'node', id: 'n6' } });
    expect([...selectedNodes]).toEqual(['n6']);
    expect([...litWires]).toEqual(['n4>n6:0', 'n4', 'n5>n6:1', 'n5', 'n6>n7:1', 'n6']);
  });

  it('lights all branches of a selected fan-out with their common rail', () => {
    const { litWires } = highlightOf(graphOf(patterns()), { ...none, selection: { kind: 'node', id: 'n1' } });
    expect([...litWires].sort()).toEqual(['n1', 'n1>n2:1', 'n1>n4:0']);
  });

  it('finds the gate that stands for a node inside a closed group, and the output with its gate', () => {
    expect([...highlightOf(graphOf(openSigmoid()), { ...none, hovered: 'n4' }).hoveredNodes]).toEqual(['g0']);
    expect([...highlightOf(graphOf(patterns()), { ...none, hovered: 'n5' }).hoveredNodes]).toEqual(['n5', 'output']);
  });

  it('lights one selected edge alone', () => {
    const selection = { kind: 'edge', source: 'n1', target: 'n4', operand: 0 } as const;
    const { litWires, selectedNodes } = highlightOf(graphOf(patterns()), { ...none, selection });
    expect([...litWires]).toEqual(['n1>n4:0']);
    expect(selectedNodes.size).toBe(0);
  });

  it('lights what depends on a dragged leaf, and nothing else', () => {
    const graph = graphOf(sigmoidNeuron());
    const dragging = highlightOf(graph, { selection: { kind: 'node', id: 'n3' }, hovered: 'n3', dragged: 'n4' });
    expect(dragging.hoveredNodes.size).toBe(0);
    expect([...dragging.selectedNodes]).toEqual(['n4']);
    expect(dragging.litWires).toEqual(downstreamWires(graph, 'n4'));
    expect(dragging.litWires.has('n1>n3:0')).toBe(false);
    expect(dragging.litWires.has('n14>output:0')).toBe(true);
  });
});
