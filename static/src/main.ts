/** Makes the store, hands it to the views, and keeps the address and the state the same. */
import { createActions } from './actions';
import { fetchExamples, fetchOperations } from './api/client';
import type { Lesson, Operation } from './api/model';
import type { App } from './app';
import { applyAppearance, readAppearance } from './appearance';
import { graphView } from './graph/view';
import { linkToState } from './link';
import { keepAddress } from './address';
import { startState } from './state';
import { createStore } from './store';
import { editor } from './views/editor';
import { element } from './views/elements';
import { notice } from './views/notice';

function region(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no region ${id}.`);
  return found;
}

async function operationsOrMessage(): Promise<ReadonlyMap<string, Operation>> {
  for (;;) {
    try {
      return await fetchOperations();
    } catch {
      const message = element('p', 'stage-message', { role: 'status' }, 'No answer from the server. Trying again in 4 s.');
      region('stage').append(message);
      await new Promise((resolve) => window.setTimeout(resolve, 4000));
      message.remove();
    }
  }
}

async function start(): Promise<void> {
  const store = createStore({ ...startState(), ...readAppearance(), ...linkToState(location.hash) });
  const actions = createActions(store);
  actions.evaluateNow();

  let lessons: Promise<readonly Lesson[]> | null = null;
  const app: App = {
    store,
    actions,
    operations: await operationsOrMessage(),
    // A failed load is tried again by the next call.
    lessons: () =>
      (lessons ??= fetchExamples().catch((error: unknown) => {
        lessons = null;
        throw error;
      })),
  };

  store.watch(
    (state) => [state.theme, state.palette].join(),
    () => applyAppearance(store.get()),
  );
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => applyAppearance(store.get()));
  store.watch(
    (state) => state.present,
    (present) => document.documentElement.toggleAttribute('data-present', present),
  );

  const stage = region('stage');
  editor(region('program'), app);
  graphView(stage, app);
  notice(region('progress'), stage, app);
  keepAddress(app);

  const later = await import('./later');
  later.skipLink();
  later.examples(region('top-left'), app);
  later.topBar(region('top-right'), app);
  later.echo(region('formula'), app);
  later.problems(region('problems'), app);
  later.layerSwitches(region('layers'), app);
  later.graphList(stage, app);
  later.presentation(stage, app);
  later.caption(region('caption'), app);
  later.transport(region('transport'), app);
  later.inspector(region('inspector'), app);
  later.nudgeCard(stage, app);
  later.inspectorSheet(region('inspector'), app);
  later.spokenResult(app);
  later.shortcuts(app);
  later.printSheet(region('page'), app);
}

void start();
