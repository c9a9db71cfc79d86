/** How one step of the story looks on the graph: which numbers are known, what is at work, done or still to come. Pure. */
import { addedUp, carried } from '../explain/tensor-parts';
import { graphNumber } from '../format';
import type { Moment, Progress } from '../stepper/steps';
import type { Figure, Figures, TensorFigure } from './figures';
import { usesOf } from './figures';
import type { VisibleGraph } from './visible';

export interface StepLook {
  phase: 'forward' | 'backward';
  /** By node id, and by the id of every wire (a common rail has its node's id). */
  nodes: ReadonlyMap<string, Progress>;
  wires: ReadonlyMap<string, Progress>;
  /** Beside the gate at work: what it reads and who reads it; never dimmed. */
  near: ReadonlySet<string>;
  /** Numbers that this step has made: filled pills. Node ids, and edge ids of branches. */
  pills: { values: ReadonlySet<string>; gradients: ReadonlySet<string>; branches: ReadonlySet<string> };
}

export function stepLook(graph: VisibleGraph, moment: Moment): StepLook {
  const phase = moment.phase === 'forward' ? 'forward' : 'backward';
  const active = moment.step?.node ?? null;
  const uses = usesOf(graph);
  const wires = new Map<string, Progress>();
  const near = new Set<string>();
  const pills = { values: new Set<string>(), gradients: new Set<string>(), branches: new Set<string>() };
  if (active !== null && moment.phase === 'forward') pills.values.add(active);
  if (active !== null && moment.phase === 'seed') pills.gradients.add(active);
  for (const edge of graph.edges) {
    const progress = moment.edge(edge.id);
    wires.set(edge.id, progress);
    const branches = (uses.get(edge.source) ?? 0) > 1;
    if (branches) wires.set(edge.source, furthest(wires.get(edge.source), progress));
    if (edge.target === active) near.add(edge.source);
    if (edge.source === active) near.add(edge.target);
    if (moment.phase === 'backward' && edge.target === active && edge.downstream !== null) {
      if (branches) pills.branches.add(edge.id);
      else pills.gradients.add(edge.source);
    }
  }
  return { phase, nodes: new Map(graph.nodes.map(({ id }) => [id, moment.node(id)])), wires, near, pills };
}

/** Only what is known at this step; a fan-out shows the sum so far. Nothing moves: empty places stay reserved. */
export function steppedFigures(figures: Figures, moment: Moment, decimals: number): Figures {
  const gradients = new Map<string, Figure>();
  for (const id of figures.gradients.keys()) {
    const adjoint = moment.adjoint(id);
    if (adjoint !== null) gradients.set(id, { text: graphNumber(adjoint, decimals), warn: !Number.isFinite(adjoint) });
  }
  const tensors = new Map<string, TensorFigure>();
  for (const [id, figure] of figures.tensors) {
    const arrived = moment.adjoint(id) !== null;
    const gradient = moment.isWhole(id) ? figure.gradient : addedUp(moment.arrived(id).map(carried));
    if (moment.hasValue(id)) tensors.set(id, { ...figure, gradient: arrived ? gradient : null });
  }
  return {
    ...figures,
    tensors,
    values: only(figures.values, (id) => moment.hasValue(id)),
    gradients,
    branches: only(figures.branches, (id) => moment.hasDownstream(id)),
    locals: only(figures.locals, (id) => moment.hasDownstream(id)),
    ribbons: new Map(),
  };
}

function only<T>(map: ReadonlyMap<string, T>, keep: (id: string) => boolean): Map<string, T> {
  return new Map([...map].filter(([id]) => keep(id)));
}

const RANK: Readonly<Record<Progress, number>> = { waiting: 0, done: 1, active: 2 };

/** A common rail is as far as the furthest of its branches. */
function furthest(one: Progress | undefined, other: Progress): Progress {
  return one !== undefined && RANK[one] > RANK[other] ? one : other;
}
