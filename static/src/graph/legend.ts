/** What the signs on the stage mean; only those that are on it. */
import type { Operation } from '../api/model';
import { graphNumber } from '../format';
import type { Layers } from '../state';
import { element } from '../views/elements';
import type { Figures } from './figures';
import { nameRuns } from './math-text';
import { listed, outputName } from './words';
import { letter, svg } from './svg';
import type { VisibleGraph } from './visible';

export interface LegendInput {
  graph: VisibleGraph;
  figures: Figures;
  layers: Layers;
  decimals: number;
  operations: ReadonlyMap<string, Operation>;
}

export function drawLegend(root: HTMLElement, input: LegendInput | null): void {
  if (!input) {
    root.replaceChildren();
    return;
  }
  const entries = [numbers(input), ...roles(input.graph), lines(input.graph), leftOut(input.graph), unchosen(input), local(input)];
  root.replaceChildren(...entries.filter((entry) => entry !== null));
}

function numbers({ graph, layers, decimals }: LegendInput): HTMLElement | null {
  const output = graph.nodes.find((node) => node.id === graph.output);
  if (!output || output.node.tensor || (!layers.values && !layers.gradients)) return null;
  const value = layers.values ? element('span', `legend-number ${Number.isFinite(output.value) ? 'value' : 'alarm'}`, {}, graphNumber(output.value, decimals)) : null;
  const gradient =
    layers.gradients && output.gradient !== null
      ? element('span', 'legend-number gradient', {}, graphNumber(output.gradient, decimals))
      : null;
  const words = element('span', 'legend-words', {}, layers.values ? element('span', '', {}, 'value') : null);
  if (gradient) words.append(element('span', '', {}, 'gradient of ', mathName(outputName(graph), output.latex)));
  return element('div', 'legend-entry legend-numbers', {}, element('span', 'legend-pair', {}, value, gradient), words);
}

/** The name in the fonts of the graph. */
function mathName(label: string, latex: string): Element {
  const text = svg('text', { y: 15 });
  const runs = nameRuns(latex, label);
  letter(text, { runs, size: 15.5, width: 0 });
  const width = Math.ceil(runs.reduce((sum, run) => sum + run.text.length * (run.level === 'base' ? 8.5 : 6), 0)) + 3;
  return svg('svg', { class: 'legend-math', width, height: 20, role: 'img', 'aria-label': label }, text);
}

const ROLES = [
  ['parameter', 'parameter'],
  ['input', 'input'],
  ['constant', 'constant'],
] as const;

/** Shapes of leaves, where there is more than one kind to tell apart. */
function roles(graph: VisibleGraph): HTMLElement[] {
  const present = new Set(graph.nodes.map((node) => (node.kind === 'leaf' ? node.role : null)));
  const shown = ROLES.filter(([role]) => present.has(role));
  if (shown.length < 2) return [];
  return shown.map(([role, word]) => element('div', 'legend-entry', {}, element('span', `legend-leaf ${role}`), word));
}

function lines({ nodes }: VisibleGraph): HTMLElement | null {
  // Ids of lines.ts, which is loaded with the first of them.
  if (!nodes.some(({ kind, group }) => kind === 'gate' && group?.id.startsWith('line_'))) return null;
  return element('div', 'legend-entry', {}, element('span', 'legend-line'), 'one program line, folded');
}

function leftOut(graph: VisibleGraph): HTMLElement | null {
  if (!graph.leftOut?.size) return null;
  return element('div', 'legend-entry', {}, element('span', 'legend-stroke'), 'operand not drawn');
}

function unchosen({ graph, figures, operations }: LegendInput): HTMLElement | null {
  const targets = new Set(graph.edges.filter(({ id }) => figures.unchosen.has(id)).map(({ target }) => target));
  if (targets.size === 0) return null;
  const names = new Set<string>();
  let choice = true;
  for (const node of graph.nodes) {
    const operation = targets.has(node.id) ? operations.get(node.op ?? '') : undefined;
    if (!operation) continue;
    names.add(operation.symbol);
    if (operation.operands.length < 2 && !operation.variadic) choice = false;
  }
  const words = `${choice ? 'not chosen by' : 'stopped by'} ${listed([...names])}`;
  return element('div', 'legend-entry', {}, element('span', 'legend-dash'), words);
}

function local({ layers, figures, decimals }: LegendInput): HTMLElement | null {
  if (!layers.local || figures.locals.size === 0) return null;
  return element('div', 'legend-entry', {}, element('span', 'legend-number local', {}, graphNumber(1, decimals)), 'local gradient');
}
