// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { anatomies } from '../../../static/src/graph/anatomy';
import { arrange } from '../../../static/src/graph/arrange';
import { createDrawing, type Drawing } from '../../../static/src/graph/draw';
import { figuresOf } from '../../../static/src/graph/figures';
import { highlightOf } from '../../../static/src/graph/highlight';
import { identify, type Identities } from '../../../static/src/graph/identity';
import { createMeasure } from '../../../static/src/graph/measure';
import { buildScene } from '../../../static/src/graph/scene';
import { steppedFigures, stepLook } from '../../../static/src/graph/stepped';
import { svg } from '../../../static/src/graph/svg';
import { visibleGraph } from '../../../static/src/graph/visible';
import { layout } from '../../../static/src/layout';
import { momentOf, stepsOf } from '../../../static/src/stepper/steps';
import type { Answer } from '../../../static/src/api/model';
import { answerOf, OPERATIONS, patterns, sigmoidNeuron, type Line } from '../fixtures';

const measure = createMeasure(null);
let viewport: SVGGElement;
let drawing: Drawing;
let identities: Identities | null;

function show(answer: Answer) {
  const graph = visibleGraph(answer, new Set(), { foldConstants: true }, OPERATIONS);
  identities = identify(graph, identities);
  const anatomy = anatomies(graph, measure);
  const figures = figuresOf(graph, answer, { decimals: 2, ribbons: true }, OPERATIONS);
  const input = { graph, identities, anatomy, figures, operations: OPERATIONS, patterns: false, measure };
  const scene = buildScene({ ...input, layout: layout(arrange(input, new Map())) });
  drawing.show(scene, figures, false);
  drawing.numbers(figures, null, null);
  return { graph, figures };
}

const texts = (selector: string) => [...viewport.querySelectorAll(selector)].map((element) => element.textContent);
const node = (id: string) => viewport.querySelector(`[data-node="${id}"]`);

beforeEach(() => {
  document.body.replaceChildren();
  viewport = svg('g');
  document.body.append(svg('svg', {}, viewport));
  drawing = createDrawing(viewport, measure);
  identities = null;
});

describe('drawing', () => {
  it('draws every node with its sign, name and numbers', () => {
    show(sigmoidNeuron());
    expect(viewport.querySelectorAll('.node')).toHaveLength(14);
    expect(texts('.node.gate .symbol')).toEqual(['×−1', 'ex', '+1', '1⁄x']);
    expect(texts('.node.gate .name')).toEqual(['s0', 's1', 's2', 's3', 's4', 's5', 's6']);
    expect(texts('.label .value')).toContain('−3.00');
    expect(viewport.querySelectorAll('.editable')).toHaveLength(5);
    expect(viewport.querySelectorAll('.wire .head')).toHaveLength(13);
  });

  it('marks the operand that max did not choose, and the junction of a fan-out', () => {
    show(patterns());
    expect([...viewport.querySelectorAll('.wire.unchosen')].map((wire) => wire.getAttribute('data-edge'))).toEqual(['n3>n4:1']);
    expect(viewport.querySelectorAll('.junction')).toHaveLength(1);
    expect(texts('.branch text')).toEqual(['2.00', '3.00']);
  });

  it('keeps the element of a node that survives an edit, under its new id', () => {
    const first: Line[] = [{ leaf: 'x', value: 1 }, { leaf: 'y', value: 2 }, { op: 'mul', of: ['x', 'y'] }];
    show(answerOf(first));
    const before = node('n2');
    show(answerOf([{ leaf: 'u', value: 1 }, ...first.slice(0, 2), { op: 'mul', of: ['x', 'y'] }, { op: 'add', of: ['u', 'n3'] }]));
    expect(node('n3')).toBe(before);
    expect(viewport.querySelectorAll('.node')).toHaveLength(6);
  });

  it('writes only texts when only values change', () => {
    const at = (x: number) => answerOf([{ leaf: 'x', value: x }, { leaf: 'y', value: 2 }, { op: 'mul', of: ['x', 'y'] }]);
    const { figures: before } = show(at(1));
    const elements = viewport.querySelectorAll('*').length;
    const graph = visibleGraph(at(1.5), new Set(), { foldConstants: true }, OPERATIONS);
    const figures = figuresOf(graph, at(1.5), { decimals: 2, ribbons: true }, OPERATIONS);
    drawing.numbers(figures, before, null);
    expect(texts('.label .value')).toEqual(['1.50', '2.00', '3.00']);
    expect(texts('.number.before')).toEqual(['1.00', '1.00', '2.00']);
    drawing.numbers(figures, null, null);
    expect(viewport.querySelectorAll('*')).toHaveLength(elements);
  });

  it('lights what is selected and nothing after', () => {
    const { graph } = show(sigmoidNeuron());
    drawing.highlight(highlightOf(graph, { selection: { kind: 'node', id: 'n6' }, hovered: 'n3', dragged: null }));
    expect(node('n6')?.classList.contains('selected')).toBe(true);
    expect(node('n6')?.querySelector('.halo')).not.toBeNull();
    expect(node('n3')?.classList.contains('hovered')).toBe(true);
    expect(viewport.querySelectorAll('.wire.lit')).toHaveLength(3);
    drawing.highlight(highlightOf(graph, { selection: null, hovered: null, dragged: null }));
    expect(viewport.querySelectorAll('.selected, .hovered, .lit')).toHaveLength(0);
  });

  it('never turns a name into markup', () => {
    show(answerOf([{ leaf: '<img src=x>', value: 1 }, { op: 'exp', of: ['<img src=x>'] }]));
    expect(viewport.querySelector('img')).toBeNull();
    expect(texts('.node.leaf .symbol')).toEqual(['<imgsrc=x>']);
  });
});

describe('steps on the drawing', () => {
  it('show what is known and turn the arrows back; all steps forth and back leave no trace', () => {
    const { graph, figures } = show(patterns());
    const html = viewport.innerHTML;
    const steps = stepsOf(graph);
    const go = (position: number) => {
      const moment = momentOf(graph, steps, position);
      drawing.numbers(steppedFigures(figures, moment, 2), null, stepLook(graph, moment));
      return viewport.innerHTML;
    };
    const forth = steps.map((_, position) => go(position));
    const back = steps.map((_, position) => go(steps.length - 1 - position)).reverse();
    // Compared as booleans: a difference would fill pages.
    expect(back.every((picture, position) => picture === forth[position])).toBe(true);

    go(1);
    expect(texts('.label text.value')).toEqual(['1.00', '2.00', '3.00', '0.00']);
    expect(texts('.label text.gradient')).toEqual([]);
    expect(node('n2')?.getAttribute('data-step')).toBe('active');
    go(6);
    expect(texts('.pill ~ .on-pill')).toEqual(['0.00', '3.00']);
    expect(viewport.getAttribute('data-phase')).toBe('backward');

    drawing.numbers(figures, null, null);
    expect(viewport.innerHTML === html).toBe(true);
    expect(viewport.querySelectorAll('[data-step], .pill')).toHaveLength(0);
  });
});
