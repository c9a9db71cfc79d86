/** A previous layout as seen by the outermost graph, in which a group is one node. */

import type { Layout, PlacedNode } from './types';

/**
 * Places of nodes and of the groups of now, given with their exits. A group that has closed, and a gate that has
 * opened into a group, stand for one another: they share the node that feeds what is outside.
 */
export function outermostBefore(previous: Layout, exits: ReadonlyMap<string, string>): Layout {
  if (previous.groups.size === 0 && exits.size === 0) return previous;
  const nodes = new Map<string, PlacedNode>();
  for (const [id, node] of previous.nodes) {
    const place = placeBefore(previous, id, node);
    if (place) nodes.set(id, place);
  }
  // How far apart columns stood says nothing where a group has made one of them wide.
  const wide = new Set([...previous.groups.values()].filter(({ parent }) => parent === null).map(({ layer }) => layer));
  for (const [id, place] of nodes) if (wide.has(place.layer)) nodes.set(id, { ...place, x: NaN });
  for (const [group, exit] of exits) {
    const place = nodes.get(exit);
    if (place) nodes.set(group, place);
  }
  return { ...previous, nodes };
}

/** Null for what stood inside a group: its column says nothing about the graph around. */
function placeBefore(previous: Layout, id: string, node: PlacedNode): PlacedNode | null {
  let place: PlacedNode | null = node;
  for (let at = node.group ?? null; at !== null; ) {
    const group = previous.groups.get(at);
    if (!group || group.exit !== id) return null;
    place = { x: NaN, y: node.y, layer: group.layer, name: null };
    at = group.parent;
  }
  return place;
}
