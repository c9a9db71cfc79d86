/** The chain rule for one node, as elements: symbols first, numbers second, result last. */
import type { ChainBlock, WorkedSolution } from '../../api/model';
import { raw } from '../../explain/tex';
import { element } from '../../views/elements';
import { icon } from '../../views/icons';
import { algebraLines } from './algebra';
import type { Part } from './links';
import { large, numberLine, repeatsResult, ruleTex, symbolLine, termsLine, tidy, toneOf, withSlots, type LineItem } from './tex';
import type { Claim } from './verdict';
import { wide } from './wide';
import type { Writer } from './written';

/** Makes an element one that can be pointed at. */
export type Pointable = (root: HTMLElement, part: Part, name: string) => void;

export function blockElement(
  block: ChainBlock,
  solution: WorkedSolution,
  claim: Claim | null,
  writer: Writer,
  point: Pointable,
): HTMLElement {
  const root = element('div', `chain-block${block.is_leaf ? ' of-leaf' : ''}`, {
    role: 'group',
    'aria-label': `Gradient of ${solution.output.label} with respect to ${block.label}`,
    'data-block': block.id,
  });
  writer.item(root, `block ${block.id}`);
  if (block.sentence !== null) {
    const sentence = element('p', 'chain-sentence');
    writer.sentence(sentence, block.sentence);
    root.append(sentence);
  }
  const lines = element('div', 'chain-lines');
  const head = writer.math('chain-head', large(block.head));
  if (block.symbols !== null) {
    // The gradient is a local derivative itself, or comes by a rule on tensors.
    lines.append(head, line('=', [symbols(block, writer, point)]));
    if (block.numbers !== null) lines.append(gap(), line('=', [writer.math('', withSlots(block.numbers))]));
  } else {
    lines.append(head, line('=', factors(symbolLine(block), writer, point)));
    if (!repeatsResult(block)) lines.append(gap(), line('=', factors(numberLine(block), writer, point)));
  }
  const terms = termsLine(block);
  if (terms !== null) lines.append(gap(), line('=', [writer.math('chain-terms', withSlots(terms))]));
  if (!block.is_leaf) lines.append(gap(), line(block.relation, [result(block, writer)]));
  root.append(wide(lines));
  if (block.shapes !== null) root.append(element('p', 'chain-shapes', {}, 'Shapes: ', writer.math('', block.shapes)));
  if (block.lines.length > 0) root.append(algebraLines(block, writer));
  if (block.is_leaf) root.append(boxed(block, claim, writer));
  for (const text of block.remarks) {
    const remark = element('p', 'chain-remark');
    writer.sentence(remark, text);
    root.append(remark);
  }
  point(root, { kind: 'paths', from: block.id }, `Gradient with respect to ${block.label}, ${block.value.text}`);
  return root;
}

/** The whole formula; of a single use, pointing at it lights the edge that it stands for. */
function symbols(block: ChainBlock, writer: Writer, point: Pointable): HTMLElement {
  const place = writer.math('chain-factor', block.symbols?.includes('\\partial') ? ruleTex(block.symbols) : tidy(block.symbols ?? ''));
  const local = block.terms.length === 1 ? block.terms[0]?.factors.find(({ kind }) => kind === 'local') : undefined;
  if (local) point(place, { kind: 'edge', source: local.source, target: local.target }, '');
  return place;
}

function factors(items: readonly LineItem[], writer: Writer, point: Pointable): HTMLElement[] {
  return items.map((item) => {
    if (item.kind === 'sign') return element('span', 'chain-sign', {}, item.text);
    const { factor, latex } = item;
    const isGradient = factor.kind === 'gradient' || factor.head.includes('direct');
    const place = writer.math(`chain-factor${isGradient ? ' gradient' : ''}`, withNumbers(latex));
    const part: Part =
      factor.kind === 'gradient'
        ? { kind: 'paths', from: factor.source }
        : { kind: 'edge', source: factor.source, target: factor.target };
    point(place, part, '');
    return place;
  });
}

/** Names are typeset as they are; numbers are slots. */
function withNumbers(latex: string): ReturnType<typeof raw> {
  return latex.includes('\\partial') ? raw(latex) : withSlots(latex);
}

function line(relation: string, items: readonly HTMLElement[]): HTMLElement {
  const body = element('span', 'chain-items');
  body.append(...items);
  return element('div', 'chain-line', {}, element('span', 'relation', {}, relation), body);
}

const gap = (): HTMLElement => element('span', 'chain-gap', { 'aria-hidden': 'true' });

function result(block: ChainBlock, writer: Writer): HTMLElement {
  return writer.math(toneOf('chain-result gradient', block.value), withSlots(block.value.latex));
}

function boxed(block: ChainBlock, claim: Claim | null, writer: Writer): HTMLElement {
  const equation = element('div', 'chain-boxed', {}, writer.math('chain-head', large(block.head)));
  equation.append(element('span', 'relation', {}, block.relation), result(block, writer));
  const box = element('div', 'chain-box', {}, wide(equation));
  if (claim) box.append(claimElement(claim));
  return box;
}

export function claimElement({ kind, text }: Claim): HTMLElement {
  const sign = kind === 'matches' ? icon('check') : kind === 'wrong' ? icon('warning') : null;
  return element('span', `claim claim-${kind}`, {}, sign, element('span', '', {}, text));
}
