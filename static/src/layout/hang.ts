/**
 * Leaves that hang above or below the only gate that they feed, as cards of parameters do: the graph is laid out without
 * them, with room for them at their gates; then each takes its place on a straight wire. One that would lie on something
 * stands in a column after all, like any other leaf.
 */

import { lineTo, samplePath, startPath } from './curves';
import { placeRow, type Hung } from './hang-rows';
import { boxAround, crossesBox, Obstacles, overlap, type Box } from './obstacles';
import { DEFAULT_OPTIONS, type Layout, type LayoutEdge, type LayoutGraph, type LayoutNode, type LayoutOptions, type Point } from './types';

/** Least length of the straight wire. */
const STEM = 34;
/** Between a hanging leaf and whatever is near it. */
const AIR = 10;
/** A row of leaves is lifted over what stands near its wire by steps of this, up to that much. */
const LIFT_STEP = 6;
const MOST_LIFT = 420;
/** Leaves without a place are put into columns this often before all are. */
const ROUNDS = 3;

type Lay = (graph: LayoutGraph) => Layout;

export function layoutHanging(graph: LayoutGraph, options: Partial<LayoutOptions>, lay: Lay): Layout {
  const settings = { ...DEFAULT_OPTIONS, ...options };
  let hanging = new Set(graph.nodes.filter(({ hang }) => hang).map(({ id }) => id));
  for (let round = 0; hanging.size > 0 && round <= ROUNDS; round += 1) {
    const found = attempt(graph, hanging, settings, lay);
    if (found.homeless.size === 0) return found.layout;
    hanging = round === ROUNDS ? new Set() : new Set([...hanging].filter((id) => !found.homeless.has(id)));
  }
  return lay({ ...graph, nodes: graph.nodes.map(standing) });
}

const standing = ({ hang: _, ...node }: LayoutNode): LayoutNode => node;

/** Each hanging leaf with its gate; one that does not feed exactly one gate stands. */
function pairs(graph: LayoutGraph, hanging: ReadonlySet<string>): Hung[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const edges = new Map<string, LayoutEdge[]>();
  for (const edge of graph.edges) {
    if (hanging.has(edge.source)) edges.set(edge.source, [...(edges.get(edge.source) ?? []), edge]);
  }
  return [...edges].flatMap(([id, [edge, ...others]]) => {
    const leaf = byId.get(id);
    const gate = edge && byId.get(edge.target);
    return leaf && edge && gate?.kind === 'gate' && others.length === 0 ? [{ leaf, edge, gate, above: leaf.hang !== 'below' }] : [];
  });
}

function attempt(
  graph: LayoutGraph, hanging: ReadonlySet<string>, options: LayoutOptions, lay: Lay,
): { layout: Layout; homeless: Set<string> } {
  const hung = pairs(graph, hanging);
  const gone = new Set(hung.map(({ leaf }) => leaf.id));
  const lifts = liftOf(graph, hung, options);
  const reach = new Map<string, { above: number; below: number; right: number }>();
  for (const { leaf, gate, above } of hung) {
    const room = reach.get(gate.id) ?? { above: 0, below: 0, right: 0 };
    if (above) room.above = Math.max(room.above, lifts.above + leaf.height);
    else room.below = Math.max(room.below, lifts.below + leaf.height);
    reach.set(gate.id, room);
  }
  const rest = (): LayoutGraph => ({
    ...graph,
    nodes: graph.nodes.filter(({ id }) => !gone.has(id)).map((node) => {
      const room = reach.get(node.id);
      return room ? { ...standing(node), reach: room } : standing(node);
    }),
    edges: graph.edges.filter(({ source }) => !gone.has(source)),
  });
  let layout = lay(rest());
  const missing = rowsOf(layout, hung).map((row) => placeRow(row, layout).missing);
  if (missing.some((gaps) => gaps.size > 0)) {
    for (const gaps of missing) for (const [gate, gap] of gaps) (reach.get(gate) as { right: number }).right = gap;
    layout = lay(rest());
  }
  return place(rest(), layout, hung, lifts, options);
}

/** Between the middle of a gate and what hangs there: enough for what stands on the wires into and out of the gate. */
function liftOf(graph: LayoutGraph, hung: readonly Hung[], options: LayoutOptions): { above: number; below: number } {
  const tall = new Map(graph.nodes.map((node) => [node.id, node.label > 0 ? (node.tall ?? options.labelHeight) : 0]));
  const gates = new Set(hung.map(({ gate }) => gate.id));
  const leaves = new Set(hung.map(({ leaf }) => leaf.id));
  let [least, most] = [0, 0];
  for (const { gate } of hung) {
    least = Math.max(least, gate.height / 2 + STEM);
    most = Math.max(most, least, tall.get(gate.id) ?? 0);
  }
  for (const { source, target } of graph.edges) {
    if (gates.has(target) && !leaves.has(source)) most = Math.max(most, tall.get(source) ?? 0);
  }
  return { above: most + AIR, below: least };
}

/** Leaves that hang on one side of gates at one height, from the left. */
function rowsOf(layout: Layout, hung: readonly Hung[]): Hung[][] {
  const rows = new Map<string, Hung[]>();
  for (const one of hung) {
    const key = `${String(one.above)} ${String(Math.round(layout.nodes.get(one.gate.id)!.y))}`;
    rows.set(key, [...(rows.get(key) ?? []), one]);
  }
  const x = ({ gate }: Hung): number => layout.nodes.get(gate.id)!.x;
  return [...rows.values()].map((row) => row.sort((one, other) => x(one) - x(other)));
}

function place(
  graph: LayoutGraph, layout: Layout, hung: readonly Hung[], lifts: { above: number; below: number }, options: LayoutOptions,
): { layout: Layout; homeless: Set<string> } {
  const obstacles = obstaclesOf(graph, layout, options);
  const homeless = new Set<string>();
  const boxes: { box: Box; one: Hung; x: number }[] = [];
  for (const row of rowsOf(layout, hung)) {
    const { centres } = placeRow(row, layout);
    const start = row[0]!.above ? lifts.above : lifts.below;
    const at = (lift: number): { box: Box; one: Hung; x: number }[] => row.map((one, i) => boxOf(one, centres[i]!, lift, layout));
    const hits = ({ box }: { box: Box }): boolean => {
      const roomy = { left: box.left - AIR, right: box.right + AIR, top: box.top - AIR, bottom: box.bottom + AIR };
      return obstacles.hitsBox(roomy) || obstacles.hitsWire(roomy);
    };
    let lift = start;
    while (lift < start + MOST_LIFT && at(lift).some(hits)) lift += LIFT_STEP;
    if (at(lift).some(hits)) lift = start;
    const placed = at(lift);
    for (const one of placed) {
      const stem = stemOf(one, layout);
      const crosses = (box: Box, x: number, { from, to }: { from: number; to: number }): boolean => crossesBox({ x, y: from }, { x, y: to }, box);
      const beside = { left: one.x - 3, right: one.x + 3, top: Math.min(stem.from, stem.to) + 1, bottom: Math.max(stem.from, stem.to) - 1 };
      const taken = boxes.some((other) =>
        overlap(one.box, other.box) || crosses(other.box, one.x, stem) || crosses(one.box, other.x, stemOf(other, layout)));
      if (taken || hits(one) || obstacles.hitsBox(beside) || obstacles.hitsWire(beside)) homeless.add(one.one.leaf.id);
      else boxes.push(one);
    }
  }
  if (homeless.size === 0) for (const one of boxes) add(layout, one);
  return { layout: homeless.size === 0 ? shifted(layout, boxes.map(({ box }) => box)) : layout, homeless };
}

function boxOf(one: Hung, centre: number, lift: number, layout: Layout): { box: Box; one: Hung; x: number } {
  const { x, y } = layout.nodes.get(one.gate.id)!;
  const { width, height } = one.leaf;
  return { one, x, box: boxAround(centre, y + (one.above ? -1 : 1) * (lift + height / 2), width, height) };
}

/** From the border of what the wire leaves to that of the gate. */
function stemOf({ one: { leaf, gate, above }, box }: { one: Hung; box: Box }, layout: Layout): { from: number; to: number } {
  const { y } = layout.nodes.get(gate.id)!;
  const side = above ? 1 : -1;
  return { from: (box.top + box.bottom) / 2 + (side * (leaf.core ?? leaf.height)) / 2, to: y - (side * gate.width) / 2 };
}

function add(layout: Layout, hanging: { box: Box; one: Hung; x: number }): void {
  const { box, one: { leaf, edge, gate }, x } = hanging;
  const centre = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  const { from, to } = stemOf(hanging, layout);
  const path = startPath(x, from);
  lineTo(path, x, to);
  layout.nodes.set(leaf.id, { ...centre, layer: layout.nodes.get(gate.id)!.layer, name: null });
  layout.trunks.set(leaf.id, { points: [], label: centre, junction: null });
  layout.edges.set(edge.id, { points: path, label: null });
}

/** Everything that is drawn, but no leaf that hangs. */
function obstaclesOf(graph: LayoutGraph, layout: Layout, options: LayoutOptions): Obstacles {
  const obstacles = new Obstacles();
  for (const node of graph.nodes) {
    const placed = layout.nodes.get(node.id);
    if (!placed) continue;
    obstacles.addBox(boxAround(placed.x, placed.y, node.width, node.height));
    if (placed.name) obstacles.addBox(boxAround(placed.name.x, placed.name.y, node.name, options.nameHeight));
    const trunk = layout.trunks.get(node.id);
    if (!trunk) continue;
    if (trunk.junction) obstacles.addWire(samplePath(trunk.points), -1);
    if (node.label > 0) obstacles.addBox(boxAround(trunk.label.x, trunk.label.y, node.label, 2 * (node.tall ?? options.labelHeight)));
  }
  for (const edge of graph.edges) {
    const route = layout.edges.get(edge.id);
    if (!route) continue;
    obstacles.addWire(samplePath(route.points), 0);
    if (route.label) obstacles.addBox(boxAround(route.label.x, route.label.y, edge.label, options.nameHeight));
  }
  for (const group of layout.groups.values()) {
    obstacles.addBox({ left: group.x, top: group.y, right: group.x + group.width, bottom: group.y + group.height });
  }
  return obstacles;
}

/** The drawing moved so that it begins at 0 again, and as large as it has become. */
function shifted(layout: Layout, boxes: readonly Box[]): Layout {
  const dx = -Math.min(0, ...boxes.map(({ left }) => left));
  const dy = -Math.min(0, ...boxes.map(({ top }) => top));
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x + dx, y: point.y + dy });
  const moved = <V>(map: Map<string, V>, change: (value: V) => V): Map<string, V> => new Map([...map].map(([key, value]) => [key, change(value)]));
  return {
    ...layout,
    width: Math.max(layout.width, ...boxes.map(({ right }) => right)) + dx,
    height: Math.max(layout.height, ...boxes.map(({ bottom }) => bottom)) + dy,
    nodes: moved(layout.nodes, (node) => ({ ...move(node), name: node.name && move(node.name) })),
    trunks: moved(layout.trunks, ({ points, label, junction }) => ({ points: points.map(move), label: move(label), junction: junction && move(junction) })),
    edges: moved(layout.edges, ({ points, label }) => ({ points: points.map(move), label: label && move(label) })),
    groups: moved(layout.groups, move),
  };
}
