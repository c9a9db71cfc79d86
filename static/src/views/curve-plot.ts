/** A small plot: the output as one node varies, with the present point and its tangent. The point of a leaf drags. */
import type { App } from '../app';
import type { Curve } from '../api/model';
import { fullNumber, graphNumber } from '../format';
import { paceOf, stepFor, stepped } from '../graph/steps';
import { set, show, svg } from '../graph/svg';
import { argumentAxis, curveLine, drawKinks, guide, kinkMarks, stroke, textAt, valueAxis } from '../plot/draw';
import { frameOf, type Frame } from '../plot/frame';
import { pieces, tangent, valueAt } from '../plot/lines';
import { placeText } from '../plot/places';
import { argumentTicks, valueRange, valueTicks } from '../plot/ranges';
import { roundRange, type Range } from '../plot/scale';

const HEIGHT = 86;
const TOP = 10;
const BELOW = 24;
const TANGENT_LENGTH = 116;
/** A tangent may look a little over the edge, as its point does. */
const TANGENT_AIR = 6;
const TEXT = { digit: 7.4, height: 15 };
const DECIMALS = 4;

/** One moment of the plot: everything here belongs to the same numbers. */
export interface PlotMoment {
  curve: Curve;
  range: Range;
  x: number;
  value: number;
  slope: number;
  label: string;
  output: string;
  /** Name of the leaf whose value the point drags, or null. */
  leaf: string | null;
}

export interface CurvePlot {
  root: SVGSVGElement;
  draw(moment: PlotMoment, width: number): void;
  /** While the point is dragged the range stays. */
  readonly held: boolean;
}

export function curvePlot({ actions, store }: App): CurvePlot {
  const back = svg('g');
  const ring = svg('circle', { class: 'plot-ring', r: 10 });
  const dot = svg('circle', { class: 'plot-dot', r: 4.6 });
  const handle = svg('g', { class: 'plot-handle' }, svg('circle', { class: 'plot-hit', r: 16 }), ring, dot);
  const root = svg('svg', { class: 'plot', role: 'group' }, back, handle);
  let moment: PlotMoment | null = null;
  let frame: Frame | null = null;
  let pointer: number | null = null;
  let grip = 0;

  function draw(next: PlotMoment, width: number): void {
    moment = next;
    const { curve, range, x, value, slope, label, output, leaf } = next;
    const inside = curve.points.filter((point) => point.x >= range[0] && point.x <= range[1]);
    const values = roundRange(valueRange(inside.map((point) => point.value), [value]));
    const ticks = valueTicks(values);
    frame = frameOf({ width, height: HEIGHT, top: TOP }, range, values, ticks);
    const { box } = frame;
    const here = frame.point({ x, y: value });
    const isThere = Number.isFinite(here.y) && here.x >= box.left - 1 && here.x <= box.right + 1;
    const lines = pieces(inside, curve.kinks, values).map((piece) => piece.map((point) => (frame as Frame).point(point)));
    const air = { left: box.left, right: box.right, top: box.top - TANGENT_AIR, bottom: box.bottom + TANGENT_AIR };
    const touching = isThere ? tangent(here, frame.rise(slope), TANGENT_LENGTH, air) : null;
    const marks = kinkMarks(frame, curve.kinks, (at) => valueAt(inside, at));
    const text = `slope ${graphNumber(slope, DECIMALS)}`;
    const words = marks.flatMap(({ word }) => (word ? [word] : []));
    const size = { width: text.length * TEXT.digit, height: TEXT.height };
    const place = placeText(here, size, touching ? [...lines, touching] : lines, words, {
      ...box,
      top: box.top - 8,
      bottom: box.bottom - 2,
    });
    const pixels = box.right - box.left;
    set(root, { width, height: TOP + HEIGHT + BELOW, 'aria-label': `${output} as ${label} varies` });
    back.replaceChildren(
      ...valueAxis(frame, ticks),
      ...argumentAxis(frame, argumentTicks(range, x, pixels)),
      ...(isThere ? [guide(frame, here)] : []),
      curveLine(frame, lines, 'plot-curve'),
      ...drawKinks(marks),
      ...(touching ? [stroke(touching, 'plot-tangent')] : []),
      ...(isThere ? [textAt(place, text, 'plot-slope')] : []),
    );
    show(handle, isThere);
    if (isThere) set(handle, { transform: `translate(${here.x.toFixed(2)},${here.y.toFixed(2)})` });
    handle.classList.toggle('plot-drags', leaf !== null);
    set(handle, {
      role: leaf === null ? null : 'slider',
      tabindex: leaf === null ? null : 0,
      'aria-label': leaf === null ? null : `Value of ${label}`,
      'aria-valuenow': leaf === null ? null : x,
      'aria-valuemin': leaf === null ? null : range[0],
      'aria-valuemax': leaf === null ? null : range[1],
      'aria-valuetext':
        leaf === null ? null : `${fullNumber(x)}; ${output} is ${graphNumber(value, DECIMALS)}, ${text}`,
    });
  }

  /** The value under the pointer on a grid as fine as half a dozen steps per pixel allow, kept inside the range. */
  function valueUnder(event: PointerEvent): number | null {
    if (!moment || !frame) return null;
    const [low, high] = moment.range;
    const pixel = event.clientX - root.getBoundingClientRect().left - grip;
    const fine = 10 ** Math.floor(Math.log10((high - low) / (frame.box.right - frame.box.left)));
    const unit = event.shiftKey ? fine * 10 : event.altKey ? fine / 10 : fine;
    const raw = Math.min(high, Math.max(low, frame.argument(pixel)));
    const value = stepped(Math.round(raw / unit) * unit, 0, unit);
    return Math.min(high, Math.max(low, value));
  }

  function finish(): void {
    pointer = null;
    document.documentElement.classList.remove('scrubbing');
    window.removeEventListener('keydown', onEscape, true);
  }

  function onEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    finish();
    actions.cancelDrag();
  }

  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || pointer !== null || !moment?.leaf || !frame) return;
    event.preventDefault();
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    grip = event.clientX - root.getBoundingClientRect().left - frame.x(moment.x);
    document.documentElement.classList.add('scrubbing');
    window.addEventListener('keydown', onEscape, true);
  });
  handle.addEventListener('pointermove', (event) => {
    if (event.pointerId !== pointer || !moment?.leaf) return;
    const value = valueUnder(event);
    const { drag } = store.get();
    if (value === null || (value === moment.x && drag === null)) return;
    actions.dragValue(moment.leaf, value);
  });
  handle.addEventListener('pointerup', (event) => {
    if (event.pointerId !== pointer) return;
    finish();
    actions.endDrag();
  });
  handle.addEventListener('pointercancel', (event) => {
    if (event.pointerId !== pointer) return;
    finish();
    actions.cancelDrag();
  });
  handle.addEventListener('keydown', (event) => {
    const way = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (way === undefined || !moment?.leaf) return;
    event.preventDefault();
    event.stopPropagation();
    actions.setValue(moment.leaf, stepped(moment.x, way, stepFor(moment.x, paceOf(event))));
  });

  return {
    root,
    draw,
    get held() {
      return pointer !== null;
    },
  };
}
