/** Geometry of a drawing, to state what must hold for every one. */

import { samplePath } from '../../../static/src/layout/curves';
import { boxAround, crossesBox, overlap, type Box } from '../../../static/src/layout/obstacles';
import { BRANCH_TEXT_HEIGHT } from '../../../static/src/layout/labels';
import { DEFAULT_OPTIONS, type Layout, type LayoutGraph, type LayoutNode, type Point } from '../../../static/src/layout/types';

export interface NamedBox {
  what: string;
  /** Node or edge the box belongs to. */
  id: string;
  box: Box;
}

export function nodeBoxes(graph: LayoutGraph, drawing: Layout): NamedBox[] {
  return graph.nodes.map((node) => {
    const { x, y } = drawing.nodes.get(node.id)!;
    return { what: `node ${node.id}`, id: node.id, box: boxAround(x, y, node.width, node.height) };
  });
}

/** Boxes of all texts: rail labels, names, branch gradients. */
export function textBoxes(graph: LayoutGraph, drawing: Layout): NamedBox[] {
  const boxes: NamedBox[] = [];
  for (const node of graph.nodes) {
    const { label } = drawing.trunks.get(node.id)!;
    const { name } = drawing.nodes.get(node.id)!;
    if (node.label > 0) {
      boxes.push({ what: `label of ${node.id}`, id: node.id, box: boxAround(label.x, label.y, node.label, 2 * DEFAULT_OPTIONS.labelHeight) });
    }
    if (name) boxes.push({ what: `name of ${node.id}`, id: node.id, box: boxAround(name.x, name.y, node.name, DEFAULT_OPTIONS.nameHeight) });
  }
  for (const edge of graph.edges) {
    const { label } = drawing.edges.get(edge.id)!;
    if (label) boxes.push({ what: `text of ${edge.id}`, id: edge.id, box: boxAround(label.x, label.y, edge.label, BRANCH_TEXT_HEIGHT) });
  }
  return boxes;
}

/** Pairs of boxes that overlap by more than a hair. */
export function overlaps(boxes: NamedBox[], others: NamedBox[] = boxes): string[] {
  const found: string[] = [];
  boxes.forEach((a, i) => {
    for (const b of others === boxes ? boxes.slice(i + 1) : others) {
      if (overlap(shrink(a.box), b.box)) found.push(`${a.what} on ${b.what}`);
    }
  });
  return found;
}

const shrink = (box: Box, by = 0.5): Box => ({
  left: box.left + by, right: box.right - by, top: box.top + by, bottom: box.bottom - by,
});

export interface Wire {
  id: string;
  source: string;
  target: string;
  points: Point[];
}

/** Corner points of all edges, each from its source or junction. */
export function wires(graph: LayoutGraph, drawing: Layout): Wire[] {
  return graph.edges.map((edge) => ({
    id: edge.id, source: edge.source, target: edge.target, points: samplePath(drawing.edges.get(edge.id)!.points, 24),
  }));
}

/** Wires that run through a box that is not their own. */
export function wiresThrough(all: Wire[], boxes: NamedBox[], owns: (wire: Wire, box: NamedBox) => boolean): string[] {
  const found: string[] = [];
  for (const wire of all) {
    for (const box of boxes) {
      if (owns(wire, box)) continue;
      const inside = shrink(box.box, 1);
      if (wire.points.some((p, i) => i > 0 && crossesBox(wire.points[i - 1]!, p, inside))) found.push(`${wire.id} through ${box.what}`);
    }
  }
  return found;
}

/** Edges into each node, in operand order. */
export function operandEdges(graph: LayoutGraph): Map<string, LayoutGraph['edges'][number][]> {
  const incoming = new Map<string, LayoutGraph['edges'][number][]>();
  for (const edge of graph.edges) {
    const list = incoming.get(edge.target);
    if (list) list.push(edge);
    else incoming.set(edge.target, [edge]);
  }
  for (const list of incoming.values()) list.sort((a, b) => a.operand - b.operand);
  return incoming;
}

/** Gates whose operands do not enter by growing height, out of those that `must` keep their order. */
export function outOfOrder(graph: LayoutGraph, drawing: Layout, must: (node: LayoutNode) => boolean): string[] {
  const wrong: string[] = [];
  const incoming = operandEdges(graph);
  for (const node of graph.nodes) {
    if (!must(node)) continue;
    const ends = (incoming.get(node.id) ?? []).map((edge) => drawing.edges.get(edge.id)!.points.at(-1)!.y);
    if (ends.some((y, i) => i > 0 && y <= ends[i - 1]!)) wrong.push(node.id);
  }
  return wrong;
}
