/** The smallest fan-out, `x * x` at 3, as a gate for the close-up. */
import type { GraphNode, Operation } from '../api/model';
import type { Gate, Operand } from './subject';

const VALUE = 3;

export function squareGate(multiply: Operation | undefined): Gate | null {
  if (!multiply) return null;
  const x = node('x', VALUE, 2 * VALUE);
  const f = node('f', VALUE * VALUE, 1);
  const operand = (position: number): Operand => ({
    position, node: x, visible: 'x', local: VALUE, upstream: 1, downstream: VALUE,
    rule: multiply.local[position] ?? null, constant: false,
  });
  return {
    id: 'f', node: f, group: null, operation: multiply, title: multiply.title, symbol: multiply.symbol, glyph: multiply.glyph,
    composite: false, folded: null, attributes: {}, value: f.value, gradient: 1, operands: [operand(0), operand(1)],
  };
}

function node(label: string, value: number, gradient: number): GraphNode {
  return {
    id: label, kind: 'input', op: null, operands: [], attributes: {}, name: label, label, latex: label, shape: [], value,
    gradient, depth: 0, group: null, span: null, value_span: null,
  };
}
