import { describe, expect, it } from 'vitest';
import { createLayoutRunner } from '../../../static/src/graph/layout-runner';
import type { LayoutGraph } from '../../../static/src/layout';
import { answer, type LayoutRequest } from '../../../static/src/layout/worker';

/** A worker that answers when it is told to. */
class SlowWorker {
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: (() => void) | null = null;
  asked: LayoutRequest[] = [];
  postMessage(request: LayoutRequest): void {
    this.asked.push(request);
  }
  finish(index: number): void {
    const request = this.asked[index];
    if (request) this.onmessage?.({ data: answer(request) } as MessageEvent);
  }
  terminate(): void {
    this.onmessage = null;
  }
}

function chain(length: number): LayoutGraph {
  const nodes = Array.from({ length }, (_, i) => ({
    id: `n${String(i)}`, width: 44, height: 44, kind: 'gate' as const, fixedOrder: false, label: 40, name: 0,
  }));
  const edges = nodes.slice(1).map((node, i) => ({ id: `e${String(i)}`, source: `n${String(i)}`, target: node.id, operand: 0, label: 0 }));
  return { nodes, edges };
}

describe('asking for a layout', () => {
  it('answers a small graph at once and makes no worker', () => {
    let widths = 0;
    const runner = createLayoutRunner(() => {
      throw new Error('no worker is needed');
    });
    runner.ask(chain(3), undefined, (layout) => (widths = layout.width));
    expect(widths).toBeGreaterThan(100);
  });

  it('keeps one question waiting, the newest, and drops answers to older ones', () => {
    const worker = new SlowWorker();
    const done: number[] = [];
    const runner = createLayoutRunner(() => worker as unknown as Worker);
    for (const length of [60, 61, 62]) runner.ask(chain(length), undefined, (layout) => done.push(layout.nodes.size));
    expect(worker.asked).toHaveLength(1);
    worker.finish(0);
    expect(done).toEqual([]);
    expect(worker.asked.map(({ graph }) => graph.nodes.length)).toEqual([60, 62]);
    worker.finish(1);
    expect(done).toEqual([62]);
  });

  it('does the work itself when the worker cannot be had', () => {
    const worker = new SlowWorker();
    const done: number[] = [];
    const runner = createLayoutRunner(() => worker as unknown as Worker);
    runner.ask(chain(60), undefined, (layout) => done.push(layout.nodes.size));
    worker.onerror?.();
    expect(done).toEqual([60]);
    runner.ask(chain(70), undefined, (layout) => done.push(layout.nodes.size));
    expect(done).toEqual([60, 70]);
  });
});
