/** Lit and underlined stretches of the program, faulty line numbers, and messages under the pointer. Part of the chunk. */
import { RangeSet, StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutterLineClass, hoverTooltip, type DecorationSet } from '@codemirror/view';
import type { Mark, MarkKind } from './editor-field';
import { withCode } from './editor-prose';

const setMarks = StateEffect.define<readonly Mark[]>();

// An outer mark is wrapped around an inner one by the order of this list when both cover the same text.
const DECORATIONS: Readonly<Record<MarkKind, (message: string | null) => Decoration>> = {
  hovered: (message) => Decoration.mark({ class: 'mark-hovered', message }),
  selected: (message) => Decoration.mark({ class: 'mark-selected', message }),
  warning: (message) => Decoration.mark({ class: 'mark-warning', message }),
  problem: (message) => Decoration.mark({ class: 'mark-problem', message }),
};

class FaultyLine extends GutterMarker {
  override elementClass = 'faulty-line';
}
const FAULTY_LINE = new FaultyLine();

const marksField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) next = decorate(effect.value, transaction.state.doc.length);
    }
    return next;
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    gutterLineClass.compute([field], (state) => faultyLines(state)),
  ],
});

function decorate(marks: readonly Mark[], length: number): DecorationSet {
  const ranges = marks.flatMap(({ kind, from, to, message }) =>
    from < to && to <= length ? [DECORATIONS[kind](message).range(from, to)] : [],
  );
  return Decoration.set(ranges, true);
}

function isProblem(decoration: Decoration): boolean {
  const { class: name } = decoration.spec as { class?: string };
  return name === 'mark-problem';
}

function faultyLines(state: EditorState): RangeSet<GutterMarker> {
  const starts = new Set<number>();
  const marks = state.field(marksField);
  marks.between(0, state.doc.length, (from, _to, decoration) => {
    if (isProblem(decoration)) starts.add(state.doc.lineAt(from).from);
  });
  return RangeSet.of(
    [...starts].sort((one, other) => one - other).map((start) => FAULTY_LINE.range(start)),
  );
}

const messages = hoverTooltip((view, pos, side) => {
  let found: { from: number; to: number; message: string } | null = null;
  view.state.field(marksField).between(pos, pos, (from, to, decoration) => {
    const { message } = decoration.spec as { message?: string | null };
    const under = side < 0 ? from < pos && pos <= to : from <= pos && pos < to;
    if (message && under) found = { from, to, message };
  });
  if (!found) return null;
  const { from, to, message } = found as { from: number; to: number; message: string };
  return {
    pos: from,
    end: to,
    above: false,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'mark-message';
      dom.append(...withCode(message));
      return { dom };
    },
  };
});

export const programMarks: Extension = [marksField, messages];

export function showMarks(view: EditorView, marks: readonly Mark[]): void {
  view.dispatch({ effects: setMarks.of(marks) });
}
