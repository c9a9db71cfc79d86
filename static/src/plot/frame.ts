/** The frame of a plot: where its axes stand, and how numbers become pixels. Pure. */
import type { Box } from './lines';
import type { Point, Tick } from './ranges';
import { linearScale, type Range } from './scale';

/** Width of a digit of the axes' texts. */
const DIGIT = 7;

export interface Frame {
  box: Box;
  x: (value: number) => number;
  y: (value: number) => number;
  /** The value under a pixel. */
  argument: (pixel: number) => number;
  point: (point: Point) => Point;
  /** Pixels of rise per pixel to the right of a line with this slope; downwards is positive. */
  rise: (slope: number) => number;
}

export interface Size {
  width: number;
  /** Height between the ends of the value axis. */
  height: number;
  top: number;
}

export function frameOf({ width, height, top }: Size, arguments_: Range, values: Range, ticks: readonly Tick[]): Frame {
  const left = Math.max(22, DIGIT * Math.max(...ticks.map(({ text }) => text.length)) + 1) + 8;
  const box = { left, right: width - 6, top, bottom: top + height };
  const x = linearScale(arguments_, [box.left, box.right]);
  const y = linearScale(values, [box.bottom, box.top]);
  const perX = (box.right - box.left) / (arguments_[1] - arguments_[0]);
  const perY = (box.bottom - box.top) / (values[1] - values[0]);
  return {
    box,
    x,
    y,
    argument: x.invert,
    point: (point) => ({ x: x(point.x), y: y(point.y) }),
    rise: (slope) => (-slope * perY) / perX,
  };
}
