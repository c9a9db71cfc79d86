/** The one store of the page: nanostores with slices that only tell of real changes. */
import { atom } from 'nanostores';
import type { State } from './state';

export interface Store {
  get(): State;
  set(patch: Partial<State>): void;
  /** Calls `run` now and after every change of the picked slice (compared by identity); returns the way to stop. */
  watch<T>(pick: (state: State) => T, run: (slice: T, state: State) => void): () => void;
}

export function createStore(start: State): Store {
  const cell = atom<State>(start);
  return {
    get: () => cell.get(),
    set: (patch) => {
      cell.set({ ...cell.get(), ...patch });
    },
    watch: (pick, run) => {
      let last = pick(cell.get());
      run(last, cell.get());
      return cell.listen((state) => {
        const next = pick(state);
        if (Object.is(next, last)) return;
        last = next;
        run(next, state);
      });
    },
  };
}
