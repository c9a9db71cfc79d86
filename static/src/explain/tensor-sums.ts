/**
 * The sums that the engine makes where a tensor was repeated or is used more than once, in words and with the numbers
 * that are summed. Pure.
 */
import type { Tensor } from '../api/model';
import { equationNumber } from '../format';

type Shape = readonly number[];

/** Numbers of one sum that are written out; of more, the first ones. */
const MOST_TERMS = 5;

/** Which axes of the larger shape a smaller one was repeated along: those it does not have, and where it has size 1. */
export function repeatedAxes(from: Shape, to: Shape): number[] {
  const added = to.length - from.length;
  return to.flatMap((size, axis) => (axis < added || (from[axis - added] === 1 && size > 1) ? [axis] : []));
}

/** "axis 0", "axes 0 and 1". */
export function axesText(axes: readonly number[]): string {
  return axes.length === 1 ? `axis ${axes.join()}` : `axes ${axes.slice(0, -1).join(', ')} and ${String(axes.at(-1))}`;
}

/** Entries of the larger shape that belong to one entry of the smaller, both counted row by row. */
export function copiesOf(place: number, from: Shape, to: Shape): number[] {
  const total = to.reduce((product, size) => product * size, 1);
  const added = to.length - from.length;
  const found: number[] = [];
  for (let at = 0; at < total; at += 1) {
    let [rest, own, step] = [at, 0, 1];
    for (let axis = to.length - 1; axis >= added; axis -= 1) {
      const size = to[axis] ?? 1;
      const width = from[axis - added] ?? 1;
      own += (width === 1 ? 0 : rest % size) * step;
      step *= width;
      rest = Math.floor(rest / size);
    }
    if (own === place) found.push(at);
  }
  return found;
}

/** An entry of a tensor of this shape, as it stands at another: of a smaller one the entry that was repeated. */
function entryAt({ shape, entries }: Tensor, at: number, whole: Shape): number {
  if (!entries) return NaN;
  if (shape.length === 0 || entries.length === 1) return entries[0] ?? NaN;
  let [rest, own, step] = [at, 0, 1];
  const added = whole.length - shape.length;
  for (let axis = whole.length - 1; axis >= 0; axis -= 1) {
    const size = whole[axis] ?? 1;
    const width = axis >= added ? (shape[axis - added] ?? 1) : 1;
    own += (width === 1 ? 0 : rest % size) * step;
    step *= width;
    rest = Math.floor(rest / size);
  }
  return entries[own] ?? NaN;
}

/**
 * What is added up for one entry of the operand: upstream × local at each of its copies; null where it is not listed.
 * `local` is null where every local gradient is 1.
 */
export function summedTerms(upstream: Tensor, local: Tensor | number | null, operand: Shape, whole: Shape, place: number): number[] | null {
  if (!upstream.entries || (local !== null && typeof local !== 'number' && !local.entries)) return null;
  const factor = (at: number): number => (local === null ? 1 : typeof local === 'number' ? local : entryAt(local, at, whole));
  return copiesOf(place, operand, whole).map((at) => entryAt(upstream, at, whole) * factor(at));
}

const shown = (value: number): string => equationNumber(value, 4, 2).text;
const bracketed = (value: number): string => (value < 0 ? `(${shown(value)})` : shown(value));

/** "0.10 + (−0.30) + 0.05 = −0.15"; of a long sum the first terms and how many more. */
export function sumText(terms: readonly number[], total: number): string {
  const written = terms.slice(0, MOST_TERMS).map((term, at) => (at === 0 ? shown(term) : bracketed(term)));
  const more = terms.length - written.length;
  return `${written.join(' + ')}${more > 0 ? ` + ${String(more)} more` : ''} = ${shown(total)}`;
}

/** "b is repeated along axis 0, so its gradient is summed over it: b[0] receives 0.10 + (−0.30) = −0.20." */
export function repeatedSentence(label: string, axes: readonly number[], entry: string, terms: readonly number[] | null, total: number | null): string {
  const it = axes.length === 1 ? 'it' : 'them';
  const told = `${label} is repeated along ${axesText(axes)}, so its gradient is summed over ${it}`;
  return terms === null || total === null ? `${told}.` : `${told}: ${entry} receives ${sumText(terms, total)}.`;
}
