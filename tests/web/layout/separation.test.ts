import { describe, expect, it } from 'vitest';

import { randomNumbers } from '../../../static/src/layout/random';
import { separator, type Constraints } from '../../../static/src/layout/separation';

function randomCase(seed: number, chainOnly: boolean) {
  const random = randomNumbers(seed);
  const count = 25;
  const upper: number[] = [];
  const lower: number[] = [];
  for (let v = 1; v < count; v++) {
    const above = chainOnly ? 1 : 1 + Math.floor(random() * 2);
    for (let k = 0; k < above; k++) {
      upper.push(chainOnly ? v - 1 : Math.floor(random() * v));
      lower.push(v);
    }
  }
  const constraints: Constraints = {
    count, topological: Int32Array.from({ length: count }, (_, v) => v),
    upper: Int32Array.from(upper), lower: Int32Array.from(lower),
    gap: Float64Array.from(upper, () => 5 + 20 * random()),
  };
  const wish = Float64Array.from({ length: count }, () => 150 * random());
  const weight = Float64Array.from({ length: count }, () => 0.1 + 3 * random());
  return { constraints, wish, weight };
}

/** The exact answer, slowly. Source: Hildreth's method of successive projections (1957). */
function exact({ upper, lower, gap }: Constraints, wish: Float64Array, weight: Float64Array): Float64Array {
  const y = wish.slice();
  const force = new Float64Array(upper.length);
  for (let round = 0; round < 20_000; round++) {
    for (let c = 0; c < upper.length; c++) {
      const [u, v] = [upper[c]!, lower[c]!];
      const wanted = force[c]! + (gap[c]! - (y[v]! - y[u]!)) / (1 / weight[u]! + 1 / weight[v]!);
      const change = Math.max(0, wanted) - force[c]!;
      force[c]! += change;
      y[u]! -= change / weight[u]!;
      y[v]! += change / weight[v]!;
    }
  }
  return y;
}

const cost = (y: Float64Array, wish: Float64Array, weight: Float64Array): number =>
  y.reduce((sum, at, v) => sum + weight[v]! * (at - wish[v]!) ** 2, 0);

describe('separation', () => {
  it.each([1, 2, 3, 4, 5])('keeps every gap (seed %i)', (seed) => {
    const { constraints, wish, weight } = randomCase(seed, false);
    const y = separator(constraints)(wish, weight);
    for (let c = 0; c < constraints.upper.length; c++) {
      expect(y[constraints.lower[c]!]! - y[constraints.upper[c]!]!).toBeGreaterThan(constraints.gap[c]! - 1e-6);
    }
  });

  it.each([1, 2, 3, 4, 5])('is exact for one column (seed %i)', (seed) => {
    const { constraints, wish, weight } = randomCase(seed, true);
    const y = separator(constraints)(wish, weight);
    exact(constraints, wish, weight).forEach((at, v) => expect(y[v]).toBeCloseTo(at, 3));
  });

  it.each([1, 2, 3, 4, 5])('costs at most a tenth more than the least for tangled columns (seed %i)', (seed) => {
    const { constraints, wish, weight } = randomCase(seed, false);
    const least = cost(exact(constraints, wish, weight), wish, weight);
    expect(cost(separator(constraints)(wish, weight), wish, weight)).toBeLessThan(1.1 * least);
  });

  it('leaves wishes alone that keep their gaps already', () => {
    const { constraints, weight } = randomCase(9, false);
    const wish = Float64Array.from({ length: constraints.count }, (_, v) => 100 * v);
    separator(constraints)(wish, weight).forEach((at, v) => expect(at).toBeCloseTo(wish[v]!, 9));
  });
});
