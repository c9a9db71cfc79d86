/** Where gates come from when their group opens, and where they go when it closes: out of its closed gate, and back. */
import type { Point } from '../layout';
import type { Scene } from './scene';

export interface Slides {
  /** By key of the node: where it starts, and where it ends. */
  from: ReadonlyMap<string, Point>;
  to: ReadonlyMap<string, Point>;
}

export const NO_SLIDES: Slides = { from: new Map(), to: new Map() };

export function slidesBetween(before: Scene, after: Scene): Slides {
  return { from: insides(after, before), to: insides(before, after) };
}

/** Nodes of open groups in one scene, at the closed gate that the other scene has in the place of their group. */
function insides(open: Scene, closed: Scene): Map<string, Point> {
  const gates = new Map(closed.nodes.flatMap((item): [string, Point][] => (item.node.group ? [[item.node.id, item]] : [])));
  const places = new Map<string, Point>();
  const keys = new Map(open.nodes.map(({ key, node }) => [node.id, key]));
  const found = new Map<string, Point>();
  for (const { group, parent, nodes } of open.graph.groups) {
    // Outer groups come first: what lies deeper slides out of the outermost gate that was closed.
    const gate = (parent === null ? undefined : found.get(parent)) ?? gates.get(group.id);
    if (!gate) continue;
    found.set(group.id, gate);
    for (const id of nodes) {
      const key = keys.get(id);
      if (key !== undefined) places.set(key, { x: gate.x, y: gate.y });
    }
  }
  return places;
}
