/** A tensor in a picture for paper: the cells, tints and summaries of graph/cells.ts, as SVG text. */
import type { Tensor } from '../api/model';
import { summaryLines } from '../explain/tensor-summary';
import { graphNumber } from '../format';
import type { CellPlan } from '../graph/cell-plan';
import { BAR, CELL, type Block } from '../graph/cell-sizes';
import type { TensorFigure } from '../graph/figures';
import { STRONGEST, tintPaths } from '../graph/tints';
import { tintOf } from '../graph/tint-scale';
import { letteringTag, tag, textTag } from './markup';
import { PAPER } from './paper';

type Kind = 'value' | 'gradient';

const MIDDLE = { 'text-anchor': 'middle' } as const;

/** What stands at a label: shape and name, value and gradient. `x` and `y` are its middle. */
export function cellsPart(figure: TensorFigure, plan: CellPlan, x: number, y: number): string {
  const parts = (['value', 'gradient'] as const).map((kind) => {
    const tensor = figure[kind];
    return tensor ? block(tensor, kind, figure, plan) : '';
  });
  return tag('g', { transform: `translate(${String(x)},${String(y)})` }, header(plan), ...parts);
}

function block(tensor: Tensor, kind: Kind, figure: TensorFigure, { block: size, ...plan }: CellPlan): string {
  const { x, y } = plan[kind];
  const bar = tag('rect', { width: BAR.width, height: size.height - 1, rx: 1, fill: kind === 'value' ? PAPER.value : PAPER.gradient });
  const inside =
    size.drawn === 'summary' || tensor.entries === null
      ? summary(tensor, kind, figure)
      : size.drawn === 'tints'
        ? tints(tensor.entries, size, figure.scales[kind])
        : tensor.entries.map((entry, index) => cell(entry, index, size, figure, kind));
  return tag('g', { transform: `translate(${String(x)},${String(y)})` }, bar, ...inside);
}

function cell(entry: number, index: number, { columns }: Block, figure: TensorFigure, kind: Kind): string {
  const [x, y] = [BAR.room + (index % columns) * CELL.width, Math.floor(index / columns) * CELL.height];
  const box = { x: x + 0.5, y, width: CELL.width - 1, height: CELL.height - 1, rx: 3 };
  const tint = STRONGEST * tintOf(entry, figure.scales[kind]);
  const shown = graphNumber(entry, figure.decimals);
  const fits = shown.length <= 5;
  const finite = Number.isFinite(entry);
  return [
    tag('rect', { ...box, fill: PAPER.heatZero }),
    tint === 0 ? '' : tag('rect', { ...box, fill: entry < 0 ? PAPER.heatMinus : PAPER.heatPlus, 'fill-opacity': tint.toFixed(3) }),
    textTag(
      {
        x: x + CELL.width / 2, y: y + 13.5, ...MIDDLE, 'font-size': CELL.size, 'font-weight': finite ? '500' : '700',
        fill: finite ? PAPER.ink : PAPER.warn, textLength: fits ? null : CELL.width - 4, lengthAdjust: fits ? null : 'spacingAndGlyphs',
      },
      shown,
    ),
  ].join('');
}

function tints(entries: readonly number[], size: Block, scale: number): string[] {
  return [
    tag('rect', { x: BAR.room, width: size.width - BAR.room, height: size.height, fill: PAPER.heatZero }),
    ...tintPaths(entries, size, scale).map(({ d, minus, opacity }) =>
      tag('path', { d, fill: minus ? PAPER.heatMinus : PAPER.heatPlus, 'fill-opacity': opacity })),
  ];
}

function summary(tensor: Tensor, kind: Kind, { decimals }: TensorFigure): string[] {
  const fill = kind === 'value' ? PAPER.value : PAPER.gradient;
  return summaryLines(tensor, (value) => graphNumber(value, decimals)).map((line, index) =>
    textTag({ x: BAR.room + 4, y: 13 + 16.5 * index, 'font-size': 13, fill }, line));
}

function header({ badge, name, place }: CellPlan): string {
  const ground = { x: badge.x - badge.width / 2, y: badge.y - 9, width: badge.width, height: 18, rx: 9 };
  return [
    tag('rect', { ...ground, fill: PAPER.sunken, stroke: PAPER.lineStrong }),
    textTag({ x: badge.x, y: badge.y + 4.2, ...MIDDLE, 'font-size': 12, fill: PAPER.ink2 }, badge.text),
    name ? letteringTag({ x: name.x, y: name.y + 5, ...MIDDLE, fill: place === 'card' ? PAPER.ink : PAPER.ink2 }, name.lettering) : '',
  ].join('');
}
