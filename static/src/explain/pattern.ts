/** Whether a gate's pattern of the registry is true for the numbers at hand. */
import type { Gate } from './subject';

const CLOSE = 1e-12;

const same = (one: number, other: number): boolean =>
  one === other || Math.abs(one - other) <= CLOSE * Math.max(Math.abs(one), Math.abs(other));

/** A literal operand takes no part; a pattern is a claim about every operand that has a gradient. */
export function isTrue(pattern: string, gate: Gate): boolean {
  const locals = gate.operands.flatMap(({ local }) => (local === null ? [] : [local]));
  if (locals.length === 0 || !locals.every(Number.isFinite)) return false;
  switch (pattern) {
    case 'distributor':
      return locals.every((local) => local === 1);
    case 'switcher':
      return gate.operands.length === 2 && locals.length === 2 && isSwitched(gate);
    case 'router':
      return locals.every((local) => local === 0 || local === 1) && locals.filter((local) => local === 1).length <= 1;
    case 'blocker':
      return locals.every((local) => local === 0);
    default:
      return true;
  }
}

function isSwitched({ operands }: Gate): boolean {
  const [first, second] = operands;
  return (
    first !== undefined &&
    second !== undefined &&
    same(first.local ?? NaN, second.node.value) &&
    same(second.local ?? NaN, first.node.value)
  );
}
