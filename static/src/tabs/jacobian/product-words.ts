/** What the tab says of the product that stands in a Jacobian's place. Pure. */
import type { Block, Matrix } from './view';

const counted = (count: number, one: string, many: string): string => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

/** Where the rule is no formula of one gate, what is done instead. */
export function productWords({ rule, ruleText, arrives }: Block): string {
  const g = arrives ? '' : ' No gradient arrives here, so g is 1 for every entry.';
  if (rule === null) return `One reverse sweep from the output back multiplies g by the gates between, one after the other.${g}`;
  return ruleText === null ? `g is what arrives at the gate.${g}` : `As code: ${ruleText}.${g}`;
}

/** "The Jacobian has 48 entries; this takes 12 multiplications." */
export function costSentence({ entries, multiplications }: Block): string {
  const cost = multiplications === 0 ? 'no multiplication' : counted(multiplications, 'multiplication', 'multiplications');
  return `The Jacobian has ${counted(entries, 'entry', 'entries')}; this takes ${cost}.`;
}

/** Whether g times the matrix on show gives the same numbers; empty where there is no matrix to compare with. */
export function sameProduct(block: Block, matrix: Matrix): string {
  const product = timesMatrix(block, matrix);
  const result = block.result?.entries;
  if (!product || !result || product.length !== result.length) return '';
  const same = product.every((value, at) => isNear(value, result[at] ?? NaN));
  return same ? 'Multiplying g by the matrix above gives the same numbers.' : '';
}

/** g^T J from the entries of the matrix; null where the block is not all there. */
export function timesMatrix({ output, leaf, upstream }: Block, { outputs, leaves, entries }: Matrix): number[] | null {
  const rows = outputs.flatMap(({ id }, at) => (id === output.id ? [at] : []));
  const columns = leaves.flatMap(({ id }, at) => (id === leaf.id ? [at] : []));
  const g = upstream?.entries;
  if (!g || rows.length === 0 || rows.length !== g.length) return null;
  return columns.map((column) => rows.reduce((sum, row, at) => sum + (g[at] ?? NaN) * (entries[row]?.[column]?.value ?? NaN), 0));
}

function isNear(one: number, other: number): boolean {
  if (!Number.isFinite(one) || !Number.isFinite(other)) return Object.is(one, other);
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}
