/** What can be meant by the word at the caret: names of the program and functions of the registry. Pure. */
import type { Operation } from '../api/model';
import { lineAt } from './editor-faults';
import { namesIn, plainName, tokenAt, type TokenKind } from './editor-tokens';

export interface Suggestion {
  label: string;
  /** A function is completed with its opening bracket. */
  isFunction: boolean;
  title: string;
  /** What the registry says of it. */
  says: string;
}

export interface Suggestions {
  /** Where the word begins that is replaced. */
  from: number;
  options: readonly Suggestion[];
}

/** Letters typed before anything is offered unasked. */
const LETTERS = 2;
/** Names are sought this far around the caret: a program of the largest size must not slow the keys down. */
const REACH = 20_000;
const INSIDE_WORD = /^[\p{L}\p{N}_]/u;
const COMPLETED: readonly TokenKind[] = ['name', 'function', 'target', 'keyword'];

/** One entry for each name of each function. */
export function functionSuggestions(operations: ReadonlyMap<string, Operation>): Suggestion[] {
  return [...operations.values()].flatMap(({ name, aliases, title, says }) =>
    [name, ...aliases].map((label) => ({ label, isFunction: true, title, says })),
  );
}

/** `asked`: by a key, so that a shorter word, or none, will do too. */
export function suggestionsAt(
  program: string,
  caret: number,
  functions: readonly Suggestion[],
  asked: boolean,
): Suggestions | null {
  // Commands have names of their own, which the registry does not tell.
  if (program.includes('\\')) return null;
  const line = lineAt(program, caret);
  const word = wordBefore(program.slice(line.from, line.to), caret - line.from);
  if (word === null) return null;
  // Unasked only behind a word of some length, not while one changes the beginning of a longer one.
  if (!asked && (word.length < LETTERS || INSIDE_WORD.test(program.slice(caret, caret + 2)))) return null;
  const from = caret - word.length;
  const start = Math.max(0, from - REACH);
  const names = otherNames(program.slice(start, from + REACH), from - start);
  // A whole name asks for nothing: Enter after it is a new line.
  if (names.includes(word) && !asked) return null;
  const variables = names.map((label) => ({ label, isFunction: false, title: '', says: '' }));
  const options = ranked([...variables, ...functions], word);
  return options.length > 0 ? { from, options } : null;
}

/** What stands of a name before the caret: "" between words, null inside a comment or a number. */
function wordBefore(line: string, caret: number): string | null {
  for (let at = 0; at < caret; ) {
    const { kind, to } = tokenAt(line, at);
    if (to >= caret) {
      if (COMPLETED.includes(kind)) return line.slice(at, caret);
      return kind === 'comment' || kind === 'number' ? null : '';
    }
    at = to;
  }
  return '';
}

/** Names of the program, each in the spelling that stands last, without the word that is being typed. */
function otherNames(program: string, typedAt: number): string[] {
  const names = new Map<string, string>();
  for (const { text, range } of namesIn(program)) {
    if (range.from !== typedAt) names.set(plainName(text), text);
  }
  return [...names.values()];
}

/** First what begins with the word, then what has it inside; names before functions, short before long. */
function ranked(all: readonly Suggestion[], word: string): Suggestion[] {
  const typed = word.toLowerCase();
  const rankOf = ({ label }: Suggestion): number => {
    if (label.startsWith(word)) return 0;
    const at = label.toLowerCase().indexOf(typed);
    return at === 0 ? 1 : at > 0 ? 2 : 3;
  };
  return all
    .map((suggestion) => ({ suggestion, rank: rankOf(suggestion) }))
    .filter(({ rank, suggestion }) => rank < 3 && (suggestion.isFunction || suggestion.label !== word))
    .sort(
      (one, other) =>
        one.rank - other.rank ||
        Number(one.suggestion.isFunction) - Number(other.suggestion.isFunction) ||
        one.suggestion.label.length - other.suggestion.label.length,
    )
    .map(({ suggestion }) => suggestion);
}
