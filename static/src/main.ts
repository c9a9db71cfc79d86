/** Makes the store, hands it to the views, and keeps the address and the state the same. */
import { createActions } from './actions';
import { fetchExamples, fetchOperations } from './api/client';
import type { Lesson, Operation } from './api/model';
import type { App } from './app';
import { applyAppearance, readAppearance } from './appearance';
import { graphView } from './graph/view';
import { exampleSlug, stateAt } from './link';
import { answered, isAnswered, pageStart } from './start';
import { startState } from './state';
import { createStore } from './store';
import { editor } from './views/editor';
import { element } from './views/elements';

function region(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no region ${id}.`);
  return found;
}

/** The region for a live view: what the first response showed in it goes in the same moment. */
function live(id: string): HTMLElement {
  const found = region(id);
  found.replaceChildren();
  found.inert = false;
  found.classList.remove(`start-${id}`);
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

async function lessonOrNull(slug: string): Promise<Lesson | null> {
  const lessons = await fetchExamples().catch(() => []);
  return lessons.find((lesson) => lesson.slug === slug) ?? null;
}

async function start(): Promise<void> {
  const given = pageStart();
  const slug = exampleSlug();
  const lesson = slug === null ? null : slug === given?.slug ? given : await lessonOrNull(slug);
  const store = createStore({ ...startState(), ...readAppearance(), ...stateAt(location.hash, lesson) });
  const actions = createActions(store);
  if (given && isAnswered(given, store.get())) {
    store.set(answered(given, store.get()));
  } else actions.evaluateNow();

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

  store.watch(
    (state) => state.tab,
    // In a word of the style sheets: what belongs to the graph gives its place to the panel.
    (tab) => {
      if (tab === 'graph') delete document.documentElement.dataset['tab'];
      else document.documentElement.dataset['tab'] = tab;
    },
  );

  const stage = region('stage');
  editor(live('program'), app);
  // What an open group needs may still be on its way: the picture stays until the graph itself can be drawn.
  const picture = stage.querySelector('.start');
  if (!store.get().answer) picture?.remove();
  graphView(stage, app, () => picture?.remove());

  const later = await import('./later');
  later.notice(region('progress'), region('work'), app);
  later.keepAddress(app);
  later.tabRow(live('tabs'), app);
  later.tabPanel(region('panel'), region('tools'), app);
  later.skipLink(app);
  later.examples(live('top-left'), app);
  later.topBar(live('top-right'), app);
  later.problems(region('problems'), app);
  later.reading(region('program'), app);
  later.layerSwitches(live('layers'), app);
  later.graphList(stage, app);
  later.presentation(region('work'), app);
  later.caption(region('caption'), app);
  document.querySelector('.start-work')?.classList.remove('start-work');
  later.transport(live('transport'), app);
  later.inspector(region('inspector'), app);
  later.checkPanel(region('check'), app);
  later.nudgeCard(stage, app);
  later.inspectorSheet(region('inspector'), app);
  later.spokenResult(app);
  later.shortcuts(app);
  later.printSheet(region('page'), app);
  // Not before it can be typeset: the formula of the first response is typeset already.
  await later.mathReady();
  later.echo(live('formula'), app);
}

void start();
