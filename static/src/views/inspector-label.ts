/** What a screen reader is told of a close-up. */
import { graphNumber } from '../format';
import type { Gate, Operand, Subject } from '../explain/subject';

const DECIMALS = 4;
const number = (value: number): string => graphNumber(value, DECIMALS);

export function cardLabel(subject: Subject): string {
  switch (subject.kind) {
    case 'gate':
      return `${gateText(subject.gate)} ${subject.gate.operands.map(operandText).join(' ')}`;
    case 'edge':
      return `${gateText(subject.gate)} ${operandText(subject.operand)}`;
    case 'leaf': {
      const parts = subject.uses.map(({ gate, operand }) => `${number(operand.downstream ?? 0)} from ${gate.node.label}`);
      return `${subject.node.label}, value ${number(subject.node.value)}, gradient ${number(subject.node.gradient ?? 0)}: ${parts.join('; ')}.`;
    }
    case 'output':
      return subject.gate ? gateText(subject.gate) : '';
  }
}

function gateText({ title, node, value, gradient }: Gate): string {
  const upstream = gradient === null ? '' : `, upstream gradient ${number(gradient)}`;
  return `${title} gate ${node.label}, value ${number(value)}${upstream}.`;
}

function operandText({ node, local, downstream }: Operand): string {
  const value = `${node.label}, value ${number(node.value)}`;
  if (local === null || downstream === null) return `${value}, no gradient.`;
  return `${value}, local gradient ${number(local)}, downstream gradient ${number(downstream)}.`;
}
