/** Finds a free place near the gate for the local gradient of each wire. Pure. */
import type { Point } from '../layout';
import { crowdOf } from './crowd';
import type { Figures } from './figures';
import { boxAround, pointBeforeEnd } from './geometry';
import { SIZES, type Measure } from './measure';
import type { Scene, SceneWire } from './scene';

const HEIGHT = 15;
/** How far before the arrow's tip a text may stand. */
const BACK = [16, 28, 42, 60];
const AIR = 3;
/** A gate's name stands between it and this. */
const BEYOND_NAME = 19;
/** Cost of a px away from the arrow. */
const DISTANCE_COST = 0.4;

/** Middle of each wire's local gradient, by edge id. */
export function placeLocals(scene: Scene, figures: Figures, measure: Measure): Map<string, Point> {
  const crowd = crowdOf(scene, figures, measure);
  const places = new Map<string, Point>();
  const gates = new Map(scene.nodes.map((item) => [item.node.id, item]));
  const highest = highestArrivals(scene);
  for (const wire of scene.wires) {
    const figure = wire.edge ? figures.locals.get(wire.edge.id) : undefined;
    const gate = wire.edge ? gates.get(wire.edge.target) : undefined;
    if (!wire.edge || !figure || !gate) continue;
    const width = measure.width(figure.text, 'number', SIZES.local) + 4;
    const tip = wire.points.at(-1) ?? gate;
    // The uppermost operand has the place above the gate, the others are below or beside their arrow.
    const above = tip.y <= gate.y + 1 && tip.y <= (highest.get(wire.edge.target) ?? tip.y) + 1;
    let best: Point | null = null;
    let least = Infinity;
    for (const place of candidates(wire, gate, gate.anatomy.height / 2, width, above)) {
      const away = Math.hypot(place.x - tip.x, place.y - tip.y);
      const cost = crowd.cost(boxAround(place.x, place.y, width, HEIGHT)) + DISTANCE_COST * away;
      if (cost < least) [best, least] = [place, cost];
    }
    if (!best) continue;
    places.set(wire.edge.id, best);
    crowd.add(boxAround(best.x, best.y, width, HEIGHT));
  }
  return places;
}

/** On either side of the last stretch of the wire, then on the gate's shoulders. */
function candidates(wire: SceneWire, gate: Point, radius: number, width: number, above: boolean): Point[] {
  const tip = wire.points.at(-1) ?? gate;
  const places: Point[] = [];
  for (const back of BACK) {
    const at = pointBeforeEnd(wire.points, back);
    const length = Math.hypot(tip.x - at.x, tip.y - at.y) || 1;
    const normal = { x: -(tip.y - at.y) / length, y: (tip.x - at.x) / length };
    const reach = (Math.abs(normal.x) * width) / 2 + (Math.abs(normal.y) * HEIGHT) / 2 + AIR;
    for (const side of [-1, 1]) places.push({ x: at.x + side * normal.x * reach, y: at.y + side * normal.y * reach });
  }
  const first = above ? -1 : 1;
  for (const side of [first, -first]) {
    for (const out of [0, BEYOND_NAME]) {
      const y = gate.y + side * (radius + HEIGHT / 2 + AIR + out);
      for (const shift of [0, -radius, radius]) places.push({ x: gate.x + shift, y });
    }
  }
  return places;
}

/** By target: how far up the uppermost wire arrives. */
function highestArrivals(scene: Scene): Map<string, number> {
  const highest = new Map<string, number>();
  for (const { edge, points } of scene.wires) {
    const y = points.at(-1)?.y;
    if (edge && y !== undefined) highest.set(edge.target, Math.min(y, highest.get(edge.target) ?? Infinity));
  }
  return highest;
}
