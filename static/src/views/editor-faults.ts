/** Problems as the field marks them: where they stand in the present text, and which of them wait while one types. */
import type { Problem, Remark } from '../api/model';
import { mapRange, offsetsOf, singleChange, type Range } from '../text';

/** While the caret stands at a mistake, it is not marked before this long after the last key. */
export const PATIENCE_MS = 800;

export interface Fault<T extends Problem | Remark = Problem> {
  problem: T;
  /** In the present text; null when the problem has no place, or its place was edited away. */
  range: Range | null;
}

/** The problems (or warnings) found in `source`, with their places in the present text. */
export function faultsIn<T extends Problem | Remark>(
  problems: readonly T[],
  source: string,
  program: string,
): Fault<T>[] {
  if (problems.length === 0) return [];
  const offsets = offsetsOf(source);
  const change = singleChange(source, program);
  return problems.map((problem) => ({
    problem,
    range: problem.span && mapRange(offsets.range(problem.span), change),
  }));
}

export interface Typing {
  /** Caret or selection while the field has the focus, else null. */
  caret: Range | null;
  sinceKey: number;
  program: string;
}

/**
 * The faults that are marked now. Those at the caret wait for a pause, and so does a new fault in the caret's line:
 * a bracket just opened is no mistake yet. What is marked already stays marked until the caret reaches it.
 */
export function faultsToShow(faults: readonly Fault[], shown: readonly Problem[], typing: Typing): Fault[] {
  const { caret, sinceKey, program } = typing;
  if (caret === null || sinceKey >= PATIENCE_MS) return [...faults];
  const line = lineAt(program, caret.to);
  const known = new Set(shown.map(identity));
  return faults.filter(({ problem, range }) => {
    if (!range) return false;
    if (touches(range, caret)) return false;
    return known.has(identity(problem)) || !touches(range, line);
  });
}

/** The same mistake in two readings of an edited text: by its words, as its place moves. */
function identity({ code, message }: Problem): string {
  return `${code} ${message}`;
}

function touches(one: Range, other: Range): boolean {
  return one.from <= other.to && other.from <= one.to;
}

/** The line around an offset, without its line break. */
export function lineAt(text: string, offset: number): Range {
  const end = text.indexOf('\n', offset);
  const from = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return { from, to: end < 0 ? text.length : end };
}

/** A range with something to underline: an empty one takes the character before it, else the one behind it. */
export function underlined(text: string, range: Range): Range | null {
  const from = Math.max(0, Math.min(range.from, text.length));
  const to = Math.max(from, Math.min(range.to, text.length));
  if (text.slice(from, to).trim() !== '') return { from, to };
  const line = lineAt(text, from);
  const before = text.slice(line.from, from).trimEnd().length;
  if (before > 0) {
    const end = line.from + before;
    return { from: end - (isLowSurrogate(text, end - 1) ? 2 : 1), to: end };
  }
  return line.to > from ? { from, to: from + 1 } : null;
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit < 0xe000;
}
