/** Puts the drawings of a graph and of the insides of its groups together: places, wires through the sides, frames. */

import { emptyLayout } from './flat';
import type { Inside } from './groups';
import { lineTo, startPath, type Path } from './curves';
import type { Connection, Scopes } from './scopes';
import type { Layout, LayoutEdge, LayoutGraph, Point, Route, Trunk } from './types';

type Drawings = ReadonlyMap<string | null, Layout>;

/** Wires closer to level than this are level: what is left are rounding errors of moved coordinates. */
const LEVEL = 1e-6;

export function putTogether(graph: LayoutGraph, scopes: Scopes, laid: ReadonlyMap<string, Inside>, drawings: Drawings): Layout {
  const root = drawings.get(null)!;
  const result = { ...emptyLayout(), width: root.width, height: root.height, crossings: root.crossings };
  for (const [id, { group, parent, exit }] of scopes.groups) {
    const { frame, exitY, part } = laid.get(id)!;
    const place = drawings.get(parent)!.nodes.get(group.id)!;
    const width = frame.right - frame.left;
    result.groups.set(id, {
      x: place.x - width / 2, y: place.y - (exitY - frame.top), width, height: frame.bottom - frame.top,
      layer: place.layer, parent, exit,
    });
    result.crossings += part.crossings;
  }
  const wires = new Wires(graph, scopes, drawings, result);
  for (const { id } of graph.nodes) {
    const group = scopes.around(id).at(-1);
    const place = drawings.get(group ?? null)!.nodes.get(id)!;
    result.nodes.set(id, group === undefined ? place : { ...place, group });
    result.trunks.set(id, wires.trunk(id));
  }
  for (const edge of graph.edges) result.edges.set(edge.id, wires.route(edge));
  return result;
}

/** Where the wire of a source comes out of the groups whose exit it is. */
interface Start {
  scope: string | null;
  /** The source, or the outermost of those groups. */
  from: string;
  /** From the source to the side of that group; a single point where there is none. */
  path: Path;
}

class Wires {
  private readonly widths: ReadonlyMap<string, number>;
  private readonly outgoing = new Map<string | null, Map<string, Connection[]>>();
  private readonly running = new Map<string | null, Map<LayoutEdge, Connection>>();

  constructor(
    graph: LayoutGraph, private readonly scopes: Scopes, private readonly drawings: Drawings, private readonly result: Layout,
  ) {
    this.widths = new Map(graph.nodes.map(({ id, width }) => [id, width]));
    for (const [id, scope] of [[null, scopes.root] as const, ...scopes.inside]) {
      const from = new Map<string, Connection[]>();
      const running = new Map<LayoutEdge, Connection>();
      for (const connection of scope.connections.values()) {
        const list = from.get(connection.from);
        if (list) list.push(connection);
        else from.set(connection.from, [connection]);
        for (const edge of connection.carries) running.set(edge, connection);
      }
      this.outgoing.set(id, from);
      this.running.set(id, running);
    }
  }

  /** The rail of a source; of a fan-out all of it up to the junction, which may lie inside a group. */
  trunk(source: string): Trunk {
    const start = this.start(source);
    const rail = this.drawing(start.scope).trunks.get(start.from)!;
    if (rail.points.length === 0) return rail;
    const own = join(start.path, rail.points);
    if (rail.junction) return { ...rail, points: own };
    // Several edges may run into a group together and fork inside it.
    let path = start.path;
    let { scope, from } = start;
    for (;;) {
      const connection = this.outgoing.get(scope)!.get(from)![0]!;
      if (connection.carries.length === 1) return { ...rail, points: own };
      path = join(path, this.drawing(scope).edges.get(connection.id)!.points);
      scope = connection.to;
      from = source;
      const inner = this.drawing(scope).trunks.get(source)!;
      if (!inner.junction) continue;
      const points = join(path, inner.points);
      return { ...rail, points, junction: points[points.length - 1]! };
    }
  }

  route(edge: LayoutEdge): Route {
    const start = this.start(edge.source);
    let path: Path | null = null;
    let before = start.path;
    let label: Point | null = null;
    let forked = false;
    const targets = this.scopes.around(edge.target);
    const first = start.scope === null ? -1 : targets.indexOf(start.scope);
    for (let i = first; i < targets.length; i++) {
      const scope = i < 0 ? null : targets[i]!;
      const drawing = this.drawing(scope);
      const connection = this.running.get(scope)!.get(edge)!;
      const from = i === first ? start.from : edge.source;
      const { points, label: text } = drawing.edges.get(connection.id)!;
      const rail = drawing.trunks.get(from)!;
      label = text ?? label;
      // Behind the first junction the edge runs by itself; what forks again later shares its way.
      if (rail.junction && !forked) path = startPath(rail.junction.x, rail.junction.y);
      const whole = rail.junction && forked ? join(rail.points, points) : points;
      path = join(path ?? before, whole);
      forked ||= rail.junction !== null;
      before = path;
    }
    return { points: this.fromTrunk(edge.source, path ?? before), label };
  }

  /** The first point of a route is that of its trunk or junction, to the last bit. */
  private fromTrunk(source: string, path: Path): Path {
    const { points, junction } = this.result.trunks.get(source)!;
    return [junction ?? points[0]!, ...path.slice(1)];
  }

  private start(source: string): Start {
    const chain = this.scopes.around(source);
    const own = this.drawing(chain.at(-1) ?? null).nodes.get(source)!;
    const path = startPath(own.x + this.widths.get(source)! / 2, own.y);
    let at = chain.length;
    while (at > 0 && this.scopes.groups.get(chain[at - 1]!)!.exit === source) at--;
    const scope = chain[at - 1] ?? null;
    const outermost = chain[at];
    if (outermost === undefined) return { scope, from: source, path };
    const { x, width } = this.result.groups.get(outermost)!;
    lineTo(path, x + width, own.y);
    return { scope, from: outermost, path };
  }

  private drawing(scope: string | null): Layout {
    return this.drawings.get(scope)!;
  }
}

/** One path after another: straight on where they do not quite meet, and level pieces in a row as one. */
function join(one: Path, other: readonly Point[]): Path {
  const path = one.slice();
  if (other.length === 0) return path;
  const start = other[0]!;
  const end = path[path.length - 1]!;
  if (Math.abs(end.x - start.x) > LEVEL || Math.abs(end.y - start.y) > LEVEL) levelTo(path, start);
  for (let i = 1; i + 2 < other.length; i += 3) {
    const [c1, c2, p] = [other[i]!, other[i + 1]!, other[i + 2]!];
    const from = path[path.length - 1]!;
    if ([c1, c2, p].every(({ y }) => Math.abs(y - from.y) < LEVEL)) levelTo(path, p);
    else path.push(c1, c2, p);
  }
  return path;
}

function levelTo(path: Path, end: Point): void {
  const count = path.length;
  const level = count >= 4 && path.slice(count - 4).every(({ y }) => Math.abs(y - end.y) < LEVEL);
  if (level) path.length = count - 3;
  lineTo(path, end.x, path[path.length - 1]!.y);
}
