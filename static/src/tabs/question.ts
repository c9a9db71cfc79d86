/** What a tab asks the API of the present program: again whenever the program, its values or the tab's choices change. */
import { fetchJson, ProgramProblems, ServerAway, type EvaluateRequest } from '../api/client';
import type { Answer, Problem, Span } from '../api/model';
import type { App } from '../app';
import type { State } from '../state';
import { valuesOf } from '../entries';

const PAUSE_MS = 120;
const RETRY_MS = 4000;

export type TabQuestion = Required<Omit<EvaluateRequest, 'max_elements'>>;

/**
 * The program that was last read, as the tabs ask about it: composites stay single gates, but for the kinds of which the
 * reader has opened one on the graph. Null while there is no program that can be read.
 */
export function tabQuestion({ answer, answerSource, values, conventions, openGroups }: State): TabQuestion | null {
  if (!answer) return null;
  const opened = answer.groups.filter(({ id, op, written }) => op !== null && !written && openGroups.has(id));
  return {
    source: answerSource,
    // The page keeps values whose leaf the text no longer has; the API refuses them.
    values: valuesOf(answer, values),
    conventions,
    expand: [...new Set(opened.map(({ op }) => op ?? ''))].sort(),
  };
}

type Extra = Readonly<Record<string, unknown>>;

/** The newest answer to each path: a tab that is opened again shows it at once. */
const kept = new Map<string, { key: string; answer: unknown }>();

/**
 * Asks now, and again after every change of the question; returns the way to stop. `extra` are the members that the
 * tab adds to the request, null while it has nothing to ask. While the same choices hold, answers to older values are
 * shown as they come, as during a drag; an answer to other choices is never shown. A server that is away is asked again.
 */
export function question<T>(
  { store }: App,
  path: string,
  extra: (state: State) => Extra | null,
  onAnswer: (answer: T) => void,
  onProblems: (problems: readonly Problem[]) => void = () => undefined,
): () => void {
  let timer = 0;
  let askedAt = -Infinity;
  let asked = '';
  let choices = '';
  let running: AbortController | null = null;
  let isWaiting = false;

  function next(): { key: string; choices: string; body: object } | null {
    const state = store.get();
    const base = tabQuestion(state);
    const more = base && extra(state);
    if (!more) return null;
    const body = { ...base, ...more };
    return { key: JSON.stringify(body), choices: JSON.stringify([base.source, more]), body };
  }

  function changed(): void {
    const now = next();
    if (!now || now.key === asked) return;
    const before = kept.get(path);
    if (before?.key === now.key) {
      giveUp();
      asked = now.key;
      onAnswer(before.answer as T);
      return;
    }
    if (running && now.choices === choices) {
      isWaiting = true;
      return;
    }
    giveUp();
    timer = window.setTimeout(() => void ask(), Math.max(0, askedAt + PAUSE_MS - performance.now()));
  }

  function giveUp(): void {
    window.clearTimeout(timer);
    running?.abort();
    running = null;
    isWaiting = false;
  }

  async function ask(): Promise<void> {
    const now = next();
    if (!now) return;
    const controller = new AbortController();
    running = controller;
    isWaiting = false;
    askedAt = performance.now();
    asked = now.key;
    choices = now.choices;
    try {
      const answer = await fetchJson(path, now.body, controller.signal);
      if (running !== controller) return;
      kept.set(path, { key: now.key, answer });
      onAnswer(answer as T);
    } catch (error) {
      if (running !== controller) return;
      if (error instanceof ProgramProblems) onProblems(error.problems);
      else if (error instanceof ServerAway) {
        asked = '';
        timer = window.setTimeout(() => void ask(), RETRY_MS);
      } else throw error;
    } finally {
      if (running === controller) {
        running = null;
        if (isWaiting) changed();
      }
    }
  }

  const stop = store.watch((state) => state, changed);
  return () => {
    stop();
    giveUp();
  };
}

/** What an API record must say of a node for it to be found among those of another answer. */
export interface Matchable {
  readonly id: string;
  readonly label: string;
  readonly op: string | null;
  readonly span: Pick<Span, 'start' | 'end'> | null;
}

/**
 * Which node of the Graph tab's answer a tab's node is: by the program's name for it, else by its place in the program
 * and its operation, the k-th such gate by the k-th. A composite that the graph holds opened is its group. Ids of the
 * tab's answer -> ids of the other (of a closed group the group's); strangers are left out.
 */
export function matchNodes(answer: Pick<Answer, 'nodes' | 'groups'>, others: readonly Matchable[]): Map<string, string> {
  const named = new Map<string, string>();
  const places = new Map<string, string[]>();
  const add = (item: Pick<Matchable, 'id' | 'span' | 'op'>): void => {
    const place = placeOf(item);
    if (place === null) return;
    const list = places.get(place);
    if (list) list.push(item.id);
    else places.set(place, [item.id]);
  };
  for (const group of answer.groups) if (group.op !== null) add({ ...group, op: group.op });
  for (const node of answer.nodes) {
    if (node.name !== null) named.set(node.name, node.id);
    add(node);
  }
  const closed = new Map(answer.groups.map((group) => [`${group.output} ${group.op ?? ''}`, group.id]));
  const found = new Map<string, string>();
  const taken = new Map<string, number>();
  for (const other of others) {
    const name = named.get(other.label);
    const place = placeOf(other);
    const at = place === null ? 0 : (taken.get(place) ?? 0);
    if (place !== null) taken.set(place, at + 1);
    const id = name === undefined ? places.get(place ?? '')?.[at] : (closed.get(`${name} ${other.op ?? '-'}`) ?? name);
    if (id !== undefined) found.set(other.id, id);
  }
  return found;
}

function placeOf({ span, op }: Pick<Matchable, 'span' | 'op'>): string | null {
  return span && `${String(span.start)} ${String(span.end)} ${op ?? ''}`;
}
