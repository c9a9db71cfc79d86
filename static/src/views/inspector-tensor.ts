/** Tensors in the inspector: the rule of each operand with the matrices that it multiplies, row by column. */
import type { App } from '../app';
import type { GraphNode } from '../api/model';
import { blockChanges, pastedBlock } from '../explain/pasted';
import { tensorBlocks, type Matrix, type TensorBlock } from '../explain/tensor';
import { factorsOf, type Place } from '../explain/tensor-factors';
import type { Subject } from '../explain/subject';
import { readNumber } from '../format';
import { sizeOf } from '../graph/cell-sizes';
import { tintScales } from '../graph/tint-scale';
import { renderMath } from '../math';
import { button, element, toast } from './elements';
import { randomControls } from './inspector-random';
import { editableCells } from './tensor-cells';
import { decimalsIn, isCrowded, placeOf, tableKey, tensorTable, type Look, type TensorTable } from './tensor-table';
import { windowLights, type WindowLights } from './tensor-window';

/** Of the tensor of a node: opens it enlarged. */
type Enlarge = (kind: 'value' | 'gradient', opener: HTMLElement) => void;

export interface TensorSection {
  root: HTMLElement;
  update(subject: Subject | null): void;
}

interface Drawn {
  key: string;
  root: HTMLElement;
  tables: readonly TensorTable[];
  lights: WindowLights | null;
}

export function tensorSection(app: App): TensorSection {
  const { store, actions, operations } = app;
  let random: ReturnType<typeof randomControls> | null = null;
  const root = element('div', 'tensor-section', { hidden: true });
  let drawn: Drawn[] = [];
  /** The leaf whose cells can be changed, as it is now. */
  let leaf: GraphNode | null = null;
  /** The node whose own tensor stands here, as it is now. */
  let own: GraphNode | null = null;
  const enlarge: Enlarge = (kind, opener) => {
    const node = own;
    if (node) void import('../tensor-zoom').then(({ openTensorZoom }) => openTensorZoom(app, node, kind, opener));
  };
  let refresh: () => void = () => undefined;
  let redraw: () => void = () => undefined;

  function paste(text: string, at: Place, isTyping: boolean): (() => void) | null {
    const name = leaf?.name ?? null;
    const block = pastedBlock(text, readNumber);
    if (!leaf || name === null) return null;
    // A single number goes into the field like any text.
    if (isTyping && (typeof block === 'string' || block.flat().length < 2)) return null;
    const changes = typeof block === 'string' ? block : blockChanges(block, at, name, leaf.shape);
    return () => (typeof changes === 'string' ? toast(changes) : actions.setEntries(name, changes));
  }

  function editing(name: string, node: GraphNode, table: HTMLElement): () => void {
    return editableCells({
      table, actions, paste, name, columns: sizeOf(node.shape).columns, shape: node.shape, label: node.label,
      entry: (place) => leaf?.tensor?.value.entries?.[place] ?? NaN,
      redraw: () => redraw(),
    });
  }

  return {
    root,
    update(subject) {
      const { answer, view } = store.get();
      root.hidden = subject === null || answer === null;
      if (!subject || !answer) return;
      const look: Look = { decimals: view.decimals, scales: tintScales(answer.nodes) };
      leaf = subject.kind === 'leaf' && subject.node.name !== null ? subject.node : null;
      own = subject.kind === 'leaf' ? subject.node : subject.kind === 'gate' ? subject.gate.node : null;
      const blocks = tensorBlocks(subject, answer, operations);
      const before = drawn;
      drawn = blocks.map((block, at) => {
        const key = keyOf(subject, block);
        const there = before[at];
        if (there?.key !== key) return blockOf(block, look, key, own ? enlarge : null);
        matricesOf(block).forEach((matrix, index) => there.tables[index]?.update(matrix, lookAt(block, matrix, look)));
        there.lights?.update(block);
        return there;
      });
      drawn.forEach(({ root: part }, at) => {
        if (root.children[at] !== part) root.insertBefore(part, root.children[at] ?? null);
      });
      if (leaf?.tensor && leaf.value_span) {
        random ??= randomControls(app);
        drawn[0]?.root.append(random.root);
        random.update(leaf);
      }
      for (const extra of [...root.children].slice(drawn.length)) extra.remove();
      const [table] = drawn[0]?.tables ?? [];
      const isGrid = table?.root.matches('table.value-table:not(.silent)') ?? false;
      if (leaf?.name != null && leaf.tensor && table && isGrid) {
        if (!table.root.matches('.editable')) refresh = editing(leaf.name, leaf, table.root);
        redraw = () => {
          const value = blocks[0]?.result;
          if (value) table.update(value, look);
          refresh();
        };
        refresh();
      }
    },
  };
}

const matricesOf = ({ factors, result }: TensorBlock): readonly Matrix[] => (result ? [...factors, result] : factors);

/** A product is shown with digits that multiply back; a tensor by itself as on the graph. */
const lookAt = ({ factors }: TensorBlock, matrix: Matrix, look: Look): Look =>
  factors.length === 0 ? look : { ...look, decimals: decimalsIn(matrix, look.decimals) };

/** All of a block but its numbers. */
function keyOf(subject: Subject, block: TensorBlock): string {
  const of = subject.kind === 'gate' || subject.kind === 'edge' ? subject.gate.node : subject.node;
  const { title, aside, latex, outer, sign, sentence } = block;
  return JSON.stringify([subject.kind, of.label, title, aside, latex, outer, sign, sentence, matricesOf(block).map(tableKey)]);
}

function blockOf(one: TensorBlock, look: Look, key: string, enlarge: Enlarge | null): Drawn {
  const { title, aside, latex, factors, outer, sign, result, sentence } = one;
  const heading = element('div', 'inspector-head', {}, element('h3', 'inspector-title', {}, title), element('span', 'inspector-aside', {}, aside));
  if (enlarge && result && factors.length === 0 && result.kind !== 'local' && isCrowded(result.tensor)) heading.append(enlarging(result.kind, enlarge));
  const block = element('section', 'inspector-section tensor-block', {}, heading);
  if (latex !== null) {
    const equation = element('div', 'equation');
    renderMath(equation, `\\displaystyle ${latex}`);
    block.append(equation);
  }
  const tables = [...factors, ...(result ? [result] : [])].map((matrix) => tensorTable(matrix, lookAt(one, matrix, look)));
  const last = result && (tables.at(-1)?.root ?? null);
  const [first, second] = tables.slice(0, factors.length).map(({ root }) => root);
  if (outer && first && second && last) {
    second.classList.add('as-row');
    block.append(element('div', 'tensor-outer', {}, element('span', ''), second, first, last));
  } else if (last) {
    const line = element('div', 'tensor-line');
    if (first && second) line.append(first, ...(sign === '' ? [] : [element('span', 'tensor-sign', {}, sign)]), second, element('span', 'tensor-sign', {}, '='));
    line.append(last);
    block.append(line);
  }
  const areTables = [first, second, last].every((part) => part?.matches('table') ?? false);
  const lights = one.pairs && first && second && last && areTables ? windowLights([first, second, last], one) : null;
  if (lights) block.append(lights.root);
  else if (first && second && last) lightFactors(one, first, second, last);
  if (sentence !== null) block.append(element('p', 'inspector-note', {}, sentence));
  return { key, root: block, tables, lights };
}

function enlarging(kind: 'value' | 'gradient', enlarge: Enlarge): HTMLButtonElement {
  const words = `Enlarge the ${kind}`;
  const made = button('text-button tensor-enlarge', () => enlarge(kind, made), { 'aria-label': words }, 'Enlarge');
  return made;
}

/** The entry under the pointer lights what it was made of. */
function lightFactors({ factors, outer, sign, result }: TensorBlock, first: HTMLElement, second: HTMLElement, last: HTMLElement): void {
  const [one, other] = factors;
  if (!one || !other || !result) return;
  const shapes = { first: one.tensor.shape, second: other.tensor.shape, result: result.tensor.shape };
  const rule = outer ? 'outer' : sign === '' ? 'product' : 'entries';
  const light = (cell: HTMLElement | null): void => {
    const chosen = cell && factorsOf(rule, shapes, placeOf(cell));
    for (const [table, index] of [[first, 0], [second, 1]] as const) {
      for (const part of table.querySelectorAll('td')) part.classList.toggle('is-factor', chosen?.[index](placeOf(part)) ?? false);
    }
    for (const part of last.querySelectorAll('td')) part.classList.toggle('is-result', chosen !== null && part === cell);
  };
  last.addEventListener('pointerover', ({ target }) => light(target instanceof Element ? target.closest('td') : null));
  last.addEventListener('pointerleave', () => light(null));
}
