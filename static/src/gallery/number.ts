/** Numbers of a card: as short as they are true. */
import { graphNumber } from '../format';

/** Whole numbers without decimals; all others as on the graph. */
export function cardNumber(value: number): string {
  if (!Number.isInteger(value) || Math.abs(value) >= 10_000) return graphNumber(value, 2);
  return graphNumber(value, 0);
}
