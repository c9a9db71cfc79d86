/** The list under the caret that offers names and functions while one types. Part of the editor's chunk. */
import { Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { functionSuggestions, suggestionsAt, type Suggestion, type Suggestions } from './editor-suggest';
import type { Operation } from '../api/model';
import { element } from './elements';

const LIST_ID = 'program-suggestions';
const MOST = 60;
/** Enter so soon after the last letter was meant as a new line: nobody reads a list that fast. */
const READ_MS = 120;

/** `place` holds the list; it must be in the same root as the field, so that a reader is told of the chosen entry. */
export function completion(operations: ReadonlyMap<string, Operation>, place: ShadowRoot): Extension {
  const functions = functionSuggestions(operations);

  class Completion {
    readonly list = element('ul', 'suggestions', {
      id: LIST_ID,
      role: 'listbox',
      'aria-label': 'Names and functions',
      // It scrolls; and while it is open, Tab takes the chosen entry, so that it is no further stop.
      tabindex: '0',
    });
    readonly says = element('div', 'suggestion-says');
    readonly box = element('div', 'suggestion-box', {}, this.list, this.says);
    open: Suggestions | null = null;
    chosen = 0;
    openedAt = 0;

    constructor(readonly view: EditorView) {
      this.box.hidden = true;
      // A press on the list must not take the focus from the text.
      this.box.addEventListener('mousedown', (event) => event.preventDefault());
      this.list.addEventListener('click', (event) => this.onClick(event));
      place.append(this.box);
      view.contentDOM.setAttribute('aria-autocomplete', 'list');
      view.contentDOM.setAttribute('aria-controls', LIST_ID);
    }

    update(update: ViewUpdate): void {
      const typed = update.transactions.some((one) => one.isUserEvent('input.type'));
      const deleted = update.transactions.some((one) => one.isUserEvent('delete'));
      if (update.docChanged && (typed || (deleted && this.open))) this.ask(false);
      else if (update.docChanged || update.selectionSet || (update.focusChanged && !update.view.hasFocus)) this.close();
    }

    ask(asked: boolean): boolean {
      const { state, composing } = this.view;
      const { main } = state.selection;
      this.open = main.empty && !composing ? suggestionsAt(state.doc.toString(), main.head, functions, asked) : null;
      this.chosen = 0;
      this.openedAt = performance.now();
      this.draw();
      return true;
    }

    close(): boolean {
      if (!this.open) return false;
      this.open = null;
      this.draw();
      return true;
    }

    move(by: number): boolean {
      if (!this.open) return false;
      const length = Math.min(MOST, this.open.options.length);
      this.chosen = (this.chosen + by + length) % length;
      this.choose();
      return true;
    }

    enter(): boolean {
      return performance.now() - this.openedAt > READ_MS ? this.accept() : this.close() && false;
    }

    accept(): boolean {
      const suggestion = this.open?.options[this.chosen];
      if (!this.open || !suggestion) return false;
      const { from } = this.open;
      const { head } = this.view.state.selection.main;
      const insert = this.completed(suggestion, head);
      this.close();
      const selection = { anchor: from + insert.length };
      this.view.dispatch({ changes: { from, to: head, insert }, selection, userEvent: 'input.complete', scrollIntoView: true });
      return true;
    }

    /** A call is begun, and ended by whoever types. */
    completed({ label, isFunction }: Suggestion, head: number): string {
      const called = /^[ \t]*\(/.test(this.view.state.sliceDoc(head, head + 8));
      return isFunction && !called ? `${label}(` : label;
    }

    onClick(event: Event): void {
      const item = event.target instanceof Element ? event.target.closest('li') : null;
      const at = item ? [...this.list.children].indexOf(item) : -1;
      if (at < 0) return;
      this.chosen = at;
      this.accept();
    }

    draw(): void {
      this.box.hidden = this.open === null;
      if (!this.open) {
        this.view.contentDOM.removeAttribute('aria-activedescendant');
        return;
      }
      const typed = this.view.state.sliceDoc(this.open.from, this.view.state.selection.main.head);
      this.list.replaceChildren(...this.open.options.slice(0, MOST).map((one, at) => item(one, at, typed)));
      this.choose();
      this.view.requestMeasure({
        key: this,
        read: (view) => (this.open ? view.coordsAtPos(this.open.from) : null),
        write: (caret) => {
          if (caret) this.moveTo(caret);
        },
      });
    }

    choose(): void {
      for (const [at, child] of [...this.list.children].entries()) {
        child.setAttribute('aria-selected', String(at === this.chosen));
      }
      const child = this.list.children[this.chosen];
      child?.scrollIntoView({ block: 'nearest' });
      if (child) this.view.contentDOM.setAttribute('aria-activedescendant', child.id);
      const says = this.open?.options[this.chosen]?.says ?? '';
      this.says.textContent = says;
      this.says.hidden = says === '';
    }

    /** Below the word, or above it where the window ends. */
    moveTo(word: { left: number; top: number; bottom: number }): void {
      const { width, height } = this.box.getBoundingClientRect();
      const below = word.bottom + 6;
      const top = below + height > window.innerHeight ? Math.max(4, word.top - 6 - height) : below;
      this.box.style.left = `${String(Math.max(4, Math.min(word.left - 12, window.innerWidth - width - 8)))}px`;
      this.box.style.top = `${String(top)}px`;
    }

    destroy(): void {
      this.box.remove();
    }
  }

  const plugin = ViewPlugin.fromClass(Completion);
  const on = (run: (list: Completion) => boolean) => (view: EditorView) => {
    const list = view.plugin(plugin);
    return list !== null && run(list);
  };
  const keys = keymap.of([
    { key: 'ArrowDown', run: on((list) => list.move(1)) },
    { key: 'ArrowUp', run: on((list) => list.move(-1)) },
    { key: 'Enter', run: on((list) => list.enter()) },
    { key: 'Tab', run: on((list) => list.accept()) },
    { key: 'Escape', run: on((list) => list.close()) },
    { key: 'Ctrl-Space', run: on((list) => list.ask(true)) },
  ]);
  return [plugin, Prec.high(keys)];
}

function item({ label, title }: Suggestion, at: number, typed: string): HTMLElement {
  const found = label.toLowerCase().indexOf(typed.toLowerCase());
  const matched = element('b', '', {}, label.slice(found, found + typed.length));
  const name = element('span', 'suggestion-label', {}, label.slice(0, found), matched, label.slice(found + typed.length));
  const role = { id: `program-suggestion-${String(at)}`, role: 'option' };
  return element('li', '', role, name, element('span', 'suggestion-title', {}, title));
}
