/** The answer to `f = (x + b) * w` whose leaves are vectors of two: numbers of the page's own fixtures, once per entry. */
import type { Answer, Tensor } from '../../static/src/api/model';
import { answerOf } from './fixtures';

const pair = (number: number): Tensor => ({ shape: [2], entries: [number, -number], summary: null });

/** Every node but the output is a vector: its number and the opposite. */
export function vectors(): Answer {
  const answer = answerOf([
    { leaf: 'x', value: 2 },
    { leaf: 'b', value: 1 },
    { op: 'add', of: ['x', 'b'], name: 's' },
    { leaf: 'w', value: 3 },
    { op: 'mul', of: ['s', 'w'], name: 'p' },
    { op: 'mul', of: ['p', 's'], name: 'f' },
  ]);
  const isVector = (id: string): boolean => id !== answer.output;
  return {
    ...answer,
    nodes: answer.nodes.map((node) =>
      isVector(node.id)
        ? { ...node, shape: [2], value: NaN, gradient: NaN, tensor: { value: pair(node.value), gradient: pair(node.gradient ?? 0) } }
        : node,
    ),
    edges: answer.edges.map((edge) => ({ ...edge, local: null, upstream: null, downstream: NaN, tensor: pair(edge.downstream ?? 0) })),
  };
}
