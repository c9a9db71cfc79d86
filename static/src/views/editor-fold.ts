/** Which line of a longer program the field shows while it has no focus. */
import type { Answer } from '../api/model';
import { mapRange, offsetsOf, singleChange, type Range } from '../text';

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
  return marked ? marked.from : (outputOffset(state) ?? firstLine(state.program));
}

/** Where the statement begins that gives the output its value. */
function outputOffset({ program, answer, answerSource }: FoldState): number | null {
  const statement = answer?.statements.findLast(({ node }) => node === answer.output);
  if (!statement) return null;
  const range = offsetsOf(answerSource).range(statement.span);
  return mapRange(range, singleChange(answerSource, program))?.from ?? null;
}

/** Before any answer: the first line that says something. */
function firstLine(program: string): number {
  return /^[ \t]*[^\s#]/m.exec(program)?.index ?? 0;
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
