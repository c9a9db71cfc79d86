/** Elements of the numbers on wires: value above, gradient below, what they were before a drag, and the badge. */
import { badgeWidth, BADGE_GAP } from './arrange';
import type { Figure } from './figures';
import { SIZES, type Measure } from './measure';
import type { VisibleNode } from './visible';
import { set, setText, show, svg } from './svg';

/** Baselines relative to the wire, px. */
export const VALUE_Y = -10;
export const GRADIENT_Y = 22;
const BEFORE_VALUE_Y = VALUE_Y - 17;
const BEFORE_GRADIENT_Y = GRADIENT_Y + 16;
const UNDERLINE_Y = VALUE_Y + 4.5;

export interface LabelParts {
  root: SVGGElement;
  /** The value with all that belongs to it; of a leaf this is what is dragged. */
  handle: SVGGElement;
  hit: SVGRectElement;
  valueBack: SVGRectElement;
  value: SVGTextElement;
  underline: SVGLineElement;
  badge: SVGGElement;
  gradientBack: SVGRectElement;
  gradient: SVGTextElement;
  beforeValue: SVGTextElement;
  beforeGradient: SVGTextElement;
}

const parts = new WeakMap<Element, LabelParts>();

export function labelParts(element: Element): LabelParts | undefined {
  return parts.get(element);
}

export function createLabel(): SVGGElement {
  const number = (className: string, y: number): SVGTextElement =>
    svg('text', { class: `number ${className}`, y, 'text-anchor': 'middle' });
  const made: LabelParts = {
    root: svg('g', { class: 'label' }),
    handle: svg('g', { class: 'value-part' }),
    hit: svg('rect', { class: 'hit', y: -34, height: 32, rx: 4 }),
    valueBack: svg('rect', { class: 'alarm-back', y: VALUE_Y - 16, height: 21, rx: 5 }),
    value: number('value', VALUE_Y),
    underline: svg('line', { class: 'underline', y1: UNDERLINE_Y, y2: UNDERLINE_Y }),
    badge: svg(
      'g',
      { class: 'badge default' },
      svg('rect', { y: VALUE_Y - 13, height: 17, rx: 5 }),
      svg('text', { y: VALUE_Y, 'text-anchor': 'middle', 'font-size': SIZES.badge }, 'default'),
    ),
    gradientBack: svg('rect', { class: 'alarm-back gradient-part', y: GRADIENT_Y - 16, height: 21, rx: 5 }),
    gradient: number('gradient gradient-part', GRADIENT_Y),
    beforeValue: number('before', BEFORE_VALUE_Y),
    beforeGradient: number('before gradient-part', BEFORE_GRADIENT_Y),
  };
  made.handle.append(made.hit, made.valueBack, made.value, made.underline, made.badge, made.beforeValue);
  made.root.append(made.handle, made.gradientBack, made.gradient, made.beforeGradient);
  parts.set(made.root, made);
  return made.root;
}

/** What a label shows. `before` are the numbers at the start of a drag, where they differ. */
export interface LabelContent {
  value: Figure | null;
  gradient: Figure | null;
  before: { value: string | null; gradient: string | null };
  defaulted: boolean;
}

/** A leaf with a name can be given another value; a literal is changed in the program. */
export function isEditable(node: VisibleNode): boolean {
  return node.kind === 'leaf' && node.name !== null;
}

export function updateLabel(root: SVGGElement, node: VisibleNode, content: LabelContent, measure: Measure): void {
  const made = parts.get(root);
  if (!made) return;
  const { value, gradient, before } = content;
  const editable = isEditable(node);
  const width = (figure: Figure | null): number => (figure ? measure.width(figure.text, 'number', SIZES.number) : 0);
  const badge = content.defaulted ? badgeWidth('default', measure) : 0;
  // Value and badge are centred together over the wire.
  const middle = content.defaulted ? -(BADGE_GAP + badge) / 2 : 0;
  const half = width(value) / 2;
  set(made.root, { 'data-label': node.id });
  made.handle.classList.toggle('editable', editable);
  show(made.handle, value !== null);
  setText(made.value, value?.text ?? '');
  set(made.value, { x: middle === 0 ? null : middle });
  made.value.classList.toggle('alarm', value?.warn ?? false);
  back(made.valueBack, value, middle, half);
  show(made.underline, editable);
  show(made.hit, editable);
  if (editable) {
    set(made.underline, { x1: middle - half, x2: middle + half });
    set(made.hit, { x: middle - half - 4, width: 2 * half + 8 });
  }
  show(made.badge, content.defaulted);
  if (content.defaulted) {
    const [rect, text] = made.badge.children;
    const left = middle + half + BADGE_GAP;
    if (rect) set(rect, { x: left, width: badge });
    if (text) set(text, { x: left + badge / 2 });
  }
  show(made.gradient, gradient !== null);
  setText(made.gradient, gradient?.text ?? '');
  made.gradient.classList.toggle('alarm', gradient?.warn ?? false);
  back(made.gradientBack, gradient, 0, width(gradient) / 2);
  show(made.beforeValue, before.value !== null);
  setText(made.beforeValue, before.value ?? '');
  show(made.beforeGradient, before.gradient !== null);
  setText(made.beforeGradient, before.gradient ?? '');
}

/** NaN and the infinities stand on a soft ground. */
function back(rect: SVGRectElement, figure: Figure | null, middle: number, half: number): void {
  const warn = figure?.warn ?? false;
  show(rect, warn);
  if (warn) set(rect, { x: middle - half - 5, width: 2 * half + 10 });
}

export function createBranch(): SVGTextElement {
  return svg('text', { class: 'number gradient branch gradient-part', y: 5.5, 'text-anchor': 'middle' });
}

export function createLocal(): SVGTextElement {
  return svg('text', { class: 'number local', y: 5, 'text-anchor': 'middle', 'font-size': SIZES.local });
}

export function updateNumber(text: SVGTextElement, figure: Figure | undefined): void {
  setText(text, figure?.text ?? '');
  text.classList.toggle('alarm', figure?.warn ?? false);
}
