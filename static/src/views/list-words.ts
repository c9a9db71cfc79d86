/** What the list says of each node at this moment of the story: the sentences of the graph, as far as it is told. Pure. */
import type { Operation } from '../api/model';
import { readerOf } from '../graph/sentences';
import type { VisibleGraph, VisibleNode } from '../graph/visible';
import type { Moment } from '../stepper/steps';

/** Sentences by node id. `moment` is null when the whole story is shown. */
export function listWords(
  graph: VisibleGraph,
  operations: ReadonlyMap<string, Operation>,
  decimals: number,
  moment: Moment | null,
): ReadonlyMap<string, string> {
  const shown = moment ? toldSoFar(graph, moment) : graph;
  const reader = readerOf(shown, operations, decimals);
  const uses = new Map<string, number>();
  for (const { source } of graph.edges) uses.set(source, (uses.get(source) ?? 0) + 1);
  const words = new Map<string, string>();
  for (const node of shown.nodes) words.set(node.id, sentenceOf(node));
  return words;

  function sentenceOf(node: VisibleNode): string {
    if (moment && !moment.hasValue(node.id)) return `${node.label} is not computed yet.`;
    const sentence = reader.node(node);
    const isComplete = moment === null || graph.edges.every(({ id, source }) => source !== node.id || moment.hasDownstream(id));
    return (uses.get(node.id) ?? 0) > 1 && isComplete ? `${sentence} ${reader.junction(node)}` : sentence;
  }
}

/** The graph with the gradients that have arrived; the sentences leave out what is null. */
function toldSoFar(graph: VisibleGraph, moment: Moment): VisibleGraph {
  return {
    ...graph,
    nodes: graph.nodes.map((node) => ({ ...node, gradient: moment.adjoint(node.id) })),
    edges: graph.edges.map((edge) => (moment.hasDownstream(edge.id) ? edge : { ...edge, downstream: null })),
  };
}
