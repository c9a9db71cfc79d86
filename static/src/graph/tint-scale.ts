/** What a tint is worth: one scale for all values of a program and one for all its gradients. Pure. */
import type { GraphNode, Tensor } from '../api/model';

export interface TintScales {
  value: number;
  gradient: number;
}

/** One scale for all that is drawn: at least this part of the entries is within it, the rest has the full tint. */
const WITHIN = 0.8;
const STEPS = [1, 2.5, 5, 10];

export function tintScales(nodes: readonly Pick<GraphNode, 'tensor'>[]): TintScales {
  const all = (pick: (one: NonNullable<GraphNode['tensor']>) => Tensor | null): number =>
    scaleOf(nodes.flatMap(({ tensor }) => (tensor && pick(tensor)) ?? []));
  return { value: all(({ value }) => value), gradient: all(({ gradient }) => gradient) };
}

/** A round number that most entries stay within; 0 counts for nothing, and 1 is the scale of nothing. */
export function scaleOf(tensors: readonly Tensor[]): number {
  const sizes = tensors
    .flatMap(({ entries }) => entries ?? [])
    .map(Math.abs)
    .filter((size) => size > 0 && Number.isFinite(size))
    .sort((one, other) => one - other);
  const bound = sizes[Math.ceil(WITHIN * sizes.length) - 1];
  if (bound === undefined) return 1;
  const power = 10 ** Math.floor(Math.log10(bound));
  const step = STEPS.find((one) => one * power >= bound * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(3)) || bound;
}

/** 0 to 1. */
export function tintOf(entry: number, scale: number): number {
  return Number.isFinite(entry) ? Math.min(1, Math.abs(entry) / scale) : 0;
}
