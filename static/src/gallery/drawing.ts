/** What a small drawing consists of: plain data in px of its box, and how a layout is brought to that size. */
import { OUTPUT } from '../graph/visible';
import type { Layout, Point } from '../layout';

export type ShapeKind = 'input' | 'parameter' | 'constant' | 'gate' | 'composite' | 'output';

export interface Shape {
  id: string;
  kind: ShapeKind;
  /** Centre. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** What stands inside: a gate's sign, or a literal. Null where it would be too small to be read. */
  sign: Sign | null;
}

export interface Sign {
  symbol: string;
  glyph: string | null;
}

export interface Wire {
  points: readonly Point[];
  kind: 'edge' | 'unchosen' | 'plus' | 'minus' | 'none';
  width: number;
}

export interface Label {
  text: string;
  /** Middle of the text, on its baseline. */
  x: number;
  y: number;
  kind: 'value' | 'gradient';
}

export interface Drawing {
  width: number;
  height: number;
  /** Px per px of a graph at 100 %. */
  scale: number;
  shapes: readonly Shape[];
  wires: readonly Wire[];
  /** Where a wire forks. */
  dots: readonly Point[];
  labels: readonly Label[];
}

/** Room of a card's drawing, without the margins around it. */
export const BOX = { width: 208, height: 92 } as const;
/** Gates of 44 px become 23 at most: larger ones would look like another kind of drawing. */
const LARGEST = 0.52;
/** A gate smaller than this on the screen, px, shows no sign. */
const LEAST_SIGN = 12;

/** Brings a layout into the box; `enlarged` is by how much its nodes are larger than at 100 %. */
export function fitScale({ width, height }: Pick<Layout, 'width' | 'height'>, enlarged: number): number {
  return Math.min(LARGEST / enlarged, BOX.width / width, BOX.height / height);
}

export function showsSign(diameter: number): boolean {
  return diameter >= LEAST_SIGN;
}

export function scaled(points: readonly Point[], scale: number): Point[] {
  return points.map(({ x, y }) => ({ x: x * scale, y: y * scale }));
}

/** The output node of a graph, or the end of another statement. */
export function isEnd(id: string): boolean {
  return id === OUTPUT || id.startsWith(`${OUTPUT}:`);
}
