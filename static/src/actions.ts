/** Everything a reader can do. The only place that calls the API and then sets the store. */
import type { Lesson } from './api/model';
import type { Layers, Palette, Selection, Theme, ViewOptions } from './state';

export interface Actions {
  /** New text of the program; evaluation follows 120 ms after the last call. */
  setProgram(text: string): void;
  /** A leaf's value under a drag: evaluated at once, an older answer is dropped. */
  dragValue(name: string, value: number): void;
  /** The drag is over: one undo entry, and the program text follows where the number is written in it. */
  endDrag(): void;
  /** Back to the value at which the drag began. */
  cancelDrag(): void;
  /** A value typed or stepped: one undo entry. */
  setValue(name: string, value: number): void;
  select(selection: Selection | null): void;
  hover(node: string | null): void;
  setLayer(layer: keyof Layers, on: boolean): void;
  setView(patch: Partial<ViewOptions>): void;
  setTheme(theme: Theme): void;
  setPalette(palette: Palette): void;
  openExample(lesson: Lesson): void;
  undo(): void;
  redo(): void;
  canUndo(): boolean;
  canRedo(): boolean;
  /** Ask the server again after it was away. */
  retry(): void;
}
