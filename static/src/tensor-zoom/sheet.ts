/** The drawn part of an enlarged tensor: a canvas over what a scrolled box shows, so that any number of entries costs a screen. */
import { graphNumber } from '../format';
import { tintOf } from '../graph/tint-scale';
import { inSight, type CellSize, type Grid, type Place } from './scale';

export interface Shown extends Grid {
  entries: readonly number[];
  /** What a full tint is worth. */
  scale: number;
  decimals: number;
}

/** Tints are mixed at most half with the ground, so that ink keeps its contrast on them. */
const STRONGEST = 0.5;
const NUMBER_FONT = '500 13px "Inter Variable", system-ui, sans-serif';

export function drawSheet(canvas: HTMLCanvasElement, box: HTMLElement, shown: Shown, cell: CellSize, current: Place | null): void {
  const { clientWidth: width, clientHeight: height, scrollLeft: left, scrollTop: top } = box;
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.setProperty('width', `${String(width)}px`);
    canvas.style.setProperty('height', `${String(height)}px`);
  }
  const paper = canvas.getContext('2d');
  if (!paper) return;
  const colours = getComputedStyle(box);
  const colour = (name: string): string => colours.getPropertyValue(name).trim();
  const [plus, minus, zero, ink, accent] = ['--heat-plus', '--heat-minus', '--heat-zero', '--ink', '--accent'].map(colour) as [string, string, string, string, string];
  paper.setTransform(ratio, 0, 0, ratio, 0, 0);
  paper.clearRect(0, 0, width, height);
  paper.translate(-left, -top);
  paper.font = NUMBER_FONT;
  paper.textAlign = 'center';
  paper.textBaseline = 'middle';
  const { from, to } = inSight(shown, cell, { left, top, width, height });
  const gap = cell.width >= 6 ? 1 : 0;
  paper.fillStyle = zero;
  paper.fillRect(from.column * cell.width, from.row * cell.height, (to.column - from.column) * cell.width, (to.row - from.row) * cell.height);
  for (let row = from.row; row < to.row; row += 1) {
    for (let column = from.column; column < to.column; column += 1) {
      const entry = shown.entries[row * shown.columns + column] ?? NaN;
      paper.globalAlpha = STRONGEST * tintOf(entry, shown.scale);
      paper.fillStyle = entry < 0 ? minus : plus;
      paper.fillRect(column * cell.width, row * cell.height, cell.width - gap, cell.height - gap);
    }
  }
  paper.globalAlpha = 1;
  if (cell.numbers) {
    paper.fillStyle = ink;
    for (let row = from.row; row < to.row; row += 1) {
      for (let column = from.column; column < to.column; column += 1) {
        const text = graphNumber(shown.entries[row * shown.columns + column] ?? NaN, shown.decimals);
        paper.fillText(text, (column + 0.5) * cell.width, (row + 0.5) * cell.height, cell.width - 4);
      }
    }
  }
  if (!current) return;
  paper.strokeStyle = accent;
  paper.lineWidth = 2;
  const side = Math.max(6, cell.width + 2);
  const tall = Math.max(6, cell.height + 2);
  // At the edges the frame stays inside.
  const x = Math.max(1, (current.column + 0.5) * cell.width - side / 2);
  const y = Math.max(1, (current.row + 0.5) * cell.height - tall / 2);
  paper.strokeRect(x, y, side, tall);
}
