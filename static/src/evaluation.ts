/** Asks the API for answers, one question at a time: the newest question wins, answers to older ones are dropped. */
import { evaluate, ProgramProblems, ServerAway, type EvaluateRequest } from './api/client';
import type { Answer, Problem } from './api/model';

export interface Question {
  source: string;
  values: ReadonlyMap<string, number>;
  conventions: NonNullable<EvaluateRequest['conventions']>;
}

export interface Outcome {
  answered(answer: Answer, question: Question): void;
  refused(problems: readonly Problem[], question: Question): void;
  away(question: Question): void;
}

/** Longer programs are asked for with composites closed: opening every one of them would multiply the answer. */
const EXPAND_BELOW_CHARACTERS = 8000;
/** Which composites a program is asked for opened; ids of nodes depend on it. */
export const openingFor = (source: string): readonly string[] => (source.length < EXPAND_BELOW_CHARACTERS ? ['*'] : []);

/** Entries of a tensor of 64 × 64, the largest that is drawn as tints. */
const MOST_LISTED = 4096;

const NO_LEAF = new Set(['unknown-leaf', 'not-a-leaf', 'entry']);

export interface Evaluator {
  /** Asks now. While an answer is under way the newest question waits; `urgent` gives the older one up instead. */
  ask(question: Question, urgent: boolean): void;
  readonly busy: boolean;
}

export function createEvaluator(outcome: Outcome): Evaluator {
  let running: AbortController | null = null;
  let waiting: Question | null = null;

  async function run(question: Question): Promise<void> {
    const controller = new AbortController();
    running = controller;
    const settle = await settled(question, controller.signal);
    if (running !== controller) return;
    running = null;
    const next = waiting;
    waiting = null;
    // The next question is on its way while the page draws the answer to this one.
    if (next) void run(next);
    settle();
  }

  /** What to tell of the question once it is answered. Never rejects but for a fault of our own. */
  async function settled(question: Question, signal: AbortSignal): Promise<() => void> {
    try {
      const answer = await answerFor(question, signal);
      return () => outcome.answered(answer, question);
    } catch (error) {
      if (error instanceof ProgramProblems) return () => outcome.refused(error.problems, question);
      if (error instanceof ServerAway) return () => outcome.away(question);
      if (signal.aborted) return () => undefined;
      throw error;
    }
  }

  return {
    ask(question, urgent) {
      if (running && !urgent) {
        waiting = question;
        return;
      }
      waiting = null;
      const older = running;
      running = null;
      older?.abort();
      void run(question);
    },
    get busy() {
      return running !== null;
    },
  };
}

/** Values whose leaf the text no longer has are kept by the page and left out of the question. */
async function answerFor(question: Question, signal: AbortSignal): Promise<Answer> {
  const values: Record<string, number> = Object.fromEntries(question.values);
  for (;;) {
    try {
      return await evaluate(
        {
          source: question.source,
          values,
          conventions: question.conventions,
          expand: openingFor(question.source),
          max_elements: MOST_LISTED,
        },
        signal,
      );
    } catch (error) {
      if (!(error instanceof ProgramProblems)) throw error;
      const strangers = error.problems.filter((problem) => NO_LEAF.has(problem.code) && problem.field);
      const names = strangers.map((problem) => problem.field?.replace(/^values\./, '') ?? '').filter((name) => name in values);
      if (names.length === 0 || names.length < error.problems.length) throw error;
      for (const name of names) delete values[name];
    }
  }
}
