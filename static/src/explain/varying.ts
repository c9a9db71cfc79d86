/** Which nodes a selection can vary, to draw the output over them. Pure. */
import type { GraphNode } from '../api/model';
import { operandsBySource, type Gate, type Operand, type Subject } from './subject';

/** The nodes whose change the output follows, in the order of the selection's operands; none where nothing flows. */
export function varyingNodes(subject: Subject): GraphNode[] {
  const { output } = subject;
  return nodesOf(subject).filter((node) => node.id !== output.id && (node.tensor ? node.tensor.value.entries !== null : Number.isFinite(node.value)));
}

function nodesOf(subject: Subject): GraphNode[] {
  switch (subject.kind) {
    case 'leaf':
      return subject.onPath && subject.node.gradient !== null ? [subject.node] : [];
    case 'gate':
      if (!subject.onPath) return [];
      return operandsBySource(subject.gate.operands).flatMap(([operand]) =>
        operand && flows(subject.gate, operand) ? [operand.node] : [],
      );
    case 'edge':
      return flows(subject.gate, subject.operand) ? [subject.operand.node] : [];
    case 'output':
      return [];
  }
}

/** Wires of tensors have no local gradient that is one number. */
function flows(gate: Gate, { local, constant, node }: Operand): boolean {
  const isTensor = [gate.node, ...gate.operands.map((one) => one.node)].some(({ tensor }) => tensor);
  return local !== null || (isTensor && !constant && node.gradient !== null);
}

/** Whether a reader can give this node another value: a leaf with a name. */
export const isLeaf = (node: GraphNode): boolean => node.kind !== 'operation' && node.name !== null;
