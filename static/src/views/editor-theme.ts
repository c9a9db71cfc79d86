/** How CodeMirror looks inside its shadow root. The page's tokens reach it by inheritance. Part of the editor's chunk. */
import { EditorView } from '@codemirror/view';

/** Height of a line in the field, also that of the textarea in editor.css. */
const LINE = '28px';

export const editorTheme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    maxHeight: `calc(6 * ${LINE})`,
    overflow: 'auto',
    fontFamily: 'var(--font-code)',
    fontSize: '16px',
    lineHeight: LINE,
    // A ligature would hide which characters the formula has.
    fontVariantLigatures: 'none',
    scrollbarWidth: 'thin',
    scrollbarColor: 'var(--line-strong) transparent',
  },
  '&.folded .cm-scroller': {
    height: LINE,
    overflow: 'hidden',
    // What does not fit fades instead of being cut through a letter.
    maskImage: 'linear-gradient(to right, #000 calc(100% - 24px), transparent)',
  },
  '.cm-content': { padding: '0', caretColor: 'var(--ink)' },
  // Room for what marks put around and under their text.
  '.cm-line': { padding: '0 4px 0 3px' },
  '.cm-content ::selection': { backgroundColor: 'color-mix(in srgb, var(--accent) 26%, transparent)' },
  '.cm-gutters': { color: 'var(--ink-3)', backgroundColor: 'transparent', border: 'none', fontSize: '13px' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '23px', padding: '0 9px 0 0', textAlign: 'left' },
  '&.folded .cm-gutters, &.one-line .cm-gutters': { display: 'none' },
  '.cm-gutterElement.faulty-line': { position: 'relative', color: 'var(--gradient)', fontWeight: '600' },
  '.cm-gutterElement.faulty-line::after': {
    content: '""',
    position: 'absolute',
    right: '2px',
    top: '11px',
    width: '5px',
    height: '5px',
    borderRadius: '50%',
    backgroundColor: 'var(--gradient)',
  },
  '.mark-selected, .mark-hovered': {
    padding: '3px 0',
    borderRadius: '3px',
    backgroundColor: 'var(--accent-soft)',
    // To the sides only: above and below it would reach into the next line.
    boxShadow: '-3px 0 var(--accent-soft), 3px 0 var(--accent-soft)',
  },
  '.mark-selected, .mark-selected span': { color: 'var(--accent)' },
  '@media (forced-colors: active)': {
    '.mark-selected, .mark-hovered': { outline: '1px solid Highlight' },
  },
  '.mark-problem': {
    textDecoration: 'underline wavy 1.5px var(--gradient)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.mark-problem .word-function': { color: 'var(--ink)' },
  '.mark-warning': {
    textDecoration: 'underline dotted 1.5px var(--warn)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '&.cm-focused .bracket-pair': {
    borderRadius: '2px',
    backgroundColor: 'var(--sunken)',
    outline: '1px solid var(--line-strong)',
  },
  '&.cm-focused .bracket-pair, &.cm-focused .bracket-pair span': { color: 'var(--ink)' },
  '.word-name, .word-number': { color: 'var(--ink)', fontWeight: '550' },
  '.word-function': { color: 'var(--ink-2)', fontWeight: '550' },
  '.word-target, .word-operator': { color: 'var(--ink-3)' },
  '.word-keyword': { color: 'var(--ink-2)', fontStyle: 'italic' },
  '.word-comment': { color: 'var(--ink-3)', fontStyle: 'italic' },
});

/** What floats beside the text in the same shadow root: the list of suggestions and the message of a mark. */
export const FLOATING_STYLES = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.suggestion-box, .mark-tip { position: fixed; z-index: 40; font: 13px/1.45 var(--font-ui); }
.suggestion-box { display: flex; align-items: flex-start; gap: 4px; }
.suggestions, .suggestion-says {
  margin: 0; border: 1px solid var(--line); border-radius: 9px; color: var(--ink); background: var(--surface);
  box-shadow: var(--shadow);
}
.suggestions {
  min-width: 240px; max-height: 218px; padding: 4px; overflow: auto; list-style: none; scrollbar-width: thin;
  scrollbar-color: var(--line-strong) transparent;
}
.suggestions li {
  display: flex; align-items: center; gap: 16px; min-height: 26px; padding: 2px 8px; border-radius: 6px; cursor: pointer;
}
.suggestion-title { margin-left: auto; color: var(--ink-3); font-size: 12.5px; white-space: nowrap; }
.suggestions li:hover { background: var(--sunken); }
.suggestions li[aria-selected='true'] { background: var(--accent-soft); }
.suggestions li[aria-selected='true'] .suggestion-title { color: var(--ink-2); }
.suggestion-label { font: 14px/1.4 var(--font-code); font-variant-ligatures: none; white-space: pre; }
.suggestion-label b { color: var(--accent); font-weight: 600; }
.suggestion-says { max-width: 280px; padding: 9px 12px; color: var(--ink-2); }
.mark-tip {
  max-width: 46ch; padding: 7px 11px; border-radius: 8px; color: var(--on-solid); background: var(--ink);
  box-shadow: var(--shadow); pointer-events: none;
}
.mark-tip code { font: 0.95em var(--font-code); font-variant-ligatures: none; }
`;
