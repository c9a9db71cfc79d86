/** What came with the page itself: the program whose picture the first response shows, and the answer to it. */
import { readAnswer } from './api/client';
import type { Answer } from './api/model';
import { openGroupsOf } from './open-groups';
import type { State } from './state';

export interface PageStart {
  slug: string;
  program: string;
  answer: Answer;
}

/** Null where the page came without a picture. */
export function pageStart(): PageStart | null {
  const text = document.getElementById('start-data')?.textContent;
  try {
    return text ? (readAnswer(text) as PageStart) : null;
  } catch {
    return null;
  }
}

/** The state asks just what the answer in the page answers. */
export function isAnswered(start: PageStart, { program, values, conventions }: State): boolean {
  const { relu_at_zero, ties, abs_at_zero } = start.answer.conventions;
  return (
    program === start.program && values.size === 0 &&
    conventions.relu_at_zero === relu_at_zero && conventions.ties === ties && conventions.abs_at_zero === abs_at_zero
  );
}

/** The state once this answer is in, as if the server had just given it. */
export function answered({ program, answer }: Pick<PageStart, 'program' | 'answer'>, state: State): Partial<State> {
  return { answer, answerSource: program, status: 'ready', openGroups: openGroupsOf(answer, state) };
}
