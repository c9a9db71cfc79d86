/** The picture of a step: the curve, its tangent at the start, and where both lead. */
import type { Curve } from '../api/model';
import { graphNumber } from '../format';
import { set, svg } from '../graph/svg';
import { argumentAxis, curveLine, drawKinks, guide, kinkMarks, stroke, textAt, valueAxis } from './draw';
import { frameOf } from './frame';
import { clip, pieces, valueAt } from './lines';
import { gridTicks, valueRange, type Point, type Tick } from './ranges';
import type { Range } from './scale';

const WIDTH = 320;
const HEIGHT = 132;
const TOP = 14;
const BELOW = 24;
const WORD_DIGIT = 6.9;
/** Air above and below what is shown, in parts of its height. */
const AIR = 0.12;
/** The tangent reaches this much of the step beyond both ends. */
const OVERHANG = 0.75;

export interface NudgePicture {
  curve: Curve;
  from: number;
  to: number;
  before: number;
  after: number;
  predicted: number;
}

/** One step before the start to one step behind the end. */
export function nudgeRange(from: number, to: number): Range {
  const step = Math.abs(to - from);
  return [Math.min(from, to) - step, Math.max(from, to) + step];
}

export function drawNudge(root: SVGSVGElement, picture: NudgePicture): void {
  const { curve, from, to, before, after, predicted } = picture;
  const range = nudgeRange(from, to);
  const step = to - from;
  const inside = curve.points.filter(({ x }) => x >= range[0] && x <= range[1]);
  const edges = range.map((x) => ({ x, value: valueAt(curve.points, x) })).filter(({ value }) => !Number.isNaN(value));
  const points = [...inside, ...edges].sort((one, other) => one.x - other.x);
  const [low, high] = valueRange(points.map(({ value }) => value), [before, after, predicted]);
  const values: Range = [low - AIR * (high - low), high + AIR * (high - low)];
  const ticks = gridTicks(values);
  const frame = frameOf({ width: WIDTH, height: HEIGHT, top: TOP }, range, values, ticks);
  const { box } = frame;
  const slope = (predicted - before) / step;
  const along = (x: number): Point => frame.point({ x, y: before + slope * (x - from) });
  const lines = pieces(points, curve.kinks, values).map((piece) => piece.map(frame.point));
  const tangent = clip(along(from - OVERHANG * step), along(to + OVERHANG * step), box);
  const [start, end, promise] = [frame.point({ x: from, y: before }), frame.point({ x: to, y: after }), along(to)];
  set(root, { width: WIDTH, height: TOP + HEIGHT + BELOW });
  root.replaceChildren(
    ...valueAxis(frame, ticks),
    ...argumentAxis(frame, axisTicks(range, from, to)),
    guide(frame, start),
    guide(frame, promise.y < end.y ? promise : end),
    curveLine(frame, lines, 'plot-curve'),
    ...drawKinks(kinkMarks(frame, curve.kinks, (x) => valueAt(curve.points, x))),
    ...(tangent ? [stroke(tangent, 'plot-tangent')] : []),
    ...circle(start, 'plot-start'),
    ...circle(promise, 'plot-promise'),
    ...circle(end, 'plot-end'),
    ...words(promise, end, slope > 0, box.right),
  );
}

/** Both ends of the step in full, one step before and behind in grey. */
function axisTicks(range: Range, from: number, to: number): Tick[] {
  const step = Math.abs(to - from);
  const digits = Math.max(1, Math.ceil(-Math.log10(step) - 1e-9));
  const own = Math.max(...[from, to].map((value) => String(Number(value.toPrecision(12))).split('.')[1]?.length ?? 0));
  const decimals = Math.min(6, Math.max(1, Math.min(own, digits + 1)));
  const text = (at: number): string => graphNumber(Number(at.toPrecision(12)), decimals);
  return [range[0], from, to, range[1]].map((at) => ({ at, text: text(at), present: at === to }));
}

function circle({ x, y }: Point, className: string): SVGElement[] {
  return Number.isFinite(y) ? [svg('circle', { class: className, cx: x, cy: y, r: 4.6 })] : [];
}

/**
 * The words lie on the outer sides of the two points: "predicted" on that of the promise, "true" on the other; above
 * a falling line to the right, above a rising one to the left.
 */
function words(promise: Point, end: Point, rising: boolean, right: number): SVGElement[] {
  if (!Number.isFinite(promise.y) || !Number.isFinite(end.y)) return [];
  const above = promise.y <= end.y;
  const place = (at: Point, text: string, up: boolean, toRight: boolean): Point => {
    const fits = at.x + 10 + text.length * WORD_DIGIT <= right + 4;
    return {
      x: toRight && fits ? at.x + 9 : at.x - 9 - text.length * WORD_DIGIT,
      y: at.y + (up ? -7 : 16),
    };
  };
  return [
    textAt(place(promise, 'predicted', above, above !== rising), 'predicted', 'plot-point-word plot-promise-word'),
    textAt(place(end, 'true', !above, above === rising), 'true', 'plot-point-word plot-end-word'),
  ];
}
