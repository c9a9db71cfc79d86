/** Which line of a longer program the field shows while it has no focus. */
import type { Answer } from '../api/model';
import { offsetsOf, singleChange, type Range } from '../text';
import { mapRange } from './editor-spans';
import { tokenAt } from './editor-tokens';

export interface FoldState {
  program: string;
  answer: Answer | null;
  answerSource: string;
  /** Places of marked problems, first first. */
  faults: readonly (Range | null)[];
  /** Places of what is selected. */
  selected: readonly Range[];
}

/** Offset of the statement to show: the first mistake, else what is selected, else the formula of the output. */
export function foldedOffset(state: FoldState): number {
  const marked = state.faults.find((range) => range !== null) ?? state.selected[0];
  return marked ? marked.from : (outputOffset(state) ?? firstFormula(state.program));
}

/** Where the statement begins that gives the output its value. */
function outputOffset({ program, answer, answerSource }: FoldState): number | null {
  const statement = answer?.statements.findLast(({ node }) => node === answer.output);
  if (!statement) return null;
  const range = offsetsOf(answerSource).range(statement.span);
  return mapRange(range, singleChange(answerSource, program))?.from ?? null;
}

/** Before any answer: the first line that says more than a value, else the first that is not empty. */
function firstFormula(program: string): number {
  let start = 0;
  let fallback: number | null = null;
  for (const line of program.split('\n')) {
    let names = 0;
    let words = 0;
    for (let at = 0; at < line.length; ) {
      const { kind, to } = tokenAt(line, at);
      if (kind === 'name' || kind === 'function') names += 1;
      if (kind !== 'space' && kind !== 'comment') words += 1;
      at = to;
    }
    if (names > 0) return start;
    if (words > 0) fallback ??= start;
    start += line.length + 1;
  }
  return fallback ?? 0;
}

/** Number of the line an offset stands in, from 1. */
export function lineNumber(text: string, offset: number): number {
  let number = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) number += 1;
  return number;
}

export function lineTotal(text: string): number {
  return lineNumber(text, text.length + 1);
}
