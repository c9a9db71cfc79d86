/** What every view is given: the store to read, the actions to send, and what the registry says of operations. */
import type { Actions } from './actions';
import type { Lesson, Operation } from './api/model';
import type { Store } from './store';

export interface App {
  store: Store;
  actions: Actions;
  /** Operations by name, as the registry tells them; filled before the first view is made. */
  operations: ReadonlyMap<string, Operation>;
  lessons: () => Promise<readonly Lesson[]>;
}
