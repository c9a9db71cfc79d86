/** Sentences of the detective: with their names typeset, and in short for those who hear them. */
import type { Diagnosis, Judged, Phrase, WorkedAnswer } from '../api/model';
import { raw } from '../explain/tex';
import type { Sentence } from '../explain/words';

export type Tone = 'right' | 'near' | 'wrong';

export function toneOf(verdict: Judged['verdict']): Tone {
  if (verdict === 'wrong') return 'wrong';
  return verdict === 'rounded-on-the-way' ? 'near' : 'right';
}

export const VERDICT_WORDS: Readonly<Record<Judged['verdict'], string>> = {
  exact: 'exact',
  rounded: 'right, rounded',
  truncated: 'right, cut',
  'rounded-on-the-way': 'rounded on the way',
  wrong: 'wrong',
};

/** A phrase of the API: every second piece between dollar signs is a name. */
export function sentenceOf({ latex }: Phrase): Sentence {
  return latex.split('$').flatMap((piece, index) => (piece === '' ? [] : [index % 2 === 1 ? raw(piece) : piece]));
}

/** What is told to screen readers when the answer comes. */
export function spokenDiagnosis({ headline, says, matches, which }: Pick<Diagnosis, 'headline' | 'says' | 'matches' | 'which'>): string {
  const several = matches.length > 1 ? ` ${matches.map(({ title }) => `${title.text}.`).join(' ')}` : '';
  return `${headline.text}${says ? ` ${says.text}` : ''}${which ? ` ${which.text}` : ''}${several}`;
}

const COUNTED = [
  ['wrong', 'wrong'],
  ['near', 'rounded on the way'],
  ['right', 'right'],
  ['unread', 'not read'],
] as const;

/** "19 numbers: 4 rounded on the way, 15 right." */
export function summaryOf({ counts, rows }: Pick<WorkedAnswer, 'counts' | 'rows'>): string {
  const tally = {
    wrong: counts.wrong,
    near: counts.rounded_on_the_way,
    right: counts.exact + counts.rounded + counts.truncated,
    unread: counts.unread,
  };
  const told = COUNTED.flatMap(([key, words]) => (tally[key] > 0 ? [`${String(tally[key])} ${words}`] : []));
  return `${rows.length === 1 ? '1 number' : `${String(rows.length)} numbers`}: ${told.join(', ')}.`;
}

const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
export const countWord = (count: number): string => SMALL[count] ?? String(count);
