/** What a printed page has besides the graph or the open tab: the formula above it, the leaves and the link below. Made for printing only. */
import type { App } from '../app';
import { tensorWords } from '../explain/tensor-words';
import { graphNumber } from '../format';
import type { VisibleGraph, VisibleNode } from '../graph/visible';
import { mathReady, renderMath } from '../math';
import { storyOf } from '../stepper/story';
import { element } from './elements';

const DECIMALS = 4;
const ROLES = { input: 'Input', parameter: 'Parameter', constant: 'Constant' } as const;
/** Air around the drawing, in its own px. */
const AIR = 12;
/** Width of a sheet of A4 without its margins, px, and the smallest print that can be read. */
const PAPER = 688;
const LEAST_ZOOM = 0.45;
/** A small graph is not blown up beyond this. */
const MOST_SCALE = 1.4;

export function printSheet(page: HTMLElement, app: App): void {
  const { store, operations } = app;
  let made: HTMLElement[] = [];

  function prepare(): void {
    clear();
    const story = storyOf(store.get(), operations);
    if (!story) return;
    const head = element('section', 'print-head', { 'aria-label': 'Formula' });
    // Another tab tells of the leaves itself, where they matter.
    const leaves = store.get().tab === 'graph' ? leafTable(story.graph) : null;
    const foot = element('section', 'print-foot', { 'aria-label': leaves ? 'Leaves and link' : 'Link' }, leaves, link());
    page.prepend(head);
    page.append(foot);
    made = [head, foot];
    for (const latex of formulas()) renderMath(head.appendChild(element('p', 'print-formula')), latex, { display: true });
    frameGraph();
    fitPanel();
  }

  function clear(): void {
    for (const part of made) part.remove();
    made = [];
    const graph = document.getElementById('graph');
    graph?.removeAttribute('viewBox');
    graph?.style.removeProperty('max-width');
    document.getElementById('panel')?.style.removeProperty('zoom');
  }

  /** The lines of the program that define or compute something; lines that only give a value are in the table. */
  function formulas(): string[] {
    const { answer } = store.get();
    const kinds = new Map(answer?.nodes.map(({ id, kind }) => [id, kind]));
    return (answer?.statements ?? [])
      .filter(({ node }) => node === null || kinds.get(node) === 'operation')
      .map(({ latex }) => latex);
  }

  function link(): HTMLElement {
    return element('p', 'print-link', {}, 'This graph, live: ', element('a', '', { href: location.href }, location.href));
  }

  // Printing takes the page as it is when the event is over, so everything here happens at once; KaTeX is loaded before.
  void mathReady();
  window.addEventListener('beforeprint', prepare);
  window.addEventListener('afterprint', clear);
  const printing = matchMedia('print');
  printing.addEventListener('change', () => (printing.matches ? prepare() : clear()));
}

/** The whole graph, wherever the reader has moved it: the style sheet for print takes the transform away. */
function frameGraph(): void {
  const graph = document.getElementById('graph');
  const viewport = graph?.querySelector<SVGGElement>('.viewport');
  if (!graph || !viewport) return;
  const { x, y, width, height } = viewport.getBBox();
  if (width === 0) return;
  graph.setAttribute('viewBox', [x - AIR, y - AIR, width + 2 * AIR, height + 2 * AIR].map((n) => n.toFixed(1)).join(' '));
  graph.style.setProperty('max-width', `${String(Math.round((width + 2 * AIR) * MOST_SCALE))}px`);
}

/** What scrolls sideways on the screen, such as a wide matrix, makes the open tab smaller on paper. */
function fitPanel(): void {
  const panel = document.getElementById('panel');
  if (!panel || panel.hidden) return;
  const start = panel.getBoundingClientRect().left;
  const widths = [...panel.querySelectorAll('*')]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && !one.closest('.mini-graph, .katex, svg'))
    .map((one) => one.getBoundingClientRect().left - start + one.scrollWidth);
  const widest = Math.max(0, ...widths) + AIR;
  if (widest > PAPER) panel.style.setProperty('zoom', String(Math.max(LEAST_ZOOM, PAPER / widest)));
}

function leafTable(graph: VisibleGraph): HTMLElement {
  const output = graph.nodes.find(({ id }) => id === graph.output);
  const head = element('tr', '');
  for (const title of ['Leaf', 'Kind', 'Value']) head.append(element('th', '', { scope: 'col' }, title));
  head.append(element('th', '', { scope: 'col' }, 'Gradient of ', math(output?.latex ?? 'f')));
  const rows = graph.nodes
    .filter((node) => node.kind === 'leaf' && node.name !== null)
    .map((node) =>
      element(
        'tr',
        '',
        {},
        element('th', '', { scope: 'row' }, math(node.latex)),
        element('td', '', {}, ROLES[node.role ?? 'input']),
        element('td', 'print-value', {}, valueText(node)),
        element('td', 'print-gradient', {}, node.gradient === null ? 'none' : gradientText(node)),
      ),
    );
  return element(
    'table',
    'print-leaves',
    {},
    element('caption', '', {}, 'Leaves'),
    element('thead', '', {}, head),
    element('tbody', '', {}, ...rows),
  );
}

const number = (value: number): string => graphNumber(value, DECIMALS);

function valueText({ value, node }: VisibleNode): string {
  return node.tensor ? tensorWords(node.tensor.value, number) : number(value);
}

function gradientText({ gradient, node }: VisibleNode): string {
  return node.tensor?.gradient ? tensorWords(node.tensor.gradient, number) : number(gradient ?? NaN);
}

function math(latex: string): HTMLElement {
  const made = element('span', '');
  renderMath(made, latex);
  return made;
}
