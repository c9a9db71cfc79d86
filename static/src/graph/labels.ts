/**
 * Elements of the numbers on a wire: value above, gradient below; what they were before a drag, badge and warning
 * ground are made when they are first needed.
 */
import { badgeWidth, BADGE_GAP } from './arrange';
import type { CellPlan } from './cell-plan';
import type { Figure, TensorFigure } from './figures';
import { SIZES, type Measure } from './measure';
import type { VisibleNode } from './visible';
import { set, setText, svg } from './svg';
import { tensorTools } from './tensor-tools';

/** Baselines relative to the wire, px. */
export const VALUE_Y = -10;
export const GRADIENT_Y = 22;
const BEFORE_VALUE_Y = VALUE_Y - 17;
const BEFORE_GRADIENT_Y = GRADIENT_Y + 16;
const UNDERLINE_Y = VALUE_Y + 4.5;

type Part =
  | 'hit' | 'valueBack' | 'value' | 'underline' | 'badge' | 'beforeValue'
  | 'gradientBack' | 'gradient' | 'beforeGradient';
/** Painting order; the first ones belong to the value and move with it. */
const ORDER: readonly Part[] = [
  'hit', 'valueBack', 'value', 'underline', 'badge', 'beforeValue', 'gradientBack', 'gradient', 'beforeGradient',
];
const WITH_VALUE = 6;

interface LabelParts {
  /** The value with all that belongs to it; of a leaf this is what is dragged. */
  handle: SVGGElement;
  made: Partial<Record<Part, SVGElement>>;
}

const known = new WeakMap<Element, LabelParts>();

/** The part of a label that is dragged. */
export function handleOf(label: Element | null): SVGGElement | null {
  return (label && known.get(label)?.handle) ?? null;
}

export function createLabel(): SVGGElement {
  const handle = svg('g', { class: 'value-part' });
  const root = svg('g', { class: 'label' }, handle);
  known.set(root, { handle, made: {} });
  return root;
}

/** What a label shows. `before` are the numbers at the start of a drag, where they differ. */
export interface LabelContent {
  value: Figure | null;
  gradient: Figure | null;
  /** Stands there as cells. */
  tensor: TensorFigure | null;
  before: { value: string | null; gradient: string | null };
  defaulted: boolean;
  /** The number that the present step has made stands on a filled ground. */
  pill: 'value' | 'gradient' | null;
}

/** A leaf with a name can be given another value; a literal is changed in the program. */
export function isEditable(node: VisibleNode): boolean {
  return node.kind === 'leaf' && node.name !== null && !node.node.tensor;
}

/** A number or a tensor at its place; `cells` says where those of a tensor stand. */
export interface Labelled {
  node: VisibleNode;
  cells: CellPlan | null;
}

export function updateLabel(root: SVGGElement, { node, cells }: Labelled, content: LabelContent, measure: Measure): void {
  const parts = known.get(root);
  if (!parts) return;
  const { value, gradient, before } = content;
  tensorTools()?.updateCells(root, content.tensor, cells);
  const width = (figure: Figure | null): number => (figure ? measure.width(figure.text, 'number', SIZES.number) : 0);
  const half = width(value) / 2;
  const badge = content.defaulted ? badgeWidth('default', measure) : 0;
  // Value and badge are centred together over the wire.
  const middle = content.defaulted ? -(BADGE_GAP + badge) / 2 : 0;
  // The gradient stands below the value, unless it is so wide that it would reach over the left end of both.
  const below = Math.min(0, Math.max(middle, width(gradient) / 2 - (half - middle)));
  set(root, { 'data-label': node.id });
  root.classList.toggle('held-cells', content.tensor !== null && cells?.place === 'wire' && node.kind === 'leaf' && node.name !== null);
  const editable = value !== null && isEditable(node);
  parts.handle.classList.toggle('editable', editable);
  number(root, parts, 'value', value, 'value', VALUE_Y, middle);
  ground(root, parts, 'valueBack', value, content.pill === 'value', VALUE_Y, middle, half);
  handle(root, parts, editable, middle, half);
  if (content.defaulted && value) {
    const made = need(root, parts, 'badge', defaultBadge);
    const [rect, text] = made.children;
    const left = middle + half + BADGE_GAP;
    if (rect) set(rect, { x: left, width: badge });
    if (text) set(text, { x: left + badge / 2 });
  } else drop(parts, 'badge');
  number(root, parts, 'gradient', gradient, 'gradient gradient-part', GRADIENT_Y, below);
  ground(root, parts, 'gradientBack', gradient, content.pill === 'gradient', GRADIENT_Y, below, width(gradient) / 2);
  parts.made.value?.classList.toggle('on-pill', content.pill === 'value');
  parts.made.gradient?.classList.toggle('on-pill', content.pill === 'gradient');
  number(root, parts, 'beforeValue', old(before.value), 'before', BEFORE_VALUE_Y, middle);
  number(root, parts, 'beforeGradient', old(before.gradient), 'before gradient-part', BEFORE_GRADIENT_Y, below);
}

function old(text: string | null): Figure | null {
  return text === null ? null : { text, warn: false };
}

function number(
  root: Element, parts: LabelParts, part: Part, figure: Figure | null, className: string, y: number, x: number,
): void {
  if (!figure) {
    drop(parts, part);
    return;
  }
  const made = need(root, parts, part, () => svg('text', { class: `number ${className}`, y, 'text-anchor': 'middle' }));
  setText(made, figure.text);
  set(made, { x: x === 0 ? null : x });
  made.classList.toggle('alarm', figure.warn);
}

/** NaN and the infinities stand on a soft ground, the number of the present step on a filled one. */
function ground(
  root: Element, parts: LabelParts, part: 'valueBack' | 'gradientBack', figure: Figure | null, pill: boolean, y: number,
  middle: number, half: number,
): void {
  if (!figure || (!figure.warn && !pill)) {
    drop(parts, part);
    return;
  }
  const kind = part === 'valueBack' ? 'value' : 'gradient';
  const made = need(root, parts, part, () => svg('rect', { y: y - 16.5, height: 22, rx: 5 }));
  set(made, {
    class: `${pill ? `pill ${kind}` : 'alarm-back'}${kind === 'gradient' ? ' gradient-part' : ''}`,
    x: middle - half - 6,
    width: 2 * half + 12,
  });
}

/** Ground for the pointer and the dotted line that says: this can be dragged. */
function handle(root: Element, parts: LabelParts, editable: boolean, middle: number, half: number): void {
  if (!editable) {
    drop(parts, 'hit');
    drop(parts, 'underline');
    return;
  }
  const hit = need(root, parts, 'hit', () => svg('rect', { class: 'hit', y: -34, height: 32, rx: 4 }));
  set(hit, { x: middle - half - 4, width: 2 * half + 8 });
  const line = need(root, parts, 'underline', () => svg('line', { class: 'underline', y1: UNDERLINE_Y, y2: UNDERLINE_Y }));
  set(line, { x1: middle - half, x2: middle + half });
}

function defaultBadge(): SVGGElement {
  return svg(
    'g',
    { class: 'badge default' },
    svg('rect', { y: VALUE_Y - 13, height: 17, rx: 5 }),
    svg('text', { y: VALUE_Y, 'text-anchor': 'middle', 'font-size': SIZES.badge }, 'default'),
  );
}

function need<E extends SVGElement>(root: Element, parts: LabelParts, part: Part, make: () => E): E {
  const there = parts.made[part];
  if (there) return there as E;
  const fresh = make();
  const at = ORDER.indexOf(part);
  const inValue = at < WITH_VALUE;
  const later = ORDER.slice(at + 1, inValue ? WITH_VALUE : undefined).find((other) => parts.made[other]);
  (inValue ? parts.handle : root).insertBefore(fresh, (later && parts.made[later]) ?? null);
  parts.made[part] = fresh;
  return fresh;
}

function drop(parts: LabelParts, part: Part): void {
  parts.made[part]?.remove();
  delete parts.made[part];
}

export function createBranch(): SVGGElement {
  return svg(
    'g',
    { class: 'branch gradient-part' },
    svg('text', { class: 'number gradient', y: 5.5, 'text-anchor': 'middle' }),
  );
}

export function updateBranch(root: SVGGElement, figure: Figure | undefined, pill: boolean, measure: Measure): void {
  const text = root.lastElementChild;
  if (!text) return;
  setText(text, figure?.text ?? '');
  text.classList.toggle('alarm', figure?.warn ?? false);
  text.classList.toggle('on-pill', pill);
  const there = root.querySelector('rect');
  if (!pill) {
    there?.remove();
    return;
  }
  const width = measure.width(figure?.text ?? '', 'number', SIZES.branch) + 12;
  const rect = there ?? root.insertBefore(svg('rect', { class: 'pill gradient', y: -11, height: 22, rx: 5 }), text);
  set(rect, { x: -width / 2, width });
}

export function createLocal(): SVGTextElement {
  return svg('text', { class: 'number local', y: 5, 'text-anchor': 'middle', 'font-size': SIZES.local });
}

export function updateNumber(text: SVGTextElement, figure: Figure | undefined): void {
  setText(text, figure?.text ?? '');
  text.classList.toggle('alarm', figure?.warn ?? false);
}
