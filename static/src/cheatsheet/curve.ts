/** The small picture of an operation with one operand: its value, and dashed its local gradient. */
import { svg } from '../graph/svg';
import { curveLine } from '../plot/draw';
import type { Frame } from '../plot/frame';
import { pieces } from '../plot/lines';
import { valueRange } from '../plot/ranges';
import { linearScale, type Range } from '../plot/scale';
import type { Numeric, Picture } from './records';

export interface Size {
  width: number;
  height: number;
}

/** Both axes have about the same unit up to this value; what grows beyond is cut off. */
const LEAST_TOP = 3;
/** Air above and below, in heights of the range. */
const AIR = 0.06;

export function drawCurve(picture: Picture, { width, height }: Size): SVGSVGElement {
  const values = picture.points.map(({ value }) => numberOf(value));
  const locals = picture.points.map(({ local }) => numberOf(local));
  const range = rangeOf([...values, ...locals], (picture.high - picture.low) / 2);
  const frame = frameOf({ width, height }, [picture.low, picture.high], range);
  const line = (heights: readonly number[], breaks: readonly { x: number; jump: boolean }[], className: string): SVGElement => {
    const points = picture.points.map(({ x }, index) => ({ x, value: heights[index] ?? NaN }));
    const kinks = breaks.map((one) => ({ ...one, node: '', before: 0, after: 0, message: '' }));
    return curveLine(frame, pieces(points, kinks, range).map((piece) => piece.map(frame.point)), className);
  };
  return svg(
    'svg',
    { class: 'cheat-curve', viewBox: `0 0 ${String(width)} ${String(height)}`, width, height, 'aria-hidden': 'true' },
    ...axes(frame),
    line(values, picture.breaks, 'cheat-value'),
    line(locals, picture.breaks.map(({ x }) => ({ x, jump: true })), 'cheat-local'),
  );
}

const numberOf = (value: Numeric): number => Number(value);

function rangeOf(heights: readonly number[], reach: number): Range {
  const top = Math.max(LEAST_TOP, reach);
  const [low, high] = valueRange(heights, [0]);
  const [from, to] = [Math.max(low, -top), Math.min(high, top)];
  const air = AIR * (to - from);
  return [from - air, to + air];
}

function frameOf({ width, height }: Size, across: Range, up: Range): Frame {
  const box = { left: 0, right: width, top: 0, bottom: height };
  const [x, y] = [linearScale(across, [0, width]), linearScale(up, [height, 0])];
  return { box, x, y, argument: x.invert, point: (at) => ({ x: x(at.x), y: y(at.y) }), rise: (slope) => slope };
}

/** The lines through zero, where the picture holds them. */
function axes({ box, x, y }: Frame): SVGElement[] {
  const [across, up] = [Math.round(x(0)) + 0.5, Math.round(y(0)) + 0.5];
  const line = (x1: number, y1: number, x2: number, y2: number): SVGElement => svg('line', { class: 'cheat-axis', x1, y1, x2, y2 });
  return [
    ...(across > 0 && across < box.right ? [line(across, 0, across, box.bottom)] : []),
    ...(up > 0 && up < box.bottom ? [line(0, up, box.right, up)] : []),
  ];
}
