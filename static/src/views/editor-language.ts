/** Colours of the program: the tokens of editor-tokens.ts as CodeMirror wants them. Part of the editor's chunk. */
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';
import { tokenAt, type TokenKind } from './editor-tokens';

const TAG_NAMES: Readonly<Record<TokenKind, string | null>> = {
  space: null,
  comment: 'comment',
  number: 'number',
  name: 'variableName',
  target: 'variableName.definition',
  function: 'variableName.function',
  keyword: 'keyword',
  operator: 'operator',
  bracket: 'bracket',
  other: null,
};

const language = StreamLanguage.define({
  name: 'chainrule',
  token(stream) {
    const { kind, to } = tokenAt(stream.string, stream.pos);
    stream.pos = to;
    return TAG_NAMES[kind];
  },
  languageData: { commentTokens: { line: '#' } },
});

const colours = HighlightStyle.define([
  { tag: tags.variableName, color: 'var(--ink)', fontWeight: '550' },
  { tag: tags.number, color: 'var(--ink)', fontWeight: '550' },
  { tag: tags.function(tags.variableName), color: 'var(--ink-2)', fontWeight: '550' },
  { tag: tags.definition(tags.variableName), color: 'var(--ink-3)', fontWeight: '400' },
  { tag: tags.keyword, color: 'var(--ink-2)', fontStyle: 'italic' },
  { tag: tags.operator, color: 'var(--ink-3)' },
  { tag: tags.bracket, color: 'var(--ink-3)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
]);

export const programLanguage: Extension = [language, syntaxHighlighting(colours)];
