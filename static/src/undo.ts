/** One history for the whole page: what a reader typed, dragged or opened. */

export interface Snapshot {
  program: string;
  values: ReadonlyMap<string, number>;
}

/** A burst of typing is one entry: a pause of this many milliseconds begins the next. */
const BURST_MS = 800;
const LIMIT = 500;

export interface History {
  /** Remembers the state before a change. Changes of one kind in quick succession share one entry. */
  record(before: Snapshot, kind: string, now: number): void;
  /** Takes back the newest entry: the change it was for did not happen. */
  forgetLast(): void;
  undo(current: Snapshot): Snapshot | null;
  redo(current: Snapshot): Snapshot | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export function createHistory(): History {
  const past: Snapshot[] = [];
  const future: Snapshot[] = [];
  let lastKind = '';
  let lastTime = -Infinity;

  function step(from: Snapshot[], to: Snapshot[], current: Snapshot): Snapshot | null {
    const snapshot = from.pop();
    if (!snapshot) return null;
    to.push(current);
    lastKind = '';
    return snapshot;
  }

  return {
    record(before, kind, now) {
      const sameBurst = kind === 'typing' && kind === lastKind && now - lastTime < BURST_MS;
      lastKind = kind;
      lastTime = now;
      future.length = 0;
      if (sameBurst) return;
      past.push(before);
      if (past.length > LIMIT) past.shift();
    },
    forgetLast() {
      past.pop();
      lastKind = '';
    },
    undo: (current) => step(past, future, current),
    redo: (current) => step(future, past, current),
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
  };
}
