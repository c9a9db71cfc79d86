// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { anatomies } from '../../../static/src/graph/anatomy';
import { arrange, groupKey } from '../../../static/src/graph/arrange';
import { figuresOf } from '../../../static/src/graph/figures';
import { createGroupFrames, groupSizes } from '../../../static/src/graph/group-frames';
import { groupTexts } from '../../../static/src/graph/group-texts';
import { identify, type Identities } from '../../../static/src/graph/identity';
import { createMeasure } from '../../../static/src/graph/measure';
import { createModel, type Picture } from '../../../static/src/graph/model';
import { buildScene, type Scene } from '../../../static/src/graph/scene';
import { NO_SLIDES, slidesBetween } from '../../../static/src/graph/slides';
import { svg } from '../../../static/src/graph/svg';
import { visibleGraph } from '../../../static/src/graph/visible';
import { layout } from '../../../static/src/layout';
import { openGroupsOf, toggledGroup } from '../../../static/src/open-groups';
import { startState } from '../../../static/src/state';
import type { Answer, Operation } from '../../../static/src/api/model';
import { answerOf, OPERATIONS, type GroupLine, type Line } from '../fixtures';

const measure = createMeasure(null);
const SIGMOID: Operation = {
  ...(OPERATIONS.get('sigmoid') as Operation),
  title: 'Sigmoid',
  operands: ['x'],
  latex: '\\sigma\\left(#x\\right)',
  local: [{ operand: 'x', text: 'out * (1 - out)', latex: '(1 - #out) #out' }],
};
const MSE: Operation = {
  ...SIGMOID,
  name: 'mse',
  title: 'Squared error',
  operands: ['y', 't'],
  latex: '\\left({#y} - {#t}\\right)^{2}',
  local: [
    { operand: 'y', text: '2 * (y - t)', latex: '2 (#y - #t)' },
    { operand: 't', text: '2 * (t - y)', latex: '2 (#t - #y)' },
  ],
};
const registry = new Map([...OPERATIONS, ['sigmoid', SIGMOID], ['mse', MSE]]);

const LINES: Line[] = [
  { literal: '1' },
  { leaf: 'w', value: 2 },
  { leaf: 'x', value: 0.5 },
  { op: 'mul', of: ['w', 'x'] },
  { op: 'neg', of: ['n3'], group: 'g0' },
  { op: 'exp', of: ['n4'], group: 'g0' },
  { op: 'add', of: ['n0', 'n5'], group: 'g0' },
  { op: 'div', of: ['n0', 'n6'], name: 'f', group: 'g0' },
];
const GROUP: GroupLine = { id: 'g0', op: 'sigmoid', of: ['n3'], output: 'n7' };

const neuron = (written = false): Answer => answerOf(LINES, [{ ...GROUP, written }]);

function sceneOf(answer: Answer, open: readonly string[], before: Identities | null = null): { scene: Scene; identities: Identities } {
  const graph = visibleGraph(answer, new Set(open), { foldConstants: true }, registry);
  const identities = identify(graph, before);
  const anatomy = anatomies(graph, measure);
  const figures = figuresOf(graph, answer, { decimals: 2, ribbons: true }, registry);
  const frames = new Map(graph.groups.map((one) => [one.group.id, groupSizes(groupTexts(one, answer, registry, 2), measure)]));
  const input = { graph, identities, anatomy, figures, operations: registry, patterns: false, measure, frames };
  return { scene: buildScene({ ...input, layout: layout(arrange(input, new Map())) }), identities };
}

const text = (runs: readonly { text: string }[]): string => runs.map((run) => run.text).join('');

describe('what stands open', () => {
  it('is the group with its gates, literals folded, and nothing when it is closed', () => {
    const graph = visibleGraph(neuron(), new Set(['g0']), { foldConstants: true }, registry);
    expect(graph.groups.map(({ group, parent, nodes }) => [group.id, parent, nodes])).toEqual([['g0', null, ['n4', 'n5', 'n6', 'n7']]]);
    expect(visibleGraph(neuron(), new Set(), { foldConstants: true }, registry).groups).toEqual([]);
  });

  it('is what the reader has opened, and what is written out unless the reader has closed it', () => {
    const called = neuron();
    const state = startState();
    expect([...openGroupsOf(called, state)]).toEqual([]);
    const opened = { ...state, ...toggledGroup(called, 'g0', state) };
    expect([...opened.openGroups]).toEqual(['g0']);
    expect([...opened.openedGroups]).toEqual(['g0']);
    expect(openGroupsOf(called, opened)).toBe(opened.openGroups);
    const written = neuron(true);
    expect([...openGroupsOf(written, state)]).toEqual(['g0']);
    const closed = { ...state, ...toggledGroup(written, 'g0', state) };
    expect([...closed.closedGroups]).toEqual(['g0']);
    expect([...closed.openGroups]).toEqual([]);
    expect(toggledGroup(written, 'g9', state)).toEqual({});
  });
});

describe('what an open group says', () => {
  const [open] = visibleGraph(neuron(), new Set(['g0']), { foldConstants: true }, registry).groups;
  if (!open) throw new Error('no group');

  it('is its title, its notation, and its own local gradient worked out', () => {
    const said = groupTexts(open, neuron(), registry, 2);
    expect([said.title, text(said.notation), said.name]).toEqual(['Sigmoid', 'σ(s0)', 'Sigmoid f']);
    expect(said.foot.map(({ words, formula }) => `${words} ${text(formula)}`)).toEqual(['local gradient (1 − σ) σ = 0.27 × 0.73 = 0.20']);
  });

  it('has as many digits as it takes to be right', () => {
    const line = (decimals: number): string => text(groupTexts(open, neuron(), registry, decimals).foot[0]?.formula ?? []);
    expect(line(0)).toBe('(1 − σ) σ = 0.3 × 0.7 = 0.2');
    expect(line(4)).toBe('(1 − σ) σ = 0.2689 × 0.7311 = 0.1966');
  });

  it('is the number alone where there is no rule that fits a line', () => {
    const tall = new Map([...registry, ['sigmoid', { ...SIGMOID, local: [{ operand: 'x', text: 'out / x', latex: '\\frac{#out}{#x}' }] }]]);
    expect(text(groupTexts(open, neuron(), tall, 2).foot[0]?.formula ?? [])).toBe('0.20');
  });

  it('names the operand where there are two', () => {
    const answer = answerOf(
      [{ leaf: 'y', value: 3 }, { leaf: 't', value: 1 }, { literal: '2' }, { op: 'sub', of: ['y', 't'], group: 'g0' }, { op: 'pow', of: ['n3', 'n2'], group: 'g0' }],
      [{ id: 'g0', op: 'sub', of: ['y', 't'], output: 'n4' }],
    );
    const groups = answer.groups.map((group) => ({ ...group, op: 'mse', edges: group.edges.map((edge, i) => ({ ...edge, local: i === 0 ? 4 : -4 })) }));
    const [pair] = visibleGraph({ ...answer, groups }, new Set(['g0']), { foldConstants: true }, registry).groups;
    const foot = pair ? groupTexts(pair, { ...answer, groups }, registry, 2).foot : [];
    expect(foot.map(({ words, formula }) => `${words} ${text(formula)}`)).toEqual([
      'local gradient for y: 2(y − t) = 2 × 2.00 = 4.00',
      'local gradient for t: 2(t − y) = 2 × (−2.00) = −4.00',
    ]);
  });
});

describe('opening and closing', () => {
  const closed = sceneOf(neuron(), []);
  const open = sceneOf(neuron(), ['g0'], closed.identities);

  it('gives the last gate the key of the closed one, and the outline a key of it', () => {
    const gate = closed.scene.nodes.find(({ node }) => node.id === 'g0');
    const last = open.scene.nodes.find(({ node }) => node.id === 'n7');
    expect(last?.key).toBe(gate?.key);
    expect(groupKey({ graph: open.scene.graph, identities: open.identities }, 'g0')).toBe(`group-0-${String(gate?.key)}`);
  });

  it('lets the gates come out of the closed one, and go back into it', () => {
    const gate = closed.scene.nodes.find(({ node }) => node.id === 'g0');
    const out = slidesBetween(closed.scene, open.scene);
    expect([...out.from.keys()]).toEqual(open.scene.nodes.filter(({ node }) => node.node.group === 'g0' && node.kind === 'gate').map(({ key }) => key));
    for (const place of out.from.values()) expect(place).toEqual({ x: gate?.x, y: gate?.y });
    expect(out.to.size).toBe(0);
    const back = slidesBetween(open.scene, closed.scene);
    expect([...back.to.keys()]).toEqual([...out.from.keys()]);
    expect(slidesBetween(open.scene, open.scene)).toEqual(NO_SLIDES);
  });
});

describe('the outline', () => {
  it('has a title and a button that can be found by their names, and follows new numbers', () => {
    const layer = svg('g');
    const frames = createGroupFrames(layer, measure);
    const { scene } = sceneOf(neuron(), ['g0']);
    const texts = (value: number) => new Map(scene.graph.groups.map((one) => [one.group.id, groupTexts(one, neuron(), registry, value)]));
    frames.show(scene.groups, texts(2), { animate: false, ms: 0 });
    expect(frames.button('g0', 'title')?.getAttribute('aria-label')).toBe('Open group of 4 nodes: Sigmoid f');
    expect(frames.button('g0', 'collapse')?.getAttribute('aria-label')).toBe('Collapse Sigmoid f');
    expect(layer.querySelector('.group-formula')?.textContent).toContain('= 0.20');
    frames.numbers(texts(4));
    expect(layer.querySelector('.group-formula')?.textContent).toContain('= 0.1966');
    frames.select(new Set(['g0']));
    expect(layer.querySelector('.group.selected')).not.toBeNull();
    frames.show([], new Map(), { animate: false, ms: 0 });
    expect(layer.childElementCount).toBe(0);
  });
});

describe('the model', () => {
  it('waits for what only open groups need, once, and then shows the newest state', async () => {
    const scenes: Picture[] = [];
    const runner = { ask: (graph: Parameters<typeof layout>[0], _: unknown, done: (found: ReturnType<typeof layout>) => void) => done(layout(graph)) };
    const load = vi.fn(() => import('../../../static/src/graph/open-groups'));
    const model = createModel(registry, measure, runner, { scene: (_, picture) => scenes.push(picture), numbers: () => undefined, cleared: () => undefined }, load);
    const state = { ...startState(), answer: neuron(), openGroups: new Set(['g0']) };
    model.update(state);
    model.update({ ...state, view: { ...state.view, decimals: 3 } });
    expect(scenes).toEqual([]);
    await vi.waitFor(() => expect(scenes).toHaveLength(1));
    expect(load).toHaveBeenCalledOnce();
    expect(text(scenes[0]?.groupTexts.get('g0')?.foot[0]?.formula ?? [])).toBe('(1 − σ) σ = 0.269 × 0.731 = 0.197');
  });
});
