/**
 * The page's first picture, drawn at build time by the views themselves: what the first response shows before any
 * script has run. Runs in Node on a simulated document (tools/prerender.mjs); the page does not load it.
 */
import type { Actions } from './actions';
import type { Answer, Operation } from './api/model';
import { withTensors } from './api/tensors';
import type { App } from './app';
import { LEAST_FIT, LEAST_TENSOR_FIT } from './graph/fit';
import { graphView } from './graph/view';
import { mathReady } from './math';
import { answered } from './start';
import { startState } from './state';
import { createStore } from './store';
import { tabRow } from './tabs/row';
import { echo } from './views/echo';
import { FULL_SIZE } from './views/echo-choice';
import { editor } from './views/editor';
import { element } from './views/elements';
import { examplesButton } from './views/examples';
import { layerSwitches } from './views/layers';
import { topBar } from './views/top-bar';
import { transport } from './views/transport';

export interface Start {
  slug: string;
  program: string;
  answer: Answer;
}

export interface Drawn {
  /** Markup of the regions, by id. */
  regions: Record<string, string>;
  /** Size of the graph at 100 %, px. */
  width: number;
  height: number;
  /** Of a program with tensors, its start data as the page reads them (start.ts): JSON, with the answer as the page keeps it. */
  answer: string | null;
  /** The least scale of a fit. */
  least: number;
}

const quiet = new Proxy({}, { get: () => () => false }) as Actions;

/** `sizes` are width and height of typeset formulas by their LaTeX (tools/formula_sizes.py). */
export async function prerender(
  start: Start,
  operations: readonly Operation[],
  sizes: Readonly<Record<string, readonly [number, number]>>,
): Promise<Drawn> {
  document.body.replaceChildren();
  const { program } = start;
  const hasTensors = start.answer.nodes.some(({ shape }) => shape.length > 0);
  const answer = hasTensors ? withTensors(start.answer) : start.answer;
  const opened = { ...startState(), program };
  const app: App = {
    store: createStore({ ...opened, ...answered({ program, answer }, opened) }),
    actions: quiet,
    operations: new Map(operations.map((operation) => [operation.name, operation])),
    lessons: () => Promise.resolve([]),
  };
  const region = (id: string): HTMLElement => document.body.appendChild(element('div', '', { id }));
  await mathReady();
  const stage = region('stage');
  const size = { width: 0, height: 0 };
  graphView(stage, app, (scene) => Object.assign(size, { width: scene.width, height: scene.height }));
  // What open groups need is loaded when there are some.
  for (let turn = 0; turn < 100 && size.width === 0; turn += 1) await new Promise((resolve) => setTimeout(resolve));
  const views: Record<string, () => void> = {
    'top-left': () => region('top-left').append(examplesButton()),
    'top-right': () => topBar(region('top-right'), app),
    program: () => editor(region('program'), app),
    formula: () => echo(region('formula'), app),
    tabs: () => tabRow(region('tabs'), app),
    layers: () => layerSwitches(region('layers'), app),
    transport: () => transport(region('transport'), app),
  };
  Element.prototype.getBoundingClientRect = function (): DOMRect {
    const found = sizes[this.querySelector('annotation')?.textContent ?? ''];
    return new DOMRect(0, 0, found?.[0] ?? 0, found?.[1] ?? 0);
  };
  for (const view of Object.values(views)) view();
  reserveRoom(document.querySelector('.formula-line'), sizes);
  asPicture(stage, answer, size);
  // The text of a field is not part of its markup until it is its content.
  for (const area of document.querySelectorAll('textarea')) {
    area.textContent = area.value;
    area.setAttribute('readonly', '');
  }
  // So is the choice in a list; and how large the stage will be is not known here.
  for (const one of document.querySelectorAll('select')) one.options[one.selectedIndex]?.setAttribute('selected', '');
  for (const percent of stage.querySelectorAll('.zoom-percent')) percent.replaceChildren();
  // Panels that a button opens come with the live views.
  for (const panel of document.querySelectorAll('[hidden]')) panel.remove();
  const regions = Object.fromEntries(
    ['stage', ...Object.keys(views)].map((id) => {
      const root = document.getElementById(id);
      for (const lone of root?.querySelectorAll('[id]') ?? []) lone.removeAttribute('id');
      return [id, root?.innerHTML ?? ''];
    }),
  );
  const least = hasTensors ? LEAST_TENSOR_FIT : LEAST_FIT;
  return { regions, ...size, least, answer: hasTensors ? JSON.stringify({ ...start, answer }, inWords) : null };
}

/** Numbers that JSON has no sign for, as the API writes them. */
const inWords = (_: string, value: unknown): unknown => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value);

/** A picture in place of the live drawing: nothing in it can be pressed, and one sentence says what it shows. */
function asPicture(stage: HTMLElement, answer: Answer, { width, height }: { width: number; height: number }): void {
  const graph = stage.querySelector('svg.graph');
  if (!graph) throw new Error('The graph was not drawn.');
  graph.setAttribute('class', 'graph start-graph');
  graph.setAttribute('role', 'img');
  graph.setAttribute('aria-label', sentence(answer));
  graph.setAttribute('viewBox', `0 0 ${String(width)} ${String(height)}`);
  graph.querySelector('.viewport')?.removeAttribute('transform');
  for (const part of graph.querySelectorAll('[role], [tabindex], [aria-label], [aria-hidden]')) {
    for (const name of ['role', 'tabindex', 'aria-label', 'aria-hidden']) part.removeAttribute(name);
  }
  const place = element('div', 'start-place');
  graph.replaceWith(place);
  place.append(graph);
}

function sentence(answer: Answer): string {
  const output = answer.nodes.find(({ id }) => id === answer.output);
  const gates = answer.nodes.filter(({ kind }) => kind === 'operation').length;
  const leaves = answer.nodes.length - gates;
  const of = output ? ` of ${output.label}` : '';
  return `Computation graph${of}: ${String(leaves)} inputs and constants, ${String(gates)} gates, each with its value above and its gradient below the edge.`;
}

/** The width that the formula has once its fonts are there. */
function reserveRoom(line: HTMLElement | null, sizes: Readonly<Record<string, readonly [number, number]>>): void {
  const found = sizes[line?.querySelector('annotation')?.textContent ?? ''];
  if (line && found) line.style.width = `${(found[0] / FULL_SIZE).toFixed(4)}em`;
}
