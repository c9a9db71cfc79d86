/** What is drawn where: the visible graph joined with its layout. Pure; the drawing follows it item by item. */
import type { Operation } from '../api/model';
import type { Layout, Point } from '../layout';
import type { Anatomy } from './anatomy';
import { CAPTION_GAP, drawnEdge, groupKey, wordOf } from './arrange';
import type { CellPlan } from './cell-plan';
import type { Identities } from './identity';
import { usesOf } from './figures';
import type { OpenGroup, VisibleEdge, VisibleGraph, VisibleNode } from './visible';

export interface SceneNode {
  /** Survives an edit of the program, unlike the id. */
  key: string;
  node: VisibleNode;
  anatomy: Anatomy;
  x: number;
  y: number;
  /** Middle of the name, relative to the node. */
  name: Point | null;
  /** Word of the pattern, and where it starts (or its middle, without a name). */
  caption: { text: string; x: number; y: number; centred: boolean } | null;
}

export interface SceneWire {
  key: string;
  /** Edge id, or of the common rail of a fan-out the node id. */
  id: string;
  edge: VisibleEdge | null;
  source: string;
  points: readonly Point[];
  /** It starts at a junction. */
  forked: boolean;
}

export interface SceneJunction extends Point {
  key: string;
  node: VisibleNode;
  uses: number;
  caption: boolean;
}

/** Centre of the texts of a wire: value above, gradient below. */
export interface SceneLabel extends Point {
  key: string;
  node: VisibleNode;
  /** Of a tensor: where its cells stand, seen from here. */
  cells: CellPlan | null;
}

export interface SceneBranch extends Point {
  key: string;
  edge: VisibleEdge;
}

/** The outline of an open group. */
export interface SceneGroup {
  key: string;
  open: OpenGroup;
  /** Left upper corner. */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Scene {
  graph: VisibleGraph;
  width: number;
  height: number;
  nodes: readonly SceneNode[];
  wires: readonly SceneWire[];
  junctions: readonly SceneJunction[];
  labels: readonly SceneLabel[];
  branches: readonly SceneBranch[];
  groups: readonly SceneGroup[];
}

export interface SceneInput {
  graph: VisibleGraph;
  identities: Identities;
  anatomy: ReadonlyMap<string, Anatomy>;
  layout: Layout;
  patterns: boolean;
  operations: ReadonlyMap<string, Operation>;
}

export function buildScene(input: SceneInput): Scene {
  const { graph, identities, layout } = input;
  const uses = usesOf(graph);
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const nodes: SceneNode[] = [];
  const labels: SceneLabel[] = [];
  const junctions: SceneJunction[] = [];
  const wires: SceneWire[] = [];
  const branches: SceneBranch[] = [];
  for (const node of graph.nodes) {
    const key = identities.keys.get(node.id) ?? node.id;
    const placed = layout.nodes.get(key);
    const anatomy = input.anatomy.get(node.id);
    if (!placed || !anatomy) continue;
    const name = placed.name ? { x: placed.name.x - placed.x, y: placed.name.y - placed.y } : null;
    nodes.push({ key, node, anatomy, x: placed.x, y: placed.y, name, caption: captionOf(node, anatomy, name, input) });
    const trunk = layout.trunks.get(key);
    if (!trunk || node.kind === 'output') continue;
    const cells = anatomy.cells ?? null;
    const { x, y } = cells && cells.place !== 'wire' ? placed : trunk.label;
    labels.push({ key, node, cells, x, y });
    if (!trunk.junction) continue;
    wires.push({ key, id: node.id, edge: null, source: node.id, points: trunk.points, forked: false });
    junctions.push({ key, node, ...trunk.junction, uses: uses.get(node.id) ?? 0, caption: input.patterns });
  }
  for (const edge of graph.edges) {
    const key = drawnEdge(identities, edge);
    const route = layout.edges.get(key);
    if (!route || !byId.has(edge.source)) continue;
    wires.push({ key, id: edge.id, edge, source: edge.source, points: route.points, forked: (uses.get(edge.source) ?? 0) > 1 });
    if (route.label) branches.push({ key, edge, ...route.label });
  }
  const groups = graph.groups.flatMap((open): SceneGroup[] => {
    const key = groupKey(input, open.group.id);
    const placed = layout.groups.get(key);
    return placed ? [{ key, open, x: placed.x, y: placed.y, width: placed.width, height: placed.height }] : [];
  });
  return { graph, width: layout.width, height: layout.height, nodes, wires, junctions, labels, branches, groups };
}

function captionOf(
  node: VisibleNode,
  anatomy: Anatomy,
  name: Point | null,
  { patterns, operations }: SceneInput,
): SceneNode['caption'] {
  const text = patterns ? wordOf(node, operations) : null;
  if (text === null || name === null) return null;
  if (anatomy.name === null) return { text, ...name, centred: true };
  return { text, x: name.x + anatomy.name.width / 2 + CAPTION_GAP, y: name.y, centred: false };
}
