/**
 * Keys of the field. Left to the browser, a key would be lost now and then: CodeMirror hears of a moved caret a moment
 * later, and a mark set in that moment puts the caret back. Part of the editor's chunk.
 */
import { EditorSelection, type SelectionRange } from '@codemirror/state';
import type { EditorView, KeyBinding } from '@codemirror/view';
import type { FieldEvents } from './editor-field';

type Command = (view: EditorView) => boolean;
/** Where the caret would be moved to. */
type Motion = (view: EditorView, from: SelectionRange) => SelectionRange;

const back: Motion = (view, from) => view.moveByChar(from, false);
const forth: Motion = (view, from) => view.moveByChar(from, true);
const wordBack: Motion = (view, from) => view.moveByGroup(from, false);
const wordForth: Motion = (view, from) => view.moveByGroup(from, true);
const lineStart: Motion = (view, from) => view.moveToLineBoundary(from, false);
const lineEnd: Motion = (view, from) => view.moveToLineBoundary(from, true);
const up: Motion = (view, from) => view.moveVertically(from, false);
const down: Motion = (view, from) => view.moveVertically(from, true);
const textStart: Motion = () => EditorSelection.cursor(0);
const textEnd: Motion = ({ state }) => EditorSelection.cursor(state.doc.length);
const lineBack: Motion = (view, from) => {
  const start = lineStart(view, from);
  return start.head === from.head ? back(view, from) : start;
};

function move(motion: Motion): Command {
  return (view) => {
    const moved = motion(view, view.state.selection.main);
    view.dispatch({ selection: EditorSelection.create([moved]), userEvent: 'select', scrollIntoView: true });
    return true;
  };
}

function extend(motion: Motion): Command {
  return (view) => {
    const { main } = view.state.selection;
    const { head, goalColumn } = motion(view, main);
    const range = EditorSelection.range(main.anchor, head, goalColumn);
    view.dispatch({ selection: EditorSelection.create([range]), userEvent: 'select', scrollIntoView: true });
    return true;
  };
}

/** To the left or right; a selection is left at its own end. */
function step(motion: Motion, end: 'from' | 'to'): Command {
  return move((view, main) => (main.empty ? motion(view, main) : EditorSelection.cursor(main[end])));
}

/** Deletes the selection, else what the caret would pass on its way. */
function remove(motion: Motion): Command {
  return (view) => {
    const { main } = view.state.selection;
    const other = main.empty ? motion(view, main).head : main.anchor;
    const changes = { from: Math.min(main.head, other), to: Math.max(main.head, other) };
    if (changes.from < changes.to) view.dispatch({ changes, userEvent: 'delete', scrollIntoView: true });
    return true;
  };
}

function insert(text: string): Command {
  return ({ state, dispatch }) => {
    dispatch(state.update(state.replaceSelection(text), { userEvent: 'input', scrollIntoView: true }));
    return true;
  };
}

const selectAll: Command = (view) => {
  view.dispatch({ selection: { anchor: 0, head: view.state.doc.length } });
  return true;
};

export function fieldKeys(events: FieldEvents): KeyBinding[] {
  return [
    { key: 'Enter', run: insert('\n'), shift: insert('\n') },
    { key: 'Backspace', run: remove(back), shift: remove(back) },
    { key: 'Delete', run: remove(forth) },
    { key: 'Ctrl-Backspace', mac: 'Alt-Backspace', run: remove(wordBack) },
    { key: 'Ctrl-Delete', mac: 'Alt-Delete', run: remove(wordForth) },
    { mac: 'Cmd-Backspace', run: remove(lineBack) },
    { key: 'Mod-a', run: selectAll },
    { key: 'ArrowLeft', run: step(back, 'from'), shift: extend(back) },
    { key: 'ArrowRight', run: step(forth, 'to'), shift: extend(forth) },
    { key: 'ArrowUp', run: move(up), shift: extend(up) },
    { key: 'ArrowDown', run: move(down), shift: extend(down) },
    { key: 'Ctrl-ArrowLeft', mac: 'Alt-ArrowLeft', run: move(wordBack), shift: extend(wordBack) },
    { key: 'Ctrl-ArrowRight', mac: 'Alt-ArrowRight', run: move(wordForth), shift: extend(wordForth) },
    { key: 'Home', mac: 'Cmd-ArrowLeft', run: move(lineStart), shift: extend(lineStart) },
    { key: 'End', mac: 'Cmd-ArrowRight', run: move(lineEnd), shift: extend(lineEnd) },
    { key: 'Ctrl-Home', mac: 'Cmd-ArrowUp', run: move(textStart), shift: extend(textStart) },
    { key: 'Ctrl-End', mac: 'Cmd-ArrowDown', run: move(textEnd), shift: extend(textEnd) },
    {
      key: 'Mod-Enter',
      run: ({ state }) => {
        events.picked(state.selection.main.head);
        return true;
      },
    },
    {
      key: 'Escape',
      run: ({ contentDOM }) => {
        contentDOM.blur();
        return true;
      },
    },
  ];
}

/** Undo and redo, which are those of the page. By hand, for with caps lock Shift-Z is a small z. */
export function historyKey(event: KeyboardEvent, events: FieldEvents): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const key = event.key.toLowerCase();
  if (key === 'y' || (key === 'z' && event.shiftKey)) events.redo();
  else if (key === 'z') events.undo();
  else return false;
  return true;
}
