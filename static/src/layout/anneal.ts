/**
 * Simulated annealing of the order: random exchanges of neighbours, also worse ones while it is hot.
 *
 * It leaves the local optima in which sifting one layer at a time ends, which a reader would see at once: two whole
 * branches of a small graph crossing for nothing. Source: Kirkpatrick, Gelatt and Vecchi (1983).
 */

import { refreshPositions, type Order } from './crossings';
import type { LayeredGraph } from './segments';

const COLD = 0.12;

/** Changes the order by `moves` tried exchanges, from heat `hot` in crossings. The caller descends and compares. */
export function anneal(
  layered: LayeredGraph, order: Order, moves: number, hot: number, random: () => number,
): void {
  const { layer, memberStart, left, right, port, inStart, inSegment, outStart, outSegment } = layered;
  const { sequence, position } = order;
  // Neighbours by row, so that the inner loop reads two arrays only.
  const operand = inSegment.map((s) => left[s]!);
  const user = outSegment.map((s) => right[s]!);
  const userPort = Float64Array.from(outSegment, (s) => port[s]!);
  // Exchangeable places: each vertex that has another below it in its layer.
  const places: number[] = [];
  for (let i = 0; i + 1 < sequence.length; i++) if (layer[sequence[i]!] === layer[sequence[i + 1]!]) places.push(i);
  if (places.length === 0) return;

  const gained = (u: number, v: number): number => {
    let gain = 0;
    for (let a = inStart[u]!; a < inStart[u + 1]!; a++) {
      const x = position[operand[a]!]!;
      for (let b = inStart[v]!; b < inStart[v + 1]!; b++) {
        const y = position[operand[b]!]!;
        gain += x > y ? 1 : x < y ? -1 : 0;
      }
    }
    for (let a = outStart[u]!; a < outStart[u + 1]!; a++) {
      const x = position[user[a]!]! + userPort[a]!;
      for (let b = outStart[v]!; b < outStart[v + 1]!; b++) {
        const y = position[user[b]!]! + userPort[b]!;
        gain += x > y ? 1 : x < y ? -1 : 0;
      }
    }
    return gain;
  };

  let heat = hot;
  const cooling = Math.pow(COLD / hot, 1 / Math.max(1, moves));
  for (let k = 0; k < moves; k++) {
    heat *= cooling;
    const i = places[Math.floor(random() * places.length)]!;
    const u = sequence[i]!;
    const v = sequence[i + 1]!;
    const gain = gained(u, v);
    if (gain < 0 && (gain < -8 * heat || random() >= Math.exp(gain / heat))) continue;
    sequence[i] = v;
    sequence[i + 1] = u;
    const at = position[u]!;
    position[u] = at + 1;
    position[v] = at;
  }
  for (let l = 0; l < layered.layerCount; l++) if (memberStart[l + 1]! > memberStart[l]!) refreshPositions(layered, order, l);
}
