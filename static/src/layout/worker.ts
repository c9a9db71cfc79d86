/** Layout off the main thread: one question in, one answer out. The page drops answers to older versions. */

import { layout } from './index';
import type { Layout, LayoutGraph, LayoutOptions } from './types';

export interface LayoutRequest {
  version: number;
  graph: LayoutGraph;
  options?: Partial<LayoutOptions>;
  previous?: Layout;
}

export interface LayoutAnswer {
  version: number;
  layout: Layout;
}

export const answer = ({ version, graph, options, previous }: LayoutRequest): LayoutAnswer => ({
  version,
  layout: layout(graph, options, previous),
});

/** The part of a worker's global scope used here; the `dom` types describe a window instead. */
interface WorkerScope {
  onmessage: ((event: { data: LayoutRequest }) => void) | null;
  postMessage(message: LayoutAnswer): void;
}

/** Answers every message of the given worker scope. */
export function serve(scope: WorkerScope): void {
  scope.onmessage = (event) => scope.postMessage(answer(event.data));
}

// A window has a document; only a worker may be served on import.
if (typeof document === 'undefined' && typeof self !== 'undefined') serve(self as unknown as WorkerScope);
