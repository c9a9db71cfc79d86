/** Elements of one node: shape, sign or lettering, name, pattern word, halo, focus ring and badges. */
import { RADIUS, RING, type Anatomy } from './anatomy';
import { SIZES } from './measure';
import type { SceneNode } from './scene';
import { baseline, letter, set, setText, show, svg } from './svg';

const HALO = 7;
const FOCUS = 5;
const OUTPUT_LINE = 4;

export interface NodeParts {
  root: SVGGElement;
  halo: SVGElement;
  focus: SVGElement;
  shape: SVGElement;
  second: SVGElement;
  glyph: SVGPathElement;
  text: SVGTextElement;
  name: SVGTextElement;
  caption: SVGTextElement;
  badge: SVGGElement;
  /** Whether the outlines are circles or rectangles; they are made anew when it changes. */
  round: boolean;
}

const parts = new WeakMap<Element, NodeParts>();

export function partsOf(element: Element): NodeParts | undefined {
  return parts.get(element);
}

export function createNode(item: SceneNode): SVGGElement {
  const round = item.anatomy.shape === 'circle';
  const made: NodeParts = {
    root: svg('g', { role: 'button', tabindex: -1 }),
    halo: outline(round, 'halo'),
    focus: outline(round, 'focus-ring'),
    shape: outline(round, 'shape'),
    second: outline(round, 'second'),
    glyph: svg('path', { class: 'glyph' }),
    text: svg('text', { class: 'symbol', 'text-anchor': 'middle' }),
    name: svg('text', { class: 'name', 'text-anchor': 'middle' }),
    caption: svg('text', { class: 'word', 'font-size': SIZES.caption }),
    badge: badge('kink'),
    round,
  };
  made.root.append(
    made.halo, made.shape, made.second, made.glyph, made.text, made.name, made.caption, made.badge, made.focus,
  );
  parts.set(made.root, made);
  updateNode(made.root, item);
  return made.root;
}

export function updateNode(root: SVGGElement, item: SceneNode): void {
  const made = parts.get(root);
  if (!made) return;
  const { anatomy, node } = item;
  const round = anatomy.shape === 'circle';
  if (round !== made.round) {
    for (const name of ['halo', 'focus', 'shape', 'second'] as const) {
      const fresh = outline(round, made[name].getAttribute('class') ?? '');
      made[name].replaceWith(fresh);
      made[name] = fresh;
    }
    made.round = round;
  }
  set(root, {
    class: ['node', node.kind, node.role ?? '', anatomy.ring ? 'composite' : '', node.onPath ? '' : 'off-path']
      .filter(Boolean)
      .join(' '),
    'data-node': node.id,
  });
  size(made.shape, anatomy, 0);
  size(made.halo, anatomy, HALO);
  size(made.focus, anatomy, FOCUS);
  if (anatomy.shape === 'output') size(made.second, anatomy, -OUTPUT_LINE);
  else if (round) set(made.second, { r: RADIUS });
  show(made.second, anatomy.ring || anatomy.shape === 'output');
  show(made.glyph, anatomy.glyph !== null);
  set(made.glyph, { d: anatomy.glyph ?? '', class: anatomy.sign ? 'glyph sign' : 'glyph' });
  show(made.text, anatomy.text !== null);
  if (anatomy.text) {
    letter(made.text, anatomy.text);
    set(made.text, { y: baseline(anatomy.text).toFixed(1) });
  }
  const named = anatomy.name !== null && item.name !== null;
  show(made.name, named);
  if (anatomy.name && item.name) {
    letter(made.name, anatomy.name);
    set(made.name, { x: item.name.x.toFixed(1), y: (item.name.y + 4).toFixed(1) });
  }
  show(made.caption, item.caption !== null);
  if (item.caption) {
    setText(made.caption, item.caption.text);
    set(made.caption, {
      x: item.caption.x.toFixed(1),
      y: (item.caption.y + 5).toFixed(1),
      'text-anchor': item.caption.centred ? 'middle' : null,
    });
  }
}

function outline(round: boolean, className: string): SVGElement {
  return round ? svg('circle', { class: className }) : svg('rect', { class: className });
}

/** Sizes an outline to the node's shape, `more` px outside it. */
function size(element: SVGElement, { shape, width, height, ring }: Anatomy, more: number): void {
  if (shape === 'circle') {
    set(element, { r: RADIUS + (ring ? RING : 0) + more });
    return;
  }
  const corner = { stadium: height / 2, rectangle: 5, output: 9, circle: 0 }[shape];
  set(element, {
    x: -width / 2 - more,
    y: -height / 2 - more,
    width: width + 2 * more,
    height: height + 2 * more,
    rx: Math.max(2, corner + more),
  });
}

function badge(text: string): SVGGElement {
  return svg(
    'g',
    { class: 'badge kink', transform: `translate(${String(RADIUS - 2)},${String(-RADIUS - 2)})`, display: 'none' },
    svg('rect', { x: -4, y: -9, width: 34, height: 17, rx: 5 }),
    svg('text', { x: 13, y: 4, 'text-anchor': 'middle', 'font-size': SIZES.badge }, text),
  );
}
