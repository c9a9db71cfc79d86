/** The answers of the API as the page uses them: field names of the API, non-finite numbers decoded to NaN and ±Infinity. */

export interface Span {
  /** Offsets in code points into the source as sent. */
  start: number;
  end: number;
  /** Counted from 1. */
  line: number;
  column: number;
}

export type NodeKind = 'input' | 'parameter' | 'constant' | 'operation';

export interface GraphNode {
  id: string;
  kind: NodeKind;
  op: string | null;
  operands: readonly string[];
  attributes: Readonly<Record<string, unknown>>;
  /** The program's name, or null for an unnamed gate or a literal. */
  name: string | null;
  /** The name used in formulas: the program's, a literal as typed, or an automatic s0, s1, … */
  label: string;
  latex: string;
  shape: readonly number[];
  value: number;
  /** Null where nothing is differentiated, as for literals. */
  gradient: number | null;
  depth: number;
  group: string | null;
  span: Span | null;
  /** Where the program writes this leaf's number; null when it does not. */
  value_span: Span | null;
}

export interface GraphEdge {
  source: string;
  target: string;
  operand: number;
  /** Null on the edges of constants. */
  local: number | null;
  upstream: number | null;
  downstream: number | null;
}

export interface Group {
  id: string;
  name: string | null;
  op: string | null;
  title: string;
  group: string | null;
  operands: readonly string[];
  output: string;
  value: number;
  gradient: number | null;
  edges: readonly GraphEdge[];
}

export interface StatementPart {
  node: string;
  /** Offsets into the statement's LaTeX. */
  start: number;
  end: number;
}

export interface Statement {
  latex: string;
  node: string;
  span: Span;
  parts: readonly StatementPart[];
}

export interface Remark {
  code: string;
  message: string;
  node: string | null;
  span: Span | null;
}

export type Ties = 'split' | 'first' | 'both';

export interface Conventions {
  relu_at_zero: number;
  ties: Ties;
  abs_at_zero: number;
}

export interface Answer {
  output: string;
  outputs: readonly string[];
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
  groups: readonly Group[];
  statements: readonly Statement[];
  gradients: Readonly<Record<string, number | null>>;
  values: Readonly<Record<string, number>>;
  defaulted: readonly string[];
  warnings: readonly Remark[];
  kinks: readonly Remark[];
  conventions: Conventions;
}

export interface Fix {
  label: string;
  text: string;
  span: Span;
}

export interface Problem {
  code: string;
  message: string;
  hint: string | null;
  span: Span | null;
  fix: Fix | null;
  /** Path of the request's field that is wrong, e.g. "values.x"; null for the program itself. */
  field: string | null;
}

export interface LocalRule {
  operand: string;
  text: string;
  /** Placeholders #x, #y, … and #out stand for operands and the result. */
  latex: string;
}

export interface Operation {
  name: string;
  title: string;
  operands: readonly string[];
  variadic: boolean;
  attributes: Readonly<Record<string, unknown>>;
  aliases: readonly string[];
  notation: string;
  latex: string;
  /** What the gate shows, e.g. "×"; glyph names a curve drawn instead. */
  symbol: string;
  glyph: string | null;
  /** Gate text by operand position when that operand is a literal; "#c" is the literal. */
  folded: readonly (string | null)[];
  pattern: { name: string; title: string; word: string; sentence: string; program: string } | null;
  says: string;
  reuse: string | null;
  expansion: string | null;
  expansion_latex: string | null;
  composite: boolean;
  kinks: string | null;
  kink_sentence: string | null;
  convention: keyof Conventions | null;
  local: readonly LocalRule[];
  code: Readonly<Record<string, string>>;
}

export interface Lesson {
  slug: string;
  title: string;
  summary: string;
  section: string;
  kind: 'gates' | 'neurons' | 'networks' | 'tensors';
  source: { title: string; place: string };
  program: string;
  values: Readonly<Record<string, number>>;
  note: string | null;
  verdict: { kind: 'matches' | 'rounded' | 'wrong' | 'none'; count: number; total: number };
  printed: readonly { name: string; quantity: 'value' | 'gradient'; printed: string; verdict: string }[];
}
