/** The chain rule of the selection: one block per operand, or one sum with a term for each use. */
import { graphNumber } from '../format';
import type { Operation } from '../api/model';
import { MOST_TERMS, operandEquation, usesEquation, type Equation } from '../explain/chain';
import { operandsBySource, type EdgeSubject, type Gate, type GateSubject, type LeafSubject, type Operand, type Subject, type Use } from '../explain/subject';
import { nothingFlows, operandSentence, partSentence, seedSentence, type Sentence } from '../explain/words';
import { element } from './elements';
import { maybeSentence, resize, section, writeEquation } from './inspector-prose';

type Operations = ReadonlyMap<string, Operation>;

/** One equation with the sentence below it; either may be missing. */
interface Block {
  equation: Equation | null;
  sentence: Sentence | null;
}

interface Part {
  roots: readonly HTMLElement[];
  update(subject: Subject): void;
}

/** Operands of a gate beyond this number are summed up in a sentence. */
const MOST_BLOCKS = 12;
const GRADIENT_DECIMALS = 4;

export function chainRule(operations: Operations): Part {
  const chain = section('inspector-chain', 'Chain rule');
  const upstream = section('inspector-chain', 'Upstream gradient');
  return {
    roots: [chain.root, upstream.root],
    update(subject) {
      chain.setAside(asideOf(subject));
      writeBlocks(chain.body, blocksOf(subject, operations));
      const sum = upstreamBlocks(subject, operations);
      upstream.root.hidden = sum.length === 0;
      upstream.setAside('one term for each use');
      writeBlocks(upstream.body, sum);
    },
  };
}

function asideOf(subject: Subject): string {
  if (subject.kind === 'output') return '';
  if (subject.kind === 'leaf' && subject.uses.length > 1) return 'one term for each use';
  return 'downstream = upstream × local';
}

function writeBlocks(root: HTMLElement, blocks: readonly Block[]): void {
  const make = (): HTMLElement =>
    element('div', 'inspector-block', {}, element('div', 'equation', { tabindex: '-1' }), element('p', 'inspector-note'));
  resize(root, blocks.length, make).forEach((place, index) => {
    const block = blocks[index];
    const [equation, note] = [...place.children] as [HTMLElement, HTMLElement];
    equation.hidden = !block?.equation;
    if (block?.equation) writeEquation(equation, block.equation);
    maybeSentence(note, block?.sentence ?? null);
  });
}

function blocksOf(subject: Subject, operations: Operations): Block[] {
  const nothing = nothingFlows(subject);
  if (nothing) return [{ equation: null, sentence: nothing }];
  switch (subject.kind) {
    case 'gate':
      return gateBlocks(subject, operations);
    case 'leaf':
      return useBlocks(subject, subject.node, operations);
    case 'edge':
      return [operandBlock(subject, subject.gate, [subject.operand], subject.operandUses, operations)];
    case 'output':
      return [{ equation: null, sentence: seedSentence(subject) }];
  }
}

function gateBlocks(subject: GateSubject, operations: Operations): Block[] {
  const { gate } = subject;
  // What has a gradient comes first; constants have one short line each.
  const groups = operandsBySource(gate.operands).sort(([one], [other]) => Number(one?.constant) - Number(other?.constant));
  const blocks = groups.slice(0, MOST_BLOCKS).map((operands) => {
    const uses = subject.operandUses[gate.operands.indexOf(operands[0] as Operand)] ?? 1;
    return operandBlock(subject, gate, operands, uses, operations);
  });
  const more = groups.length - blocks.length;
  if (more > 0) blocks.push({ equation: null, sentence: [`And ${String(more)} more inputs in the same way.`] });
  return blocks;
}

function operandBlock(
  { output }: GateSubject | EdgeSubject,
  gate: Gate,
  operands: readonly Operand[],
  uses: number,
  operations: Operations,
): Block {
  const [first] = operands;
  if (!first || first.constant || first.local === null) return { equation: null, sentence: first ? operandSentence(gate, first, operations) : null };
  const isWhole = uses <= operands.length;
  const equation = operandEquation(output, gate, operands, isWhole, operations);
  const total = graphNumber(first.node.gradient ?? 0, GRADIENT_DECIMALS);
  const part = isWhole ? null : partSentence(first.node, operands.length, uses, total);
  return { equation, sentence: operandSentence(gate, first, operations) ?? part };
}

function useBlocks({ output, uses }: GateSubject | LeafSubject, node: LeafSubject['node'], operations: Operations): Block[] {
  if (uses.length === 0) return [];
  if (uses.length <= MOST_TERMS) return [{ equation: usesEquation(output, node, uses, operations), sentence: null }];
  const shown = uses.slice(0, MOST_TERMS).map(
    ({ gate, operand }: Use): Block => ({
      equation: operandEquation(output, gate, [operand], false, operations),
      sentence: null,
    }),
  );
  const total = graphNumber(node.gradient ?? 0, GRADIENT_DECIMALS);
  return [...shown, { equation: null, sentence: partSentence(node, MOST_TERMS, uses.length, total) }];
}

/** A gate whose result is used more than once: its upstream gradient is a sum. */
function upstreamBlocks(subject: Subject, operations: Operations): Block[] {
  if (subject.kind !== 'gate' || subject.uses.length < 2 || !subject.onPath) return [];
  return useBlocks(subject, subject.gate.node, operations);
}
