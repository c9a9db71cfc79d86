/** The part of a large scene that is drawn: what lies in the cells in sight, and what has to be there anyway. Pure. */
import { boxAround } from '../geometry';
import type { Scene } from '../scene';
import { detailAt, type Detail } from './detail';
import { Grid, type Cells } from './grid';

/** From a node's centre to the end of what stands around it: name, badge, ring of the focus. */
const AROUND_NODE = 64;
const LABEL = { width: 150, height: 84 } as const;

export interface Index {
  scene: Scene;
  nodes: Grid;
  wires: Grid;
  labels: Grid;
  branches: Grid;
  junctions: Grid;
  nodeAt: ReadonlyMap<string, number>;
}

export function indexOf(scene: Scene): Index {
  const [nodes, wires, labels, branches, junctions] = [new Grid(), new Grid(), new Grid(), new Grid(), new Grid()];
  scene.nodes.forEach(({ x, y, anatomy }, i) => {
    const width = Math.max(anatomy.width, 2 * (anatomy.name?.width ?? 0)) + AROUND_NODE;
    nodes.addBox(i, boxAround(x, y, width, anatomy.height + AROUND_NODE));
  });
  scene.wires.forEach(({ points }, i) => wires.addCurve(i, points));
  scene.labels.forEach(({ x, y }, i) => labels.addBox(i, boxAround(x, y, LABEL.width, LABEL.height)));
  scene.branches.forEach(({ x, y }, i) => branches.addBox(i, boxAround(x, y, LABEL.width, LABEL.height)));
  scene.junctions.forEach(({ x, y }, i) => junctions.addBox(i, boxAround(x, y, AROUND_NODE, AROUND_NODE)));
  const nodeAt = new Map(scene.nodes.map(({ node }, i) => [node.id, i]));
  return { scene, nodes, wires, labels, branches, junctions, nodeAt };
}

/** `always`: ids of nodes that are drawn wherever they are, such as the one that has the focus. */
export function partOf(index: Index, cells: Cells, scale: number, always: ReadonlySet<string>): { part: Scene; detail: Detail } {
  const { scene } = index;
  const nodes = index.nodes.within(cells);
  const wires = index.wires.within(cells);
  const detail = detailAt(scale, nodes.length + wires.length);
  const pick = <T>(items: readonly T[], at: readonly number[]): T[] => at.flatMap((i) => items[i] ?? []);
  const far = detail === 'overview';
  const seen = new Set(far ? [] : nodes);
  for (const id of always) {
    const at = index.nodeAt.get(id);
    if (at !== undefined) seen.add(at);
  }
  const junctions = far ? [] : pick(scene.junctions, index.junctions.within(cells));
  const kept = far ? [] : junctions.map(({ node }) => node.id);
  for (const junction of scene.junctions) {
    if (always.has(junction.node.id) && !kept.includes(junction.node.id)) junctions.push(junction);
  }
  const texts = detail === 'full';
  return {
    detail,
    part: {
      ...scene,
      nodes: pick(scene.nodes, [...seen]),
      wires: far ? [] : pick(scene.wires, wires),
      junctions,
      labels: texts ? pick(scene.labels, index.labels.within(cells)) : [],
      branches: texts ? pick(scene.branches, index.branches.within(cells)) : [],
    },
  };
}
