/** Colours of the words in view, and of the bracket pair at the caret. Part of the editor's chunk. */
import { StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { bracketPair } from './editor-brackets';
import type { TokenKind } from './editor-tokens';
import { tokensOf } from './editor-tokens-elsewhere';

const mark = (name: string): Decoration => Decoration.mark({ class: name });
const WORDS: Readonly<Record<TokenKind, Decoration | null>> = {
  space: null,
  other: null,
  comment: mark('word-comment'),
  number: mark('word-number'),
  name: mark('word-name'),
  target: mark('word-target'),
  function: mark('word-function'),
  keyword: mark('word-keyword'),
  operator: mark('word-operator'),
  bracket: mark('word-operator'),
};
/** In a longer line reading begins this far before what is in view; a word cut there is soon whole again. */
const RUN_UP = 2000;
const BRACKET = mark('bracket-pair');
/** Pairs are sought this far around the caret. */
const BRACKET_REACH = 10_000;

function colour(view: EditorView): DecorationSet {
  const { doc } = view.state;
  const found = [];
  const tokenAt = tokensOf(doc.toString());
  for (const { from, to } of view.visibleRanges) {
    for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
      const end = Math.min(to - line.from, line.length);
      for (let at = Math.max(0, from - line.from - RUN_UP); at < end; ) {
        const token = tokenAt(line.text, at);
        const word = WORDS[token.kind];
        if (word) found.push(word.range(line.from + at, line.from + token.to));
        at = token.to;
      }
      if (line.to >= to) break;
    }
  }
  return Decoration.set(found, true);
}

const words = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = colour(view);
    }
    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = colour(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function pairAt(state: EditorState): DecorationSet {
  const { main } = state.selection;
  if (!main.empty) return Decoration.none;
  const start = Math.max(0, main.head - BRACKET_REACH);
  const pair = bracketPair(state.sliceDoc(start, main.head + BRACKET_REACH), main.head - start);
  return Decoration.set(pair?.map((at) => BRACKET.range(start + at, start + at + 1)) ?? []);
}

const brackets = StateField.define<DecorationSet>({
  create: pairAt,
  update: (pair, { docChanged, selection, state }) => (docChanged || selection ? pairAt(state) : pair),
  provide: (field) => EditorView.decorations.from(field),
});

export const programColours: Extension = [words, brackets];
