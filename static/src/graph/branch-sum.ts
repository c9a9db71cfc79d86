/** One cell of the gradient of a tensor that is used more than once: the cells of its branches, added up. Pure. */
import { carried } from '../explain/tensor-parts';
import type { VisibleEdge } from './visible';

/** "2.00 + (−3.00) = −1.00"; null where a branch does not list its entries. */
export function branchSum(branches: readonly VisibleEdge[], place: number, number: (value: number) => string): string | null {
  const terms = branches.map((edge) => carried(edge)?.entries?.[place]);
  if (terms.length < 2 || terms.some((term) => term === undefined)) return null;
  const known = terms.flatMap((term) => term ?? []);
  const bracketed = known.map((term, at) => (at > 0 && term < 0 ? `(${number(term)})` : number(term)));
  return `${bracketed.join(' + ')} = ${number(known.reduce((sum, term) => sum + term, 0))}`;
}
