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

export function showMarks(view: EditorView, marks: readonly Mark[]): void {
  view.dispatch({ effects: setMarks.of(marks) });
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
