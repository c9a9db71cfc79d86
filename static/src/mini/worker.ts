/** One layout worker for all mini graphs of the page: each asks through a stand-in of its own. */

type Standin = Pick<Worker, 'onmessage' | 'onerror' | 'postMessage' | 'terminate'>;

let worker: Worker | null = null;
/** Who asked, in the order of the questions, which is that of the answers. */
let asked: Standin[] = [];

export function miniWorker(): Worker {
  const standin: Standin = {
    onmessage: null,
    onerror: null,
    postMessage(message: unknown) {
      worker ??= start();
      asked.push(standin);
      worker.postMessage(message);
    },
    terminate() {
      // The others still need it.
    },
  };
  // The layout engine's runner uses no more of a worker than this.
  return standin as Worker;
}

function start(): Worker {
  const made = new Worker(document.getElementById('stage')?.dataset['layoutWorker'] ?? '', { type: 'module' });
  made.onmessage = (event) => asked.shift()?.onmessage?.call(made, event);
  made.onerror = (event) => {
    const waiting = asked;
    asked = [];
    worker = null;
    for (const one of waiting) one.onerror?.call(made, event);
  };
  return made;
}
