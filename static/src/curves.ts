/** What views ask of single nodes: curves and checks. The newest question wins, answers are kept, views only read. */
import { fetchCheck, fetchCurve, ServerAway, type CheckRequest, type CurveRequest, type EvaluateRequest, type Varied } from './api/client';
import type { Answer, Curve, GradientCheck } from './api/model';
import { leafName, valueAt } from './entries';
import { openingFor } from './evaluation';

/** Answers kept by one lookup: as many as a reader goes back and forth between. */
const KEPT = 40;

export interface Lookup<Question, Found> {
  /** The answer, null where there is none, undefined while it is not there yet: it is asked for, and `changed` tells. */
  find(question: Question): Found | null | undefined;
}

/**
 * Asks one question at a time. While an answer is under way the newest question waits and older ones are forgotten,
 * so that a drag asks as fast as it is answered, and never faster.
 */
export function createLookup<Question, Found>(
  ask: (question: Question) => Promise<Found | null>,
  changed: () => void,
): Lookup<Question, Found> {
  const kept = new Map<string, Found | null>();
  let running: string | null = null;
  let waiting: { key: string; question: Question } | null = null;

  function keep(key: string, found: Found | null): void {
    kept.set(key, found);
    const oldest = kept.keys().next();
    if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
  }

  async function run(key: string, question: Question): Promise<void> {
    running = key;
    let answered = true;
    try {
      keep(key, await ask(question));
    } catch (error) {
      // While the server is away the question is put again with the next change; one it refuses has no answer.
      answered = !(error instanceof ServerAway);
      if (answered) keep(key, null);
    }
    running = null;
    const next = waiting;
    waiting = null;
    if (next && !kept.has(next.key)) void run(next.key, next.question);
    if (answered) changed();
  }

  return {
    find(question) {
      const key = JSON.stringify(question);
      const found = kept.get(key);
      if (found !== undefined) {
        waiting = null;
        // Used again, so it is among the last to be forgotten.
        kept.delete(key);
        kept.set(key, found);
        return found;
      }
      if (running === null) void run(key, question);
      else waiting = running === key ? null : { key, question };
      return undefined;
    },
  };
}

export const curveLookup = (changed: () => void): Lookup<CurveRequest, Curve> => createLookup(fetchCurve, changed);

export const checkLookup = (changed: () => void): Lookup<CheckRequest, GradientCheck> => createLookup(fetchCheck, changed);

/**
 * The program of an answer with every number it was computed from: of tensors the text's own, and the entries that stand
 * beside it in `values`. `overrides` replace values of leaves and entries.
 */
export function programOf(
  answer: Answer, source: string, overrides: Readonly<Record<string, number>> = {}, beside: ReadonlyMap<string, number> = new Map(),
): EvaluateRequest {
  const values: Record<string, number> = {};
  for (const { name, kind, value } of answer.nodes) {
    if (name !== null && kind !== 'operation' && Number.isFinite(value)) values[name] = value;
  }
  for (const name of beside.keys()) {
    const value = leafName(name) === name ? undefined : valueAt(answer, name);
    if (value !== undefined && Number.isFinite(value)) values[name] = value;
  }
  return { source, values: { ...values, ...overrides }, conventions: answer.conventions };
}

/** A leaf varies by its name, in the program as written; any other node by its id, which depends on what is open. */
export function varied(node: { id: string; name: string | null; kind: string }, source: string): Varied & { expand?: readonly string[] } {
  if (node.kind !== 'operation' && node.name !== null) return { leaf: node.name };
  return { node: node.id, expand: openingFor(source) };
}
