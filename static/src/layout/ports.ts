/** At which angle each edge enters its gate: 0 is level from the left, positive is from below, in degrees. */

import type { Order } from './crossings';
import type { LayeredGraph } from './segments';

const SHALLOWEST = 36;
const STEEPEST = 62;
/** Gates with many operands use more of their left side. */
const STEEPEST_OF_MANY = 78;
const REPEATED = 45;

/** Angle per edge. Operands in fixed order get growing angles in that order, others in the order they arrive in. */
export function entryAngles(layered: LayeredGraph, order: Order, height: Float64Array): Float64Array {
  const { graph, inStart, inSegment, left, edge, port } = layered;
  const angle = new Float64Array(graph.edges.length);
  for (let v = 0; v < graph.nodes.length; v++) {
    if (graph.nodes[v]!.kind !== 'gate') continue;
    const segments = Array.from(inSegment.subarray(inStart[v]!, inStart[v + 1]!));
    // Equal ports mean free order; the sort is stable, so repeats keep their operand order.
    segments.sort((a, b) => port[a]! - port[b]! || order.position[left[a]!]! - order.position[left[b]!]!);
    const wished = segments.map((s, i) => {
      const again = (j: number): boolean => j >= 0 && j < segments.length && left[segments[j]!] === left[s];
      const rise = height[left[s]!]! - height[v]!;
      if (again(i + 1) && !again(i - 1)) return -REPEATED;
      if (again(i - 1) && !again(i + 1)) return REPEATED;
      return wishedAngle(rise, graph.nodes[v]!.width / 2);
    });
    spread(wished).forEach((a, i) => (angle[edge[segments[i]!]!] = a));
  }
  return angle;
}

/** The steeper the way, the steeper the entry; a source nearly level enters nearly level. */
function wishedAngle(rise: number, radius: number): number {
  const far = Math.abs(rise);
  if (far < 0.5) return 0;
  const wished = Math.min(STEEPEST, Math.max(SHALLOWEST, 30 + 0.14 * far));
  const reachable = (Math.asin(Math.min(1, (0.6 * far) / radius)) * 180) / Math.PI;
  return Math.sign(rise) * Math.min(wished, reachable);
}

/** Growing angles as close to the wished ones as room allows. Source: isotonic regression with a least step. */
function spread(wished: number[]): number[] {
  const count = wished.length;
  if (count < 2) return wished;
  const limit = count <= 3 ? STEEPEST : STEEPEST_OF_MANY;
  const step = Math.min(SHALLOWEST, (2 * limit) / (count - 1));
  const pools: { mean: number; size: number }[] = [];
  wished.forEach((angle, i) => {
    let pool = { mean: angle - i * step, size: 1 };
    while (pools.length > 0 && pools[pools.length - 1]!.mean > pool.mean) {
      const other = pools.pop()!;
      const size = other.size + pool.size;
      pool = { mean: (other.mean * other.size + pool.mean * pool.size) / size, size };
    }
    pools.push(pool);
  });
  const highest = limit - (count - 1) * step;
  const result: number[] = [];
  for (const pool of pools) {
    const base = Math.min(highest, Math.max(-limit, pool.mean));
    for (let k = 0; k < pool.size; k++) result.push(base + result.length * step);
  }
  return result;
}
