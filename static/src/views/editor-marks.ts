/** Lit and underlined stretches of the program, and the numbers of faulty lines. Part of the editor's chunk. */
import { RangeSet, StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutterLineClass, type DecorationSet } from '@codemirror/view';
import type { Mark, MarkKind } from './editor-field';

interface MarkSpec {
  kind: MarkKind;
  message: string | null;
}

const setMarks = StateEffect.define<readonly Mark[]>();

class FaultyLine extends GutterMarker {
  override elementClass = 'faulty-line';
}
const FAULTY_LINE = new FaultyLine();

const marksField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects, state }) {
    let next = marks.map(changes);
    for (const effect of effects) if (effect.is(setMarks)) next = decorate(effect.value, state.doc.length);
    return next;
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    gutterLineClass.compute([field], (state) => faultyLines(state)),
  ],
});

function decorate(marks: readonly Mark[], length: number): DecorationSet {
  const ranges = marks.flatMap(({ kind, from, to, message }) => {
    const spec: MarkSpec & { class: string } = { class: `mark-${kind}`, kind, message };
    return from < to && to <= length ? [Decoration.mark(spec).range(from, to)] : [];
  });
  return Decoration.set(ranges, true);
}

const specOf = (decoration: Decoration): MarkSpec => decoration.spec as MarkSpec;

function faultyLines(state: EditorState): RangeSet<GutterMarker> {
  const starts = new Set<number>();
  state.field(marksField).between(0, state.doc.length, (from, _to, decoration) => {
    if (specOf(decoration).kind === 'problem') starts.add(state.doc.lineAt(from).from);
  });
  const ordered = [...starts].sort((one, other) => one - other);
  return RangeSet.of(ordered.map((start) => FAULTY_LINE.range(start)));
}

export const programMarks: Extension = marksField;

/**
 * A mark around the word at the caret moves that word to another parent, by which Chromium puts the caret before the
 * word without a sign that CodeMirror would see: the next key would be written there. So the caret is put back.
 */
export function showMarks(view: EditorView, marks: readonly Mark[]): void {
  // Where the two differ before, the reader has just moved the caret, and CodeMirror is about to hear of it.
  const isMine = view.hasFocus && !view.composing && caretIsInPlace(view);
  view.dispatch({ effects: setMarks.of(marks) });
  if (!isMine || caretIsInPlace(view)) return;
  const { from, to } = caretPlaces(view);
  domSelection(view)?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
}

function caretPlaces(view: EditorView) {
  const { anchor, head } = view.state.selection.main;
  return { from: view.domAtPos(anchor), to: view.domAtPos(head) };
}

function caretIsInPlace(view: EditorView): boolean {
  const { anchorNode, focusNode, anchorOffset, focusOffset } = domSelection(view) ?? {};
  if (!anchorNode || !focusNode || !view.contentDOM.contains(anchorNode) || !view.contentDOM.contains(focusNode)) return false;
  const { anchor, head } = view.state.selection.main;
  return view.posAtDOM(anchorNode, anchorOffset) === anchor && view.posAtDOM(focusNode, focusOffset) === head;
}

/** Chromium tells the places inside a shadow root only by a method of the root, which others do not have. */
function domSelection({ root }: EditorView): Selection | null {
  const own = root as { getSelection?: () => Selection | null };
  return own.getSelection ? own.getSelection() : document.getSelection();
}

/** The message at a character, and where its mark begins. */
export function messageAt(state: EditorState, offset: number): { message: string; from: number } | null {
  let found: { message: string; from: number } | null = null;
  state.field(marksField).between(offset, offset + 1, (from, to, decoration) => {
    const { message } = specOf(decoration);
    if (message !== null && from <= offset && offset < to) found = { message, from };
  });
  return found;
}
