/** What goes into the layout engine and what comes out: plain numbers, no DOM. All lengths are px at 100 %. */

export type NodeKind = 'leaf' | 'gate' | 'output';

export interface LayoutNode {
  id: string;
  width: number;
  height: number;
  /** A gate is a circle whose diameter is `width`; leaves and outputs are rectangles. */
  kind: NodeKind;
  /** Operands enter in operand order at any graph size (− ÷ ^ @). Small graphs keep it for every gate. */
  fixedOrder: boolean;
  /** Width of the wider of the value and gradient texts on this node's outgoing rail; 0 means no texts. */
  label: number;
  /** Height of what stands above, and of what stands below that rail, where it is more than one line of text. */
  tall?: number;
  /** Width of the name drawn beside the gate; 0 means no name. */
  name: number;
  /** A leaf that hangs above or below the only gate it feeds, in no column; where it finds no place it stands in one. */
  hang?: 'above' | 'below';
  /** A leaf much wider than a gate: others of its column stand at the left side, so that wires do not reach across it. */
  card?: boolean;
  /** Of what hangs: height of the shape in its middle that the wire leaves, where there is more beside it. */
  core?: number;
  /** Only inside the engine: room above and below a gate for what hangs there, and to the right for what hangs beside. */
  reach?: { above: number; below: number; right: number };
  /** Only inside the engine: a group that has been laid out, or the place where a wire enters the group around. */
  box?: Box;
  port?: boolean;
}

/** How far a group reaches above and below the wire that leaves it. */
export interface Box {
  above: number;
  below: number;
}

export interface LayoutEdge {
  id: string;
  source: string;
  target: string;
  /** Position of the operand, from 0. */
  operand: number;
  /** Width of the text of this branch's own gradient; used only where the source fans out. */
  label: number;
  /** Only inside the engine: how far below a group's outgoing wire this one enters the group. */
  drop?: number;
}

/**
 * Nodes that stay together in a rectangle. One of them feeds what is outside, and all others lead to it; a group of
 * which this is not true is not kept together. Ids are shared with nodes: no group may have the id of a node.
 */
export interface LayoutGroup {
  id: string;
  /** Its own nodes, without those of groups inside it. */
  nodes: readonly string[];
  /** The group around it. */
  parent: string | null;
  /** Width of what stands in its top edge, and of its foot. */
  title: number;
  foot: number;
}

export interface LayoutGraph {
  nodes: readonly LayoutNode[];
  edges: readonly LayoutEdge[];
  groups?: readonly LayoutGroup[];
}

export interface LayoutOptions {
  /** Least length of the horizontal start of an edge, where its value and gradient stand. */
  rail: number;
  /** Least room between two nodes of one column, names and labels included. */
  nodeGap: number;
  /** More room between neighbours that feed no common gate, so that subtrees read as groups. */
  groupGap: number;
  /** Room beside a wire that passes a node or another wire. */
  wireGap: number;
  /** Least width of the bends between two columns. */
  layerGap: number;
  /** Height of a value above the wire or of a gradient below it, the gap to the wire included. */
  labelHeight: number;
  /** Height of a node's name. */
  nameHeight: number;
  /** Room between statements that share nothing. */
  partGap: number;
  /** Up to this many nodes every gate keeps its operands in order. */
  strictBelow: number;
}

export const DEFAULT_OPTIONS: LayoutOptions = {
  rail: 52,
  nodeGap: 26,
  groupGap: 28,
  wireGap: 14,
  layerGap: 42,
  labelHeight: 27,
  nameHeight: 18,
  partGap: 64,
  strictBelow: 500,
};

export interface Point {
  x: number;
  y: number;
}

export interface PlacedName {
  x: number;
  y: number;
  side: 'below' | 'above';
}

export interface PlacedNode {
  /** Centre. */
  x: number;
  y: number;
  /** Column, from 0 at the left of its connected part, or of the group it lies in. */
  layer: number;
  /** Centre of the name, null where the node has none. */
  name: PlacedName | null;
  /** The innermost group around it; left out where there is none. */
  group?: string;
}

export interface PlacedGroup {
  /** Left upper corner. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Column, as of a node. */
  layer: number;
  parent: string | null;
  /** The node that feeds what is outside. */
  exit: string;
}

export interface Trunk {
  /** Cubic Bézier p0 c1 c2 p1 …: the rail of a source; of a fan-out all of it up to the junction. Empty without uses. */
  points: Point[];
  /** Centre of the labels, on the wire: value above, gradient below. */
  label: Point;
  /** Where a fan-out forks; null for a single use. */
  junction: Point | null;
}

export interface Route {
  /** Cubic Bézier p0 c1 c2 p1 c1 c2 p2 … from the source's border, or its junction, to the target's border. */
  points: Point[];
  /** Centre of the branch's gradient text; null without text, or where no free place was found. */
  label: Point | null;
}

export interface Layout {
  width: number;
  height: number;
  nodes: Map<string, PlacedNode>;
  /** By node id. */
  trunks: Map<string, Trunk>;
  /** By edge id. */
  edges: Map<string, Route>;
  groups: Map<string, PlacedGroup>;
  crossings: number;
}
