/** Random starts of weights in the program text: `W1 = xavier(4, 3, seed=1)`. Pure. */
import type { Answer, GraphNode } from '../api/model';
import { offsetsOf, type Range } from '../text';

export interface RandomStart {
  name: string;
  seed: number;
}

const CALL = /^\s*(\w+)\s*\(([^()]*)\)\s*$/;
const SEED = /(?:^|,)\s*seed\s*=\s*(\d+)\s*(?:,|$)/;
/** NumPy's Mersenne Twister takes as many. */
export const SEEDS = 2 ** 32;
export const nextSeed = (seed: number, by = 1): number => (seed + by + SEEDS) % SEEDS;

/** The random start that a leaf is written with; null where it is none of these names. */
export function startOf(program: string, leaf: GraphNode, names: ReadonlySet<string>): RandomStart | null {
  const range = rangeOf(program, leaf);
  const [, name = '', inside = ''] = (range && CALL.exec(program.slice(range.from, range.to))) ?? [];
  return names.has(name) ? { name, seed: Number(SEED.exec(inside)?.[1] ?? 0) } : null;
}

/** The program with these leaves starting at random, each with a seed of its own from the given one on; null where none is written in it. */
export function withStarts(program: string, answer: Answer, leaves: readonly GraphNode[], { name, seed }: RandomStart): string | null {
  const places = leaves.flatMap((leaf, at) => {
    const range = rangeOf(program, leaf);
    return range ? [{ range, text: textOf(leaf, answer, name, nextSeed(seed, at)) }] : [];
  });
  if (places.length === 0) return null;
  return places
    .sort((one, other) => other.range.from - one.range.from)
    .reduce((text, { range, text: insert }) => text.slice(0, range.from) + insert + text.slice(range.to), program);
}

/** Parameters that are tensors and have their value in the program, in the order of its text. */
export function parametersOf({ nodes }: Answer): GraphNode[] {
  return nodes
    .filter(({ kind, name, tensor, value_span }) => kind === 'parameter' && name !== null && tensor !== undefined && value_span !== null)
    .sort((one, other) => (one.value_span?.start ?? 0) - (other.value_span?.start ?? 0));
}

function rangeOf(program: string, { value_span: span }: GraphNode): Range | null {
  return span ? offsetsOf(program).range(span) : null;
}

/** Methods that look at how many inputs a unit has start biases at 0, which have none. */
function textOf(leaf: GraphNode, answer: Answer, name: string, seed: number): string {
  const sizes = leaf.shape.join(', ');
  const scaled = name === 'xavier' || name === 'he';
  if (scaled && leaf.shape.length === 1 && leaf.kind === 'parameter' && isAdded(leaf, answer)) return `zeros(${sizes})`;
  const fanIn = name === 'he' ? fanInOf(leaf, answer) : null;
  return `${name}(${sizes}${fanIn === null ? '' : `, fan_in=${String(fanIn)}`}, seed=${String(seed)})`;
}

const usesOf = (leaf: GraphNode, { edges, nodes }: Answer): { op: string | null; operand: number }[] =>
  edges.filter(({ source }) => source === leaf.id).map(({ target, operand }) => ({ op: nodes.find(({ id }) => id === target)?.op ?? null, operand }));

const isAdded = (leaf: GraphNode, answer: Answer): boolean => usesOf(leaf, answer).every(({ op }) => op === 'add' || op === 'sub');

/** Inputs of one unit where they are not the columns: behind a product with rows of examples they are the rows, of a kernel all its entries. */
function fanInOf(leaf: GraphNode, answer: Answer): number | null {
  const [use] = usesOf(leaf, answer);
  const [rows = 1, columns = 1] = leaf.shape;
  if (use?.operand !== 1 || leaf.shape.length < 2) return null;
  const found = use.op === 'matmul' ? rows : use.op === 'conv2d' ? rows * columns : columns;
  return found === columns ? null : found;
}
