/** Asks what the output would be if one leaf had another value. Nothing of the page changes. */
import { evaluate } from './api/client';
import type { State } from './state';

export interface Probe {
  /** Null when a newer question was asked meanwhile, or there was no answer. */
  outputAt(state: Pick<State, 'answerSource' | 'values' | 'conventions'>, name: string, value: number): Promise<number | null>;
}

export function createProbe(): Probe {
  let running: AbortController | null = null;
  return {
    async outputAt({ answerSource, values, conventions }, name, value) {
      running?.abort();
      const controller = new AbortController();
      running = controller;
      try {
        const chosen = Object.fromEntries(new Map(values).set(name, value));
        const answer = await evaluate({ source: answerSource, values: chosen, conventions }, controller.signal);
        if (running !== controller) return null;
        return answer.nodes.find(({ id }) => id === answer.output)?.value ?? null;
      } catch {
        return null;
      }
    },
  };
}
