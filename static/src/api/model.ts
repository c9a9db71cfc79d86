/**
 * The answers of the API as the page uses them: the types that the API's schema gives (types.ts), with non-finite
 * numbers decoded from words to NaN and ±Infinity.
 */
import type * as api from './types';

type NonFinite = 'NaN' | 'Infinity' | '-Infinity';

type Decoded<T> = T extends NonFinite
  ? never
  : T extends readonly (infer Item)[]
    ? readonly Decoded<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Decoded<T[Key]> }
      : T;

export type Span = Decoded<api.Span>;
/** A record of the API whose fields may hold tensors, as the page keeps it: numbers here, NaN where there is a tensor. */
type Numbers<T, Sure extends keyof T, Maybe extends keyof T = never> = Omit<T, Sure | Maybe> & {
  readonly [Key in Sure]: number;
} & { readonly [Key in Maybe]: number | null };

/** A tensor as the page keeps it: its entries row by row; null where it is too large to be listed. */
export interface Tensor {
  shape: readonly number[];
  entries: readonly number[] | null;
  summary: { min: number; mean: number; max: number; norm: number } | null;
}

export type GraphNode = Numbers<Decoded<api.Node>, 'value', 'gradient'> & {
  /** Only where the node is a tensor; `value` and `gradient` are NaN then. */
  readonly tensor?: { readonly value: Tensor; readonly gradient: Tensor | null };
};
export type NodeKind = GraphNode['kind'];
export type GraphEdge = Numbers<Decoded<api.Edge>, never, 'local' | 'upstream' | 'downstream'> & {
  /** Only where what flows along it are tensors: what it passes on, and the local gradient where it is entry by entry. */
  readonly tensor?: Tensor | null;
  readonly localTensor?: Tensor | null;
};
export type Group = Numbers<Omit<Decoded<api.Group>, 'edges'>, 'value', 'gradient'> & {
  readonly edges: readonly GraphEdge[];
  /** Only where the closed gate's result is a tensor; `value` and `gradient` are NaN then. */
  readonly tensor?: { readonly value: Tensor; readonly gradient: Tensor | null };
};
export type StatementPart = Decoded<api.StatementPart>;
export type Statement = Decoded<api.Statement>;
export type Remark = Decoded<api.Remark>;
export type Conventions = Decoded<api.Conventions>;
export type Ties = Conventions['ties'];
export type Answer = Omit<Decoded<api.EvaluateAnswer>, 'nodes' | 'edges' | 'groups' | 'gradients' | 'values'> & {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly groups: readonly Group[];
  readonly gradients: Readonly<Record<string, number | null>>;
  readonly values: Readonly<Record<string, number>>;
};
export type LocalRule = Decoded<api.LocalRule>;
/** The output over values of one node, everything that does not depend on it held. */
export type Curve = Decoded<api.CurveAnswer>;
export type CurvePoint = Decoded<api.Point>;
export type CurveKink = Decoded<api.Kink>;
/** A gradient beside a central difference. */
export type GradientCheck = Decoded<api.Check>;
/** The paths between two nodes, with their factors, products and counts. */
export type RawPathsAnswer = Decoded<api.PathsAnswer>;
/** The same where they are between numbers, as those of one entry are. */
export type PathsAnswer = Omit<RawPathsAnswer, 'paths' | 'total'> & { readonly paths: readonly Path[]; readonly total: number };
export type PathNode = Decoded<api.PathNode>;
export type Path = Omit<Decoded<api.Path>, 'factors' | 'product'> & { readonly factors: readonly number[]; readonly product: number };
/** A wire between two named nodes. */
export type NamedEdge = Decoded<api.NamedEdge>;
/** Both passes of a program as lines of code. */
export type CodeAnswer = Decoded<api.CodeAnswer>;
export type CodeLine = Decoded<api.CodeLine>;
/** The worked solution of a program, and its parts. */
export type DerivationAnswer = Decoded<api.DerivationAnswer>;
export type WorkedSolution = Decoded<api.WorkedSolution>;
export type ChainBlock = Decoded<api.ChainBlock>;
export type ChainFactor = Decoded<api.ChainFactor>;
export type LocalDerivative = Decoded<api.LocalDerivative>;
export type ForwardRow = Decoded<api.ForwardRow>;
export type ParameterUpdate = Decoded<api.ParameterUpdate>;
/** What can be said about a number that a reader got. */
export type Diagnosis = Decoded<api.DiagnoseAnswer>;
export type Judged = Omit<Diagnosis, 'output' | 'node' | 'tried' | 'tried_count' | 'nodes'>;
export type SlipMatch = Decoded<api.SlipMatch>;
export type Phrase = Decoded<api.Phrase>;
/** The lines of a worked example with their verdicts. */
export type WorkedAnswer = Decoded<api.WorkedAnswer>;
export type WorkedRow = Decoded<api.WorkedRow>;
export type Operation = Decoded<api.Operation>;
/** A function that writes a tensor of one value, such as zeros or a random start. */
export type Filler = Decoded<api.Filler>;
export type Lesson = Decoded<api.Lesson>;
export type Fix = Decoded<api.Fix>;

/** A problem of the program or of the request, with null for what its document leaves out. */
export interface Problem {
  code: string;
  message: string;
  hint: string | null;
  span: Span | null;
  fix: Fix | null;
  /** Path of the request's field that is wrong, e.g. "values.x"; null for the program itself. */
  field: string | null;
}
