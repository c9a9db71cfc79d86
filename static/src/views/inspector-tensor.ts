/** Tensors in the inspector: the rule of each operand with the matrices that it multiplies, row by column. */
import type { App } from '../app';
import type { GraphNode, Tensor } from '../api/model';
import { withEntries } from '../explain/list-text';
import { tensorBlocks, type Matrix, type TensorBlock } from '../explain/tensor';
import { factorsOf, type Place } from '../explain/tensor-factors';
import type { Subject } from '../explain/subject';
import { graphNumber } from '../format';
import { sizeOf } from '../graph/cell-sizes';
import { scaleOf, tintOf, tintScales, type TintScales } from '../graph/tint-scale';
import { renderMath } from '../math';
import { element } from './elements';
import { editableCells, standingOf } from './tensor-cells';

/** Larger ones are tints without numbers; still larger ones a line of figures. */
const MOST_NUMBERS = 12;
const MOST_CELLS = 64;

export interface TensorSection {
  root: HTMLElement;
  update(subject: Subject | null): void;
}

interface Edit {
  leaf: GraphNode;
  changes: ReadonlyMap<number, number>;
}

export function tensorSection({ store, actions, operations }: App): TensorSection {
  const root = element('div', 'tensor-section', { hidden: true });
  /** Edits that wait for the answer to the one before, whose places in the text are not known yet. */
  const waiting: Edit[] = [];
  let shown: string | null = null;

  function take({ leaf, changes }: Edit): void {
    const { answer, answerSource, program } = store.get();
    const present = answer?.nodes.find(({ name }) => name === leaf.name);
    if (!present || present.shape.join() !== leaf.shape.join()) return;
    if (program !== answerSource) {
      waiting.push({ leaf, changes });
      return;
    }
    const text = withEntries(program, present, changes);
    if (text !== null) actions.replaceProgram(text);
  }

  function editing(leaf: GraphNode, table: HTMLTableElement): void {
    const { rows, columns } = sizeOf(leaf.shape);
    const old = shown === leaf.name ? standingOf(root.querySelector('.tensor-table.editable')) : null;
    const cells = editableCells(
      {
        table, rows, columns, label: leaf.label,
        entry: ({ row, column }) => leaf.tensor?.value.entries?.[row * columns + column] ?? NaN,
        take: (changes) => take({ leaf, changes }),
      },
      old,
    );
    queueMicrotask(() => cells.resume());
  }

  return {
    root,
    update(subject) {
      const { answer, answerSource, program, view } = store.get();
      const next = program === answerSource ? waiting.shift() : undefined;
      if (next) take(next);
      root.hidden = subject === null || answer === null;
      if (!subject || !answer) return;
      const look: Look = { decimals: view.decimals, scales: tintScales(answer.nodes) };
      const leaf = subject.kind === 'leaf' && subject.node.name !== null && subject.node.value_span ? subject.node : null;
      const blocks = tensorBlocks(subject, answer, operations).map((block) => blockOf(block, look));
      const table = leaf && blocks[0]?.querySelector<HTMLTableElement>('table.value-table:not(.silent)');
      if (leaf?.tensor && table) editing(leaf, table);
      shown = leaf?.name ?? null;
      // Its field must not take what is half typed as it goes.
      root.querySelector('.tensor-table.editable')?.classList.add('leaving');
      root.replaceChildren(...blocks);
    },
  };
}

interface Look {
  decimals: number;
  scales: TintScales;
}

function blockOf(one: TensorBlock, look: Look): HTMLElement {
  const { title, aside, latex, factors, outer, sign, result, sentence } = one;
  const heading = element('div', 'inspector-head', {}, element('h3', 'inspector-title', {}, title), element('span', 'inspector-aside', {}, aside));
  const block = element('section', 'inspector-section tensor-block', {}, heading);
  if (latex !== null) {
    const equation = element('div', 'equation');
    renderMath(equation, `\\displaystyle ${latex}`);
    block.append(equation);
  }
  const tables = factors.map((factor) => tableOf(factor, look));
  const last = result && tableOf(result, look);
  const [first, second] = tables;
  if (outer && first && second && last) {
    second.classList.add('as-row');
    block.append(element('div', 'tensor-outer', {}, element('span', ''), second, first, last));
  } else if (last) {
    const line = element('div', 'tensor-line');
    if (first && second) line.append(first, element('span', 'tensor-sign', {}, sign), second, element('span', 'tensor-sign', {}, '='));
    line.append(last);
    block.append(line);
  }
  if (first && second && last) lightFactors(one, first, second, last);
  if (sentence !== null) block.append(element('p', 'inspector-note', {}, sentence));
  return block;
}

/** The entry under the pointer lights what it was made of. */
function lightFactors({ factors, outer, sign, result }: TensorBlock, first: HTMLElement, second: HTMLElement, last: HTMLElement): void {
  const [one, other] = factors;
  if (!one || !other || !result) return;
  const shapes = { first: one.tensor.shape, second: other.tensor.shape, result: result.tensor.shape };
  const rule = outer ? 'outer' : sign === '⊙' ? 'entries' : 'product';
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

const placeOf = (cell: HTMLElement): Place => ({ row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) });

function tableOf({ tensor, kind }: Matrix, { decimals, scales }: Look): HTMLElement {
  const { rows, columns } = sizeOf(tensor.shape);
  if (tensor.entries === null || tensor.shape.length > 2 || Math.max(rows, columns) > MOST_CELLS) return summaryOf(tensor, decimals);
  const words = { value: 'Value', gradient: 'Gradient', local: 'Local gradient' }[kind];
  const table = element('table', `tensor-table ${kind}-table`, {});
  table.append(element('caption', 'visually-hidden', {}, `${words}, ${tensor.shape.join(' by ') || 'a number'}`));
  const scale = kind === 'local' ? scaleOf([tensor]) : scales[kind];
  const silent = Math.max(rows, columns) > MOST_NUMBERS;
  for (let row = 0; row < rows; row += 1) {
    const line = element('tr', '');
    for (let column = 0; column < columns; column += 1) {
      const entry = tensor.entries[row * columns + column] ?? NaN;
      const cell = element('td', entry < 0 ? 'minus' : 'plus', {}, silent ? '' : graphNumber(entry, decimals));
      cell.title = String(entry);
      cell.dataset['row'] = String(row);
      cell.dataset['column'] = String(column);
      cell.style.setProperty('--strength', tintOf(entry, scale).toFixed(3));
      line.append(cell);
    }
    table.append(line);
  }
  table.classList.toggle('silent', silent);
  return table;
}

function summaryOf({ shape, summary, entries }: Tensor, decimals: number): HTMLElement {
  const number = (value: number): string => graphNumber(value, decimals);
  const told = summary
    ? `min ${number(summary.min)}, mean ${number(summary.mean)}, max ${number(summary.max)}, length ${number(summary.norm)}`
    : `${String(entries?.length ?? 0)} entries`;
  return element('p', 'inspector-note', {}, `${shape.join(' × ')}: ${told}`);
}
