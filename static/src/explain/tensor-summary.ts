/** What is told of a tensor in place of its entries. Pure. */
import type { Tensor } from '../api/model';

export type Told = NonNullable<Tensor['summary']>;

/** As the server told it, or found in the entries. */
export function toldOf({ entries, summary }: Tensor): Told {
  if (summary) return summary;
  let [min, max, sum, squares] = [Infinity, -Infinity, 0, 0];
  for (const entry of entries ?? []) {
    min = Math.min(min, entry);
    max = Math.max(max, entry);
    sum += entry;
    squares += entry * entry;
  }
  const count = entries?.length ?? 0;
  return { min: count > 0 ? min : NaN, mean: sum / count, max: count > 0 ? max : NaN, norm: Math.sqrt(squares) };
}

/** The lines that stand in place of its cells. */
export function summaryLines(tensor: Tensor, number: (value: number) => string): readonly string[] {
  const { min, mean, max, norm } = toldOf(tensor);
  return [`${number(min)} to ${number(max)}`, `mean ${number(mean)}`, `norm ${number(norm)}`];
}
