/** Keys of the field. Moving the caret is left to the browser; what changes the text is done here. Part of the chunk. */
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
const lineBack: Motion = (view, from) => {
  const start = view.moveToLineBoundary(from, false);
  return start.head === from.head ? back(view, from) : start;
};

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

/** To an end of the text; the browser knows only as much of a long text as is drawn. */
function goTo(end: 'start' | 'end', extend: boolean): Command {
  return (view) => {
    const head = end === 'start' ? 0 : view.state.doc.length;
    const anchor = extend ? view.state.selection.main.anchor : head;
    view.dispatch({ selection: EditorSelection.single(anchor, head), scrollIntoView: true });
    return true;
  };
}

const selectAll: Command = (view) => {
  view.dispatch({ selection: { anchor: 0, head: view.state.doc.length } });
  return true;
};

export function fieldKeys(events: FieldEvents): KeyBinding[] {
  const send = (run: () => void): Command => () => {
    run();
    return true;
  };
  return [
    { key: 'Enter', run: insert('\n'), shift: insert('\n') },
    { key: 'Backspace', run: remove(back), shift: remove(back) },
    { key: 'Delete', run: remove(forth) },
    { key: 'Ctrl-Backspace', mac: 'Alt-Backspace', run: remove(wordBack) },
    { key: 'Ctrl-Delete', mac: 'Alt-Delete', run: remove(wordForth) },
    { mac: 'Cmd-Backspace', run: remove(lineBack) },
    { key: 'Mod-a', run: selectAll },
    { key: 'Ctrl-Home', mac: 'Cmd-ArrowUp', run: goTo('start', false), shift: goTo('start', true) },
    { key: 'Ctrl-End', mac: 'Cmd-ArrowDown', run: goTo('end', false), shift: goTo('end', true) },
    { key: 'Mod-z', run: send(events.undo) },
    { key: 'Mod-y', run: send(events.redo) },
    { key: 'Mod-Shift-z', run: send(events.redo) },
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
