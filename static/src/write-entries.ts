/** Numbers of single cells on their way into the program text. */
import { withValues } from './explain/list-text';
import type { Store } from './store';

/**
 * Entries of a leaf that stand beside the program go into its text, where that gives the leaf its value: once the text
 * has been read, since its places are not known before, and while nothing is dragged. `written` is told of it.
 */
export function writeEntries(store: Store, leaf: string, written: () => void): void {
  const stop = store.watch(
    ({ answer, answerSource, program, drag }) => answer !== null && answerSource === program && drag === null,
    (isRead) => {
      if (!isRead) return;
      // The watch may call before it has given the way to stop it.
      queueMicrotask(() => {
        stop();
        const { answer, program, values } = store.get();
        const patch = answer && withValues({ program, values }, answer, leaf);
        if (!patch) return;
        store.set(patch);
        written();
      });
    },
  );
}
