import { describe, expect, it } from 'vitest';
import { nearest } from '../../../static/src/graph/direction';
import { fitView, insetsFor, LEAST_FIT, limitsFor, MOST_FIT, revealed, zoomAround } from '../../../static/src/graph/fit';
import { alike, between, headOf, pathText, pointBeforeEnd, sampled, shortened } from '../../../static/src/graph/geometry';

const STAGE = { width: 1000, height: 700 };

describe('fit', () => {
  it('centres what fits, at most at 130 %', () => {
    const view = fitView({ width: 100, height: 50 }, STAGE, []);
    expect(view.k).toBe(MOST_FIT);
    expect(view.x).toBeCloseTo((1000 - 130) / 2);
  });

  it('makes more of a wide screen and of a presentation, and keeps numbers large for the back row', () => {
    expect(limitsFor(1919, false)).toEqual({ least: LEAST_FIT, most: 1.3 });
    expect(limitsFor(1920, false).most).toBe(1.6);
    expect(limitsFor(1280, true)).toEqual({ least: 1.25, most: 1.4 });
    expect(limitsFor(1920, true).most).toBe(1.6);
    expect(limitsFor(390, true)).toEqual(limitsFor(390, false));
  });

  it('leaves a narrow stage to the graph', () => {
    expect(insetsFor({ width: 390, height: 600 }, false)).toMatchObject({ top: 76, left: 14, right: 14 });
    expect(insetsFor({ width: 1000, height: 300 }, true)).toMatchObject({ top: 40, left: 34 });
  });

  it('never makes numbers smaller than 13 px; then the left end is shown', () => {
    const view = fitView({ width: 9000, height: 300 }, STAGE, []);
    expect(view.k).toBe(LEAST_FIT);
    expect(view.x).toBe(34);
    expect(view.y + (300 * view.k) / 2).toBeCloseTo(76 + (700 - 76 - 64) / 2);
  });

  it('makes them 12 px on a narrow stage where that shows the whole width, and only there', () => {
    const phone = { width: 390, height: 600 };
    const at = (width: number): number => fitView({ width, height: 200 }, phone, [], insetsFor(phone, false)).k;
    expect(at(480)).toBeCloseTo(362 / 480);
    expect(at(500)).toBe(LEAST_FIT);
    expect(fitView({ width: 1200, height: 200 }, STAGE, []).k).toBe(LEAST_FIT);
  });

  it('shows the fullest part of a graph that is too large both ways, never an empty stage', () => {
    const nodes = Array.from({ length: 20 }, (_, i) => ({ x: 20, y: 5000 + i * 60 }));
    const view = fitView({ width: 9000, height: 9000 }, STAGE, [...nodes, { x: 8000, y: 100 }]);
    expect(view.y + 5000 * view.k).toBeGreaterThan(76);
    expect(view.y + 5000 * view.k).toBeLessThan(200);
  });

  it('shows the top of such a graph as long as there is enough to see', () => {
    const nodes = Array.from({ length: 60 }, (_, i) => ({ x: 20, y: 27 + i * 90 }));
    expect(fitView({ width: 9000, height: 5400 }, STAGE, nodes).y).toBe(76);
  });

  it('survives a stage of no size', () => {
    expect(fitView({ width: 10, height: 10 }, { width: 0, height: 0 }, []).k).toBe(LEAST_FIT);
  });
});

describe('zoom and reveal', () => {
  it('keeps the point under the pointer', () => {
    const view = zoomAround({ k: 1, x: 10, y: 20 }, 2, { x: 110, y: 120 });
    expect(view).toEqual({ k: 2, x: -90, y: -80 });
    expect(zoomAround({ k: 1, x: 0, y: 0 }, 100, { x: 0, y: 0 }).k).toBe(4);
  });

  it('moves only what is out of sight', () => {
    const view = { k: 1, x: 0, y: 0 };
    expect(revealed(view, { left: 100, top: 100, right: 150, bottom: 150 }, STAGE)).toEqual(view);
    expect(revealed(view, { left: 1100, top: 100, right: 1150, bottom: 150 }, STAGE)).toEqual({ k: 1, x: -174, y: 0 });
  });
});

describe('arrow keys', () => {
  const spots = [
    { id: 'a', x: 0, y: 0 },
    { id: 'b', x: 100, y: 0 },
    { id: 'c', x: 60, y: 60 },
    { id: 'd', x: 0, y: 90 },
  ];
  const [a] = spots;
  it('go along a row before they leave it', () => {
    if (!a) throw new Error('there is a first spot');
    expect(nearest(spots, a, 'right')?.id).toBe('b');
    expect(nearest(spots, a, 'down')?.id).toBe('d');
    expect(nearest(spots, a, 'left')).toBeNull();
    expect(nearest(spots, a, 'up')).toBeNull();
  });
});

describe('curves', () => {
  const line = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 20, y: 0 }, { x: 30, y: 0 }];
  const bend = [{ x: 0, y: 0 }, { x: 20, y: 0 }, { x: 20, y: 30 }, { x: 40, y: 50 }];

  it('are written as cubic pieces', () => {
    expect(pathText(line)).toBe('M0,0C10,0 20,0 30,0');
    expect(pathText([])).toBe('');
  });

  it('end shorter by the length of the arrow, on the same way', () => {
    const short = shortened(bend, 7);
    const end = short.at(-1) ?? { x: 0, y: 0 };
    expect(Math.hypot(40 - end.x, 50 - end.y)).toBeCloseTo(7, 1);
    const near = sampled(bend, 400).some(({ x, y }) => Math.hypot(x - end.x, y - end.y) < 0.2);
    expect(near).toBe(true);
  });

  it('know where they point', () => {
    expect(headOf(line)).toEqual({ x: 30, y: 0, angle: 0 });
    expect(headOf(bend)?.angle).toBeCloseTo(45);
    expect(pointBeforeEnd(line, 10)).toEqual({ x: 20, y: 0 });
  });

  it('are made alike without changing their way', () => {
    const [one, other] = alike(line, [...bend, { x: 45, y: 55 }, { x: 50, y: 60 }, { x: 60, y: 60 }]);
    expect(one).toHaveLength(other.length);
    expect(one[0]).toEqual(line[0]);
    expect(one.at(-1)).toEqual(line.at(-1));
    expect(between(one, other, 1)).toEqual(other);
    expect(between(one, other, 0)).toEqual(one);
  });
});
