/** An app without a server: actions that only change the store. */
import { vi } from 'vitest';
import type { Actions } from '../../static/src/actions';
import type { App } from '../../static/src/app';
import { startState, type State } from '../../static/src/state';
import { createStore } from '../../static/src/store';
import { OPERATIONS } from './fixtures';

export function appWith(state: Partial<State>): App {
  const store = createStore({ ...startState(), status: 'ready', ...state });
  const known: Partial<Actions> = {
    setProgram: vi.fn((program: string) => store.set({ program })),
    showProblems: vi.fn((shownProblems: State['shownProblems']) => store.set({ shownProblems })),
    select: vi.fn((selection: State['selection']) => store.set({ selection })),
    hover: vi.fn((hovered: string | null) => store.set({ hovered })),
    undo: vi.fn(),
    redo: vi.fn(),
  };
  return { store, actions: known as Actions, operations: OPERATIONS, lessons: () => Promise.resolve([]) };
}
