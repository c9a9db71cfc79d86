/** Elements of one wire: ribbon, wide invisible line for the pointer, line and arrowhead; and of a junction. */
import type { Point } from '../layout';
import { headOf, pathText, round, shortened } from './geometry';
import { SIZES } from './measure';
import type { SceneJunction, SceneWire } from './scene';
import { set, show, svg } from './svg';

/** Length of an arrowhead, px. The line ends inside it. */
const HEAD = 7.5;
const HIT_GAP = 9;
const HEAD_PATH = 'M0,0L-7.5,-3.7L-7.5,3.7Z';
const JUNCTION = 5;

export function createWire(wire: SceneWire): SVGGElement {
  const root = svg(
    'g',
    { class: 'wire' },
    svg('path', { class: 'hit' }),
    svg('path', { class: 'line' }),
    svg('path', { class: 'head' }),
  );
  bendWire(root, wire, wire.points, false);
  return root;
}

/** Gives the wire its way: its own points, or those of a moment on the way there. `back`: gradients flow along it. */
export function bendWire(root: SVGGElement, wire: SceneWire, points: readonly Point[], back: boolean): void {
  const [hit, line, head] = root.children;
  if (!hit || !line || !head) return;
  const forward = wire.forked ? shortened([...points].reverse(), JUNCTION).reverse() : points;
  const way = back ? [...forward].reverse() : points;
  const pointed = back || wire.edge !== null;
  // The pointer's line ends before the gate, which has a border of its own to be pointed at.
  set(hit, { d: pathText(shortened(way, pointed ? HIT_GAP : 0)) });
  set(line, { d: pathText(pointed ? shortened(way, HEAD - 1.5) : way) });
  const tip = headOf(way) ?? { x: 0, y: 0, angle: 0 };
  set(head, {
    d: pointed ? HEAD_PATH : '',
    transform: `translate(${String(round(tip.x))},${String(round(tip.y))})rotate(${String(round(tip.angle))})`,
  });
}

export function createRibbon(wire: SceneWire): SVGPathElement {
  return svg('path', { class: 'ribbon', d: pathText(wire.points) });
}

export function createJunction(): SVGGElement {
  return svg(
    'g',
    { class: 'junction' },
    svg(
      'g',
      { class: 'press', role: 'button', tabindex: -1 },
      svg('circle', { class: 'hit', r: JUNCTION + 9 }),
      svg('circle', { class: 'dot', r: JUNCTION }),
    ),
    svg('circle', { class: 'focus-ring', r: JUNCTION + 5 }),
    svg('text', { class: 'word', 'aria-hidden': 'true', x: -7, y: -22, 'font-size': SIZES.caption }, 'adder'),
  );
}

/** Lies below the wires, so it is not part of the junction's own group. */
export function createJunctionHalo(): SVGCircleElement {
  return svg('circle', { class: 'halo junction-halo', r: JUNCTION + 9 });
}

export function updateJunction(root: SVGGElement, junction: SceneJunction): void {
  set(root, { 'data-junction': junction.node.id });
  const caption = root.lastElementChild;
  if (caption) show(caption, junction.caption);
}
