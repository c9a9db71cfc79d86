import { describe, expect, it } from 'vitest';
import { ends, localUnit, windowFor } from '../../../static/src/plot/window';

describe('the window of a curve', () => {
  it('measures in the units of the engine', () => {
    const cases: [number, number][] = [
      [0, 1], [0.3, 1], [-3, 1], [9.9, 1], [10, 10], [-99, 10], [12345, 10000], [0.05, 0.1], [0.001, 0.01],
    ];
    for (const [x, unit] of cases) expect(localUnit(x)).toBe(unit);
  });

  it('reaches three units to both sides', () => {
    expect(ends(windowFor(null, 'w1', -3))).toEqual([-6, 0]);
  });

  it('stays while the value moves inside it, and follows before the edge', () => {
    const first = windowFor(null, 'w1', -3);
    expect(windowFor(first, 'w1', -1.1)).toBe(first);
    expect(windowFor(first, 'w1', -0.9).centre).toBe(-0.9);
    expect(windowFor(first, 'x1', -3)).not.toBe(first);
  });
});
