/** The parts of a drawn graph as SVG text: the same shapes, sizes and places as on the page, for paper. */
import type { Answer, Operation } from '../api/model';
import { RADIUS, RING } from '../graph/anatomy';
import { BADGE_GAP, badgeWidth } from '../graph/arrange';
import type { Figure, Figures } from '../graph/figures';
import { headOf, pathText, round, shortened } from '../graph/geometry';
import { groupTexts } from '../graph/group-texts';
import { GRADIENT_Y, VALUE_Y } from '../graph/labels';
import { SIZES, type Measure } from '../graph/measure';
import type { SceneBranch, SceneGroup, SceneJunction, SceneLabel, SceneNode, SceneWire } from '../graph/scene';
import { cellsPart } from './cells';
import { letteringTag, tag, textTag } from './markup';
import { PAPER } from './paper';

const HEAD = 7.5;
const HEAD_PATH = 'M0,0L-7.5,-3.7L-7.5,3.7Z';
const JUNCTION = 5;
const OUTPUT_LINE = 3.5;
const CORNERS = { stadium: 0, rectangle: 5, card: 7, output: 9, circle: 0 } as const;

const translate = (x: number, y: number): string => `translate(${String(round(x))},${String(round(y))})`;

export function wirePart({ edge, points, forked }: SceneWire, figures: Figures): string {
  const start = forked ? shortened([...points].reverse(), JUNCTION).reverse() : [...points];
  const isUnchosen = edge !== null && figures.unchosen.has(edge.id);
  const colour = edge !== null && figures.alarmed.has(edge.id) ? PAPER.warn : PAPER.edge;
  const line = tag('path', {
    d: pathText(edge ? shortened(start, HEAD - 1.5) : start),
    fill: 'none',
    stroke: colour,
    'stroke-width': 1.5,
    'stroke-dasharray': isUnchosen ? '4.5 3.5' : null,
  });
  const tip = edge ? headOf(points) : null;
  if (!tip) return line;
  const turn = `${translate(tip.x, tip.y)}rotate(${String(round(tip.angle))})`;
  return line + tag('path', { d: HEAD_PATH, fill: colour, transform: turn });
}

export function junctionPart({ x, y }: SceneJunction): string {
  return tag('circle', { cx: x, cy: y, r: JUNCTION, fill: PAPER.edge });
}

export function nodePart({ node, anatomy, x, y, name }: SceneNode): string {
  const isFaint = node.kind !== 'output' && !node.onPath;
  return tag(
    'g',
    { transform: translate(x, y), opacity: isFaint ? '0.45' : null },
    ...outlines({ node, anatomy }),
    ...(anatomy.glyph === null ? [] : [glyph(anatomy.glyph, anatomy.sign)]),
    ...(anatomy.text === null ? [] : [letteringTag({ y: 0.3 * anatomy.text.size, ...MIDDLE, fill: PAPER.ink }, anatomy.text)]),
    ...(anatomy.name && name ? [letteringTag({ x: name.x, y: name.y + 4, ...MIDDLE, fill: PAPER.ink3 }, anatomy.name)] : []),
  );
}

const MIDDLE = { 'text-anchor': 'middle' } as const;

function outlines({ node, anatomy }: Pick<SceneNode, 'node' | 'anatomy'>): string[] {
  const stroke = { stroke: PAPER.ink, 'stroke-width': 1.5 };
  if (anatomy.shape === 'circle') {
    const outer = tag('circle', { r: RADIUS + (anatomy.ring ? RING : 0), fill: PAPER.surface, ...stroke });
    return anatomy.ring ? [outer, tag('circle', { r: RADIUS, fill: 'none', ...stroke, 'stroke-width': 1.2 })] : [outer];
  }
  const box = (inset: number, fill: string): string => {
    const [width, height] = [anatomy.width - 2 * inset, anatomy.height - 2 * inset];
    const rx = anatomy.shape === 'stadium' ? height / 2 : Math.max(2, CORNERS[anatomy.shape] - inset);
    const dashes = node.role === 'constant' ? '4 3' : null;
    return tag('rect', { x: -width / 2, y: -height / 2, width, height, rx, fill, ...stroke, 'stroke-dasharray': dashes });
  };
  const outer = box(0, node.role === 'parameter' ? PAPER.parameter : PAPER.surface);
  return anatomy.shape === 'output' ? [outer, box(OUTPUT_LINE, 'none')] : [outer];
}

function glyph(d: string, isSign: boolean): string {
  return tag('path', {
    d, fill: 'none', stroke: PAPER.ink, 'stroke-width': isSign ? 1.3 : 1.8, 'stroke-linecap': 'round', 'stroke-linejoin': 'round',
  });
}

/** Value above the wire, gradient below it. */
export function labelPart({ node, cells, x, y }: SceneLabel, figures: Figures, measure: Measure): string {
  const tensor = figures.tensors.get(node.id);
  if (tensor && cells) return cellsPart(tensor, cells, x, y);
  const [value, gradient] = [figures.values.get(node.id), figures.gradients.get(node.id)];
  const isDefaulted = figures.defaulted.has(node.id);
  const badge = isDefaulted ? badgeWidth('default', measure) : 0;
  const middle = isDefaulted ? -(BADGE_GAP + badge) / 2 : 0;
  const half = value ? measure.width(value.text, 'number', SIZES.number) / 2 : 0;
  return [
    ...(value ? [number(value, x + middle, y + VALUE_Y, PAPER.value)] : []),
    ...(isDefaulted && value ? [defaulted(x + middle + half + BADGE_GAP + badge / 2, y + VALUE_Y)] : []),
    ...(gradient ? [number(gradient, x + middle, y + GRADIENT_Y, PAPER.gradient)] : []),
  ].join('');
}

function defaulted(x: number, y: number): string {
  return textTag({ x, y, ...MIDDLE, 'font-size': SIZES.badge, fill: PAPER.ink3 }, 'default');
}

/** What one branch of a fan-out passes on. */
export function branchPart({ edge, x, y }: SceneBranch, figures: Figures): string {
  const figure = figures.branches.get(edge.id);
  return figure ? number(figure, x, y + 5.5, PAPER.gradient) : '';
}

function number({ text, warn }: Figure, x: number, y: number, colour: string): string {
  return textTag({ x, y, ...MIDDLE, 'font-size': SIZES.number, 'font-weight': '600', fill: warn ? PAPER.warn : colour }, text);
}

const GROUP = { corner: 14, side: 16, title: 24, foot: 18, line: 20, size: 14, gap: 8 } as const;


/** The outline of an open group with its title, and what its closed gate would have as local gradient. */
export function groupPart({ open, x, y, width, height }: SceneGroup, answer: Answer, operations: ReadonlyMap<string, Operation>, decimals: number): string {
  const { title, foot } = groupTexts(open, answer, operations, decimals);
  const feet = foot.map(({ words, formula }, index) => {
    const line = y + height - GROUP.foot - (foot.length - 1 - index) * GROUP.line;
    const runs = [{ text: `${words} `, font: 'main', level: 'base' } as const, ...formula];
    return letteringTag({ x: x + width / 2, y: line, ...MIDDLE, fill: PAPER.ink2 }, { runs, size: GROUP.size });
  });
  return [
    tag('rect', { x, y, width, height, rx: GROUP.corner, fill: 'none', stroke: PAPER.lineStrong, 'stroke-dasharray': '4 4' }),
    textTag({ x: x + GROUP.side, y: y + GROUP.title, 'font-size': GROUP.size, 'font-weight': '500', fill: PAPER.ink2 }, title),
    ...feet,
  ].join('');
}

/** Room that the texts of a group need. */
export function groupRoom(open: SceneGroup['open'], answer: Answer, operations: ReadonlyMap<string, Operation>, decimals: number, measure: Measure): { title: number; foot: number } {
  const { title, foot } = groupTexts(open, answer, operations, decimals);
  const lines = foot.map(({ words, formula }) => measure.width(`${words} `, 'caption', GROUP.size) + measure.runs(formula, GROUP.size));
  return { title: measure.width(title, 'caption', GROUP.size) + GROUP.gap, foot: Math.max(0, ...lines) };
}
