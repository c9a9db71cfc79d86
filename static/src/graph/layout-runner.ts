/** Asks the layout engine: small graphs at once, larger ones in a worker; answers to older questions are dropped. */
import type { Layout, LayoutGraph } from '../layout';
import { layoutPlain } from '../layout/plain';
import type { LayoutAnswer, LayoutRequest } from '../layout/worker';

/** Below this the layout is ready before a message to a worker would be. */
export const MAIN_THREAD_BELOW = 60;

export interface LayoutRunner {
  /** `done` is called at once for small graphs (with groups when their part of the engine is there), later for large ones, never for a question that was overtaken. */
  ask(graph: LayoutGraph, previous: Layout | undefined, done: (layout: Layout) => void): void;
}

interface Question {
  request: LayoutRequest;
  done: (layout: Layout) => void;
}

export function createLayoutRunner(makeWorker: () => Worker): LayoutRunner {
  let worker: Worker | null = null;
  let broken = false;
  let version = 0;
  let running: Question | null = null;
  /** The newest question, asked when the worker has answered the one it is busy with. */
  let waiting: Question | null = null;

  function send(question: Question): void {
    running = question;
    try {
      worker ??= start();
      worker.postMessage(question.request);
    } catch {
      failed();
    }
  }

  function start(): Worker {
    const made = makeWorker();
    made.onmessage = (event: MessageEvent<LayoutAnswer>) => received(event.data);
    made.onerror = () => failed();
    return made;
  }

  function received(answer: LayoutAnswer): void {
    const asked = running;
    running = null;
    if (asked && answer.version === version) asked.done(answer.layout);
    const next = waiting;
    waiting = null;
    if (next) send(next);
  }

  /** The engine with groups and hanging leaves, once it has arrived; asked for as soon as there are any. */
  let whole: typeof import('../layout') | null = null;

  /** Without a worker (its bundle did not arrive) the main thread does the work. */
  function failed(): void {
    broken = true;
    worker?.terminate();
    worker = null;
    const next = waiting ?? running;
    running = null;
    waiting = null;
    if (next) here(next);
  }

  function here(question: Question): void {
    const { request, done } = question;
    if (!request.graph.groups?.length && !request.graph.nodes.some(({ hang }) => hang)) done(layoutPlain(request.graph, {}, request.previous));
    else if (whole) done(whole.layout(request.graph, {}, request.previous));
    else {
      void import('../layout').then((engine) => {
        whole = engine;
        if (request.version === version) here(question);
      });
    }
  }

  return {
    ask(graph, previous, done) {
      version += 1;
      waiting = null;
      const question = { request: { version, graph, ...(previous ? { previous } : {}) }, done };
      if (broken || graph.nodes.length < MAIN_THREAD_BELOW) here(question);
      else if (running) waiting = question;
      else send(question);
    },
  };
}
