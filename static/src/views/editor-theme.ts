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
  '&.folded .cm-scroller': { height: LINE, overflow: 'hidden' },
  '.cm-content': { padding: '0', caretColor: 'var(--ink)' },
  // Room for what marks put around and under their text.
  '.cm-line': { padding: '0 4px 0 3px' },
  '.cm-content ::selection': { backgroundColor: 'color-mix(in srgb, var(--accent) 26%, transparent)' },
  '.cm-gutters': { color: 'var(--ink-3)', backgroundColor: 'transparent', border: 'none', fontSize: '13px' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '23px', padding: '0 9px 0 0', textAlign: 'left' },
  '&.folded .cm-gutters, &.one-line .cm-gutters': { display: 'none' },
  '.cm-gutterElement.faulty-line': { position: 'relative', color: 'var(--gradient)', fontWeight: '600' },
  '.cm-gutterElement.faulty-line::before': {
    content: '""',
    position: 'absolute',
    left: '-7px',
    top: '10px',
    width: '5px',
    height: '5px',
    borderRadius: '50%',
    backgroundColor: 'var(--gradient)',
  },
  '.mark-selected, .mark-hovered': {
    padding: '3px 0',
    borderRadius: '3px',
    backgroundColor: 'var(--accent-soft)',
    boxShadow: '0 0 0 3px var(--accent-soft)',
  },
  '.mark-selected, .mark-selected span': { color: 'var(--accent)' },
  '.mark-problem': {
    textDecoration: 'underline wavy 1.5px var(--gradient)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.mark-warning': {
    textDecoration: 'underline dotted 1.5px var(--warn)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '&.cm-focused .cm-matchingBracket': {
    borderRadius: '2px',
    backgroundColor: 'var(--sunken)',
    outline: '1px solid var(--line-strong)',
  },
  '&.cm-focused .cm-matchingBracket, &.cm-focused .cm-matchingBracket span': { color: 'var(--ink)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent' },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '9px',
    color: 'var(--ink)',
    backgroundColor: 'var(--surface)',
    boxShadow: 'var(--shadow)',
    overflow: 'hidden',
    fontFamily: 'var(--font-ui)',
    fontSize: '13px',
  },
  '.cm-tooltip.cm-tooltip-hover': {
    maxWidth: '46ch',
    border: 'none',
    color: 'var(--on-solid)',
    backgroundColor: 'var(--ink)',
  },
  '.mark-message': { padding: '7px 11px', lineHeight: '1.4' },
  'code': { fontFamily: 'var(--font-code)', fontSize: '0.95em' },
  '.cm-tooltip.cm-tooltip-autocomplete': { overflow: 'visible' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    maxHeight: '216px',
    minWidth: '240px',
    padding: '4px',
    fontFamily: 'var(--font-code)',
    fontSize: '14px',
    scrollbarWidth: 'thin',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    alignItems: 'baseline',
    gap: '16px',
    padding: '3px 8px',
    borderRadius: '6px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--ink)', backgroundColor: 'var(--accent-soft)' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--accent)', fontWeight: '600' },
  '.cm-completionDetail': {
    marginLeft: 'auto',
    color: 'var(--ink-3)',
    fontFamily: 'var(--font-ui)',
    fontSize: '12.5px',
    fontStyle: 'normal',
  },
  '.cm-tooltip.cm-completionInfo': { maxWidth: '280px', padding: '9px 12px', color: 'var(--ink-2)', lineHeight: '1.45' },
});
