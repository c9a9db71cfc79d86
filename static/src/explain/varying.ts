/** Which nodes a selection can vary, to draw the output over them. Pure. */
import type { GraphNode } from '../api/model';
import { operandsBySource, type Subject } from './subject';

/** The nodes whose change the output follows, in the order of the selection's operands; none where nothing flows. */
export function varyingNodes(subject: Subject): GraphNode[] {
  const { output } = subject;
  return nodesOf(subject).filter((node) => node.id !== output.id && Number.isFinite(node.value));
}

function nodesOf(subject: Subject): GraphNode[] {
  switch (subject.kind) {
    case 'leaf':
      return subject.onPath && subject.node.gradient !== null ? [subject.node] : [];
    case 'gate':
      if (!subject.onPath) return [];
      return operandsBySource(subject.gate.operands).flatMap(([operand]) =>
        operand && operand.local !== null ? [operand.node] : [],
      );
    case 'edge':
      return subject.operand.local === null ? [] : [subject.operand.node];
    case 'output':
      return [];
  }
}

/** Whether a reader can give this node another value: a leaf with a name. */
export const isLeaf = (node: GraphNode): boolean => node.kind !== 'operation' && node.name !== null;
