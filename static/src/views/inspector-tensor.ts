/** Tensors in the inspector: the rule of each operand with the matrices that it multiplies, row by column. */
import type { App } from '../app';
import type { Tensor } from '../api/model';
import { tensorBlocks, type Matrix, type TensorBlock } from '../explain/tensor';
import type { Subject } from '../explain/subject';
import { graphNumber } from '../format';
import { sizeOf } from '../graph/cell-sizes';
import { renderMath } from '../math';
import { element } from './elements';

/** Larger ones are tints without numbers; still larger ones a line of figures. */
const MOST_NUMBERS = 12;
const MOST_CELLS = 64;

export interface TensorSection {
  root: HTMLElement;
  update(subject: Subject | null): void;
}

export function tensorSection({ store, operations }: App): TensorSection {
  const root = element('div', 'tensor-section', { hidden: true });
  return {
    root,
    update(subject) {
      const { answer, view } = store.get();
      root.hidden = subject === null || answer === null;
      if (!subject || !answer) return;
      root.replaceChildren(...tensorBlocks(subject, answer, operations).map((block) => blockOf(block, view.decimals)));
    },
  };
}

function blockOf({ title, aside, latex, factors, outer, sign, result, sentence }: TensorBlock, decimals: number): HTMLElement {
  const heading = element('div', 'inspector-head', {}, element('h3', 'inspector-title', {}, title), element('span', 'inspector-aside', {}, aside));
  const block = element('section', 'inspector-section tensor-block', {}, heading);
  if (latex !== null) {
    const equation = element('div', 'equation');
    renderMath(equation, `\\displaystyle ${latex}`);
    block.append(equation);
  }
  const tables = factors.map((factor) => tableOf(factor, decimals));
  const last = result && tableOf(result, decimals);
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
  if (sentence !== null) block.append(element('p', 'inspector-note', {}, sentence));
  return block;
}

function tableOf({ tensor, kind }: Matrix, decimals: number): HTMLElement {
  const { rows, columns } = sizeOf(tensor.shape);
  if (tensor.entries === null || tensor.shape.length > 2 || Math.max(rows, columns) > MOST_CELLS) return summaryOf(tensor, decimals);
  const words = { value: 'Value', gradient: 'Gradient', local: 'Local gradient' }[kind];
  const table = element('table', `tensor-table ${kind}-table`, {});
  table.append(element('caption', 'visually-hidden', {}, `${words}, ${tensor.shape.join(' by ') || 'a number'}`));
  const largest = Math.max(...tensor.entries.map(Math.abs).filter(Number.isFinite), 0);
  const silent = Math.max(rows, columns) > MOST_NUMBERS;
  for (let row = 0; row < rows; row += 1) {
    const line = element('tr', '');
    for (let column = 0; column < columns; column += 1) {
      const entry = tensor.entries[row * columns + column] ?? NaN;
      const cell = element('td', entry < 0 ? 'minus' : 'plus', {}, silent ? '' : graphNumber(entry, decimals));
      cell.title = String(entry);
      cell.style.setProperty('--strength', largest > 0 && Number.isFinite(entry) ? (Math.abs(entry) / largest).toFixed(3) : '0');
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
