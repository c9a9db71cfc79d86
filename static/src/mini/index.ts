/**
 * A mini graph: a small picture of the program's graph beside the code, the paths or the matrix of a tab. Drawn by the
 * stage's own layout and drawing, so that the same gate looks the same; it fits its box and cannot be edited.
 */
import type { App } from '../app';
import { anatomies } from '../graph/anatomy';
import { arrange, sameArrangement, type Reserved } from '../graph/arrange';
import { createDrawing } from '../graph/draw';
import { identify, type Identities } from '../graph/identity';
import { createLayoutRunner } from '../graph/layout-runner';
import { createLitDrawing, type Lit } from '../graph/lit';
import type { LitNote } from '../graph/lit-notes';
import { createMeasure, fontsLoaded } from '../graph/measure';
import { loadTensorTools, tensorTools } from '../graph/tensor-tools';
import { buildScene, type Scene } from '../graph/scene';
import { svg } from '../graph/svg';
import type { Layout, LayoutGraph } from '../layout';
import { element } from '../views/elements';
import { fitMini } from './fit';
import { followReader } from './reader';
import { figuresOfMini, shapeOf, tonesOf, visibleOf, type MiniModel } from './model';
import { drawTicks } from './ticks';
import { miniWorker } from './worker';

export { miniFromAnswer, miniFromNamed, type NamedGraphRecord } from './from';
export { miniEdgeId, type MiniEdge, type MiniModel, type MiniNode } from './model';
export type { LitNote } from '../graph/lit-notes';

/** What is lit of a mini graph, by id; a node or edge that is not drawn is passed over. */
export interface MiniLit {
  nodes?: Iterable<string>;
  edges?: Iterable<string>;
  /** Pale: everything that is neither lit nor dashed, or these nodes and edges. */
  muted?: 'rest' | Iterable<string>;
  /** Nodes and edges that were left out: dashed and pale. */
  dashed?: Iterable<string>;
  notes?: readonly LitNote[];
}

export interface MiniOptions {
  /** What the picture shows, for readers that hear it: "Graph of E between named nodes". */
  label: string;
  /** A node is pointed at, by mouse, finger or focus; null when none is any more. */
  onPoint?: (id: string | null) => void;
  onPointEdge?: (id: string | null) => void;
  /** A node is chosen with a click, Enter or Space. */
  onPick?: (id: string) => void;
  /** `lit`: only what is lit shows its numbers. */
  numbers?: 'all' | 'lit';
  /** The box grows with the graph up to this many px; without it the style sheet says how high the box is. */
  mostHeight?: number;
}

export interface MiniGraph {
  show(model: MiniModel | null): void;
  light(lit: MiniLit | null): void;
}

interface Asked {
  shape: string;
  request: LayoutGraph;
  answered: boolean;
}

/** More nodes than this are a picture in which nothing can be read. */
const MOST_NODES = 300;

export function miniGraph(root: HTMLElement, { store }: Pick<App, 'store'>, options: MiniOptions): MiniGraph {
  const viewport = svg('g', { class: 'viewport' });
  const picture = svg('svg', { class: 'graph', role: 'group', 'aria-label': options.label }, viewport);
  const message = element('p', 'mini-graph-message', {});
  message.hidden = true;
  root.classList.add('mini-graph');
  root.classList.toggle('numbers-lit', options.numbers === 'lit');
  root.append(picture, message);

  const measure = createMeasure(document.createElement('canvas').getContext('2d'));
  const ticks = viewport.appendChild(svg('g', { class: 'layer-ticks', 'aria-hidden': 'true' }));
  const drawing = createDrawing(viewport, measure);
  const lights = createLitDrawing(viewport, drawing, measure);
  const runner = createLayoutRunner(miniWorker);
  const fit = fitMini(root, picture, viewport, options.mostHeight ?? null);
  const reader = followReader(picture, drawing, options);
  let model: MiniModel | null = null;
  let lit: MiniLit | null = null;
  let scene: Scene | null = null;
  let identities: Identities | null = null;
  let layout: Layout | undefined;
  /** What was asked of the layout engine last; room for numbers only grows while the graph keeps its shape. */
  let asked: Asked | null = null;
  let reserved: Reserved = new Map();

  function draw(): void {
    const shown = model;
    const tooLarge = (shown?.nodes.length ?? 0) > MOST_NODES;
    message.hidden = !tooLarge;
    picture.toggleAttribute('hidden', tooLarge);
    if (!shown || tooLarge) {
      scene = asked = null;
      drawing.clear();
      ticks.replaceChildren();
      if (tooLarge) message.textContent = `The graph has ${String(shown?.nodes.length)} nodes, too many for a small picture.`;
      return;
    }
    const graph = visibleOf(shown);
    if (!tensorTools() && graph.nodes.some(({ node }) => node.tensor)) {
      void loadTensorTools().then(draw);
      return;
    }
    const keys = (identities = identify(graph, identities));
    const anatomy = anatomies(graph, measure);
    const figures = figuresOfMini(shown, store.get().view.decimals);
    const shape = shapeOf(shown);
    if (shape !== asked?.shape) reserved = new Map();
    const operations = new Map();
    const request = arrange({ graph, identities: keys, anatomy, figures, operations, patterns: false, measure }, reserved);
    if (shape === asked?.shape && sameArrangement(asked.request, request)) {
      // Numbers wait for a layout that is under way: their nodes are not drawn yet.
      if (asked.answered) showNumbers();
      return;
    }
    const question: Asked = { shape, request, answered: false };
    asked = question;
    runner.ask(request, layout, (found) => {
      if (asked !== question) return;
      question.answered = true;
      layout = found;
      scene = buildScene({ graph, identities: keys, anatomy, layout: found, patterns: false, operations });
      drawing.show(scene, figures, false);
      drawTicks(ticks, scene, new Map(shown.nodes.map((node) => [node.id, node.ticks ?? 0])));
      showNumbers();
    });
  }

  function showNumbers(): void {
    if (!model || !scene) return;
    drawing.numbers(figuresOfMini(model, store.get().view.decimals), null, null);
    colour(model);
    reader.tell(model, scene);
    showLit();
  }

  function colour(shown: MiniModel): void {
    const { labels, branches } = tonesOf(shown);
    for (const [id, one] of drawing.elements.labels) one.dataset['tone'] = labels.get(id) ?? '';
    for (const [id, one] of drawing.elements.branches) one.dataset['tone'] = branches.get(id) ?? '';
  }

  function showLit(): void {
    if (!scene) return;
    fit.to(scene, lights.show(lit && asLit(lit)));
    if (lit) fit.reveal(scene, new Set([...(lit.nodes ?? []), ...(lit.notes ?? []).map(({ at }) => at)]));
  }

  void fontsLoaded().then(() => {
    if (!measure.unsure) return;
    measure.forget();
    draw();
  });

  return {
    show(next) {
      model = next;
      draw();
    },
    light(next) {
      lit = next;
      showLit();
    },
  };
}

function asLit({ nodes = [], edges = [], muted = [], dashed = [], notes = [] }: MiniLit): Lit {
  return {
    nodes: new Set(nodes),
    edges: new Set(edges),
    muted: muted === 'rest' ? 'rest' : new Set(muted),
    dashed: new Set(dashed),
    notes,
  };
}
