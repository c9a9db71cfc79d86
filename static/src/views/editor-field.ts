/** What the program is typed into: a plain textarea at first, CodeMirror once its chunk has arrived. */
import { mapOffset, singleChange, type Range } from '../text';

export type MarkKind = 'problem' | 'warning' | 'selected' | 'hovered';

/** A stretch of the program that is lit or underlined; `message` is told when the pointer rests on it. */
export interface Mark extends Range {
  kind: MarkKind;
  message: string | null;
}

export interface FieldEvents {
  edited(text: string): void;
  /** Caret, selection or focus changed. */
  moved(): void;
  /** The pointer is over the character at this offset, or over none. */
  pointed(offset: number | null): void;
  /** The gate written at this offset was chosen. */
  picked(offset: number): void;
  undo(): void;
  redo(): void;
}

export interface Field {
  readonly element: HTMLElement;
  readonly text: string;
  readonly focused: boolean;
  /** It shows line numbers of its own while it is unfolded. */
  readonly numbersLines: boolean;
  /** Caret, or selection. */
  readonly selection: Range;
  /** Takes over a text from outside with the smallest change, so that the caret stays at its place. */
  setText(text: string, caret?: number): void;
  focus(): void;
  blur(): void;
  /** Puts the caret or the selection there, in sight. Leaves the focus where it is. */
  select(range: Range): void;
  /** Shows the one line around this offset; null shows all lines. */
  fold(offset: number | null): void;
  setMarks(marks: readonly Mark[]): void;
  /** What a screen reader tells about the program beside its text. */
  describe(text: string, faulty: boolean): void;
}

export const FIELD_LABEL = 'Program';

/** The textarea marks nothing; it keeps what is typed until the richer field takes its place. */
export function plainField(area: HTMLTextAreaElement, describedBy: HTMLElement, events: FieldEvents): Field {
  area.setAttribute('aria-label', FIELD_LABEL);
  area.setAttribute('aria-describedby', describedBy.id);
  area.addEventListener('input', () => events.edited(area.value));
  for (const name of ['focus', 'blur', 'select', 'keyup', 'click']) area.addEventListener(name, () => events.moved());
  area.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') area.blur();
  });

  return {
    element: area,
    numbersLines: false,
    get text() {
      return area.value;
    },
    get focused() {
      return document.activeElement === area;
    },
    get selection() {
      return { from: area.selectionStart, to: area.selectionEnd };
    },
    setText(text, caret) {
      const change = singleChange(area.value, text);
      if (!change) return;
      const { selectionStart, selectionEnd } = area;
      area.value = text;
      const place = (offset: number): number => caret ?? mapOffset(offset, change);
      // A new value sends the caret to the end.
      area.setSelectionRange(place(selectionStart), place(selectionEnd));
    },
    focus: () => area.focus(),
    blur: () => area.blur(),
    select: (range) => area.setSelectionRange(range.from, range.to),
    fold(offset) {
      area.rows = offset === null ? Math.min(6, area.value.split('\n').length) : 1;
      const line = offset === null ? 0 : area.value.slice(0, offset).split('\n').length - 1;
      area.scrollTop = line * Number.parseFloat(getComputedStyle(area).lineHeight);
    },
    setMarks: () => undefined,
    describe: (text, faulty) => {
      describedBy.textContent = text;
      area.setAttribute('aria-invalid', String(faulty));
    },
  };
}
