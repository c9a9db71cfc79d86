/** How an operation is typeset where tensors flow: the registry says what differs and when. Pure. */
import type { Operation } from '../api/model';

const made = new WeakMap<Operation, Operation>();

/** The operation with the formula and the symbol of tensors, where `areTensors`, one for each operand, calls for them. */
export function typesetFor(operation: Operation | undefined, areTensors: readonly boolean[]): Operation | undefined {
  const latex = operation?.tensor_latex;
  if (latex == null || !areTensors[operation?.section === 'losses' ? 'some' : 'every'](Boolean)) return operation;
  const known = operation && made.get(operation);
  if (!operation || known) return known;
  const other = { ...operation, latex, symbol: operation.tensor_symbol ?? operation.symbol };
  made.set(operation, other);
  return other;
}
