/** Offers names of the program and functions of the registry after two letters. Part of the editor's chunk. */
import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import type { Operation } from '../api/model';
import { namesIn, plainName, tokenAt, type TokenKind } from './editor-tokens';

const LETTERS = 2;
const COMPLETED: readonly TokenKind[] = ['name', 'function', 'target', 'keyword'];

export function completion(operations: ReadonlyMap<string, Operation>): Extension {
  const functions = functionOptions(operations);
  const source = (context: CompletionContext): CompletionResult | null => completionsAt(context, functions);
  return [
    autocompletion({ override: [source], icons: false, maxRenderedOptions: 50 }),
    keymap.of([{ key: 'Tab', run: acceptCompletion }]),
  ];
}

/** One entry per function name; a call is begun, and ended by whoever types. */
export function functionOptions(operations: ReadonlyMap<string, Operation>): Completion[] {
  const options: Completion[] = [];
  for (const operation of operations.values()) {
    for (const label of [operation.name, ...operation.aliases]) {
      options.push({ label, detail: operation.title, info: operation.says, type: 'function', apply: beginCall });
    }
  }
  return options;
}

function beginCall(view: EditorView, { label }: Completion, from: number, to: number): void {
  const called = /^[ \t]*\(/.test(view.state.sliceDoc(to, to + 8));
  const insert = called ? label : `${label}(`;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: 'input.complete',
    scrollIntoView: true,
  });
}

export function completionsAt(
  context: Pick<CompletionContext, 'pos' | 'explicit' | 'state'>,
  functions: readonly Completion[],
): CompletionResult | null {
  const { pos, explicit, state } = context;
  const line = state.doc.lineAt(pos);
  const word = wordBefore(line.text, pos - line.from);
  if (word === null || (word.length < LETTERS && !explicit)) return null;
  const from = pos - word.length;
  const names = otherNames(state.doc.toString(), from, word);
  // A whole name asks for nothing: Enter after it is a new line.
  if (names.has(word) && !explicit) return null;
  const variables = [...names].map((label): Completion => ({ label, type: 'variable', boost: 1 }));
  return { from, options: [...variables, ...functions] };
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

/** Spellings of the names in the program, without the word that is being typed. */
function otherNames(program: string, typedAt: number, word: string): Set<string> {
  const names = new Map<string, string>();
  for (const { text, range } of namesIn(program)) {
    if (range.from !== typedAt || text.length > word.length) names.set(plainName(text), text);
  }
  return new Set(names.values());
}
