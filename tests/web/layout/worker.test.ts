import { describe, expect, it } from 'vitest';

import { layout } from '../../../static/src/layout/index';
import { serve, type LayoutAnswer, type LayoutRequest } from '../../../static/src/layout/worker';
import { fanOut } from './graphs';

describe('worker', () => {
  it('answers each question with its version and a layout that survives structured clone', () => {
    const answers: LayoutAnswer[] = [];
    const scope: Parameters<typeof serve>[0] = { onmessage: null, postMessage: (message) => answers.push(structuredClone(message)) };
    serve(scope);
    const { nodes, edges } = fanOut();
    const ask = (request: LayoutRequest): void => scope.onmessage!({ data: structuredClone(request) });
    ask({ version: 7, graph: { nodes, edges } });
    ask({ version: 8, graph: { nodes, edges }, previous: answers[0]!.layout });
    expect(answers.map((a) => a.version)).toEqual([7, 8]);
    expect(answers[0]!.layout).toEqual(layout({ nodes, edges }));
  });
});
