/** Moving through the story, for buttons and keys alike. */
import type { App } from '../app';
import { positionOf, storyOf } from './story';

interface Place {
  position: number;
  count: number;
}

/** Null where there is no story to step through: no program that could be read, or a graph without gates. */
function placeIn({ store, operations }: App): Place | null {
  const state = store.get();
  const story = storyOf(state, operations);
  if (!story || story.steps.length < 2 || state.status === 'unreadable') return null;
  return { position: positionOf(state, story), count: story.steps.length };
}

export function stepBy(app: App, by: number): void {
  const place = placeIn(app);
  if (place) app.actions.goToStep(Math.min(place.count, place.position + by));
}

export function stepToStart(app: App): void {
  if (placeIn(app)) app.actions.goToStep(0);
}

export function stepToEnd(app: App): void {
  const place = placeIn(app);
  if (place) app.actions.goToStep(place.count);
}

/** At the end of the story Play begins it anew. */
export function togglePlay(app: App): void {
  const place = placeIn(app);
  if (!place) return;
  if (app.store.get().playing) {
    app.actions.pause();
    return;
  }
  if (place.position >= place.count) app.actions.goToStep(0);
  app.actions.play();
}
