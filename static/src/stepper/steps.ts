/**
 * The story of one evaluation, gate by gate: forward in topological order, the seed, then backward in reverse.
 * Pure: a visible graph in, steps out; and what is known at each of them.
 */
import type { VisibleEdge, VisibleGraph, VisibleNode } from '../graph/visible';

export type Phase = 'forward' | 'seed' | 'backward';

export interface Step {
  phase: Phase;
  /** The gate at work; at the seed, the gate or leaf that is the output. */
  node: string;
}

export function stepsOf(graph: VisibleGraph): Step[] {
  const gates = graph.nodes.filter((node) => node.kind === 'gate');
  const backward = gates.filter((node) => node.onPath && !isHeld(node)).reverse();
  return [
    ...gates.map((node): Step => ({ phase: 'forward', node: node.id })),
    { phase: 'seed', node: graph.output },
    ...backward.map((node): Step => ({ phase: 'backward', node: node.id })),
  ];
}

/** A shift inside an open softmax and its like: it is read, and nothing flows back through it. */
const isHeld = ({ group, gradient, node }: VisibleNode): boolean => group === null && gradient === null && node.group !== null;

export type Progress = 'waiting' | 'active' | 'done';

/** What a reader sees after `position` steps: 0 is before the first, `steps.length` is the whole story. */
export interface Moment {
  step: Step | null;
  phase: Phase;
  /** The pass under way has been here. */
  node(id: string): Progress;
  edge(id: string): Progress;
  hasValue(id: string): boolean;
  /** The gradient known so far: of a fan-out the running sum; null before anything arrived. */
  adjoint(id: string): number | null;
  /** The edges that have sent their parts of its gradient. */
  arrived(id: string): readonly VisibleEdge[];
  /** All of them have. */
  isWhole(id: string): boolean;
  /** Gradients from other edges than the `own` ones of this step have reached the node already. */
  arrivedBefore(id: string, own: number): boolean;
  /** An edge's own part has been sent back. */
  hasDownstream(id: string): boolean;
}

export function momentOf(graph: VisibleGraph, steps: readonly Step[], position: number): Moment {
  const at = Math.min(Math.max(0, Math.round(position)), steps.length);
  const step = at === 0 ? null : (steps[at - 1] ?? null);
  const phase = step?.phase ?? 'forward';
  const seen = steps.slice(0, at);
  const computed = new Set(seen.filter((one) => one.phase === 'forward').map((one) => one.node));
  const sent = new Set(seen.filter((one) => one.phase === 'backward').map((one) => one.node));
  const seeded = seen.some((one) => one.phase === 'seed');
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
  const adjoints = runningSums(graph, sent, seeded);

  const arrived = (id: string): VisibleEdge[] =>
    graph.edges.filter((edge) => edge.source === id && (sent.has(edge.target) || (seeded && isSeedEdge(edge, graph))));
  const hasValue = (id: string): boolean => {
    const node = nodes.get(id);
    if (!node) return false;
    return node.kind === 'gate' ? computed.has(id) : node.kind === 'leaf' || hasValueOfOutput(node, computed, nodes);
  };
  return {
    step,
    phase,
    hasValue,
    node(id) {
      if (step?.node === id) return 'active';
      if (phase === 'forward') return hasValue(id) ? 'done' : 'waiting';
      return sent.has(id) || adjoints.get(id) !== null ? 'done' : 'waiting';
    },
    edge(id) {
      const edge = edges.get(id);
      if (!edge) return 'waiting';
      if (phase === 'seed') return edge.source === step?.node && edge.target.startsWith('output') ? 'active' : 'waiting';
      if (edge.target === step?.node) return 'active';
      return phase === 'forward' ? forwardEdge(edge, hasValue) : sent.has(edge.target) || isSeedEdge(edge, graph) ? 'done' : 'waiting';
    },
    adjoint: (id) => adjoints.get(id) ?? null,
    arrived,
    isWhole: (id) => graph.edges.every((edge) => edge.source !== id || sent.has(edge.target) || edge.target.startsWith('output')),
    arrivedBefore: (id, own) => arrived(id).length > own,
    hasDownstream(id) {
      const edge = edges.get(id);
      return edge !== undefined && (sent.has(edge.target) || (seeded && isSeedEdge(edge, graph)));
    },
  };
}

function hasValueOfOutput(node: VisibleNode, computed: ReadonlySet<string>, nodes: ReadonlyMap<string, VisibleNode>): boolean {
  const source = node.operands[0];
  return source !== undefined && (computed.has(source) || nodes.get(source)?.kind === 'leaf');
}

function forwardEdge(edge: VisibleEdge, hasValue: (id: string) => boolean): Progress {
  return hasValue(edge.target) ? 'done' : 'waiting';
}

function isSeedEdge(edge: VisibleEdge, graph: VisibleGraph): boolean {
  return edge.source === graph.output && edge.target === 'output';
}

/** The adjoint of every node once the gates in `sent` have passed their gradients back; null where none arrived. */
function runningSums(graph: VisibleGraph, sent: ReadonlySet<string>, seeded: boolean): Map<string, number | null> {
  const sums = new Map<string, number | null>(graph.nodes.map((node) => [node.id, null]));
  if (!seeded) return sums;
  const add = (id: string, part: number | null) => {
    if (part !== null) sums.set(id, (sums.get(id) ?? 0) + part);
  };
  for (const edge of graph.edges) {
    if (sent.has(edge.target) || isSeedEdge(edge, graph)) add(edge.source, edge.downstream);
  }
  // A finished sum is the engine's own number, so that the last step shows it to the last bit.
  const held = new Set(graph.nodes.filter(isHeld).map(({ id }) => id));
  const waits = ({ target }: VisibleEdge): boolean => !sent.has(target) && !held.has(target);
  const open = new Set(graph.edges.filter((edge) => waits(edge) && !isSeedEdge(edge, graph)).map((edge) => edge.source));
  for (const node of graph.nodes) {
    if (node.kind === 'output') sums.set(node.id, seeded && node.id === 'output' ? node.gradient : null);
    else if (!open.has(node.id) && sums.get(node.id) !== null) sums.set(node.id, node.gradient);
  }
  return sums;
}
