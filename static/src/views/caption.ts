/** The panel that says in symbols, numbers and one sentence what the current step does; shown while stepping. */
import type { App } from '../app';
import { alignedTex } from '../explain/chain';
import { renderTex } from '../math';
import type { State } from '../state';
import { momentOf } from '../stepper/steps';
import { positionOf, storyOf } from '../stepper/story';
import { tell, type Told } from '../stepper/told';
import { element } from './elements';
import { resize, writeSentence } from './inspector-prose';

const PHASES = { forward: 'Forward', seed: 'Backward', backward: 'Backward' } as const;

export function caption(root: HTMLElement, app: App): void {
  const { store, operations } = app;
  const phase = element('p', 'caption-phase');
  const title = element('p', 'caption-title');
  const equations = element('div', 'caption-equations');
  const sentence = element('p', 'caption-sentence');
  const spoken = element('div', 'visually-hidden', { 'aria-live': 'polite' });
  root.append(element('div', 'caption-what', {}, phase, title), equations, sentence, spoken);

  function draw(state: State): void {
    const told = toldBy(state);
    root.hidden = told === null;
    if (!told) return;
    phase.textContent = PHASES[told.phase];
    root.dataset['phase'] = told.phase === 'forward' ? 'forward' : 'backward';
    title.textContent = told.title;
    const places = resize(equations, told.equations.length, () => element('div', 'caption-equation'));
    told.equations.forEach((equation, index) => {
      const place = places[index];
      if (place) renderTex(place, 'lines' in equation ? alignedTex(equation) : equation, { display: true });
    });
    writeSentence(sentence, told.sentence);
    const words = `${phase.textContent}, ${told.title}. ${sentence.textContent}`;
    if (spoken.textContent !== words) spoken.textContent = words;
  }

  /** Null when no step was chosen, or the position is before the first. */
  function toldBy(state: State): Told | null {
    const story = state.step === null ? null : storyOf(state, operations);
    if (!story || !state.answer) return null;
    const position = positionOf(state, story);
    const step = story.steps[position - 1];
    if (!step) return null;
    const moment = momentOf(story.graph, story.steps, position);
    return tell(step, moment, { answer: state.answer, visible: story.graph, operations, openGroups: state.openGroups }, operations);
  }

  store.watch((state) => state, (_, state) => draw(state));
}
