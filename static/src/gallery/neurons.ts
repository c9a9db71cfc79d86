/** The drawing of a network neuron by neuron: a line for each weight, as thick as it is large, its colour the sign. */
import type { Measure } from '../graph/measure';
import { OUTPUT, type VisibleGraph } from '../graph/visible';
import { layout, type Layout, type LayoutNode, type LayoutOptions, type Point } from '../layout';
import { BOX, showsSign, type Drawing, type Label, type Shape, type Wire } from './drawing';
import type { Connection, Network, Unit } from './network';
import { cardNumber } from './number';

/** What a unit without an activation shows. */
export const SUM = 'Σ';
/** On the card, px. Units keep their size; the room between them is what a network fills its box with. */
const UNIT = 22;
const INPUT = 17;
const END = { width: 21, height: 17 };
const OPTIONS: Partial<LayoutOptions> = { rail: 0, layerGap: 20, nodeGap: 6, groupGap: 0, wireGap: 0, partGap: 8 };
const GATE_SCALE = UNIT / 44;
/** Units of a chain are smaller, which leaves room for its numbers. */
const CHAIN_SCALE = 0.8;
/** No further apart than this, centre to centre. */
const WIDEST_STEP = { x: 76, y: 38 };
/** A line without weight, and one with the largest. */
const LINE = 1;
const WIDEST = 3.2;
const TEXT = 11.5;

/** `graph` gives the numbers of the units; they are drawn where the network is a chain, which has room for them. */
export function drawNeurons(network: Network, graph: VisibleGraph, measure: Measure): Drawing {
  const chain = isChain(network);
  const { scale, places, width, height } = spread(place(network), chain ? CHAIN_SCALE : 1);
  const at = (id: string): Point => places.get(id) ?? { x: 0, y: 0 };
  const largest = Math.max(0, ...network.connections.map(({ weight }) => Math.abs(weight ?? 0)));
  const shapes = [...network.units.map((unit) => shapeOf(unit, at(unit.id), scale)), endAt(at(OUTPUT), scale)];
  const wires = network.connections.map(
    (connection): Wire => ({
      points: straight(at(connection.source), at(connection.target)),
      ...strokeOf(connection, largest),
    }),
  );
  const labels = chain ? chainLabels(network, graph, at, UNIT * scale, measure) : [];
  return { width, height, scale: scale * GATE_SCALE, shapes, wires, dots: [], labels };
}

/** Stretches a layout to its box, across and down by themselves, and shrinks units only where they are too many. */
function spread(placed: Layout, most: number): { scale: number; places: Map<string, Point>; width: number; height: number } {
  const scale = Math.min(most, BOX.height / placed.height);
  const nodes = [...placed.nodes.values()];
  const columns = new Map<number, number[]>();
  for (const { layer, y } of nodes) columns.set(layer, [...(columns.get(layer) ?? []), y]);
  const room = { x: BOX.width - UNIT * scale, y: BOX.height - UNIT * scale };
  const across = stretch(nodes.map(({ x }) => x), [[...new Set(nodes.map(({ x }) => x))]], room.x, WIDEST_STEP.x);
  const down = stretch(nodes.map(({ y }) => y), [...columns.values()], room.y, WIDEST_STEP.y);
  const half = (UNIT * scale) / 2;
  const places = new Map([...placed.nodes].map(([id, { x, y }]) => [id, { x: across.at(x) + half, y: down.at(y) + half }]));
  return { scale, places, width: across.length + 2 * half, height: down.length + 2 * half };
}

/** Brings all values into the room, from 0, unless neighbours in a line then stood further apart than `step`. */
function stretch(
  all: readonly number[],
  lines: readonly (readonly number[])[],
  room: number,
  step: number,
): { length: number; at: (value: number) => number } {
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const gaps = lines.flatMap((line) => {
    const sorted = [...line].sort((one, other) => one - other);
    return sorted.slice(1).map((value, i) => value - (sorted[i] ?? value));
  });
  const closest = Math.min(...gaps.filter((gap) => gap > 0));
  const factor = Math.min(most > least ? room / (most - least) : 1, step / closest);
  return { length: (most - least) * factor, at: (value) => (value - least) * factor };
}

function place(network: Network): Layout {
  const nodes: LayoutNode[] = network.units.map(({ id, gate }) => ({
    id,
    width: gate ? UNIT : INPUT,
    height: gate ? UNIT : INPUT,
    kind: gate ? 'gate' : 'leaf',
    fixedOrder: false,
    label: 0,
    name: 0,
  }));
  nodes.push({ id: OUTPUT, ...END, kind: 'output', fixedOrder: false, label: 0, name: 0 });
  const operands = new Map<string, number>();
  const edges = network.connections.map(({ source, target }) => {
    const operand = operands.get(target) ?? 0;
    operands.set(target, operand + 1);
    return { id: `${source}>${target}:${String(operand)}`, source, target, operand, label: 0 };
  });
  return layout({ nodes, edges }, OPTIONS);
}

function shapeOf({ id, gate }: Unit, { x, y }: Point, scale: number): Shape {
  const size = (gate ? UNIT : INPUT) * scale;
  const sign = gate && showsSign(size) ? signOf(gate) : null;
  return { id, kind: gate ? 'gate' : 'input', x, y, width: size, height: size, sign };
}

function signOf(gate: NonNullable<Unit['gate']>): Shape['sign'] {
  return gate.glyph === null ? { symbol: SUM, glyph: null } : { symbol: gate.symbol, glyph: gate.glyph };
}

function endAt({ x, y }: Point, scale: number): Shape {
  return { id: OUTPUT, kind: 'output', x, y, width: END.width * scale, height: END.height * scale, sign: null };
}

function strokeOf({ weight }: Connection, largest: number): Pick<Wire, 'kind' | 'width'> {
  if (weight === null) return { kind: 'edge', width: LINE };
  if (weight === 0) return { kind: 'none', width: LINE };
  return { kind: weight > 0 ? 'plus' : 'minus', width: LINE + ((WIDEST - LINE) * Math.abs(weight)) / largest };
}

/** A straight line as a cubic, as all wires are. Its ends lie under the shapes. */
function straight(from: Point, to: Point): Point[] {
  const along = (t: number): Point => ({ x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t });
  return [from, along(1 / 3), along(2 / 3), to];
}

function isChain({ connections }: Network): boolean {
  const sources = new Set(connections.map(({ source }) => source));
  const targets = new Set(connections.map(({ target }) => target));
  return sources.size === connections.length && targets.size === connections.length;
}

/** Value above and gradient below each wire of a chain, as far as they fit between two units. */
function chainLabels(
  { connections }: Network,
  graph: VisibleGraph,
  at: (id: string) => Point,
  unit: number,
  measure: Measure,
): Label[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  return connections.flatMap(({ source, target }): Label[] => {
    const node = nodes.get(source);
    if (!node) return [];
    const [from, to] = [at(source), at(target)];
    const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
    const room = to.x - from.x - unit;
    const labels: Label[] = [{ text: cardNumber(node.value), x, y: y - 5, kind: 'value' }];
    if (node.gradient !== null) labels.push({ text: cardNumber(node.gradient), x, y: y + TEXT + 2, kind: 'gradient' });
    return labels.filter(({ text }) => measure.width(text, 'number', TEXT) <= room);
  });
}
