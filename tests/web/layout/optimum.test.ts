import { describe, expect, it } from 'vitest';

import { crossingCounter, orderFrom } from '../../../static/src/layout/crossings';
import { indexGraph } from '../../../static/src/layout/graph';
import { leftLayers, shortLayers } from '../../../static/src/layout/layers';
import { findOrder } from '../../../static/src/layout/order';
import { randomNumbers } from '../../../static/src/layout/random';
import { layerGraph, type LayeredGraph } from '../../../static/src/layout/segments';
import { network, randomExpression, randomFormula, randomProgram, swapped, type DrawnGraph } from './graphs';

/** Widest layer for which all orders are tried: 7! x 7! pairs per gap take a tenth of a second, 9! x 9! an hour. */
const WIDEST = 7;

/** All orders of 0 .. count - 1, as places: order[i] is the place of item i. */
function permutations(count: number): number[][] {
  let found: number[][] = [[]];
  for (let k = 0; k < count; k++) {
    found = found.flatMap((order) => Array.from({ length: k + 1 }, (_, at) => [...order.map((p) => (p >= at ? p + 1 : p)), at]));
  }
  return found;
}

const ORDERS = Array.from({ length: WIDEST + 1 }, (_, count) => permutations(count));

/** Least crossings of a layered graph over all orders of all layers, ports included; dynamic programming over layers. */
function leastCrossings(layered: LayeredGraph): number {
  const { memberStart, members, layerCount, layer, left, right, port } = layered;
  const place = new Int32Array(layer.length);
  for (let i = 0; i < members.length; i++) place[members[i]!] = i - memberStart[layer[members[i]!]!]!;
  let best = ORDERS[memberStart[1]! - memberStart[0]!]!.map(() => 0);
  for (let l = 0; l + 1 < layerCount; l++) {
    const segments = Array.from(left, (_, s) => s).filter((s) => layer[left[s]!] === l);
    const from = ORDERS[memberStart[l + 1]! - memberStart[l]!]!;
    const to = ORDERS[memberStart[l + 2]! - memberStart[l + 1]!]!;
    const starts = from.map((order) => segments.map((s) => order[place[left[s]!]!]!));
    const ends = to.map((order) => segments.map((s) => order[place[right[s]!]!]! + port[s]!));
    best = ends.map((end) => {
      let least = Infinity;
      starts.forEach((start, k) => {
        let crossings = best[k]!;
        for (let i = 0; i < start.length && crossings < least; i++) {
          for (let j = i + 1; j < start.length; j++) if ((start[i]! - start[j]!) * (end[i]! - end[j]!) < 0) crossings++;
        }
        if (crossings < least) least = crossings;
      });
      return least;
    });
  }
  return Math.min(...best);
}

const widestLayer = ({ layerCount, memberStart }: LayeredGraph): number =>
  Math.max(...Array.from({ length: layerCount }, (_, l) => memberStart[l + 1]! - memberStart[l]!));

function candidates(): [string, DrawnGraph][] {
  const graphs: [string, DrawnGraph][] = [['swapped', swapped()], ['network 2-2-1', network([2, 2, 1])]];
  for (let seed = 1; seed <= 36; seed++) {
    graphs.push([`expression ${seed}`, randomExpression(4 + (seed % 5), seed)]);
    graphs.push([`program ${seed}`, randomProgram(5 + (seed % 6), seed)]);
    graphs.push([`formula ${seed}`, randomFormula(5 + (seed % 4), seed)]);
  }
  return graphs;
}

describe('crossings against the optimum', () => {
  const small = candidates().flatMap(([name, graph]) => {
    const index = indexGraph(graph);
    return [leftLayers(index), shortLayers(index)].map((layers, k) => ({ name: `${name}, ${k === 0 ? 'left' : 'short'}`, layered: layerGraph(index, layers, true) }));
  }).filter(({ layered }) => widestLayer(layered) <= WIDEST);

  it('are the least possible on every small graph', () => {
    expect(small.length).toBeGreaterThan(80);
    const missed = small.flatMap(({ name, layered }) => {
      const { crossings } = findOrder(layered, 1);
      const least = leastCrossings(layered);
      return crossings === least ? [] : [`${name}: ${crossings} instead of ${least}`];
    });
    expect(missed).toEqual([]);
  });
});

describe('counting', () => {
  it('agrees with counting pair by pair', () => {
    const random = randomNumbers(11);
    for (let seed = 1; seed <= 20; seed++) {
      const index = indexGraph(randomProgram(30, seed));
      const layered = layerGraph(index, shortLayers(index), seed % 2 === 0);
      const sequence = layered.members.slice();
      for (let l = 0; l < layered.layerCount; l++) {
        sequence.subarray(layered.memberStart[l]!, layered.memberStart[l + 1]!).sort(() => random() - 0.5);
      }
      const order = orderFrom(layered, sequence);
      let pairs = 0;
      for (let s = 0; s < layered.left.length; s++) {
        for (let t = s + 1; t < layered.left.length; t++) {
          const [a, b] = [layered.left[s]!, layered.left[t]!];
          if (layered.layer[a] !== layered.layer[b]) continue;
          const end = (k: number): number => order.position[layered.right[k]!]! + layered.port[k]!;
          if ((order.position[a]! - order.position[b]!) * (end(s) - end(t)) < 0) pairs++;
        }
      }
      expect(crossingCounter(layered)(order)).toBe(pairs);
    }
  });
});
