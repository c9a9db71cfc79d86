/**
 * Elements of one node: shape, sign or lettering, name, and what only some nodes have (second ring, pattern word, badge,
 * halo, focus ring), which is made when it is first needed: a program of thousands of gates has few of them.
 */
import { RADIUS, RING, type Anatomy } from './anatomy';
import { SIZES } from './measure';
import type { SceneNode } from './scene';
import { baseline, letter, set, setText, svg } from './svg';

const HALO = 7;
const FOCUS = 5;
const OUTPUT_LINE = 4;
export const KINK = { width: 34, height: 17 } as const;

type Part = 'halo' | 'button' | 'shape' | 'second' | 'glyph' | 'text' | 'name' | 'word' | 'badge' | 'focus';
/** Painting order, from the ground up. */
const ORDER: readonly Part[] = ['halo', 'button', 'glyph', 'text', 'name', 'word', 'badge', 'focus'];
/** The shape alone is the button: its sentence says what the letters around it only abbreviate. */
const IN_BUTTON: readonly Part[] = ['shape', 'second'];

interface NodeParts {
  anatomy: Anatomy;
  button: SVGGElement;
  made: Partial<Record<Part, SVGElement>>;
}

const known = new WeakMap<Element, NodeParts>();

export function createNode(item: SceneNode): SVGGElement {
  const button = svg('g', { class: 'press', role: 'button', tabindex: -1 });
  const root = svg('g', {}, button);
  known.set(root, { anatomy: item.anatomy, button, made: { button } });
  updateNode(root, item);
  return root;
}

export function updateNode(root: SVGGElement, item: SceneNode): void {
  const parts = known.get(root);
  if (!parts) return;
  const { anatomy, node, name, caption } = item;
  const round = anatomy.shape === 'circle';
  if (round !== (parts.anatomy.shape === 'circle')) for (const part of ['shape', 'second', 'halo', 'focus'] as const) drop(parts, part);
  parts.anatomy = anatomy;
  set(root, {
    class: ['node', node.kind, node.role ?? '', anatomy.ring ? 'composite' : '', node.onPath ? '' : 'off-path']
      .filter(Boolean)
      .join(' '),
    'data-node': node.id,
  });
  size(need(root, parts, 'shape', () => outline(round, 'shape')), anatomy, 0);
  if (parts.made.halo) size(parts.made.halo, anatomy, HALO);
  if (parts.made.focus) size(parts.made.focus, anatomy, FOCUS);
  if (anatomy.ring || anatomy.shape === 'output') {
    const second = need(root, parts, 'second', () => outline(round, 'second'));
    if (round) set(second, { r: RADIUS });
    else size(second, anatomy, -OUTPUT_LINE);
  } else drop(parts, 'second');
  if (anatomy.glyph !== null) {
    const glyph = need(root, parts, 'glyph', () => svg('path'));
    set(glyph, { d: anatomy.glyph, class: anatomy.sign ? 'glyph sign' : 'glyph' });
  } else drop(parts, 'glyph');
  if (anatomy.text) {
    const text = need(root, parts, 'text', () => svg('text', { class: 'symbol', 'text-anchor': 'middle' }));
    letter(text, anatomy.text);
    set(text, { y: baseline(anatomy.text).toFixed(1) });
  } else drop(parts, 'text');
  if (anatomy.name && name) {
    const text = need(root, parts, 'name', () => svg('text', { class: 'name', 'text-anchor': 'middle' }));
    letter(text, anatomy.name);
    set(text, { x: name.x.toFixed(1), y: (name.y + 4).toFixed(1) });
  } else drop(parts, 'name');
  if (caption) {
    const word = need(root, parts, 'word', () => svg('text', { class: 'word', 'font-size': SIZES.caption }));
    setText(word, caption.text);
    set(word, {
      x: caption.x.toFixed(1), y: (caption.y + 5).toFixed(1), 'text-anchor': caption.centred ? 'middle' : null,
    });
  } else drop(parts, 'word');
}

/** The part of a node that is focused and pressed. */
export function buttonOf(root: Element | null): SVGGElement | null {
  return (root && known.get(root)?.button) ?? null;
}

/** Makes the halo of a node that is selected, or the ring of one that has the focus; their classes show them. */
export function dress(root: Element, part: 'halo' | 'focus'): void {
  const parts = known.get(root);
  if (!parts) return;
  const round = parts.anatomy.shape === 'circle';
  const made = need(root, parts, part, () => outline(round, part === 'halo' ? 'halo' : 'focus-ring'));
  size(made, parts.anatomy, part === 'halo' ? HALO : FOCUS);
}

/** A small badge on the side of the gate that its name leaves free. */
export function showKink(root: Element, item: SceneNode, shown: boolean): void {
  const parts = known.get(root);
  if (!parts) return;
  if (!shown) {
    drop(parts, 'badge');
    return;
  }
  const made = need(root, parts, 'badge', () => badge('kink'));
  set(made, { transform: `translate(0,${String(kinkY(item))})` });
}

/** Middle of the kink badge relative to the gate. */
export function kinkY({ name, anatomy }: SceneNode): number {
  return (name !== null && name.y < 0 ? 1 : -1) * (anatomy.height / 2 + KINK.height / 2 + 4);
}

/** The part, made and put into its place in the painting order when it is not there yet. */
function need<P extends Part, E extends SVGElement>(root: Element, parts: NodeParts, part: P, make: () => E): E {
  const there = parts.made[part];
  if (there) return there as E;
  const fresh = make();
  const inside = IN_BUTTON.includes(part);
  const order = inside ? IN_BUTTON : ORDER;
  const next = order.slice(order.indexOf(part) + 1).find((other) => parts.made[other]);
  if (!inside && part !== 'halo') fresh.setAttribute('aria-hidden', 'true');
  (inside ? parts.button : root).insertBefore(fresh, (next && parts.made[next]) ?? null);
  parts.made[part] = fresh;
  return fresh;
}

function drop(parts: NodeParts, part: Part): void {
  parts.made[part]?.remove();
  delete parts.made[part];
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
  const corner = { stadium: height / 2, rectangle: 5, card: 7, output: 9 }[shape];
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
    { class: 'badge kink' },
    svg('rect', { x: -KINK.width / 2, y: -KINK.height / 2, width: KINK.width, height: KINK.height, rx: 5 }),
    svg('text', { y: 4, 'text-anchor': 'middle', 'font-size': SIZES.badge }, text),
  );
}
