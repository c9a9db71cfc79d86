/** What the page knows at one moment, and which part of it a link carries. */
import type { Answer, Conventions, Problem } from './api/model';
import type { Snapshot } from './undo';

export type Selection =
  | { kind: 'node'; id: string }
  | { kind: 'edge'; source: string; target: string; operand: number };

export interface Layers {
  values: boolean;
  gradients: boolean;
  local: boolean;
  patterns: boolean;
}

export interface ViewOptions {
  /** Draw `x + 1` as the unary gate "+1". */
  foldConstants: boolean;
  /** Soft strokes under the edges, as wide as the gradient is large. */
  ribbons: boolean;
  /** Digits after the point on the graph, 0 to 6. */
  decimals: number;
  /** The same graph as a nested list, in the place of the drawing. */
  asList: boolean;
  /** Every line of the program is one gate, as in a textbook. */
  namedOnly: boolean;
  /** While a value is dragged, a card compares the predicted change with the true one. */
  nudge: boolean;
  /** Tensors have their numbers in their cells, not tints alone. */
  cellNumbers: boolean;
}

export const SPEEDS = [0.5, 1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

export type Theme = 'auto' | 'light' | 'dark';
export type Palette = 'classic' | 'blind';

/** A drag under way: `from` is the value it started at. */
export interface Drag {
  name: string;
  from: number;
  /** The answer when the drag began: numbers that differ from it keep the old one above them. */
  before: Answer | null;
  /** Program and values to return to when the drag is given up. */
  start: Snapshot;
}

/** The views of one program; in the order of the tab row. */
export const TAB_NAMES = ['graph', 'code', 'derivation', 'paths', 'jacobian'] as const;
export type TabName = (typeof TAB_NAMES)[number];

/** What the reader has chosen in the tabs beside the graph. An empty list of names stands for all of them. */
export interface TabChoices {
  /** Paths, Derivation: the leaf by name, null for the one that the tab picks. */
  leaf: string | null;
  /** Paths: where the paths end, null for the output. */
  target: string | null;
  /** Paths: factors of single gates in place of those between named nodes. */
  everyGate: boolean;
  /** Paths: the row that is lit, counted from 0. */
  path: number | null;
  language: 'python' | 'numpy' | 'torch' | 'jax';
  /** Flat code: current values as comments. */
  comments: boolean;
  derivation: 'all' | 'leaf';
  outputs: readonly string[];
  leaves: readonly string[];
  matrix: 'jacobian' | 'hessian';
  /** What the rows of the Jacobian are. */
  layout: 'outputs' | 'leaves';
  cell: { row: string; column: string } | null;
  /** Jacobian: the backward pass drawn as a graph of its own. */
  backwardGraph: boolean;
}

/** A number of the reader's own, as typed, for a leaf or gate by name or label. */
export interface NumberCheck {
  leaf: string;
  text: string;
  /** The gradient unless given; `updated` is the value after a step with this learning rate, as typed. */
  quantity?: 'value' | 'updated';
  rate?: string;
}

/** A wire by the nodes of the answer that it joins; without an operand all between these two. */
export interface LitEdge {
  source: string;
  target: string;
  operand?: number;
}

/**
 * What stands out on the graph for a while, by ids of the answer or of groups: kept in the accent colour, dropped dashed
 * and pale. The ends of an edge go with it; what is both kept and dropped is kept. An edge may stand for a whole line of
 * the program, and groups may be folded or open. No part of a link.
 */
export interface StageLit {
  nodes: readonly string[];
  edges: readonly LitEdge[];
  droppedNodes: readonly string[];
  droppedEdges: readonly LitEdge[];
  notes: readonly { at: string | LitEdge; text: string; number?: string; tone: 'accent' | 'plain' | 'value' | 'gradient' }[];
  rest: 'plain' | 'muted';
  /** Draws nothing else, and says so with these names of the two ends (LaTeX). */
  only: { from: string; to: string } | null;
}

export interface State {
  tab: TabName;
  tabs: TabChoices;
  check: NumberCheck | null;
  /** The lines of a worked example that is checked, as typed; null while it is not on show. */
  worked: string | null;
  lit: StageLit | null;
  /** The program with matrices that this one was written out from; null for any other. */
  matrices: string | null;
  program: string;
  /** Values by leaf name that the reader chose and the program text does not write. */
  values: ReadonlyMap<string, number>;
  conventions: Conventions;
  /** The last program that could be read, with the source and the values it was computed from. */
  answer: Answer | null;
  answerSource: string;
  /** Problems of the present text; the last good answer stays on the stage. */
  problems: readonly Problem[];
  /** The text that the spans of `problems` point into: the present one, or an older one while an answer is under way. */
  problemsSource: string;
  /** Those of `problems` that are marked now: what stands under the caret waits until the reader pauses. */
  shownProblems: readonly Problem[];
  status: 'ready' | 'loading' | 'unreadable' | 'away';
  /** While the server is away: when it is asked again, in milliseconds of Date.now(). */
  retryAt: number | null;
  selection: Selection | null;
  /** Node ids under the pointer, wherever it is: graph, program or formula. */
  hovered: string | null;
  drag: Drag | null;
  /** Ids of the composites that stand open: what follows from the answer and the reader's choices below. */
  openGroups: ReadonlySet<string>;
  /** Composites that the reader has opened, and written-out ones, open by themselves, that the reader has closed. */
  openedGroups: ReadonlySet<string>;
  closedGroups: ReadonlySet<string>;
  /** Steps taken of the story told forward and backward; null is all of them, as on opening the page. */
  step: number | null;
  playing: boolean;
  /** 1 is 1.2 seconds a step. */
  speed: Speed;
  layers: Layers;
  view: ViewOptions;
  /** Only graph, caption and transport are on show, larger: for a projector. */
  present: boolean;
  theme: Theme;
  palette: Palette;
  /** Keys without Ctrl act on the page; a reader who dictates or types with a switch turns them off. */
  letterKeys: boolean;
  /** Slug of the example that was opened last and not edited since. */
  example: string | null;
}

/** The program of the lesson that the page opens with, put in by the build (tools/start-program.mjs). */
declare const START_PROGRAM: string;

export function startTabs(): TabChoices {
  return {
    leaf: null, target: null, everyGate: false, path: null, language: 'python', comments: true, derivation: 'all',
    outputs: [], leaves: [], matrix: 'jacobian', layout: 'outputs', cell: null, backwardGraph: false,
  };
}

export function startState(): State {
  return {
    tab: 'graph',
    tabs: startTabs(),
    check: null,
    worked: null,
    lit: null,
    matrices: null,
    program: START_PROGRAM,
    values: new Map(),
    conventions: { relu_at_zero: 0, ties: 'split', abs_at_zero: 0 },
    answer: null,
    answerSource: '',
    problems: [],
    problemsSource: '',
    shownProblems: [],
    status: 'loading',
    retryAt: null,
    selection: null,
    hovered: null,
    drag: null,
    openGroups: new Set(),
    openedGroups: new Set(),
    closedGroups: new Set(),
    step: null,
    playing: false,
    speed: 1,
    layers: { values: true, gradients: true, local: false, patterns: false },
    view: { foldConstants: true, ribbons: true, decimals: 2, asList: false, namedOnly: false, nudge: true, cellNumbers: true },
    present: false,
    theme: 'auto',
    palette: 'classic',
    letterKeys: true,
    example: null,
  };
}
