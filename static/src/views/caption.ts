/** The panel that says in symbols, numbers and one sentence what the current step does; shown while stepping or presenting. */
import type { App } from '../app';
import { alignedTex } from '../explain/chain';
import { renderTex } from '../math';
import type { State } from '../state';
import { momentOf } from '../stepper/steps';
import { positionOf, storyOf } from '../stepper/story';
import { tell, type Told } from '../stepper/told';
import { fitEquations } from './caption-fit';
import { element } from './elements';
import { resize, writeSentence } from './inspector-prose';
import { say } from './live';

const PHASES = { forward: 'Forward', seed: 'Backward', backward: 'Backward' } as const;

export function caption(root: HTMLElement, app: App): void {
  const { store, operations } = app;
  const phase = element('p', 'caption-phase');
  const title = element('p', 'caption-title');
  const equations = element('div', 'caption-equations');
  const sentence = element('p', 'caption-sentence');
  root.append(element('div', 'caption-what', {}, phase, title), equations, sentence);
  const fit = fitEquations(equations);
  let spoken = '';

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
    fit();
    const words = `${phase.textContent}, ${told.title}. ${sentence.textContent}`;
    // Whoever only presents has not asked for a step yet.
    if (spoken !== words && state.step !== null) say(words);
    spoken = words;
  }

  /** Null while no step is told: none was chosen, and nothing is presented. */
  function toldBy(state: State): Told | null {
    const story = state.step === null && !state.present ? null : storyOf(state, operations);
    if (!story || !state.answer || story.steps.length < 2) return null;
    const position = positionOf(state, story);
    const step = story.steps[position - 1];
    // The panel stays before the first step too: going back to it must not move the graph.
    if (!step) return { phase: 'forward', title: 'Before the first step', equations: [], sentence: ['Only the leaves have values.'] };
    const moment = momentOf(story.graph, story.steps, position);
    return tell(step, moment, { answer: state.answer, visible: story.graph, operations, openGroups: state.openGroups }, operations);
  }

  store.watch((state) => state, (_, state) => draw(state));
}
