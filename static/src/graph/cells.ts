/** A tensor on its wire: value above, gradient below, a cell for each entry while they are few, else its shape. */
import type { Tensor } from '../api/model';
import { graphNumber } from '../format';
import { BADGE_HEIGHT, BAR, CELL, CELL_GAP, cellsOf, shapeText, sizeOf } from './cell-sizes';
import type { TensorFigure } from './figures';
import { set, svg } from './svg';
import { tintOf } from './tint-scale';

/** Tints are mixed at most half with the ground, so that ink keeps its contrast on them. */
const STRONGEST = 0.5;

const drawn = new WeakMap<Element, string>();

/** Draws the cells of a label anew where they differ; null takes them away. */
export function updateCells(root: Element, figure: TensorFigure | null): void {
  const key = figure ? JSON.stringify(figure) : '';
  if ((drawn.get(root) ?? '') === key) return;
  drawn.set(root, key);
  for (const old of root.querySelectorAll(':scope > .cells')) old.remove();
  if (!figure) return;
  const shape = figure.shape ?? figure.value?.shape ?? figure.gradient?.shape ?? [];
  const parts = [
    figure.value ? cells(figure.value, 'value', figure) : null,
    figure.gradient ? cells(figure.gradient, 'gradient', figure) : null,
    badge(shape, figure),
  ];
  root.prepend(...parts.filter((part) => part !== null));
}

function cells(tensor: Tensor, kind: 'value' | 'gradient', { decimals, scales, numbers }: TensorFigure): SVGGElement {
  const part = svg('g', { class: `cells ${kind}-cells ${kind}-part`, 'aria-hidden': 'true' });
  const room = cellsOf({ node: { tensor: { value: tensor, gradient: null } } });
  if (!room?.listed || tensor.entries === null) {
    part.append(text(0, kind === 'value' ? -CELL_GAP - 3 : CELL_GAP + 13, spread(tensor, decimals), `number ${kind}`));
    return part;
  }
  const { rows, columns } = sizeOf(tensor.shape);
  const left = -(columns * CELL.width - BAR) / 2;
  const top = kind === 'value' ? -CELL_GAP - rows * CELL.height : CELL_GAP;
  part.append(
    svg('rect', { class: `cell-bar ${kind}-bar`, x: left - BAR, y: top, width: 2.5, height: rows * CELL.height - 1, rx: 1 }),
  );
  tensor.entries.forEach((entry, index) => {
    const x = left + (index % columns) * CELL.width;
    const y = top + Math.floor(index / columns) * CELL.height;
    part.append(...cell(entry, x, y, tintOf(entry, scales[kind]), numbers ? graphNumber(entry, decimals) : null));
  });
  return part;
}

function cell(entry: number, x: number, y: number, tint: number, shown: string | null): SVGElement[] {
  const box = { x: x + 0.5, y, width: CELL.width - 1, height: CELL.height - 1, rx: 3 };
  const ground = svg('rect', { class: 'cell', ...box });
  const colour = svg('rect', { class: entry < 0 ? 'cell-minus' : 'cell-plus', ...box, 'fill-opacity': (STRONGEST * tint).toFixed(3) });
  if (shown === null) return [ground, colour];
  const number = text(x + CELL.width / 2, y + 13.5, shown, 'cell-text');
  if (shown.length > 6) set(number, { textLength: CELL.width - 4, lengthAdjust: 'spacingAndGlyphs' });
  return [ground, colour, number];
}

/** Of a large tensor: how far its entries reach. */
function spread({ entries, summary }: Tensor, decimals: number): string {
  const [least, most] = summary ? [summary.min, summary.max] : [Math.min(...(entries ?? [NaN])), Math.max(...(entries ?? [NaN]))];
  return `${graphNumber(least, decimals)} … ${graphNumber(most, decimals)}`;
}

function badge(shape: readonly number[], figure: TensorFigure): SVGGElement {
  const room = figure.value && cellsOf({ node: { tensor: { value: figure.value, gradient: null } } });
  const y = figure.shape ? -CELL_GAP - BADGE_HEIGHT / 2 : room?.listed ? -CELL_GAP - room.rows * CELL.height - BADGE_HEIGHT / 2 : -CELL_GAP - BADGE_HEIGHT - 4;
  const words = shapeText(shape);
  const width = 10 + 7 * words.length;
  return svg(
    'g',
    { class: 'cells shape-badge', 'aria-hidden': 'true' },
    svg('rect', { x: -width / 2, y: y - 8, width, height: 16, rx: 8 }),
    text(0, y + 4, words, 'shape-text'),
  );
}

function text(x: number, y: number, content: string, className: string): SVGTextElement {
  return svg('text', { class: className, x, y, 'text-anchor': 'middle' }, content);
}
