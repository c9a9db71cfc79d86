/** The rich field: CodeMirror in a shadow root. Loaded as a chunk of its own, after the page is usable. */
import { Annotation, Compartment, EditorSelection, EditorState, Prec, StateEffect, StateField } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import type { Operation } from '../api/model';
import { singleChange } from '../text';
import { programColours } from './editor-colours';
import { completion } from './editor-completion';
import { FIELD_LABEL, type Field, type FieldEvents, type Mark } from './editor-field';
import { fieldKeys, historyKey } from './editor-keys';
import { messageAt, programMarks, showMarks } from './editor-marks';
import { editorTheme, FLOATING_STYLES } from './editor-theme';
import { createTip, type Tip } from './editor-tip';

export { createLinks } from './editor-links';

/** A text that came from elsewhere: the page knows it already. */
const fromOutside = Annotation.define<boolean>();
const setFolded = StateEffect.define<boolean>();

const foldedField = StateField.define<boolean>({
  create: () => true,
  update: (folded, { effects }) => effects.reduce((now, effect) => (effect.is(setFolded) ? effect.value : now), folded),
  provide: (field) =>
    EditorView.editorAttributes.compute([field, 'doc'], (state) => ({
      class: [state.field(field) ? 'folded' : '', state.doc.lines === 1 ? 'one-line' : ''].join(' '),
    })),
});

export function codeField(
  host: HTMLElement,
  text: string,
  events: FieldEvents,
  operations: ReadonlyMap<string, Operation>,
): Field {
  // Inside a shadow root the styles become adopted sheets, which the page's policy allows; in a document they would
  // be a <style> element, which it refuses.
  const root = host.attachShadow({ mode: 'open' });
  const floating = new CSSStyleSheet();
  floating.replaceSync(FLOATING_STYLES);
  root.adoptedStyleSheets.push(floating);
  const wrapping = new Compartment();

  const view: EditorView = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        editorTheme,
        programColours,
        foldedField,
        programMarks,
        lineNumbers(),
        wrapping.of([]),
        completion(operations, root),
        keymap.of(fieldKeys(events)),
        pointer(events, createTip(root)),
        EditorView.contentAttributes.of({ 'aria-label': FIELD_LABEL }),
        EditorView.updateListener.of((update) => {
          const typed = update.docChanged && !update.transactions.some((one) => one.annotation(fromOutside));
          if (typed) events.edited(update.state.doc.toString());
          if (update.selectionSet || update.focusChanged) events.moved();
        }),
      ],
    }),
  });
  // The host stands for the field: whoever focuses it means the text.
  host.focus = () => view.focus();

  return {
    element: host,
    numbersLines: true,
    get text() {
      return view.state.doc.toString();
    },
    get focused() {
      // Not view.hasFocus: that is false while another window is in front, and the field would fold.
      return root.activeElement === view.contentDOM;
    },
    get selection() {
      const { from, to } = view.state.selection.main;
      return { from, to };
    },
    setText(next, caret) {
      const changes = singleChange(view.state.doc.toString(), next);
      if (!changes) return;
      const selection = caret === undefined ? undefined : EditorSelection.cursor(Math.min(caret, next.length));
      view.dispatch({ changes, selection, annotations: fromOutside.of(true), scrollIntoView: selection !== undefined });
    },
    focus: () => view.focus(),
    blur: () => view.contentDOM.blur(),
    select({ from, to }) {
      const { length } = view.state.doc;
      const selection = EditorSelection.range(Math.min(from, length), Math.min(to, length));
      view.dispatch({ selection, scrollIntoView: true });
    },
    fold(offset) {
      const folded = offset !== null;
      if (folded !== view.state.field(foldedField)) {
        const effects = [setFolded.of(folded), wrapping.reconfigure(folded ? [] : EditorView.lineWrapping)];
        view.dispatch({ effects, scrollIntoView: !folded });
      }
      if (folded) showLine(view, offset);
    },
    setMarks: (marks: readonly Mark[]) => showMarks(view, marks),
    describe(sentence, isFaulty) {
      // A description by id cannot reach out of the shadow root.
      // Only what is new: CodeMirror takes every attribute set for a change of its text, and measures the page for it.
      setWhereNew(view.contentDOM, 'aria-description', sentence);
      setWhereNew(view.contentDOM, 'aria-invalid', String(isFaulty));
    },
  };
}

function setWhereNew(target: HTMLElement, name: string, text: string): void {
  if (target.getAttribute(name) !== text) target.setAttribute(name, text);
}

function pointer(events: FieldEvents, tip: Tip) {
  const point = (view: EditorView, offset: number | null): void => {
    events.pointed(offset);
    const found = offset === null ? null : messageAt(view.state, offset);
    tip.show(found?.message ?? null, () => found && view.coordsAtPos(found.from, 1));
  };
  return Prec.high(
    EditorView.domEventHandlers({
      mousemove: (event, view) => point(view, event.buttons === 0 ? characterAt(view, event) : null),
      mouseleave: (_event, view) => point(view, null),
      keydown(event, view) {
        point(view, null);
        return historyKey(event, events);
      },
      mousedown(event, view) {
        if (event.button !== 0 || !(event.ctrlKey || event.metaKey)) return false;
        const offset = characterAt(view, event);
        if (offset === null) return false;
        events.picked(offset);
        return true;
      },
      beforeinput(event, view) {
        // Undo and redo of the browser's own menu.
        if (event.inputType === 'historyUndo') events.undo();
        else if (event.inputType === 'historyRedo') events.redo();
        else if (!typedOver(event, view)) return false;
        return true;
      },
    }),
  );
}

/**
 * Typing over a selection. Left to itself the browser keeps the colour of the text that goes, in a style attribute,
 * which the page's policy refuses with an error in the console.
 */
function typedOver(event: InputEvent, view: EditorView): boolean {
  const { state } = view;
  if (event.inputType !== 'insertText' || !event.data || state.selection.main.empty || view.composing) return false;
  view.dispatch(state.update(state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true }));
  return true;
}

/** Offset of the character under the pointer; null beside the text. */
function characterAt(view: EditorView, { clientX, clientY }: MouseEvent): number | null {
  const near = view.posAtCoords({ x: clientX, y: clientY });
  if (near === null) return null;
  const box = view.coordsAtPos(near, 1);
  const offset = box && clientX < box.left ? near - 1 : near;
  const line = view.state.doc.lineAt(near);
  const end = view.coordsAtPos(line.to, -1);
  const beyond = end !== null && clientY <= end.bottom && clientY >= end.top && clientX > end.right + 2;
  return offset < line.from || offset >= line.to || beyond ? null : offset;
}

/** Scrolls the folded field to the line, and along it until the offset is in sight. */
function showLine(view: EditorView, offset: number): void {
  const at = Math.min(offset, view.state.doc.length);
  view.requestMeasure({
    key: showLine,
    read: () => ({
      top: view.lineBlockAt(at).top,
      // Nothing is wrapped and every character is as wide, so this holds for lines that are not drawn too.
      left: (at - view.state.doc.lineAt(at).from) * view.defaultCharacterWidth,
      width: view.scrollDOM.clientWidth,
    }),
    write({ top, left, width }) {
      view.scrollDOM.scrollTop = top;
      view.scrollDOM.scrollLeft = left > 0.75 * width ? left - 0.5 * width : 0;
    },
  });
}
