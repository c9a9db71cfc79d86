/** The chain rule for one node, as elements: symbols first, numbers second, result last. */
import type { ChainBlock, WorkedSolution } from '../../api/model';
import { raw } from '../../explain/tex';
import { element } from '../../views/elements';
import { icon } from '../../views/icons';
import type { Part } from './links';
import { large, numberLine, repeatsResult, symbolLine, termsLine, tidy, toneOf, withSlots, type LineItem } from './tex';
import type { Claim } from './verdict';
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
    // The gradient is a local derivative itself.
    lines.append(head, line('=', [writer.math('', tidy(block.symbols))]));
    if (block.numbers !== null) lines.append(gap(), line('=', [writer.math('', withSlots(block.numbers))]));
  } else {
    lines.append(head, line('=', factors(symbolLine(block), writer, point)));
    if (!repeatsResult(block)) lines.append(gap(), line('=', factors(numberLine(block), writer, point)));
  }
  const terms = termsLine(block);
  if (terms !== null) lines.append(gap(), line('=', [writer.math('chain-terms', withSlots(terms))]));
  if (!block.is_leaf) lines.append(gap(), line(block.relation, [result(block, writer)]));
  root.append(lines);
  if (block.is_leaf) root.append(boxed(block, claim, writer));
  point(root, { kind: 'paths', from: block.id }, `Gradient with respect to ${block.label}, ${block.value.text}`);
  return root;
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
  const box = element('div', 'chain-box', {}, writer.math('chain-head', large(block.head)));
  box.append(element('span', 'relation', {}, block.relation), result(block, writer));
  if (claim) box.append(claimElement(claim));
  return box;
}

export function claimElement({ kind, text }: Claim): HTMLElement {
  const sign = kind === 'matches' ? icon('check') : kind === 'wrong' ? icon('warning') : null;
  return element('span', `claim claim-${kind}`, {}, sign, element('span', '', {}, text));
}
