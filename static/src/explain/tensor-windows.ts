/** Convolutions in the inspector: the window that a cell came from, and what its gradients were summed from. Pure. */
import type { GraphNode } from '../api/model';
import { gradientPairs, isWindowed, valuePairs } from './cell-sources';
import type { Gate, Operand } from './subject';
import type { Matrix, TensorBlock } from './tensor';

const valueOf = ({ latex, tensor }: GraphNode): Matrix[] => (tensor ? [{ latex, kind: 'value', tensor: tensor.value }] : []);
const shapesOf = (gate: Gate): (readonly number[])[] => gate.operands.map(({ node }) => node.shape);

/** The image, the kernel and what they make; none of other gates. */
export function windowBlocks(gate: Gate): TensorBlock[] {
  const pairs = isWindowed(gate.node.op) ? valuePairs(gate.node.op, shapesOf(gate)) : null;
  const [image, kernel] = gate.operands;
  const [result] = valueOf(gate.node);
  if (!pairs || !image || !kernel || !result) return [];
  return [{
    title: 'Where a cell comes from',
    aside: 'window × kernel',
    latex: null,
    factors: [...valueOf(image.node), ...valueOf(kernel.node)],
    outer: false,
    sign: '⋆',
    result,
    pairs,
    sentence: `The kernel ${kernel.node.label} slides over ${image.node.label}; each cell is the sum of the products in its window.`,
  }];
}

/** The rule of an operand of a convolution with what it multiplies; all other rules as they are. */
export function withWindow(block: TensorBlock, gate: Gate, operand: Operand, upstream: Matrix | null): TensorBlock {
  const { op } = gate.node;
  const pairs = isWindowed(op) ? gradientPairs(op, operand.position, shapesOf(gate)) : null;
  const [image, kernel] = gate.operands;
  if (!pairs || !image || !kernel || !upstream || !block.result) return block;
  const forImage = operand.position === 0;
  return {
    ...block,
    aside: forImage ? 'kernel turned around' : 'image over all windows',
    factors: [upstream, ...valueOf((forImage ? kernel : image).node)],
    sign: forImage ? '∗' : '⋆',
    pairs,
    sentence: forImage
      ? `A cell of ${image.node.label} is in several windows. Each passes back its gradient times the kernel entry that met the cell: the kernel slides turned around over the gradient.`
      : `An entry of ${kernel.node.label} met one cell in every window. The gradients of all windows, each times that cell, add up.`,
  };
}
