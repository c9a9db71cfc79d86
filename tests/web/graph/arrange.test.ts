import { describe, expect, it } from 'vitest';
import { anatomies } from '../../../static/src/graph/anatomy';
import { arrange, sameArrangement, type Reserved } from '../../../static/src/graph/arrange';
import { figuresOf } from '../../../static/src/graph/figures';
import { identify } from '../../../static/src/graph/identity';
import { createMeasure } from '../../../static/src/graph/measure';
import { sameStructure } from '../../../static/src/graph/model';
import { buildScene } from '../../../static/src/graph/scene';
import { placeLocals } from '../../../static/src/graph/locals';
import { boxAround, overlap } from '../../../static/src/graph/geometry';
import { visibleGraph } from '../../../static/src/graph/visible';
import { layout } from '../../../static/src/layout';
import type { Answer } from '../../../static/src/api/model';
import { answerOf, OPERATIONS, openSigmoid, patterns, sigmoidNeuron, squared } from '../fixtures';

const measure = createMeasure(null);

function prepare(answer: Answer, reserved: Reserved = new Map(), patternsOn = false) {
  const graph = visibleGraph(answer, new Set(), { foldConstants: true }, OPERATIONS);
  const identities = identify(graph, null);
  const anatomy = anatomies(graph, measure);
  const figures = figuresOf(graph, answer, { decimals: 2, ribbons: true }, OPERATIONS);
  const input = { graph, identities, anatomy, figures, operations: OPERATIONS, patterns: patternsOn, measure };
  return { ...input, request: arrange(input, reserved) };
}

const product = (x: number) => answerOf([{ leaf: 'x', value: x }, { leaf: 'y', value: 2 }, { op: 'mul', of: ['x', 'y'] }]);

describe('what the layout is asked', () => {
  it('gives every shape its size', () => {
    const { request } = prepare(openSigmoid());
    const sizes = request.nodes.map(({ kind, width, height }) => [kind, width, height]);
    expect(sizes).toEqual([
      ['leaf', 44, 32], ['leaf', 44, 32], ['gate', 44, 44], ['gate', 51, 51], ['gate', 44, 44], ['output', 44, 36],
    ]);
  });

  it('names gates, but not the one whose name stands in the output', () => {
    const { request } = prepare(sigmoidNeuron());
    expect(request.nodes.filter(({ kind }) => kind === 'gate').map(({ name }) => name > 0)).toEqual([
      true, true, true, true, true, true, true, false,
    ]);
  });

  it('does not change while a value changes within its room, and grows in steps when it does not', () => {
    const reserved: Reserved = new Map();
    const first = prepare(product(1), reserved).request;
    expect(sameArrangement(first, prepare(product(-4.99), reserved).request)).toBe(true);
    const wide = prepare(product(-1234.5), reserved).request;
    expect(sameArrangement(first, wide)).toBe(false);
    expect(sameArrangement(wide, prepare(product(1), reserved).request)).toBe(true);
  });

  it('keeps the order of operands where it matters', () => {
    const { request, graph } = prepare(patterns());
    const fixed = graph.nodes.filter((_, i) => request.nodes[i]?.fixedOrder).map(({ op }) => op);
    expect(fixed).toEqual(['max']);
  });

  it('tells a change of numbers from a change of structure', () => {
    expect(sameStructure(prepare(product(1)).graph, prepare(product(2)).graph)).toBe(true);
    expect(sameStructure(prepare(product(1)).graph, prepare(squared()).graph)).toBe(false);
  });
});

describe('the scene', () => {
  it('has one common rail and one junction for a fan-out', () => {
    const { request, ...rest } = prepare(patterns(), new Map(), true);
    const scene = buildScene({ ...rest, layout: layout(request) });
    expect(scene.junctions.map(({ node, uses }) => [node.label, uses])).toEqual([['y', 2]]);
    expect(scene.wires.map(({ id }) => id)).toContain('n1');
    expect(scene.branches).toHaveLength(2);
    expect(scene.nodes.map(({ caption }) => caption?.text ?? '')).toEqual(['', '', 'distributor', '', 'router', 'switcher', '']);
  });

  it('has two branches for x * x', () => {
    const { request, ...rest } = prepare(squared());
    const scene = buildScene({ ...rest, layout: layout(request) });
    expect(scene.wires.filter(({ source }) => source === 'n0').map(({ id }) => id)).toEqual(['n0', 'n0>n1:0', 'n0>n1:1']);
  });

  it('finds places for local gradients that cover no gate and no number', () => {
    const { request, ...rest } = prepare(sigmoidNeuron());
    const scene = buildScene({ ...rest, layout: layout(request) });
    const places = placeLocals(scene, rest.figures, measure);
    expect(places.size).toBe(rest.figures.locals.size);
    for (const [id, { x, y }] of places) {
      const text = rest.figures.locals.get(id)?.text ?? '';
      const box = boxAround(x, y, measure.width(text, 'number', 14), 12);
      for (const node of scene.nodes) expect(overlap(box, boxAround(node.x, node.y, 38, 38))).toBe(0);
      for (const label of scene.labels) expect(overlap(box, boxAround(label.x, label.y - 15, 36, 12))).toBe(0);
    }
  });
});
