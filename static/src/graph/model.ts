/**
 * From state to scene: what is on show, where it stands, and whether only numbers have changed.
 * Everything kept here is derived from the state; it is kept so that a drag costs new texts and nothing else.
 */
import type { Answer, Operation } from '../api/model';
import type { Layout, LayoutGraph } from '../layout';
import type { State } from '../state';
import { anatomies, type Anatomy } from './anatomy';
import { arrange, sameArrangement, type Reserved } from './arrange';
import { figuresOf, type Figures } from './figures';
import { identify, type Identities } from './identity';
import { MAIN_THREAD_BELOW, type LayoutRunner } from './layout-runner';
import type { GroupTexts } from './group-texts';
import type { Measure } from './measure';
import { buildScene, type Scene } from './scene';
import { NO_SLIDES, type Slides } from './slides';
import { loadTensorTools, tensorTools } from './tensor-tools';
import { storyOf } from '../stepper/story';
import { visibleGraph, type VisibleGraph } from './visible';

/** More nodes than this are set in place at once: moving them would cost more than a frame each. */
const MOST_ANIMATED = 400;

export interface Picture {
  answer: Answer;
  graph: VisibleGraph;
  figures: Figures;
  /** Numbers at the start of the drag under way. */
  before: Figures | null;
  /** What open groups say of themselves, by group id. */
  groupTexts: ReadonlyMap<string, GroupTexts>;
}

export type GroupTools = typeof import('./open-groups');

interface Arranged {
  graph: VisibleGraph;
  identities: Identities;
  anatomy: ReadonlyMap<string, Anatomy>;
  request: LayoutGraph;
  patterns: boolean;
}

export interface ModelEvents {
  scene(scene: Scene, picture: Picture, change: { animate: boolean; slides: Slides; shift: { x: number; y: number } }): void;
  numbers(picture: Picture): void;
  cleared(): void;
}

export interface GraphModel {
  update(state: State): void;
  /** Measures and arranges anew: fonts have arrived. */
  refresh(state: State): void;
  readonly picture: Picture | null;
  /** There as soon as a group has been open. */
  readonly groupTools: GroupTools | null;
}

export function createModel(
  operations: ReadonlyMap<string, Operation>,
  measure: Measure,
  runner: LayoutRunner,
  events: ModelEvents,
  loadGroupTools: () => Promise<GroupTools>,
  narrow: (graph: VisibleGraph, state: State) => VisibleGraph = (graph) => graph,
): GraphModel {
  let picture: Picture | null = null;
  let groupTools: GroupTools | null = null;
  /** The state that waits for them. */
  let waiting: State | null = null;
  /** What was asked of the layout engine last, and what it answered last. */
  let asked: Arranged | null = null;
  let drawn: { arranged: Arranged; layout: Layout; scene: Scene } | null = null;
  let reserved: Reserved = new Map();
  let beforeCache: { answer: Answer; decimals: number; figures: Figures } | null = null;

  const numbersOf = (graph: VisibleGraph, answer: Answer, state: State): Figures => figuresOf(graph, answer, state.view, operations);

  function update(state: State): void {
    const { answer } = state;
    if (waiting) waiting = state;
    if (!answer) {
      picture = asked = drawn = null;
      events.cleared();
      return;
    }
    const graph = narrow(storyOf(state, operations)?.graph ?? visibleGraph(answer, state.openGroups, state.view, operations), state);
    const lacks = { groups: graph.groups.length > 0 && !groupTools, tensors: !tensorTools() && graph.nodes.some(({ node }) => node.tensor) };
    if (lacks.groups || lacks.tensors) {
      void waitFor(state, lacks);
      return;
    }
    const figures = numbersOf(graph, answer, state);
    const { decimals } = state.view;
    const groupTexts = new Map(
      graph.groups.flatMap((open) => (groupTools ? [[open.group.id, groupTools.groupTexts(open, answer, operations, decimals)]] : [])),
    );
    picture = { answer, graph, figures, before: beforeOf(state), groupTexts };
    const patterns = state.layers.patterns;
    const same = asked !== null && sameStructure(asked.graph, graph);
    if (asked && same && asked === drawn?.arranged && asked.patterns === patterns && isDragOfLarge(state, graph)) {
      asked.graph = graph;
      events.numbers(picture);
      return;
    }
    if (!same) reserved = new Map();
    const identities = same && asked ? asked.identities : identify(graph, asked?.identities ?? null);
    const anatomy = same && asked ? asked.anatomy : anatomies(graph, measure);
    const frames = new Map([...groupTexts].flatMap(([id, text]) => (groupTools ? [[id, groupTools.groupSizes(text, measure)]] : [])));
    const request = arrange({ graph, identities, anatomy, figures, operations, patterns, measure, frames }, reserved);
    if (asked && same && asked.patterns === patterns && sameArrangement(asked.request, request)) {
      asked.graph = graph;
      // While a layout is under way the numbers wait for it: their nodes are not drawn yet.
      if (drawn?.arranged === asked) events.numbers(picture);
      return;
    }
    const arranged: Arranged = { graph, identities, anatomy, request, patterns };
    asked = arranged;
    const animate = state.drag === null && graph.nodes.length <= MOST_ANIMATED;
    runner.ask(request, drawn?.layout, (layout) => finish(arranged, layout, animate));
  }

  async function waitFor(state: State, { groups, tensors }: { groups: boolean; tensors: boolean }): Promise<void> {
    if (waiting) return;
    waiting = state;
    if (tensors) await loadTensorTools();
    if (groups) groupTools = await loadGroupTools();
    const latest = waiting;
    waiting = null;
    update(latest);
  }

  function finish(arranged: Arranged, layout: Layout, animate: boolean): void {
    if (!picture || asked !== arranged) return;
    const shift = shiftOf(drawn?.layout, layout);
    const before = drawn?.scene ?? null;
    const { graph, identities, anatomy, patterns } = arranged;
    const scene = buildScene({ graph, identities, anatomy, layout, patterns, operations });
    const slides = before && groupTools ? groupTools.slidesBetween(before, scene) : NO_SLIDES;
    drawn = { arranged, layout, scene };
    events.scene(scene, picture, { animate: animate && before !== null, slides, shift });
  }

  function beforeOf(state: State): Figures | null {
    const before = state.drag?.before;
    if (!before) return null;
    if (beforeCache?.answer !== before || beforeCache.decimals !== state.view.decimals) {
      const figures = numbersOf(visibleGraph(before, state.openGroups, state.view, operations), before, state);
      beforeCache = { answer: before, decimals: state.view.decimals, figures };
    }
    return beforeCache.figures;
  }

  return {
    update,
    refresh(state) {
      measure.forget();
      reserved = new Map();
      if (asked) asked = { ...asked, anatomy: new Map(), request: { nodes: [], edges: [] }, graph: { ...asked.graph, nodes: [] } };
      update(state);
    },
    get picture() {
      return picture;
    },
    get groupTools() {
      return groupTools;
    },
  };
}

/** Where the layout takes longer than a frame, a number that outgrows its room waits for the end of the drag. */
function isDragOfLarge(state: State, graph: VisibleGraph): boolean {
  return state.drag !== null && graph.nodes.length >= MAIN_THREAD_BELOW;
}

/** Only numbers differ: the same nodes with the same names, signs and edges. */
export function sameStructure(one: VisibleGraph, other: VisibleGraph): boolean {
  return (
    one.nodes.length === other.nodes.length &&
    one.edges.length === other.edges.length &&
    one.nodes.every((node, i) => {
      const twin = other.nodes[i];
      return (
        twin !== undefined &&
        node.id === twin.id &&
        node.op === twin.op &&
        node.symbol === twin.symbol &&
        node.latex === twin.latex &&
        node.name === twin.name &&
        node.role === twin.role &&
        node.composite === twin.composite &&
        node.onPath === twin.onPath &&
        String(node.node.shape) === String(twin.node.shape)
      );
    }) &&
    one.edges.every((edge, i) => edge.id === other.edges[i]?.id) &&
    one.groups.map(({ group }) => group.id).join() === other.groups.map(({ group }) => group.id).join()
  );
}

/** How far the surviving nodes have moved together: the median, so that a few that moved apart do not count. */
function shiftOf(before: Layout | undefined, after: Layout): { x: number; y: number } {
  if (!before) return { x: 0, y: 0 };
  const moves: { x: number; y: number }[] = [];
  for (const [key, place] of after.nodes) {
    const old = before.nodes.get(key);
    if (old) moves.push({ x: place.x - old.x, y: place.y - old.y });
  }
  const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return { x: median(moves.map(({ x }) => x)), y: median(moves.map(({ y }) => y)) };
}
