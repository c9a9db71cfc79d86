/** Horizontal places: columns as wide as their widest node, gaps as wide as labels and bends need. */

import type { LayeredGraph } from './segments';
import type { LayoutNode, LayoutOptions } from './types';

export interface Columns {
  /** Borders of each column. */
  left: Float64Array;
  right: Float64Array;
  /** Centre of each node: the middle of its column, but at the left side of one that a group or a card makes wide. */
  x: Float64Array;
  /** Right border of the nodes of each column, groups and cards left out. */
  inner: Float64Array;
  /** Length of the rail that starts at the right border; labels stand in its middle. */
  rail: Float64Array;
  /** Where bends may begin in the gap right of each column; they end at the next column's left border. */
  bendStart: Float64Array;
  width: number;
}

/** Room around a label on its rail; cells of a tensor keep their width whatever their numbers are. */
const LABEL_MARGIN = 16;
const CELLS_MARGIN = 12;
/** A rail without texts, as in graphs too large for them. */
const BARE_RAIL = 24;
/** Room between a label and the junction behind it. */
const JUNCTION_ROOM = 10;
/** A branch text needs its width and this much of the bend. */
const BRANCH_ROOM = 58;
/** Arrow and air of a gap in which all wires are level. */
const LEVEL_ROOM = 12;
const WIDEST_BEND = 180;
/** A gap of the drawing before may be wider than needed by this much. */
const SLACK = 60;

const isWide = ({ box, card }: LayoutNode): boolean => box !== undefined || card === true;

/**
 * `widen` adds room to the gap right of each column; `steps` are the distances from each column to the next in the
 * drawing before, NaN where those were no neighbours.
 */
export function findColumns(
  layered: LayeredGraph, height: Float64Array, angle: Float64Array, widen: Float64Array, steps: Float64Array | null,
  options: LayoutOptions,
): Columns {
  const { graph, layerCount, layer, left, right, edge, drop, owner } = layered;
  const n = graph.nodes.length;
  const widest = new Float64Array(layerCount);
  /** Without groups and cards. */
  const narrow = new Float64Array(layerCount);
  const rail = new Float64Array(layerCount);
  const steepest = new Float64Array(layerCount);
  const bent = new Uint8Array(layerCount);
  const branch = new Float64Array(layerCount);
  const push = new Float64Array(layerCount);
  const forks = new Uint8Array(layerCount);
  for (let v = 0; v < n; v++) {
    const node = graph.nodes[v]!;
    const l = layer[v]!;
    widest[l] = Math.max(widest[l]!, node.width);
    if (!isWide(node)) narrow[l] = Math.max(narrow[l]!, node.width);
    if (!node.port) rail[l] = Math.max(rail[l]!, BARE_RAIL);
    if (node.label > 0) rail[l] = Math.max(rail[l]!, options.rail, node.label + (node.tall === undefined ? LABEL_MARGIN : CELLS_MARGIN));
    if (node.reach) push[l] = Math.max(push[l]!, node.reach.right);
  }
  for (let s = 0; s < left.length; s++) {
    const l = layer[left[s]!]!;
    const rise = Math.abs(height[left[s]!]! - height[right[s]!]! - drop[s]!);
    steepest[l] = Math.max(steepest[l]!, rise);
    const e = edge[s]!;
    if (rise >= 0.5 || (e >= 0 && angle[e] !== 0)) bent[l] = 1;
    const source = owner[left[s]!]!;
    if (e >= 0 && graph.outStart[source + 1]! - graph.outStart[source]! > 1) {
      forks[l] = 1;
      branch[l] = Math.max(branch[l]!, graph.edges[e]!.label);
    }
  }
  const columns: Columns = {
    left: new Float64Array(layerCount), right: new Float64Array(layerCount),
    x: new Float64Array(n), inner: new Float64Array(layerCount), rail, bendStart: new Float64Array(layerCount), width: 0,
  };
  let x = 0;
  for (let l = 0; l < layerCount; l++) {
    columns.left[l] = x;
    columns.right[l] = x + widest[l]!;
    columns.inner[l] = x + narrow[l]!;
    const start = rail[l]! + (forks[l] ? JUNCTION_ROOM : 0);
    const least = Math.max(bent[l] ? options.layerGap : LEVEL_ROOM, branch[l]! > 0 ? branch[l]! + BRANCH_ROOM : 0);
    const wished = bent[l] ? Math.max(least, Math.min(WIDEST_BEND, 24 + 0.18 * steepest[l]!)) : least;
    // The gap of the drawing before stays if it is neither too narrow nor much too wide.
    const beside = (widest[l]! + (widest[l + 1] ?? 0)) / 2 + start;
    const kept = steps && !Number.isNaN(steps[l]!) ? Math.min(steps[l]! - beside, wished + widen[l]! + SLACK) : wished;
    const bend = Math.max(least + widen[l]!, kept) + push[l]!;
    columns.bendStart[l] = columns.right[l]! + start;
    columns.width = columns.right[l]!;
    x = columns.bendStart[l]! + bend;
  }
  for (let v = 0; v < n; v++) {
    const l = layer[v]!;
    const node = graph.nodes[v]!;
    // Wires bend before the column: what stood in the middle of a wide one they would reach across a group.
    columns.x[v] = columns.left[l]! + (isWide(node) ? node.width : narrow[l]!) / 2;
  }
  return columns;
}
