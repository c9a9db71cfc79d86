/** Chooses how a lesson is drawn on its card, and makes the SVG. */
import type { Lesson, Operation } from '../api/model';
import { lettering } from '../graph/anatomy';
import { pathText } from '../graph/geometry';
import { glyphPath, signPath } from '../graph/glyphs';
import { gateRuns, type Run } from '../graph/math-text';
import type { Measure } from '../graph/measure';
import { baseline, letter, svg } from '../graph/svg';
import { visibleGraph } from '../graph/visible';
import type { Drawing, Shape, Sign } from './drawing';
import { drawGates } from './gates';
import { networkOf } from './network';
import { drawNeurons, SUM } from './neurons';
import { answerOf } from './outline';

/** Of the whole drawing, margins included; the card's height is the same. */
const VIEW = { width: 240, height: 118 };
/** Below this scale a neuron, or several of them, is drawn as such: its gates would be too small to be told apart. */
const LEAST_SCALE = { one: 0.26, several: 0.36 };
const DOT = 2.6;
/** Lettering in a gate of 44 px: its size, and the room it has. */
const LETTERS = { size: 21, room: 34 };
/** Letters smaller than this, px, would be specks. */
const LEAST_LETTERS = 5.5;
const RING = 3.5;

export function drawLesson(lesson: Lesson, operations: ReadonlyMap<string, Operation>, measure: Measure): Drawing {
  const answer = answerOf(lesson.graph);
  const graph = visibleGraph(answer, new Set(), { foldConstants: true }, operations);
  const network = networkOf(graph);
  if (network && lesson.kind === 'networks') return drawNeurons(network, graph, measure);
  const gates = drawGates({ graph, answer, operations, measure });
  if (!network) return gates;
  const several = network.units.filter(({ gate }) => gate !== null).length > 1;
  return gates.scale < LEAST_SCALE[several ? 'several' : 'one'] ? drawNeurons(network, graph, measure) : gates;
}

export function thumbnail(drawing: Drawing, measure: Measure): SVGSVGElement {
  const { scale } = drawing;
  const left = (VIEW.width - drawing.width) / 2;
  const top = (VIEW.height - drawing.height) / 2;
  return svg(
    'svg',
    { class: 'mini', viewBox: `0 0 ${String(VIEW.width)} ${String(VIEW.height)}`, 'aria-hidden': 'true' },
    svg(
      'g',
      { transform: `translate(${left.toFixed(1)},${top.toFixed(1)})` },
      ...drawing.wires.map(({ points, kind, width }) =>
        svg('path', { class: `mini-wire ${kind}`, d: pathText(points), 'stroke-width': width.toFixed(2) }),
      ),
      ...drawing.dots.map(({ x, y }) => svg('circle', { class: 'mini-dot', cx: x.toFixed(1), cy: y.toFixed(1), r: DOT })),
      ...drawing.shapes.map((shape) => shapeOf(shape, scale, measure)),
      ...drawing.labels.map(({ text, x, y, kind }) =>
        svg('text', { class: `mini-number ${kind}`, x: x.toFixed(1), y: y.toFixed(1), 'text-anchor': 'middle' }, text),
      ),
    ),
  );
}

function shapeOf(shape: Shape, scale: number, measure: Measure): SVGGElement {
  const { kind, x, y, width, height, sign } = shape;
  const round = kind === 'gate' || kind === 'composite';
  const parts: SVGElement[] = [outline(width, height, round ? width / 2 : cornerOf(shape), 'mini-shape')];
  if (kind === 'composite') parts.push(inner(shape, Math.max(1.4, RING * scale)));
  if (kind === 'output') parts.push(inner(shape, Math.max(1.4, 4 * scale)));
  const drawn = sign && signOf(sign, scale, measure);
  if (drawn) parts.push(drawn);
  return svg('g', { class: `mini-node ${kind}`, transform: `translate(${x.toFixed(1)},${y.toFixed(1)})` }, ...parts);
}

function cornerOf({ kind, height }: Shape): number {
  if (kind === 'parameter') return 2.5;
  return kind === 'output' ? height / 4 : height / 2;
}

function outline(width: number, height: number, corner: number, className: string): SVGRectElement {
  const fixed = (value: number): string => value.toFixed(2);
  return svg('rect', {
    class: className,
    x: fixed(-width / 2),
    y: fixed(-height / 2),
    width: fixed(width),
    height: fixed(height),
    rx: fixed(corner),
  });
}

/** The second line of an output or a composite. */
function inner(shape: Shape, gap: number): SVGRectElement {
  const corner = shape.kind === 'composite' ? shape.width / 2 : cornerOf(shape);
  return outline(shape.width - 2 * gap, shape.height - 2 * gap, Math.max(1, corner - gap), 'mini-second');
}

function signOf({ symbol, glyph }: Sign, scale: number, measure: Measure): SVGElement | null {
  const path = glyphPath(glyph) ?? signPath(symbol);
  if (path !== null) {
    return svg('path', { class: 'mini-glyph', d: path, transform: `scale(${scale.toFixed(3)})` });
  }
  const runs: Run[] = symbol === SUM ? [{ text: SUM, font: 'main', level: 'base' }] : gateRuns(symbol);
  const size = Math.min(LETTERS.size, (LETTERS.size * LETTERS.room) / measure.runs(runs, LETTERS.size));
  if (size * scale < LEAST_LETTERS) return null;
  const letters = lettering(runs, Math.round(size * scale * 10) / 10, measure);
  const text = svg('text', { class: 'mini-sign', 'text-anchor': 'middle' });
  letter(text, letters);
  text.setAttribute('y', baseline(letters).toFixed(1));
  return text;
}

