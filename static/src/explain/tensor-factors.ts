/** Which entries of the two factors make one entry of their product. Pure. */

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
    return shape.join() === result.join() ? (place) => place.row === at.row && place.column === at.column : null;
  };
  const [one, other] = [own(first), own(second)];
  return one && other ? [one, other] : null;
}
