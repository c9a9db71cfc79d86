/** What the Paths tab shows of the paths of a whole tensor: chains of gates, and their parts of its gradient. Pure. */
import type { RawPathsAnswer, Tensor } from '../../api/model';
import { flat, type Nested } from '../../api/tensors';
import type { Factor, PathsModel } from './model';

/** A path from a whole tensor, beside what all paths have. */
export interface TensorParts {
  shape: readonly number[];
  total: Tensor;
  /** By path; entries are null where they are too many to be listed. */
  products: readonly Tensor[];
  /** By path, from the output back: the rule of each step in LaTeX, null where there is none. */
  rules: readonly (readonly (string | null)[])[];
}

export function isOfTensor(answer: RawPathsAnswer): boolean {
  return answer.shape !== undefined && answer.shape !== null;
}

type Chained = Pick<PathsModel, 'nodesOf' | 'edgesOf'> & { chain(index: number): string; labels(index: number): string[] };

export function tensorParts(answer: RawPathsAnswer): TensorParts {
  const shape = answer.shape ?? [];
  const tensor = (nested: unknown): Tensor => ({ shape, entries: flat(nested as Nested), summary: null });
  return {
    shape,
    total: tensor(answer.total),
    products: answer.paths.map(({ product }) => tensor(product)),
    rules: answer.paths.map(({ steps }) => [...(steps ?? [])].reverse().map(({ rule }) => rule)),
  };
}

/** The factors of a path from the output back: derivatives that are no numbers, with the shapes of their Jacobians. */
export function tensorFactors(answer: RawPathsAnswer, index: number): Factor[] {
  const path = answer.paths[index];
  if (!path) return [];
  const latex = new Map(answer.nodes.map((node) => [node.id, node.latex]));
  const name = (at: number): string => latex.get(path.nodes[at] ?? '') ?? '';
  return [...(path.steps ?? [])]
    .map(({ rows, columns }, step): Factor => ({
      latex: `\\frac{\\partial ${name(step + 1)}}{\\partial ${name(step)}}`,
      text: `${String(rows)}×${String(columns)}`,
      tone: 'plain',
    }))
    .reverse();
}

/** The whole row for readers that hear it. */
export function tensorWords({ labels }: Pick<Chained, 'labels'>, index: number, parts: TensorParts): string {
  const shape = parts.shape.join(' by ') || 'one number';
  return `Path ${String(index + 1)}: ${labels(index).join(' to ')}. Its part of the gradient is ${shape}.`;
}

/** "2 parts add up to the gradient." */
export function partsSentence(answer: RawPathsAnswer): string {
  const { paths, visits } = answer;
  const all = visits.paths.exact === paths.length;
  if (!all) return `Showing ${String(paths.length)} of ${visits.paths.text} paths; the sum covers all of them.`;
  return paths.length === 1 ? '1 path: its product is the whole gradient.' : `${String(paths.length)} paths: their parts add up to the gradient.`;
}
