/** Below a Jacobian between tensors: where it is zero and why, and the product that is computed in its place. */
import type { Answer } from '../../api/model';
import { renderMath } from '../../math';
import { element } from '../../views/elements';
import { commonScale, tensorTable } from '../tensor-table';
import type { Block, Matrix } from './view';
import { costSentence, productWords, sameProduct } from './product-words';
import { derivativeLatex } from './words';

/** More pairs of an output and a leaf are not told. */
const MOST_BLOCKS = 6;

export interface Blocks {
  root: HTMLElement;
  show(matrix: Matrix, answer: Answer | null, decimals: number): void;
}

export function createBlocks(): Blocks {
  const root = element('div', 'matrix-blocks', {});
  return {
    root,
    show(matrix, answer, decimals) {
      root.hidden = !matrix.tensors;
      if (!matrix.tensors) return;
      const output = answer?.nodes.find(({ id }) => id === answer.output);
      const { blocks } = matrix.tensors;
      root.replaceChildren(
        ...blocks.slice(0, MOST_BLOCKS).map((block) => blockOf(block, matrix, output?.latex ?? 'f', blocks.length > 1, decimals)),
      );
    },
  };
}

function blockOf(block: Block, matrix: Matrix, output: string, isOneOfSeveral: boolean, decimals: number): HTMLElement {
  const math = (tag: 'p' | 'span', className: string, latex: string): HTMLElement => {
    const made = element(tag, className, {});
    renderMath(made, latex);
    return made;
  };
  const heading = element('h3', 'block-title', {}, ...(isOneOfSeveral ? [math('span', '', derivativeLatex(block.output, block.leaf)), ' '] : []), 'Its zeros');
  const g = block.arrives ? derivativeLatex({ ...block.output, latex: output }, block.output) : 'g';
  const target = block.arrives ? derivativeLatex({ ...block.output, latex: output }, block.leaf) : `g^{\\top}${derivativeLatex(block.output, block.leaf)}`;
  const rule = block.rule === null ? null : math('p', 'block-rule', `\\displaystyle ${target} = ${block.rule}${block.arrives ? `,\\quad g = ${g}` : ''}`);
  const scale = commonScale([block.upstream, block.result]);
  const figures = block.upstream && block.result
    ? [element(
        'div', 'block-figures', {},
        figure(math('span', '', 'g'), tensorTable(block.upstream, { kind: 'gradient', caption: 'The upstream gradient g', decimals, scale })),
        element('span', 'tensor-sign', { 'aria-hidden': 'true' }, '→'),
        figure(math('span', '', 'g^{\\top} J'), tensorTable(block.result, { kind: 'gradient', caption: 'The product of g and the Jacobian', decimals, scale })),
      )]
    : [];
  return element(
    'section', 'matrix-block', {},
    heading, element('p', 'block-text', {}, block.message),
    element('h3', 'block-title', {}, 'Computed in its place'),
    ...(rule ? [rule] : []), element('p', 'block-text', {}, productWords(block)), ...figures,
    element('p', 'block-text', {}, [costSentence(block), sameProduct(block, matrix)].filter(Boolean).join(' ')),
  );
}

function figure(name: HTMLElement, table: HTMLElement): HTMLElement {
  return element('div', 'block-figure', {}, element('div', 'block-name', {}, name), table);
}
