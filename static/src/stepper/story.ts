/** The visible graph of the present state with its steps, made once per answer and shared by all who read it. */
import type { Answer, Operation } from '../api/model';
import { visibleGraph, type VisibleGraph } from '../graph/visible';
import type { State } from '../state';
import { stepsOf, type Step } from './steps';

export interface Story {
  graph: VisibleGraph;
  steps: readonly Step[];
}

let last: { answer: Answer; openGroups: ReadonlySet<string>; fold: boolean; story: Story } | null = null;

/** Null while there is no answer. The same object as long as answer, open groups and folding are the same. */
export function storyOf(state: State, operations: ReadonlyMap<string, Operation>): Story | null {
  const { answer, openGroups, view } = state;
  if (!answer) return null;
  if (last?.answer === answer && last.openGroups === openGroups && last.fold === view.foldConstants) return last.story;
  const graph = visibleGraph(answer, openGroups, view, operations);
  last = { answer, openGroups, fold: view.foldConstants, story: { graph, steps: stepsOf(graph) } };
  return last.story;
}

/** Where the reader stands: the end of the story unless a step was chosen. */
export function positionOf(state: State, story: Story): number {
  return Math.min(state.step ?? story.steps.length, story.steps.length);
}
