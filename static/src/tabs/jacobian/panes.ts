/** The two sides of the tab: matrix and entry at the left, the graph and what it costs at the right. */
import type { Answer } from '../../api/model';
import type { App } from '../../app';
import { miniGraph } from '../../mini';
import type { MiniModel } from '../../mini/model';
import { graphNumber } from '../../format';
import type { State } from '../../state';
import { element, switchControl } from '../../views/elements';
import { say } from '../../views/live';
import { TABS } from '../index';
import { menuItems } from './choices';
import { createBlocks } from './blocks';
import { createEntry, fill } from './entry';
import { backwardFigure, gradientOf, isPart, isWhole, matrixFigure, waysIn } from './figure';
import { createGrid } from './grid';
import { checkMenu } from './parts';
import { chosenPlace, isHeatMap, mostHeads, outputOf, type Head, type Matrix, type Place } from './view';
import { cutSentence, derivativeLatex, eigenvaluesText, sizeSentence, sweepsRemark, type Piece } from './words';

export interface Handlers {
  select(place: Place): void;
  point(id: string | null): void;
  pick(id: string): void;
}

export interface Panes {
  root: HTMLElement;
  show(matrix: Matrix, backward: Answer | null, state: State, operations: App['operations']): void;
  /** What is wrong with the question, in the place of the matrix; null is nothing. */
  say(message: string | null): void;
}

export function createPanes(app: App, handlers: Handlers): Panes {
  const { actions } = app;
  const title = element('h2', 'matrix-title', {});
  const size = element('p', 'matrix-size', {});
  const outputs = checkMenu('Outputs', 'All outputs', (names) => actions.setTabs({ outputs: names, cell: null }));
  const leaves = checkMenu('Leaves', 'All leaves', (names) => actions.setTabs({ leaves: names, cell: null }));
  const grid = createGrid({ select: handlers.select, point: (place) => {
    lightAt(place);
    readOut(place);
  } });
  const cut = element('p', 'matrix-cut', {});
  const readout = element('p', 'matrix-readout', { 'aria-hidden': 'true' }, 'Point at a cell to read it.');
  const note = element('p', 'matrix-note', {});
  const blocks = createBlocks();
  const curvature = element('p', 'matrix-curvature', {});
  const hasPaths = TABS.some(({ name }) => name === 'paths');
  const entry = createEntry(hasPaths
    ? (leaf, target) => {
        actions.setTabs({ leaf, target, path: null });
        actions.setTab('paths');
      }
    : null);
  const message = element('p', 'matrix-message', { role: 'status' });
  message.hidden = true;
  const nothing = element('p', 'matrix-nothing', {}, 'Every leaf is a constant, so there is nothing to differentiate by.');
  const body = element('div', 'matrix-body', {}, nothing, note, grid.root, readout, cut, curvature, blocks.root, entry.root);
  const left = element(
    'div', 'matrix-left', {},
    element('div', 'matrix-top', {}, element('div', '', {}, title, size), element('div', 'matrix-menus', {}, outputs.root, leaves.root)),
    message, body,
  );

  const from = element('p', 'matrix-from', {});
  const whose = element('p', 'matrix-whose', {});
  const backwardSwitch = switchControl('Backward pass as a graph', '', (on) => actions.setTabs({ backwardGraph: on }));
  const box = element('div', 'matrix-graph', {});
  const mini = miniGraph(box, app, { label: 'Graph between leaves and outputs', onPoint: handlers.point, onPick: handlers.pick });
  const counts = element('div', 'matrix-counts', {});
  const right = element(
    'div', 'matrix-right', {},
    element('div', 'matrix-right-head', {}, from, whose), box, element('div', 'matrix-foot-row', {}, backwardSwitch.root), counts,
  );
  const root = element('div', 'matrix-tab', {}, left, right);
  root.hidden = true;
  let drawn: { key: unknown[]; model: MiniModel } | null = null;
  let spoken = '';
  let current: Matrix | null = null;

  /** The same picture is laid out once. */
  function picture(key: unknown[], make: () => MiniModel): MiniModel {
    if (!drawn || key.length !== drawn.key.length || key.some((part, index) => part !== drawn?.key[index])) {
      drawn = { key, model: make() };
      mini.show(drawn.model);
    }
    return drawn.model;
  }

  function show(matrix: Matrix, backward: Answer | null, state: State, operations: App['operations']): void {
    const { tabs, answer, view } = state;
    const layout = matrix.hessian ? 'outputs' : tabs.layout;
    const place = chosenPlace(matrix, tabs.cell);
    current = matrix;
    root.hidden = false;
    fill(title, titleOf(matrix));
    fill(size, sizeSentence(matrix, layout));
    if (answer) {
      const items = menuItems(answer, matrix, tabs);
      outputs.show(items.outputs, matrix.hessian !== null, matrix.hessian ? 'Output' : 'Outputs');
      leaves.show(items.leaves, false, 'Leaves');
    }
    grid.show(matrix, layout, place, view.decimals);
    grid.root.hidden = place === null;
    nothing.hidden = place !== null || matrix.tensors !== null;
    readout.hidden = !isHeatMap(matrix);
    note.textContent = matrix.tensors?.note ?? '';
    note.hidden = note.textContent === '';
    blocks.show(matrix, answer, view.decimals);
    const notShown = cutSentence(matrix, mostHeads(matrix));
    cut.textContent = notShown;
    cut.hidden = notShown === null;
    curvature.replaceChildren(element('strong', '', {}, matrix.hessian?.curvature ?? ''), ' ', eigenvaluesText(matrix, view.decimals));
    curvature.hidden = !matrix.hessian?.curvature;
    entry.show(matrix, place, layout);
    fillCounts(counts, matrix);
    backwardSwitch.root.hidden = matrix.tensors !== null;
    backwardSwitch.set(tabs.backwardGraph);
    showGraph(matrix, backward, place, state, operations);
    tell();
  }

  function showGraph(matrix: Matrix, backward: Answer | null, place: Place | null, { tabs, view }: State, operations: App['operations']): void {
    const [output, leaf] = [outputOf(matrix, tabs.cell), place && matrix.leaves[place.leaf]];
    if (tabs.backwardGraph && !matrix.tensors) {
      const whole = backward === null || isWhole(backward);
      fill(from, output && leaf ? ['Backward pass of ', { latex: output.latex }, ...(whole ? [] : [', as far as ', { latex: leaf.latex }])] : []);
      fill(whose, ['gradients in red, what they reuse in green']);
      const mine = backward?.nodes[0]?.label === `grad_${output?.label ?? ''}` ? backward : null;
      if (!mine) return;
      const name = leaf?.label ?? '';
      picture(['backward', mine, view.decimals, name], () => backwardFigure(mine, name, operations, view.decimals));
      const gradient = gradientOf(mine, name);
      mini.light(gradient === null ? null : { nodes: [gradient] });
      return;
    }
    const graph = matrix.graph;
    if (!graph || !leaf || !output) return;
    fill(from, ['From ', { latex: leaf.latex }, ' to ', { latex: output.latex }]);
    fill(whose, matrix.tensors ? ['shapes on the wires'] : ['gradients are those of ', { latex: output.latex }]);
    // The graph of another row is on its way.
    if (graph.output !== output.id) return;
    const only = isPart(graph, box.clientWidth) ? leaf.id : null;
    picture(['matrix', graph, view.decimals, only], () => matrixFigure(graph, only, operations, view.decimals));
    lightAt(null);
  }

  /** The cell under the pointer of a map without numbers. */
  function readOut(place: Place | null): void {
    if (!current || readout.hidden) return;
    const [leaf, output] = place ? [current.leaves[place.leaf], current.outputs[place.output]] : [];
    const value = place ? current.entries[place.output]?.[place.leaf]?.value : undefined;
    if (!leaf || !output || value === undefined) readout.textContent = 'Point at a cell to read it.';
    else fill(readout, [{ latex: `${derivativeLatex(output, leaf)} = ` }, graphNumber(value, 4)]);
  }

  /** Lights the ways of an entry that is pointed at, else those of the entry that is selected. */
  function lightAt(place: Place | null): void {
    const { tabs } = app.store.get();
    const at = current && (place ?? chosenPlace(current, tabs.cell));
    if (!current || !at || !drawn || (tabs.backwardGraph && !current.tensors)) return;
    const [leaf, output] = [current.leaves[at.leaf], current.hessian?.output ?? current.outputs[at.output]];
    if (leaf && output) mini.light(waysIn(drawn.model, leaf.id, output.id));
  }

  /** Readers that hear the page are told of the entry as they move through the matrix. */
  function tell(): void {
    const words = [entry.root.querySelector('.entry-reason')?.textContent, entry.root.querySelector('.entry-raising')?.textContent];
    const sentence = words.filter(Boolean).join(' ');
    if (sentence === spoken) return;
    spoken = sentence;
    if (grid.root.contains(document.activeElement)) say(sentence);
  }

  return {
    root,
    show,
    say(text) {
      message.textContent = text ?? '';
      message.hidden = text === null;
      body.classList.toggle('is-old', text !== null);
      if (text !== null) root.hidden = false;
    },
  };
}

function titleOf(matrix: Matrix): Piece[] {
  const list = (heads: readonly Head[]): Piece => {
    const names = heads.map(({ latex }) => latex);
    const shown = names.length > 6 ? [...names.slice(0, 4), '\\dots', ...names.slice(-1)] : names;
    return { latex: names.length === 1 ? (names[0] ?? '') : `(${shown.join(', ')})` };
  };
  if (matrix.tensors) {
    const names = (pick: 'output' | 'leaf'): readonly Head[] => uniqueOf(matrix.tensors?.blocks.map((block) => block[pick]) ?? []);
    return ['Jacobian of ', list(names('output')), ' with respect to ', list(names('leaf'))];
  }
  if (matrix.leaves.length === 0) return [matrix.hessian ? 'Hessian' : 'Jacobian'];
  if (matrix.hessian) return ['Hessian of ', { latex: matrix.hessian.output.latex }, ' with respect to ', list(matrix.leaves)];
  return ['Jacobian of ', list(matrix.outputs), ' with respect to ', list(matrix.leaves)];
}

const uniqueOf = (heads: readonly Head[]): Head[] => [...new Map(heads.map((head) => [head.label, head])).values()];

function fillCounts(root: HTMLElement, matrix: Matrix): void {
  const count = (number: number, what: string, one: string): HTMLElement[] => [
    element('span', 'count-number', {}, number.toLocaleString('en-US')),
    element('span', 'count-words', {}, `${what} ${number === 1 ? 'sweep' : 'sweeps'},`, element('br', ''), one),
  ];
  const { sweeps, hessian } = matrix;
  const both = hessian
    ? count(sweeps.reverse, 'reverse', `through ${hessian.gates.toLocaleString('en-US')} gates of both passes`)
    : [...count(sweeps.reverse, 'reverse', matrix.tensors ? 'one for each entry of the output' : 'one for each output'), element('span', 'count-or', {}, 'or'), ...count(sweeps.forward, 'forward', matrix.tensors ? 'one for each entry it is taken by' : 'one for each leaf')];
  root.replaceChildren(...both, element('p', 'count-remark', {}, sweepsRemark(matrix)));
}

