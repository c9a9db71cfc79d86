import { describe, expect, it } from 'vitest';
import type { CurveKink, CurvePoint } from '../../../static/src/api/model';
import { clip, pieces, tangent, valueAt } from '../../../static/src/plot/lines';
import { meet, placeText } from '../../../static/src/plot/places';
import { frameOf } from '../../../static/src/plot/frame';

const BOX = { left: 0, right: 100, top: 0, bottom: 50 };
const points = (...pairs: [number, number][]): CurvePoint[] => pairs.map(([x, value]) => ({ x, value }));
const kink = (x: number, jump: boolean): CurveKink => ({ x, jump, node: 'n1', before: 0, after: 1, message: '' });

describe('the pieces of a curve', () => {
  it('are one where nothing breaks it, kinks included', () => {
    expect(pieces(points([0, 0], [1, 0], [2, 1]), [kink(1, false)], [0, 1])).toHaveLength(1);
  });

  it('break at a jump, between its sides and at a point upon it', () => {
    const jump = [kink(1, true)];
    expect(pieces(points([0, 0], [0.999, 0], [1.001, 1], [2, 1]), jump, [0, 1]).map((piece) => piece.map(({ x }) => x))).toEqual([
      [0, 0.999],
      [1.001, 2],
    ]);
    expect(pieces(points([0, 0], [0.999, 0], [1, 1], [1.001, 1], [2, 1]), jump, [0, 1]).map(({ length }) => length)).toEqual([2, 2]);
  });

  it('break at a pole, where neighbours are far out on opposite sides', () => {
    expect(pieces(points([-2, -1], [-1, -50], [1, 50], [2, 1]), [], [-10, 10])).toHaveLength(2);
    expect(pieces(points([-2, -1], [-1, -50], [1, 5], [2, 1]), [], [-10, 10])).toHaveLength(1);
  });

  it('break where a value is no number, and leave infinity to the edge', () => {
    expect(pieces(points([0, NaN], [1, 1], [2, 2], [3, NaN], [4, 1], [5, 1]), [], [0, 2])).toHaveLength(2);
    const [piece] = pieces(points([0, -Infinity], [1, 1]), [], [0, 2]);
    expect(piece?.[0]?.y).toBe(-6);
  });
});

describe('a tangent', () => {
  it('has its length on the screen, whatever its slope', () => {
    for (const slope of [0, 0.5, -3]) {
      const ends = tangent({ x: 50, y: 25 }, slope, 20, BOX);
      expect(ends).not.toBeNull();
      const [from, to] = ends ?? [];
      expect(Math.hypot((to?.x ?? 0) - (from?.x ?? 0), (to?.y ?? 0) - (from?.y ?? 0))).toBeCloseTo(20, 10);
    }
  });

  it('ends at the edge of the plot', () => {
    expect(tangent({ x: 95, y: 25 }, 0, 40, BOX)).toEqual([
      { x: 75, y: 25 },
      { x: 100, y: 25 },
    ]);
    const steep = tangent({ x: 50, y: 48 }, 10, 60, BOX);
    expect(steep?.[1]?.y).toBeCloseTo(50, 10);
  });

  it('is not there without a slope', () => {
    expect(tangent({ x: 50, y: 25 }, Infinity, 40, BOX)).toBeNull();
    expect(tangent({ x: 50, y: NaN }, 1, 40, BOX)).toBeNull();
  });
});

describe('clipping', () => {
  it('keeps what lies inside and drops what does not', () => {
    expect(clip({ x: -10, y: 25 }, { x: 110, y: 25 }, BOX)).toEqual([
      { x: 0, y: 25 },
      { x: 100, y: 25 },
    ]);
    expect(clip({ x: 10, y: 60 }, { x: 90, y: 70 }, BOX)).toBeNull();
    expect(clip({ x: 10, y: -5 }, { x: 10, y: 55 }, BOX)).toEqual([
      { x: 10, y: 0 },
      { x: 10, y: 50 },
    ]);
  });
});

describe('a value of a curve', () => {
  it('is read between its points', () => {
    const curve = points([0, 0], [1, 10], [3, 20]);
    expect(valueAt(curve, 0.5)).toBe(5);
    expect(valueAt(curve, 1)).toBe(10);
    expect(valueAt(curve, 3)).toBe(20);
    expect(valueAt(curve, 2)).toBe(15);
    expect(valueAt(curve, 4)).toBeNaN();
    expect(valueAt([], 0)).toBeNaN();
  });
});

describe('a text beside a point', () => {
  const frame = { left: 0, right: 300, top: 0, bottom: 100 };
  const text = { width: 80, height: 15 };
  const line = (...pairs: [number, number][]) => pairs.map(([x, y]) => ({ x, y }));

  it('stands on the free side of a falling and of a rising curve', () => {
    const falling = placeText({ x: 150, y: 50 }, text, [line([0, 0], [300, 100])], [], frame);
    expect(falling.box.left).toBeGreaterThan(150);
    expect(falling.box.bottom).toBeLessThan(50);
    const rising = placeText({ x: 150, y: 50 }, text, [line([0, 100], [300, 0])], [], frame);
    expect(rising.box.right).toBeLessThan(150);
    expect(rising.box.bottom).toBeLessThan(50);
  });

  it('stays inside the frame and off other texts', () => {
    const right = placeText({ x: 290, y: 50 }, text, [line([0, 50], [300, 50])], [], frame);
    expect(right.box.right).toBeLessThanOrEqual(300);
    const taken = { left: 155, right: 250, top: 20, bottom: 45 };
    const place = placeText({ x: 150, y: 50 }, text, [line([0, 0], [300, 100])], [taken], frame);
    expect(meet(place.box, taken)).toBe(false);
  });
});

describe('a frame', () => {
  it('leaves room for the widest number of the axis', () => {
    const ticks = (text: string) => [{ at: 0, text, present: false }];
    const size = { width: 300, height: 80, top: 10 };
    const narrow = frameOf(size, [0, 1], [0, 1], ticks('0'));
    const wide = frameOf(size, [0, 1], [0, 1], ticks('2.0·10⁴'));
    expect(wide.box.left).toBeGreaterThan(narrow.box.left);
    expect(narrow.y(0)).toBe(90);
    expect(narrow.y(1)).toBe(10);
    expect(narrow.argument(narrow.x(0.25))).toBeCloseTo(0.25, 12);
  });

  it('turns slopes into pixels, upwards being negative', () => {
    const frame = frameOf({ width: 136, height: 50, top: 0 }, [0, 10], [0, 100], [{ at: 0, text: '0', present: false }]);
    expect(frame.rise(10)).toBeCloseTo(-50 / 100, 10);
  });
});
