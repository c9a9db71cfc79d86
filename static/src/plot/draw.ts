/** Draws the parts of a plot as SVG: axes, curves, tangents, kinks, texts. */
import type { CurveKink } from '../api/model';
import { svg } from '../graph/svg';
import type { Frame } from './frame';
import type { Box } from './lines';
import { meet, type Place } from './places';
import type { Point, Tick } from './ranges';

const AXIS_TEXT = 4;
const BELOW_AXIS = 17;

/** Px of the kink's word: its size and how far above its tick it stands. */
const WORD = { width: 26, height: 13, above: 13 };
/** More kinks than this go without words: their ticks say enough together. */
const MOST_WORDS = 3;

/** Horizontal lines of the value axis with their numbers. */
export function valueAxis({ box, y }: Frame, ticks: readonly Tick[]): SVGElement[] {
  return ticks.flatMap(({ at, text }) => [
    svg('line', { class: 'plot-grid', x1: box.left, x2: box.right, y1: y(at), y2: y(at) }),
    svg('text', { class: 'plot-tick', x: box.left - 9, y: y(at) + AXIS_TEXT, 'text-anchor': 'end' }, text),
  ]);
}

/** Numbers below the plot; the present one is set off. */
export function argumentAxis({ box, x }: Frame, ticks: readonly Tick[], below = BELOW_AXIS): SVGElement[] {
  return ticks.map(({ at, text, present }) =>
    svg(
      'text',
      { class: present ? 'plot-tick plot-present' : 'plot-tick', x: x(at), y: box.bottom + below, 'text-anchor': 'middle' },
      text,
    ),
  );
}

/** A curve in pieces, cut off at the box: an inner drawing clips without a name of its own. */
export function curveLine({ box }: Frame, lines: readonly (readonly Point[])[], className: string): SVGElement {
  const air = 2;
  const pair = ({ x, y }: Point): string => `${(x - box.left + air).toFixed(2)},${(y - box.top + air).toFixed(2)}`;
  const path = (points: readonly Point[]): string => `M${points.map(pair).join('L')}`;
  return svg(
    'svg',
    {
      x: box.left - air,
      y: box.top - air,
      width: box.right - box.left + 2 * air,
      height: box.bottom - box.top + 2 * air,
      overflow: 'hidden',
    },
    svg('path', { class: className, d: lines.map(path).join('') }),
  );
}

export function stroke([from, to]: readonly [Point, Point], className: string): SVGElement {
  return svg('line', { class: className, x1: from.x, y1: from.y, x2: to.x, y2: to.y });
}

/** A dotted line from a point down to the axis. */
export function guide({ box }: Frame, at: Point): SVGElement {
  const top = Math.min(box.bottom, Math.max(box.top, at.y));
  return svg('line', { class: 'plot-guide', x1: at.x, x2: at.x, y1: top, y2: box.bottom });
}

export function textAt({ x, y }: Pick<Place, 'x' | 'y'>, text: string, className: string): SVGElement {
  return svg('text', { class: className, x, y }, text);
}

export interface KinkMark {
  at: Point;
  jump: boolean;
  /** Where the word "kink" stands, or null where there is no room for it. */
  word: Box | null;
}

/** Marks of the kinks inside the frame; a word that would meet another is left out. */
export function kinkMarks(frame: Frame, kinks: readonly CurveKink[], valueOf: (x: number) => number): KinkMark[] {
  const { box } = frame;
  const taken: Box[] = [];
  const inside = kinks.filter(({ x }) => frame.x(x) >= box.left && frame.x(x) <= box.right);
  return inside.flatMap(({ x, jump }): KinkMark[] => {
    const at = { x: frame.x(x), y: Math.min(box.bottom, Math.max(box.top, frame.y(valueOf(x)))) };
    if (Number.isNaN(at.y)) return [];
    // Near the upper edge the word stands below its tick.
    const up = at.y - WORD.above - WORD.height > box.top - 6 ? 1 : -1;
    const middle = at.y - up * (WORD.above + 2);
    const word = {
      left: at.x - WORD.width / 2,
      right: at.x + WORD.width / 2,
      top: middle - WORD.height / 2,
      bottom: middle + WORD.height / 2,
    };
    if (inside.length > MOST_WORDS || taken.some((other) => meet(word, other))) return [{ at, jump, word: null }];
    taken.push(word);
    return [{ at, jump, word }];
  });
}

export function drawKinks(marks: readonly KinkMark[]): SVGElement[] {
  return marks.flatMap(({ at, jump, word }) => [
    svg('line', { class: 'plot-kink', x1: at.x, x2: at.x, y1: at.y - 5.5, y2: at.y + 5.5 }),
    ...(word
      ? [
          svg(
            'text',
            { class: 'plot-kink-word', x: at.x, y: word.bottom - 3, 'text-anchor': 'middle' },
            jump ? 'jump' : 'kink',
          ),
        ]
      : []),
  ]);
}
