/** What a drag shows at its leaf: the number as a pill, and a thin rail above it with the start and the way so far. */
import { graphNumber } from '../format';
import type { Point } from '../layout';
import { SIZES, type Measure } from './measure';
import { stepFor } from './steps';
import { set, setText, show, svg } from './svg';

const PILL_HEIGHT = 23;
const PILL_Y = -16;
const RAIL_Y = -41;
const RAIL_HALF = 78;
/** Px of rail per step, near the start; the far end of the rail is never reached. */
const PX_PER_STEP = 6;

/** Where a mark stands whose pill is to lie on this point. */
export const pillOver = (middle: Point | null): Point | null => middle && { x: middle.x, y: middle.y - PILL_Y };

export interface ScrubMark {
  show(mark: { at: Point; value: number; from: number; decimals: number } | null): void;
}

export function createScrubMark(viewport: SVGGElement, measure: Measure): ScrubMark {
  const line = (className: string): SVGLineElement => svg('line', { class: className, y1: RAIL_Y, y2: RAIL_Y });
  const rail = line('scrub-rail');
  const way = line('scrub-way');
  const tick = svg('line', { class: 'scrub-tick', y1: RAIL_Y - 4.5, y2: RAIL_Y + 4.5 });
  const start = svg('text', { class: 'number before', y: RAIL_Y - 9, 'text-anchor': 'middle' });
  const stem = svg('line', { class: 'scrub-stem', y1: RAIL_Y, y2: PILL_Y - PILL_HEIGHT / 2 });
  const dot = svg('circle', { class: 'scrub-dot', cy: RAIL_Y, r: 3.5 });
  const pill = svg('rect', { class: 'scrub-pill', y: PILL_Y - PILL_HEIGHT / 2, height: PILL_HEIGHT, rx: 5 });
  const number = svg('text', { class: 'number scrub-number', y: PILL_Y + 6, 'text-anchor': 'middle' });
  const track = svg('g', {}, rail, way, tick, start, stem, dot);
  const root = viewport.appendChild(svg('g', { class: 'scrub', 'aria-hidden': 'true', display: 'none' }, track, pill, number));

  return {
    show(mark) {
      show(root, mark !== null);
      if (!mark) return;
      set(root, { transform: `translate(${String(mark.at.x)},${String(mark.at.y)})` });
      const text = graphNumber(mark.value, mark.decimals);
      const width = measure.width(text, 'number', SIZES.number) + 12;
      set(pill, { x: -width / 2, width });
      setText(number, text);
      const steps = (mark.value - mark.from) / stepFor(mark.from);
      const reach = (RAIL_HALF - 8) * Math.tanh((steps * PX_PER_STEP) / RAIL_HALF);
      set(rail, { x1: -RAIL_HALF, x2: RAIL_HALF });
      set(way, { x1: -reach, x2: 0 });
      set(tick, { x1: -reach, x2: -reach });
      set(start, { x: -reach });
      setText(start, graphNumber(mark.from, mark.decimals));
    },
  };
}
