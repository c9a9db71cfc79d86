/** A tensor on the graph: a cell for each entry while they are few, tints while they are some, else a summary in words. */
import type { Tensor } from '../api/model';
import { summaryLines } from '../explain/tensor-summary';
import { graphNumber } from '../format';
import type { CellPlan } from './cell-plan';
import { BAR, CELL, type Block } from './cell-sizes';
import type { TensorFigure } from './figures';
import { letter, set, svg } from './svg';
import { tintOf } from './tint-scale';
import { STRONGEST, tintPaths } from './tints';

const drawn = new WeakMap<Element, string>();

/** Draws the cells of a label anew where they differ; null takes them away. */
export function updateCells(root: Element, figure: TensorFigure | null, plan: CellPlan | null): void {
  const key = plan ? JSON.stringify([figure, plan]) : '';
  if ((drawn.get(root) ?? '') === key) return;
  drawn.set(root, key);
  for (const old of root.querySelectorAll(':scope > .cells')) old.remove();
  if (!plan) return;
  const parts = figure
    ? [
        figure.value ? cells(figure.value, 'value', figure, plan) : null,
        figure.gradient ? cells(figure.gradient, 'gradient', figure, plan) : null,
      ]
    : [];
  root.prepend(...parts.filter((part) => part !== null), header(plan));
}

function cells(tensor: Tensor, kind: 'value' | 'gradient', figure: TensorFigure, { block, ...plan }: CellPlan): SVGGElement {
  const { x, y } = plan[kind];
  const part = svg('g', { class: `cells ${kind}-cells ${kind}-part`, 'aria-hidden': 'true', transform: `translate(${String(x)},${String(y)})` });
  part.append(svg('rect', { class: `cell-bar ${kind}-bar`, x: 0, y: 0, width: BAR.width, height: block.height - 1, rx: 1 }));
  if (block.drawn === 'summary' || tensor.entries === null) part.append(...summary(tensor, kind, figure));
  else if (block.drawn === 'tints') part.append(...tints(tensor.entries, block, figure.scales[kind]));
  else {
    tensor.entries.forEach((entry, index) => {
      const at = { x: BAR.room + (index % block.columns) * CELL.width, y: Math.floor(index / block.columns) * CELL.height };
      part.append(...cell(entry, at.x, at.y, tintOf(entry, figure.scales[kind]), figure.numbers ? graphNumber(entry, figure.decimals) : null));
    });
  }
  return part;
}

function cell(entry: number, x: number, y: number, tint: number, shown: string | null): SVGElement[] {
  const box = { x: x + 0.5, y, width: CELL.width - 1, height: CELL.height - 1, rx: 3 };
  const ground = svg('rect', { class: 'cell', ...box });
  const colour = svg('rect', { class: entry < 0 ? 'cell-minus' : 'cell-plus', ...box, 'fill-opacity': (STRONGEST * tint).toFixed(3) });
  if (shown === null) return [ground, colour];
  const number = text(x + CELL.width / 2, y + 13.5, shown, Number.isFinite(entry) ? 'cell-text' : 'cell-text alarm');
  if (shown.length > 5) set(number, { textLength: CELL.width - 4, lengthAdjust: 'spacingAndGlyphs' });
  return [ground, colour, number];
}

function tints(entries: readonly number[], block: Block, scale: number): SVGElement[] {
  return [
    svg('rect', { class: 'cell', x: BAR.room, y: 0, width: block.width - BAR.room, height: block.height }),
    ...tintPaths(entries, block, scale).map(({ d, minus, opacity }) =>
      svg('path', { class: minus ? 'cell-minus' : 'cell-plus', d, 'fill-opacity': opacity })),
  ];
}

/** Of a large tensor: how far its entries reach, their mean and its length. */
function summary(tensor: Tensor, kind: 'value' | 'gradient', { decimals }: TensorFigure): SVGElement[] {
  const lines = summaryLines(tensor, (value) => graphNumber(value, decimals));
  return lines.map((line, index) => svg('text', { class: `summary-text ${kind}`, x: BAR.room + 4, y: 13 + 16.5 * index }, line));
}

function header({ badge, name, place }: CellPlan): SVGGElement {
  const part = svg(
    'g',
    { class: 'cells shape-badge', 'aria-hidden': 'true' },
    svg('rect', { x: badge.x - badge.width / 2, y: badge.y - 9, width: badge.width, height: 18, rx: 9 }),
    text(badge.x, badge.y + 4.2, badge.text, 'shape-text'),
  );
  if (name) {
    const letters = svg('text', { class: `cells-name ${place}-name`, x: name.x, y: name.y + 5, 'text-anchor': 'middle' });
    letter(letters, name.lettering);
    part.append(letters);
  }
  return part;
}

function text(x: number, y: number, content: string, className: string): SVGTextElement {
  return svg('text', { class: className, x, y, 'text-anchor': 'middle' }, content);
}
