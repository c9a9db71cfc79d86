/** The small picture of an operation with several operands: the gradient that arrives, and what each operand receives. */
import { svg } from '../graph/svg';
import type { Local } from './records';
import type { Size } from './curve';

const RADIUS = 7.5;
const GATE_X = 94;
const TIP_X = 58;
const SPREAD = 15;
const NARROW = 19;

export function drawFlow(locals: readonly Local[], { width, height }: Size): SVGSVGElement {
  const middle = height / 2;
  const spread = locals.length > 2 ? NARROW : SPREAD;
  const top = middle - ((locals.length - 1) * spread * (locals.length > 2 ? 1 : 2)) / 2;
  const rows = locals.map(({ passed }, index) => ({ passed, y: top + index * spread * (locals.length > 2 ? 1 : 2) }));
  return svg(
    'svg',
    { class: 'cheat-flow', viewBox: `0 0 ${String(width)} ${String(height)}`, width, height, 'aria-hidden': 'true' },
    ...arrow(`M${String(width - 2)},${String(middle)}H${String(GATE_X + RADIUS + 6)}`, GATE_X + RADIUS, middle, 'cheat-wire'),
    text('g', (GATE_X + width) / 2 + 4, middle - 6, 'middle'),
    ...rows.flatMap(({ passed, y }) => {
      const className = passed === '0' ? 'cheat-wire cheat-blocked' : 'cheat-wire';
      const from = `${String(GATE_X - RADIUS)},${String(middle)}`;
      const bend = `C${String(GATE_X - 18)},${String((middle + 2 * y) / 3)} ${String(TIP_X + 14)},${String(y)} ${String(TIP_X + 6)},${String(y)}`;
      return [...arrow(`M${from}${bend}`, TIP_X, y, className), text(passed, TIP_X - 5, y + 4.5, 'end')];
    }),
    svg('circle', { class: 'cheat-gate', cx: GATE_X, cy: middle, r: RADIUS }),
  );
}

/** A wire with its head at (x, y), pointing to the left. */
function arrow(d: string, x: number, y: number, className: string): SVGElement[] {
  const back = x + 8;
  return [
    svg('path', { class: className, d }),
    svg('path', { class: 'cheat-head', d: `M${String(x)},${String(y)}L${String(back)},${String(y - 3.6)}V${String(y + 3.6)}Z` }),
  ];
}

function text(label: string, x: number, y: number, anchor: 'middle' | 'end'): SVGElement {
  return svg('text', { class: label === '0' ? 'cheat-label cheat-zero' : 'cheat-label', x, y, 'text-anchor': anchor }, label);
}
