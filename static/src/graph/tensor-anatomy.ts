/** Shape and cells of what a tensor flows through: parameters are cards, others carry their cells on the wire. Pure. */
import type { Anatomy } from './anatomy';
import { badgeOnly, beside, inCard, onWire } from './cell-plan';
import type { Hang } from './hanging';
import type { Measure } from './measure';
import type { VisibleNode } from './visible';

export function tensorAnatomy(plain: Anatomy, node: VisibleNode, hang: Hang | null, measure: Measure): Anatomy {
  const { tensor } = node.node;
  if (!tensor || node.kind === 'output') return plain;
  if (tensor.value.entries === null && tensor.value.summary === null) return { ...plain, cells: badgeOnly(tensor.value, measure) };
  if (node.kind === 'gate') return { ...plain, name: null, cells: onWire(tensor.value, plain.name, measure), hang: null };
  if (node.role === 'parameter' && plain.text) {
    const cells = inCard(tensor.value, plain.text, tensor.gradient !== null, measure);
    return { ...plain, shape: 'card', width: cells.width, height: cells.height, text: null, cells, hang };
  }
  const cells = hang === 'below' ? beside(tensor.value, plain, measure) : onWire(tensor.value, null, measure);
  return { ...plain, cells, hang };
}
