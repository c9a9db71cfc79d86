import { describe, expect, it } from 'vitest';
import { paceOf, stepFor, stepped } from '../../../static/src/graph/steps';

describe('step of a value', () => {
  it.each([
    [0.5, 0.01], [1, 0.01], [-3, 0.1], [10, 0.1], [23, 1], [-150, 10], [0.05, 0.001], [0, 0.01], [0.7, 0.01],
  ])('%s moves by %s', (value, step) => {
    expect(stepFor(value)).toBe(step);
  });

  it('is ten times as large with Shift, a tenth with Alt', () => {
    expect(stepFor(-3, paceOf({ shiftKey: true, altKey: false }))).toBe(1);
    expect(stepFor(-3, paceOf({ shiftKey: false, altKey: true }))).toBe(0.01);
    expect(stepFor(0.3, 'fine')).toBe(0.001);
  });
});

describe('stepped values', () => {
  it.each([
    [-3, 4, 0.1, -2.6],
    [0.1, 2, 0.01, 0.12],
    [0.3, -3, 0.1, 0],
    [-0.1, 1, 0.1, 0],
    [0.351, 1, 0.01, 0.361],
    [2, 3, 1, 5],
    [1e-9, 2, 1e-11, 1.02e-9],
  ])('%s by %s steps of %s is %s', (from, steps, step, value) => {
    expect(Object.is(stepped(from, steps, step), value)).toBe(true);
  });

  it('come back to where they started', () => {
    expect(stepped(stepped(0.7, 13, 0.01), -13, 0.01)).toBe(0.7);
  });
});
