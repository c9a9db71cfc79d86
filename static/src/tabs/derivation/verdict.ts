/** What the source of an example prints for a number of the solution. Pure. */
import type { Lesson } from '../../api/model';

export interface Claim {
  kind: 'matches' | 'rounded' | 'wrong';
  text: string;
}

type Quantity = Lesson['printed'][number]['quantity'];

/** Relative difference up to which a number is the lesson's own: beyond it the reader has changed a value. */
const SAME = 1e-9;

/** Null where the source prints nothing for it, or where the number is no longer the lesson's. */
export function claimOf(lesson: Lesson | null, name: string, quantity: Quantity, value: number): Claim | null {
  const figure = lesson?.printed.find((one) => one.name === name && one.quantity === quantity);
  if (!lesson || !figure || Math.abs(figure.exact - value) > SAME * Math.abs(figure.exact)) return null;
  const printed = figure.printed.replace('-', '\u2212');
  const who = sourceName(lesson);
  if (figure.verdict === 'matches') return { kind: 'matches', text: `matches ${who}, ${printed}` };
  if (figure.verdict === 'rounded') return { kind: 'rounded', text: `${who} prints ${printed}, rounded on the way` };
  return { kind: 'wrong', text: `${who} prints ${printed}, which is wrong` };
}

export function sourceName({ section }: Pick<Lesson, 'section'>): string {
  return section === 'From the lecture' ? 'the lecture' : 'the source';
}
