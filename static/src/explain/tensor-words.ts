/** Tensors as words, for a screen reader, a table of leaves and a note under the pointer. Pure. */
import type { Tensor } from '../api/model';
import { shapeText } from '../graph/cell-sizes';

/** Entries that are read out; of more, the shape alone. */
const MOST_READ = 12;

type Print = (value: number) => string;

/** "vector of 3 1.00 0.50 −1.00", "28 by 28 matrix". */
export function tensorWords(tensor: Tensor, number: Print): string {
  const { shape, entries } = tensor;
  return entries && entries.length <= MOST_READ ? `${kindOf(shape)} ${entries.map(number).join(' ')}` : kindOf(shape);
}

export function kindOf(shape: readonly number[]): string {
  if (shape.length === 1) return `vector of ${String(shape[0])}`;
  return `${shape.join(' by ')} ${shape.length === 2 ? 'matrix' : 'tensor'}`;
}

/** "4×3, −0.7 to 0.9": how large it is and how far its entries reach. */
export function reachOf(tensor: Tensor, number: Print): string {
  const { shape } = tensor;
  const ends = extremes(tensor);
  return ends ? `${shapeText(shape)}, ${number(ends[0])} to ${number(ends[1])}` : shapeText(shape);
}

/** Least and greatest entry; NaN where one of the entries is. Null of a tensor that is neither listed nor summed up. */
export function extremes({ entries, summary }: Tensor): [number, number] | null {
  if (summary) return [summary.min, summary.max];
  if (!entries || entries.length === 0) return null;
  let [least, most] = [Infinity, -Infinity];
  for (const entry of entries) {
    least = Math.min(least, entry);
    most = Math.max(most, entry);
  }
  return [least, most];
}
