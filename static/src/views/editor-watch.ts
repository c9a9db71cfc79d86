/** Watching several slices of the store as one. */
import type { State } from '../state';
import type { Store } from '../store';

/** Calls `run` now, and once after each change of any of the picked slices. */
export function watchAny(store: Store, pick: (state: State) => readonly unknown[], run: () => void): void {
  let last: readonly unknown[] | null = null;
  store.watch(
    (state) => state,
    (state) => {
      const next = pick(state);
      if (last?.every((slice, at) => Object.is(slice, next[at]))) return;
      last = next;
      run();
    },
  );
}
