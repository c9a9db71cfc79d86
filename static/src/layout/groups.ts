/**
 * Layout of a graph with groups. Each inside is laid out by itself, the innermost first, and then stands in the graph
 * around it as one wide node; at the end the places are put together. Nothing foreign can come into a group that way.
 */

import { addPart, boundsOf, emptyLayout, layoutFlat } from './flat';
import { outermostBefore } from './groups-before';
import { putTogether } from './joined';
import { boxOfNode, type Box as Bounds } from './obstacles';
import { layoutPart, type PartLayout } from './part';
import { takeApart, type KeptGroup, type Scope } from './scopes';
import type { Layout, LayoutEdge, LayoutGraph, LayoutGroup, LayoutNode, LayoutOptions } from './types';

/** From the outermost gates to the dashed line: the title above, the local gradient below. */
const PADDING = { top: 46, bottom: 74, side: 12 };
/** The same from the outermost texts. */
const TEXT_PADDING = { top: 36, bottom: 50, side: 8 };
/** Beside title and foot. */
const LINE_PADDING = 16;

/** The inside of a group, with its frame in the same coordinates. */
export interface Inside {
  part: PartLayout;
  frame: Bounds;
  /** Height of the wire that leaves. */
  exitY: number;
  /** Height at which the wire of each source outside enters. */
  entry: ReadonlyMap<string, number>;
}

export function layoutGroups(
  graph: LayoutGraph, wanted: readonly LayoutGroup[], settings: LayoutOptions, strict: boolean, previous?: Layout,
): Layout {
  const scopes = takeApart(graph, wanted);
  const known: Known = { laid: new Map(), labels: new Map(graph.nodes.map(({ id, label }) => [id, label])) };
  const { laid } = known;
  for (const [id, scope] of [...scopes.inside].reverse()) {
    laid.set(id, layoutInside(scope, scopes.groups.get(id)!, known, settings, strict));
  }
  const outermost = [...scopes.groups.values()].filter(({ parent }) => parent === null);
  const before = previous && outermostBefore(previous, new Map(outermost.map(({ group, exit }) => [group.id, exit])));
  const drawings = new Map<string | null, Layout>([[null, layoutFlat(graphOf(scopes.root, known, null), settings, strict, before)]]);
  // Outer groups come first, so the drawing around a group is in place before its inside.
  for (const [id, { parent }] of scopes.groups) drawings.set(id, drawInside(id, laid.get(id)!, drawings.get(parent)!));
  return putTogether(graph, scopes, laid, drawings);
}

/** What is known while insides are laid out. */
interface Known {
  laid: Map<string, Inside>;
  /** Label widths by node: that of an exit stands where its wire has left the group. */
  labels: ReadonlyMap<string, number>;
}

/** A scope as a graph; `exit` is the node through which it feeds what is around it. */
function graphOf(scope: Scope, { laid, labels }: Known, exit: string | null): LayoutGraph {
  const ports = [...scope.ports].map((id): LayoutNode => ({
    id, width: 0, height: 0, kind: 'leaf', fixedOrder: false, label: 0, name: 0, port: true,
  }));
  const members = scope.members.map((member): LayoutNode => {
    const node = 'node' in member ? member.node : boxNode(member.group, laid.get(member.group.group.id)!);
    const last = 'node' in member ? node.id : member.group.exit;
    return { ...node, label: last === exit ? 0 : (labels.get(last) ?? 0) };
  });
  return { nodes: [...ports, ...members], edges: edgesOf(scope, laid) };
}

function boxNode({ group }: KeptGroup, { frame, exitY }: Inside): LayoutNode {
  const box = { above: exitY - frame.top, below: frame.bottom - exitY };
  const size = { width: frame.right - frame.left, height: 2 * Math.max(box.above, box.below) };
  return { id: group.id, ...size, kind: 'output', fixedOrder: true, label: 0, name: 0, box };
}

function edgesOf(scope: Scope, laid: ReadonlyMap<string, Inside>): LayoutEdge[] {
  const edges: LayoutEdge[] = [];
  const entering = new Map<string, { edge: LayoutEdge; y: number }[]>();
  for (const { id, from, to, enters, carries } of scope.connections.values()) {
    const first = carries[0]!;
    const label = carries.length === 1 ? first.label : 0;
    const edge: LayoutEdge = { id, source: from, target: to, operand: first.operand, label };
    edges.push(edge);
    if (!enters) continue;
    const { entry, exitY } = laid.get(to)!;
    const y = entry.get(first.source)!;
    edge.drop = y - exitY;
    const list = entering.get(to);
    if (list) list.push({ edge, y });
    else entering.set(to, [{ edge, y }]);
  }
  // A group takes its wires in the order in which they go on inside.
  for (const list of entering.values()) {
    list.sort((a, b) => a.y - b.y);
    list.forEach(({ edge }, operand) => (edge.operand = operand));
  }
  return edges;
}

function layoutInside(
  scope: Scope, { group, exit }: KeptGroup, known: Known, settings: LayoutOptions, strict: boolean,
): Inside {
  const part = layoutPart(graphOf(scope, known, exit), settings, strict, undefined);
  const entry = new Map<string, number>();
  part.layered.graph.nodes.forEach((node, v) => {
    if (node.port) entry.set(node.id, part.height[v]!);
  });
  const last = scope.ports.size + scope.members.findIndex((one) => ('node' in one ? one.node.id : one.group.exit) === exit);
  return { part, frame: frameOf(part, group, settings), exitY: part.height[last]!, entry };
}

function frameOf(part: PartLayout, { title, foot }: LayoutGroup, settings: LayoutOptions): Bounds {
  const { layered, height, columns, labels } = part;
  const texts = boundsOf(part, settings);
  const frame = {
    left: texts.left, top: texts.top - TEXT_PADDING.top, right: texts.right + TEXT_PADDING.side,
    bottom: texts.bottom + TEXT_PADDING.bottom,
  };
  layered.graph.nodes.forEach((node, v) => {
    if (node.port) return;
    const box = boxOfNode(node, columns.x[v]!, height[v]!);
    const name = labels.name[v];
    frame.left = Math.min(frame.left, box.left - PADDING.side, name ? name.x - node.name / 2 - TEXT_PADDING.side : Infinity);
    frame.right = Math.max(frame.right, box.right + PADDING.side);
    frame.top = Math.min(frame.top, box.top - PADDING.top);
    frame.bottom = Math.max(frame.bottom, box.bottom + PADDING.bottom);
  });
  const missing = Math.max(0, Math.max(title, foot) + 2 * LINE_PADDING - (frame.right - frame.left));
  return { ...frame, left: frame.left - missing / 2, right: frame.right + missing / 2 };
}

/** The inside of a group where the drawing around has put the group. */
function drawInside(id: string, { part, frame, exitY }: Inside, around: Layout): Layout {
  const place = around.nodes.get(id)!;
  const drawing = emptyLayout();
  addPart(drawing, part, place.x - (frame.left + frame.right) / 2, place.y - exitY);
  return drawing;
}
