/**
 * Where the parts of a tensor stand: on its wire (value above, gradient below), in a card of its own, or beside the shape
 * of a leaf that hangs below its gate. All places are relative to the middle of that. Pure.
 */
import type { Tensor } from '../api/model';
import { blockOf, shapeText, type Block } from './cell-sizes';
import { SIZES, type Measure } from './measure';
import type { Lettering } from './anatomy';

export interface CellPlan {
  place: 'wire' | 'card' | 'beside';
  block: Block;
  /** Left upper corners. */
  value: { x: number; y: number };
  gradient: { x: number; y: number };
  /** Middle of the shape's badge, and its width. */
  badge: { text: string; x: number; y: number; width: number };
  /** The name in front of the badge; null where it stands elsewhere. */
  name: { lettering: Lettering; x: number; y: number } | null;
  /** Of all together; on a wire to one side of it. */
  width: number;
  height: number;
}

/** Between the wire and the cells. */
const WIRE_GAP = 8;
const HEADER = 22;
const BADGE_GAP = 6;
/** Of a card: from its border to the cells, and what stands above them. */
const CARD = { left: 10, right: 13, header: 36, gap: 8, bottom: 12 } as const;
const BESIDE_GAP = 10;

function badgeOf(tensor: Tensor, measure: Measure): { text: string; width: number } {
  const text = shapeText(tensor.shape);
  return { text, width: Math.ceil(measure.width(text.replaceAll('×', '+'), 'number', SIZES.shape)) + 12 };
}

export function onWire(tensor: Tensor, lettering: Lettering | null, measure: Measure): CellPlan {
  const block = blockOf(tensor);
  const { text, width } = badgeOf(tensor, measure);
  const header = (lettering ? lettering.width + BADGE_GAP : 0) + width;
  const y = -WIRE_GAP - block.height - HEADER / 2;
  const left = -block.width / 2;
  return {
    place: 'wire',
    block,
    value: { x: left, y: -WIRE_GAP - block.height },
    gradient: { x: left, y: WIRE_GAP },
    badge: { text, x: (header - width) / 2, y, width },
    name: lettering && { lettering, x: -(header - lettering.width) / 2, y },
    width: Math.max(block.width, header),
    height: WIRE_GAP + block.height + HEADER,
  };
}

/** Nothing is known of the tensor but its shape, as in mini graphs: a badge, and the name stays where names stand. */
export function badgeOnly(tensor: Tensor, measure: Measure): CellPlan {
  const { text, width } = badgeOf(tensor, measure);
  const block: Block = { ...blockOf(tensor), width: 0, height: 0 };
  const nowhere = { x: 0, y: 0 };
  return {
    place: 'wire', block, value: nowhere, gradient: nowhere, badge: { text, x: 0, y: -WIRE_GAP - HEADER / 2, width }, name: null,
    width, height: WIRE_GAP + HEADER,
  };
}

/** `hasGradient` is false for constants, whose cards have no room for one. */
export function inCard(tensor: Tensor, lettering: Lettering, hasGradient: boolean, measure: Measure): CellPlan {
  const block = blockOf(tensor);
  const { text, width: badge } = badgeOf(tensor, measure);
  const content = Math.max(block.width, lettering.width + BADGE_GAP + badge);
  const width = CARD.left + content + CARD.right;
  const height = CARD.header + block.height + (hasGradient ? CARD.gap + block.height : 0) + CARD.bottom;
  const [left, top] = [-width / 2 + CARD.left, -height / 2];
  return {
    place: 'card',
    block,
    value: { x: left, y: top + CARD.header },
    gradient: { x: left, y: top + CARD.header + block.height + CARD.gap },
    badge: { text, x: width / 2 - CARD.right + 3 - badge / 2, y: top + CARD.header / 2, width: badge },
    name: { lettering, x: left + 3 + lettering.width / 2, y: top + CARD.header / 2 },
    width,
    height,
  };
}

/** Value at the left, gradient at the right of a shape of this width and height, in whose middle the wire begins. */
export function beside(tensor: Tensor, shape: { width: number; height: number }, measure: Measure): CellPlan {
  const block = blockOf(tensor);
  const badge = badgeOf(tensor, measure);
  const out = shape.width / 2 + BESIDE_GAP;
  const top = -block.height / 2;
  return {
    place: 'beside',
    block,
    value: { x: -out - block.width, y: top },
    gradient: { x: out, y: top },
    badge: { ...badge, x: 0, y: shape.height / 2 + HEADER / 2 },
    name: null,
    width: 2 * (out + block.width),
    height: Math.max(block.height, shape.height + 2 * HEADER),
  };
}
