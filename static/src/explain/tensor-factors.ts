/** Which entries of the two factors make one entry of their product. Pure. */
import { copiesOf, repeatedAxes } from './tensor-sums';

export interface Place {
  row: number;
  column: number;
}

export type Rule = 'outer' | 'product' | 'entries';
type Shape = readonly number[];
export type Chosen = (place: Place) => boolean;

const all: Chosen = () => true;
const row = (at: number): Chosen => (place) => place.row === at;
const column = (at: number): Chosen => (place) => place.column === at;

/** All that were summed for one entry of the result. */
function copies(at: Place, result: Shape, shape: Shape): Chosen {
  const columnsOf = (one: Shape): number => (one.length > 1 ? (one[1] ?? 1) : 1);
  const found = new Set(copiesOf(at.row * columnsOf(result) + at.column, result, shape));
  return (place) => found.has(place.row * columnsOf(shape) + place.column);
}

/** For the first and the second factor; null where no entries can be told apart, as where a sum was taken. A vector is a column. */
export function factorsOf(rule: Rule, shapes: { first: Shape; second: Shape; result: Shape }, at: Place): [Chosen, Chosen] | null {
  const { first, second, result } = shapes;
  if (rule === 'outer') return first.length === 1 && second.length === 1 ? [row(at.row), row(at.column)] : null;
  if (rule === 'product') {
    if (first.length > 2 || second.length > 2) return null;
    return [first.length === 2 ? row(at.row) : all, second.length === 2 ? column(first.length === 2 ? at.column : at.row) : all];
  }
  const own = (shape: Shape): Chosen | null => {
    if (shape.length === 0) return all;
    if (shape.join() !== result.join() && shape.length <= 2 && repeatedAxes(result, shape).length > 0) return copies(at, result, shape);
    return shape.join() === result.join() ? (place) => place.row === at.row && place.column === at.column : null;
  };
  const [one, other] = [own(first), own(second)];
  return one && other ? [one, other] : null;
}
