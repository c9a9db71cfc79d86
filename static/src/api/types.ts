/** Written by `make api-types` from the OpenAPI document; not to be edited. */

export interface Schemas {
  AlgebraLine: AlgebraLine;
  AllLeaves: AllLeaves;
  BackwardRequest: BackwardRequest;
  Block: Block;
  Cells: Cells;
  ChainBlock: ChainBlock;
  ChainFactor: ChainFactor;
  ChainTerm: ChainTerm;
  Check: Check;
  CheckAnswer: CheckAnswer;
  CheckRequest: CheckRequest;
  CodeAnswer: CodeAnswer;
  CodeLine: CodeLine;
  CodeNode: CodeNode;
  CodeNote: CodeNote;
  CodeRequest: CodeRequest;
  Conventions: Conventions;
  ConventionsRequest: ConventionsRequest3;
  ConvertAnswer: ConvertAnswer;
  ConvertRequest: ConvertRequest;
  Count: Count2;
  CurveAnswer: CurveAnswer;
  CurveRequest: CurveRequest;
  DerivationAnswer: DerivationAnswer;
  DerivationRequest: DerivationRequest;
  DiagnoseAnswer: DiagnoseAnswer;
  DiagnoseRequest: DiagnoseRequest;
  Edge: Edge;
  EdgeRef: EdgeRef;
  EntryCheck: EntryCheck;
  EvaluateAnswer: EvaluateAnswer;
  EvaluateRequest: EvaluateRequest;
  ExamplesAnswer: ExamplesAnswer;
  Filler: Filler;
  Fix: Fix;
  ForwardRow: ForwardRow;
  GivenLeaf: GivenLeaf;
  Group: Group;
  Head: Head2;
  Health: Health;
  HessianAnswer: HessianAnswer;
  HessianRequest: HessianRequest;
  JacobianAnswer: JacobianAnswer;
  JacobianRequest: JacobianRequest;
  JacobianRule: JacobianRule;
  JvpAnswer: JvpAnswer;
  JvpRequest: JvpRequest;
  Kink: Kink;
  Lesson: Lesson;
  LessonSource: LessonSource1;
  Limit: Limit;
  LimitsAnswer: LimitsAnswer;
  LocalDerivative: LocalDerivative;
  LocalRule: LocalRule;
  NamedEdge: NamedEdge;
  NamedGraph: NamedGraph;
  NamedNode: NamedNode;
  Node: Node;
  NodeName: NodeName1;
  NodeRef: NodeRef1;
  Operation: Operation;
  OperationsAnswer: OperationsAnswer;
  Outline: Outline1;
  OutlineNode: OutlineNode;
  ParameterUpdate: ParameterUpdate;
  Path: Path;
  PathLeaf: PathLeaf;
  PathNode: PathNode;
  PathsAnswer: PathsAnswer;
  PathsRequest: PathsRequest;
  Pattern: Pattern;
  Phrase: Phrase1;
  Point: Point;
  Printed: Printed6;
  PrintedNumber: PrintedNumber;
  ProblemDocument: ProblemDocument;
  ProblemEntry: ProblemEntry;
  Product: Product1;
  Remark: Remark;
  ShapeExample: ShapeExample;
  SlipMatch: SlipMatch;
  Span: Span1;
  Statement: Statement;
  StatementPart: StatementPart;
  Sweeps: Sweeps1;
  Tangent: Tangent;
  TensorStep: TensorStep;
  TensorSummary: TensorSummary;
  Term: Term;
  Total: Total;
  TrainingStep: TrainingStep;
  Tried: Tried;
  Verdict: Verdict1;
  Visits: Visits1;
  WholeRule: WholeRule;
  WorkedAnswer: WorkedAnswer;
  WorkedCounts: WorkedCounts1;
  WorkedFigure: WorkedFigure;
  WorkedRequest: WorkedRequest;
  WorkedRow: WorkedRow;
  WorkedSolution: WorkedSolution;
  WrittenNumber: WrittenNumber2;
  Zero: Zero;
}
/**
 * One step of algebra: the gradient as a formula and with numbers.
 */
export interface AlgebraLine {
  /**
   * The formula in LaTeX.
   */
  symbols: string;
  /**
   * The same with numbers.
   */
  numbers: string;
  value: Printed;
  /**
   * `≈` where eight decimals would not give the printed value back.
   */
  relation: "=" | "≈";
  /**
   * What was done to the line before.
   */
  why: string;
}
/**
 * What comes out.
 */
export interface Printed {
  /**
   * As printed: rounded so that the equations around it check. A large tensor by shape and reach.
   */
  text: string;
  /**
   * The same in LaTeX; a vector is a column.
   */
  latex: string;
  /**
   * The exact number, or nested lists; null for a tensor too large to be printed whole.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of a tensor; empty for a number.
   */
  shape: number[];
}
/**
 * The same for the gradients of all leaves.
 */
export interface AllLeaves {
  paths: Count;
  path_by_path: Count1;
  /**
   * Edges that lie on a path: backpropagation visits each of them once.
   */
  edges: number;
  /**
   * Number of leaves that are no constants.
   */
  leaves: number;
}
/**
 * Number of paths.
 */
export interface Count {
  /**
   * The number where JSON readers hold it exactly (below 2^53), else its digits as a text.
   */
  exact: number | string;
  /**
   * The same for readers.
   */
  text: string;
}
/**
 * Edges of every path, added up: the cost of multiplying along each alone.
 */
export interface Count1 {
  /**
   * The number where JSON readers hold it exactly (below 2^53), else its digits as a text.
   */
  exact: number | string;
  /**
   * The same for readers.
   */
  text: string;
}
/**
 * A program whose backward pass is wanted as a graph of its own. Only `source` is required.
 */
export interface BackwardRequest {
  /**
   * The program: statements separated by newlines or `;`. The last formula is the output. LaTeX and Python are read as well; a text with a backslash is LaTeX.
   */
  source: string;
  /**
   * Numbers for leaves, by name. They win over numbers that the program itself gives. A leaf with no number anywhere gets 1 and is listed under `defaulted`. A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; one entry of it is `W[0, 1]`, indices from 0.
   */
  values?: {
    [k: string]: number | unknown[];
  };
  /**
   * The node that is differentiated, by name, or a list of several. Left out or null, it is the last statement that is not only a value.
   */
  output?: string | [string, ...string[]] | null;
  /**
   * Merge equal sub-expressions into one node.
   */
  share?: boolean;
  /**
   * Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; where tensors would be too large then, none. Closed ones appear as one node. Calls of the program's own functions are always sent open, with a group.
   */
  expand?: string | string[];
  conventions?: ConventionsRequest;
  /**
   * Id, name or label of the node to differentiate; the output unless given.
   */
  node?: string | null;
}
/**
 * Derivatives at kinks.
 */
export interface ConventionsRequest {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * The part of the matrix that is one output by one leaf: where it is zero, and what is computed in its place.
 */
export interface Block {
  output: Head;
  leaf: Head1;
  /**
   * How many entries it has.
   */
  entries: number;
  /**
   * `diagonal`: entry i from entry i alone. `moves`: each from one other. `blocks`: groups from groups, none shared. `dense`: every entry from every entry. `none`: nothing. `mixed`: some from some. Null if unknown.
   */
  structure: ("diagonal" | "moves" | "blocks" | "dense" | "none" | "mixed") | null;
  /**
   * Entries that are 0 whatever the values are; null if unknown.
   */
  zeros: number | null;
  /**
   * Further entries that are 0 at these values; null without the matrix.
   */
  zeros_here: number | null;
  /**
   * The structure in words.
   */
  message: string;
  product: Product;
}
/**
 * The output.
 */
export interface Head {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Name of its operation; null for a leaf.
   */
  op: string | null;
  span: Span;
  /**
   * Result of the forward pass; null for a whole tensor, which heads no row of numbers.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * Of an entry of a tensor: its indices, from 0. Absent for a number.
   */
  entry?: number[] | null;
  /**
   * Of a whole tensor.
   */
  shape?: number[] | null;
}
/**
 * Where the program writes it.
 */
export interface Span {
  /**
   * Offset of the first character, in code points from 0.
   */
  start: number;
  /**
   * Offset after the last character.
   */
  end: number;
  /**
   * Line of the first character, counted from 1.
   */
  line: number;
  /**
   * Column of the first character, counted from 1.
   */
  column: number;
}
/**
 * The leaf.
 */
export interface Head1 {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Name of its operation; null for a leaf.
   */
  op: string | null;
  span: Span;
  /**
   * Result of the forward pass; null for a whole tensor, which heads no row of numbers.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * Of an entry of a tensor: its indices, from 0. Absent for a number.
   */
  entry?: number[] | null;
  /**
   * Of a whole tensor.
   */
  shape?: number[] | null;
}
/**
 * What is computed in its place.
 */
export interface Product {
  /**
   * Rule of the gate in our language, g being the upstream gradient; null where it has no such text.
   */
  text: string | null;
  /**
   * The rule in LaTeX; null where several gates do more than pass the gradient on.
   */
  latex: string | null;
  /**
   * g: the gradient that arrives at the output, or ones where none arrives.
   */
  upstream: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Whether g is the program's own gradient.
   */
  arrives: boolean;
  /**
   * g times the Jacobian, as one reverse sweep computes it.
   */
  result: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of that sweep, from the output back to the leaf; where a rule has no text, one for each entry is counted.
   */
  multiplications: number;
}
/**
 * The entries of a tensor, row by row.
 */
export interface Cells {
  /**
   * As they were written.
   */
  typed: string[];
  /**
   * Our numbers, with two digits more than were written.
   */
  ours: string[];
  /**
   * The verdict on each.
   */
  verdicts: ("exact" | "rounded" | "truncated" | "rounded-on-the-way" | "wrong")[];
}
/**
 * The chain rule for one node: one term for each of its uses.
 */
export interface ChainBlock {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Operation of its gate; null for a leaf.
   */
  op: string | null;
  /**
   * Its gradient's name in LaTeX.
   */
  head: string;
  /**
   * Whether it is a leaf.
   */
  is_leaf: boolean;
  /**
   * One for each use, in the order of the uses.
   */
  terms: ChainTerm[];
  /**
   * The formula in LaTeX, where the gradient is one local derivative or a tensor; else null.
   */
  symbols: string | null;
  /**
   * The same with numbers, or null.
   */
  numbers: string | null;
  /**
   * Uses beyond those that are listed; the value has them all.
   */
  more_terms: number;
  value: Printed3;
  /**
   * `≈` where eight decimals would not give the printed value back.
   */
  relation: "=" | "≈";
  /**
   * How many later blocks take this gradient as a factor.
   */
  reused: number;
  /**
   * What is added, and what is taken up again further down, with `$…$` around names; or null.
   */
  sentence: string | null;
  /**
   * Shapes of the factors and the result of a product of tensors, in LaTeX; or null.
   */
  shapes: string | null;
  /**
   * Sentences on the rule, with `$…$` around names: what is summed and why, which entries are off.
   */
  remarks: string[];
  /**
   * The same gradient simplified in symbols, step by step; empty where nothing cancels.
   */
  lines: AlgebraLine[];
}
/**
 * The part of a gradient that comes through one use of the node.
 */
export interface ChainTerm {
  /**
   * From the output's side.
   */
  factors: ChainFactor[];
  product: Printed2;
}
/**
 * One factor of a chain.
 */
export interface ChainFactor {
  /**
   * `gradient`: d(output)/d(source), found in a block before. `local`: d(target)/d(source).
   */
  kind: "gradient" | "local";
  /**
   * Id of the node it is taken by.
   */
  source: string;
  /**
   * Id of the node it is taken of.
   */
  target: string;
  /**
   * Its name in LaTeX.
   */
  head: string;
  number: Printed1;
}
/**
 * Its value.
 */
export interface Printed1 {
  /**
   * As printed: rounded so that the equations around it check. A large tensor by shape and reach.
   */
  text: string;
  /**
   * The same in LaTeX; a vector is a column.
   */
  latex: string;
  /**
   * The exact number, or nested lists; null for a tensor too large to be printed whole.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of a tensor; empty for a number.
   */
  shape: number[];
}
/**
 * Their product.
 */
export interface Printed2 {
  /**
   * As printed: rounded so that the equations around it check. A large tensor by shape and reach.
   */
  text: string;
  /**
   * The same in LaTeX; a vector is a column.
   */
  latex: string;
  /**
   * The exact number, or nested lists; null for a tensor too large to be printed whole.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of a tensor; empty for a number.
   */
  shape: number[];
}
/**
 * The gradient.
 */
export interface Printed3 {
  /**
   * As printed: rounded so that the equations around it check. A large tensor by shape and reach.
   */
  text: string;
  /**
   * The same in LaTeX; a vector is a column.
   */
  latex: string;
  /**
   * The exact number, or nested lists; null for a tensor too large to be printed whole.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of a tensor; empty for a number.
   */
  shape: number[];
}
/**
 * The gradient at one node, compared with a central difference.
 *
 * Of a tensor that is asked for as a whole, the numbers are those of the entry with the largest deviation.
 */
export interface Check {
  /**
   * Id of the node.
   */
  node: string;
  /**
   * What formulas call it, or its entry: `W1[0, 1]`.
   */
  label: string;
  /**
   * Its present value x.
   */
  value: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * The step h: the cube root of the machine epsilon, times |x| where that is above 1.
   */
  step: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * d(output)/d(node) by the chain rule.
   */
  gradient: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * (f(x + h) − f(x − h)) / 2h.
   */
  numeric: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * numeric − gradient.
   */
  difference: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * How far both may lie apart: four times the sum of what the step cuts off (from a step twice as long) and what rounding leaves (from every gate's value and gradient).
   */
  tolerance: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * (f(x) − f(x − h)) / h.
   */
  left: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * (f(x + h) − f(x)) / h.
   */
  right: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * `kink`: one lies within the step, so there is no one slope to compare. `unclear`: the step is too coarse here, or a number is not finite.
   */
  verdict: "agrees" | "differs" | "kink" | "unclear";
  /**
   * The outcome in one sentence.
   */
  message: string;
  /**
   * Of a tensor, the entry that these numbers are of; null for a number.
   */
  entry: number[] | null;
  /**
   * Of a tensor that was asked for as a whole: its entries, or 64 of them spread evenly, fewer where the limits of one request need it. Null otherwise.
   */
  entries: EntryCheck[] | null;
  /**
   * How many entries it has; 1 for a number.
   */
  size: number;
}
/**
 * The gradient at one entry of a tensor that was asked for as a whole.
 */
export interface EntryCheck {
  /**
   * Where, counted from 0.
   */
  entry: number[];
  /**
   * By the chain rule.
   */
  gradient: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * By central difference.
   */
  numeric: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * The outcome there.
   */
  verdict: "agrees" | "differs" | "kink" | "unclear";
}
/**
 * Gradients compared with central differences, node by node.
 */
export interface CheckAnswer {
  /**
   * Id of the output.
   */
  output: string;
  /**
   * Leaves first, each in the order in which it was named.
   */
  checks: Check[];
}
/**
 * A program, and which of its gradients to compare with small steps. Only `source` is required.
 */
export interface CheckRequest {
  /**
   * The program: statements separated by newlines or `;`. The last formula is the output. LaTeX and Python are read as well; a text with a backslash is LaTeX.
   */
  source: string;
  /**
   * Numbers for leaves, by name. They win over numbers that the program itself gives. A leaf with no number anywhere gets 1 and is listed under `defaulted`. A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; one entry of it is `W[0, 1]`, indices from 0.
   */
  values?: {
    [k: string]: number | unknown[];
  };
  /**
   * The node that is differentiated, by name, or a list of several. Left out or null, it is the last statement that is not only a value.
   */
  output?: string | [string, ...string[]] | null;
  /**
   * Merge equal sub-expressions into one node.
   */
  share?: boolean;
  /**
   * Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; where tensors would be too large then, none. Closed ones appear as one node. Calls of the program's own functions are always sent open, with a group.
   */
  expand?: string | string[];
  conventions?: ConventionsRequest1;
  /**
   * The gradient that arrives at the output: 1 for d(output)/d(node).
   */
  seed?: number;
  /**
   * Tensors with more entries are answered by a summary instead of their numbers.
   */
  max_elements?: number;
  /**
   * Names of leaves; `W1[0, 1]` is one entry, `W1` every entry of a tensor alone, or a sample of them. Without `leaf` and `node` it is every leaf that is not a constant.
   */
  leaf?: string | [string, ...string[]] | null;
  /**
   * Ids, names or labels of any nodes, or entries of them; each is varied alone.
   */
  node?: string | [string, ...string[]] | null;
}
/**
 * Derivatives at kinks.
 */
export interface ConventionsRequest1 {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * Both passes as straight-line code that runs, one gate a line.
 */
export interface CodeAnswer {
  /**
   * Id of the node that is differentiated.
   */
  output: string;
  /**
   * As asked, or the one chosen.
   */
  language: "python" | "numpy" | "torch" | "jax";
  /**
   * A name for the file.
   */
  file_name: string;
  /**
   * The whole file: the lines below in order, their comments in one column.
   */
  text: string;
  /**
   * Imports, leaves, then every gate in topological order.
   */
  forward: CodeLine[];
  /**
   * Gradients in reverse topological order. The first part of each is assigned, others are added.
   */
  backward: CodeLine[];
  /**
   * For PyTorch and JAX, the same gradients by the library itself; empty for Python and NumPy.
   */
  autograd: CodeLine[];
  /**
   * Every node that has a name in the code, in topological order.
   */
  nodes: CodeNode[];
  /**
   * Where the code does not do what the graph does: plain Python stops at an infinite result, and tensors of more than 1,024 entries are read from files.
   */
  remarks: string[];
}
/**
 * One line of the file.
 */
export interface CodeLine {
  /**
   * Its number, from 1; the three sections run through.
   */
  number: number;
  /**
   * `leaves` gives leaves their values, `gate` computes one, `seed` starts the backward pass, `gradient` writes one part of a gradient, `setup` defines functions that the library has not, `helper` shares out ties, `autograd` is the library's own differentiation.
   */
  kind: "import" | "setup" | "leaves" | "gate" | "seed" | "gradient" | "helper" | "remark" | "autograd";
  /**
   * The code, without its comment.
   */
  text: string;
  /**
   * The comment, with its `#`; null where there is none.
   */
  comment: string | null;
  /**
   * Id of the node whose value or gradient the line writes, or null.
   */
  node: string | null;
  /**
   * Id of the gate at work: the one computed, or the one that passes its gradient on; else null.
   */
  gate: string | null;
  /**
   * Position of that gate's operand which receives the gradient, or null.
   */
  operand: number | null;
  /**
   * Ids of the leaves to which the line gives values.
   */
  leaves: string[];
  /**
   * What formulas call the node; null without a node.
   */
  label: string | null;
  /**
   * The label in LaTeX, or null.
   */
  latex: string | null;
  /**
   * Operation of the node; null for a leaf.
   */
  op: string | null;
  /**
   * Where the program writes the node, or null.
   */
  span: Span1 | null;
  /**
   * What the line's name holds behind it: a value, or the gradient summed so far; else null, and null for a tensor, whose shape and first entries the comment tells.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * Of a gradient line, what it contributes; else null, and for a tensor.
   */
  part: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * Whether the line writes the gradient of a leaf.
   */
  leaf: boolean;
  /**
   * Whether the line is a `+=`: the node is used more than once.
   */
  adds: boolean;
  /**
   * Why the line adds, or sums what was repeated; null for all others.
   */
  note: CodeNote | null;
}
/**
 * A place in the program as sent.
 */
export interface Span1 {
  /**
   * Offset of the first character, in code points from 0.
   */
  start: number;
  /**
   * Offset after the last character.
   */
  end: number;
  /**
   * Line of the first character, counted from 1.
   */
  line: number;
  /**
   * Column of the first character, counted from 1.
   */
  column: number;
}
/**
 * Why a line adds with `+=`, or sums over an axis.
 */
export interface CodeNote {
  /**
   * One line.
   */
  title: string;
  /**
   * One or two sentences.
   */
  text: string;
  /**
   * Numbers of the lines that write parts of this sum, this one last; of many the first and the last.
   */
  lines: number[];
}
/**
 * A node that has a name in the code.
 */
export interface CodeNode {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Its operation; null for a leaf.
   */
  op: string | null;
  span: Span2;
  /**
   * What the code calls it: the label where that is possible, `lambda_` for lambda.
   */
  identifier: string;
  /**
   * What the code calls its gradient; null where no line writes it.
   */
  gradient_identifier: string | null;
}
/**
 * A place in the program as sent.
 */
export interface Span2 {
  /**
   * Offset of the first character, in code points from 0.
   */
  start: number;
  /**
   * Offset after the last character.
   */
  end: number;
  /**
   * Line of the first character, counted from 1.
   */
  line: number;
  /**
   * Column of the first character, counted from 1.
   */
  column: number;
}
/**
 * A program, and the language to write both passes in. Only `source` is required.
 */
export interface CodeRequest {
  /**
   * The program: statements separated by newlines or `;`. The last formula is the output. LaTeX and Python are read as well; a text with a backslash is LaTeX.
   */
  source: string;
  /**
   * Numbers for leaves, by name. They win over numbers that the program itself gives. A leaf with no number anywhere gets 1 and is listed under `defaulted`. A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; one entry of it is `W[0, 1]`, indices from 0.
   */
  values?: {
    [k: string]: number | unknown[];
  };
  /**
   * The node that is differentiated, by name, or a list of several. Left out or null, it is the last statement that is not only a value.
   */
  output?: string | [string, ...string[]] | null;
  /**
   * Merge equal sub-expressions into one node.
   */
  share?: boolean;
  /**
   * Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; where tensors would be too large then, none. Closed ones appear as one node. Calls of the program's own functions are always sent open, with a group.
   */
  expand?: string | string[];
  conventions?: ConventionsRequest2;
  /**
   * Plain Python, NumPy, PyTorch or JAX; the last two end with the library's own differentiation. Plain Python has no tensors. Left out or null: plain Python, and NumPy for a program with tensors.
   */
  language?: ("python" | "numpy" | "torch" | "jax") | null;
  /**
   * Whether lines carry the present values as comments.
   */
  comments?: boolean;
}
/**
 * Derivatives at kinks.
 */
export interface ConventionsRequest2 {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * The derivatives that were taken at kinks.
 */
export interface Conventions {
  /**
   * Slope of relu and its relatives at 0.
   */
  relu_at_zero: number;
  /**
   * Who receives the gradient among equals.
   */
  ties: "split" | "first" | "both";
  /**
   * Slope of abs at 0.
   */
  abs_at_zero: number;
}
/**
 * Which derivative is taken where there is none. Each one left out keeps its default.
 */
export interface ConventionsRequest3 {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * The same program in another notation.
 */
export interface ConvertAnswer {
  /**
   * The notation that the program was read in.
   */
  notation: "chainrule" | "latex" | "python";
  /**
   * The notation of `text`.
   */
  to: "chainrule" | "latex" | "python" | "scalars";
  /**
   * The program. It reads back as the same graph, up to the spelling of names; `scalars` gives one of numbers.
   */
  text: string;
}
/**
 * A program in any notation that is read, and the one to write it in.
 */
export interface ConvertRequest {
  /**
   * The program: statements separated by newlines or `;`. The last formula is the output. LaTeX and Python are read as well; a text with a backslash is LaTeX.
   */
  source: string;
  /**
   * Numbers for leaves, by name. They win over numbers that the program itself gives. A leaf with no number anywhere gets 1 and is listed under `defaulted`. A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; one entry of it is `W[0, 1]`, indices from 0.
   */
  values?: {
    [k: string]: number | unknown[];
  };
  /**
   * The node that is differentiated, by name, or a list of several. Left out or null, it is the last statement that is not only a value.
   */
  output?: string | [string, ...string[]] | null;
  /**
   * Merge equal sub-expressions into one node.
   */
  share?: boolean;
  /**
   * Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; where tensors would be too large then, none. Closed ones appear as one node. Calls of the program's own functions are always sent open, with a group.
   */
  expand?: string | string[];
  conventions?: ConventionsRequest4;
  /**
   * `chainrule` for our own notation, `latex` for formulas to paste into a document, `python` for a function that runs, of NumPy where there are tensors, `scalars` for our notation with vectors and matrices written out entry by entry. Numbers under `values` are written in place of the program's own.
   */
  to: "chainrule" | "latex" | "python" | "scalars";
}
/**
 * Which derivative is taken where there is none. Each one left out keeps its default.
 */
export interface ConventionsRequest4 {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * A whole number of any size.
 */
export interface Count2 {
  /**
   * The number where JSON readers hold it exactly (below 2^53), else its digits as a text.
   */
  exact: number | string;
  /**
   * The same for readers.
   */
  text: string;
}
/**
 * The output over values of one node, and its slope at the present value.
 */
export interface CurveAnswer {
  /**
   * Id of the output.
   */
  output: string;
  /**
   * Id of the node that varies.
   */
  node: string;
  /**
   * What formulas call that node, or its entry: `W1[0, 1]`.
   */
  label: string;
  /**
   * Of a tensor, which entry varies, counted from 0; null for a number.
   */
  entry: number[] | null;
  /**
   * Its present value.
   */
  x: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * Present value of the output; of a tensor the sum of its entries.
   */
  value: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * d(output)/d(node) at the present value, as `/evaluate` gives it for a seed of 1.
   */
  slope: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * Left end of the range.
   */
  low: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * Right end of the range.
   */
  high: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * In the order of `x`, with one point right before and one right after every kink. None where the present value is not finite.
   */
  points: Point[];
  /**
   * In the order of `x`; the 24 nearest to the present value.
   */
  kinks: Kink[];
}
/**
 * One point of a curve.
 */
export interface Point {
  /**
   * Value of the node that varies.
   */
  x: number;
  /**
   * Value of the output there.
   */
  value: number | ("NaN" | "Infinity" | "-Infinity");
}
/**
 * A place at which the output has no slope: it bends there, or jumps.
 */
export interface Kink {
  /**
   * Where it is.
   */
  x: number;
  /**
   * Id of the gate whose kink it is.
   */
  node: string;
  /**
   * Whether the output itself jumps, so that its line is broken.
   */
  jump: boolean;
  /**
   * Slope of the output right before it.
   */
  before: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * Slope of the output right after it.
   */
  after: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * What the gate does there, in one sentence.
   */
  message: string;
}
/**
 * A program, and which of its nodes varies: exactly one of `leaf` and `node`.
 */
export interface CurveRequest {
  /**
   * The program: statements separated by newlines or `;`. The last formula is the output. LaTeX and Python are read as well; a text with a backslash is LaTeX.
   */
  source: string;
  /**
   * Numbers for leaves, by name. They win over numbers that the program itself gives. A leaf with no number anywhere gets 1 and is listed under `defaulted`. A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; one entry of it is `W[0, 1]`, indices from 0.
   */
  values?: {
    [k: string]: number | unknown[];
  };
  /**
   * The node that is differentiated, by name, or a list of several. Left out or null, it is the last statement that is not only a value.
   */
  output?: string | [string, ...string[]] | null;
  /**
   * Merge equal sub-expressions into one node.
   */
  share?: boolean;
  /**
   * Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; where tensors would be too large then, none. Closed ones appear as one node. Calls of the program's own functions are always sent open, with a group.
   */
  expand?: string | string[];
  conventions?: ConventionsRequest5;
  /**
   * Name of the leaf that varies; of a tensor one entry, `W1[0, 1]`, counted from 0.
   */
  leaf?: string | null;
  /**
   * Id, name or label of any node that varies, alone: what it is computed from is held. Of a tensor one entry, `n3[2]`.
   */
  node?: string | null;
  /**
   * How far the curve reaches to both sides of the present value; three local units unless given.
   */
  span?: number | null;
  /**
   * Number of points, spread evenly, the present value among them. Kinks add two points each.
   */
  points?: number;
}
/**
 * Which derivative is taken where there is none. Each one left out keeps its default.
 */
export interface ConventionsRequest5 {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * The worked solution of a program, as a record or as a text.
 */
export interface DerivationAnswer {
  /**
   * The format that was asked for.
   */
  format: "structured" | "markdown" | "latex";
  /**
   * The Markdown or LaTeX; null for `structured`.
   */
  text: string | null;
  /**
   * The record; null for a text.
   */
  solution: WorkedSolution | null;
}
/**
 * The worked solution: given, forward pass, local derivatives, chain rule, update.
 */
export interface WorkedSolution {
  /**
   * Its heading, with `$…$` around names.
   */
  title: string;
  output: NodeName;
  /**
   * The node that was asked for; null for every leaf.
   */
  leaf: NodeName1 | null;
  /**
   * The leaves.
   */
  given: GivenLeaf[];
  /**
   * The forward table, in topological order.
   */
  rows: ForwardRow[];
  /**
   * The derivatives that stand as factors, from the output's side.
   */
  locals: LocalDerivative[];
  /**
   * The chain rule, in reverse topological order.
   */
  blocks: ChainBlock[];
  /**
   * The learning rate of the update, or null.
   */
  learning_rate: Printed6 | null;
  /**
   * The update of each parameter; empty without a learning rate.
   */
  updates: ParameterUpdate[];
  /**
   * Nodes that the output does not depend on: their gradient is 0.
   */
  independent: NodeName1[];
  /**
   * Number of paths from the node that was asked for, counted between steps; null for every leaf.
   */
  paths: Count2 | null;
  /**
   * Sentences on kinks, and on numbers that are not finite.
   */
  notes: string[];
  /**
   * Why more than four decimals are shown, with `$…$`; or null.
   */
  digits_note: string | null;
  /**
   * What of a long solution is left out, in sentences.
   */
  cut: string[];
  /**
   * Number of steps of the program, listed or not.
   */
  steps: number;
  /**
   * The graph between leaves and steps; null for a long program.
   */
  graph: NamedGraph | null;
}
/**
 * The node that is differentiated.
 */
export interface NodeName {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
}
/**
 * A node by its names.
 */
export interface NodeName1 {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
}
/**
 * A leaf with its number.
 */
export interface GivenLeaf {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Null: a leaf is not computed.
   */
  op: null;
  /**
   * Role of the leaf.
   */
  role: "input" | "parameter" | "constant";
  value: Printed4;
  /**
   * Whether nothing gave it a number, so that it is 1.
   */
  defaulted: boolean;
  /**
   * Whether it is the leaf that was asked for; true where every leaf is shown.
   */
  on_path: boolean;
  span: Span3;
}
/**
 * Its number, with every digit.
 */
export interface Printed4 {
  /**
   * As printed: rounded so that the equations around it check. A large tensor by shape and reach.
   */
  text: string;
  /**
   * The same in LaTeX; a vector is a column.
   */
  latex: string;
  /**
   * The exact number, or nested lists; null for a tensor too large to be printed whole.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of a tensor; empty for a number.
   */
  shape: number[];
}
/**
 * A place in the program as sent.
 */
export interface Span3 {
  /**
   * Offset of the first character, in code points from 0.
   */
  start: number;
  /**
   * Offset after the last character.
   */
  end: number;
  /**
   * Line of the first character, counted from 1.
   */
  line: number;
  /**
   * Column of the first character, counted from 1.
   */
  column: number;
}
/**
 * One line of the forward table: a step with its symbols, its numbers and its value.
 */
export interface ForwardRow {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Operation of its last gate.
   */
  op: string;
  /**
   * What it is computed by, in LaTeX.
   */
  symbols: string;
  /**
   * The same with numbers; empty where that would only repeat the value.
   */
  numbers: string;
  value: Printed5;
  /**
   * `≈` where eight decimals would not give the printed value back.
   */
  relation: "=" | "≈";
  /**
   * Whether the leaf that was asked for reaches it; true where every leaf is shown.
   */
  on_path: boolean;
  /**
   * Ids of the gates folded into it, itself last.
   */
  gates: string[];
  span: Span4;
}
/**
 * Its value.
 */
export interface Printed5 {
  /**
   * As printed: rounded so that the equations around it check. A large tensor by shape and reach.
   */
  text: string;
  /**
   * The same in LaTeX; a vector is a column.
   */
  latex: string;
  /**
   * The exact number, or nested lists; null for a tensor too large to be printed whole.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of a tensor; empty for a number.
   */
  shape: number[];
}
/**
 * A place in the program as sent.
 */
export interface Span4 {
  /**
   * Offset of the first character, in code points from 0.
   */
  start: number;
  /**
   * Offset after the last character.
   */
  end: number;
  /**
   * Line of the first character, counted from 1.
   */
  line: number;
  /**
   * Column of the first character, counted from 1.
   */
  column: number;
}
/**
 * d(target)/d(source), everything else that the target reads held; or, of whole tensors, the rule for
 * d(output)/d(source) in the gradient of the target.
 */
export interface LocalDerivative {
  /**
   * Id of the node it is taken by.
   */
  source: string;
  /**
   * Id of the node it is taken of.
   */
  target: string;
  /**
   * Its name in LaTeX.
   */
  head: string;
  /**
   * The simplified formula in the language of programs.
   */
  text: string;
  /**
   * The same in LaTeX.
   */
  symbols: string;
  /**
   * The same with numbers; null where that would only repeat the value.
   */
  numbers: string | null;
  /**
   * Its value, of tensors entry by entry; null for a rule that multiplies whole tensors.
   */
  value: Printed6 | null;
  /**
   * `≈` where eight decimals would not give the printed value back.
   */
  relation: "=" | "≈";
  /**
   * A condition in LaTeX that holds at these numbers and decides the formula, or null.
   */
  reason: string | null;
  /**
   * A sentence where the derivative is a matter of choice, or null.
   */
  remark: string | null;
}
/**
 * A number or a tensor as the solution prints it, and as it is.
 */
export interface Printed6 {
  /**
   * As printed: rounded so that the equations around it check. A large tensor by shape and reach.
   */
  text: string;
  /**
   * The same in LaTeX; a vector is a column.
   */
  latex: string;
  /**
   * The exact number, or nested lists; null for a tensor too large to be printed whole.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of a tensor; empty for a number.
   */
  shape: number[];
}
/**
 * One step of gradient descent for one parameter: new = old − learning rate × gradient.
 */
export interface ParameterUpdate {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Null: a leaf is not computed.
   */
  op: null;
  old: Printed7;
  gradient: Printed8;
  new: Printed9;
  /**
   * `≈` where eight decimals would not give the printed value back.
   */
  relation: "=" | "≈";
}
/**
 * A number or a tensor as the solution prints it, and as it is.
 */
export interface Printed7 {
  /**
   * As printed: rounded so that the equations around it check. A large tensor by shape and reach.
   */
  text: string;
  /**
   * The same in LaTeX; a vector is a column.
   */
  latex: string;
  /**
   * The exact number, or nested lists; null for a tensor too large to be printed whole.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of a tensor; empty for a number.
   */
  shape: number[];
}
/**
 * A number or a tensor as the solution prints it, and as it is.
 */
export interface Printed8 {
  /**
   * As printed: rounded so that the equations around it check. A large tensor by shape and reach.
   */
  text: string;
  /**
   * The same in LaTeX; a vector is a column.
   */
  latex: string;
  /**
   * The exact number, or nested lists; null for a tensor too large to be printed whole.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of a tensor; empty for a number.
   */
  shape: number[];
}
/**
 * A number or a tensor as the solution prints it, and as it is.
 */
export interface Printed9 {
  /**
   * As printed: rounded so that the equations around it check. A large tensor by shape and reach.
   */
  text: string;
  /**
   * The same in LaTeX; a vector is a column.
   */
  latex: string;
  /**
   * The exact number, or nested lists; null for a tensor too large to be printed whole.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of a tensor; empty for a number.
   */
  shape: number[];
}
/**
 * The graph between the leaves, the named nodes and the outputs: the granularity of a textbook.
 */
export interface NamedGraph {
  /**
   * Id of the node whose gradients it carries.
   */
  output: string;
  /**
   * In topological order: operands before users.
   */
  nodes: NamedNode[];
  /**
   * In the order of their targets, then of operands.
   */
  edges: NamedEdge[];
}
/**
 * A leaf, a named node or an output; a program line of several gates is one of these.
 */
export interface NamedNode {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * `output-gate` is a gate whose result is an output.
   */
  kind: "leaf" | "gate" | "output-gate";
  /**
   * Role of a leaf; null for a gate.
   */
  role: ("input" | "parameter" | "constant") | null;
  /**
   * Operation of its last gate; null for a leaf.
   */
  op: string | null;
  /**
   * The program's name for it, or null.
   */
  name: string | null;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  span: Span5;
  /**
   * What its circle shows: a line of one gate as that gate, a sum of more as `Σ`, else `ƒ`.
   */
  shown: string;
  /**
   * Name of the curve drawn instead of `shown`, or null.
   */
  glyph: string | null;
  /**
   * Whether it stands for several gates.
   */
  folded: boolean;
  /**
   * Ids of the gates without a name that belong to it, in topological order.
   */
  gates: string[];
  /**
   * Empty for a number.
   */
  shape: number[];
  /**
   * Result of the forward pass; null for a tensor.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * d(output)/d(node); null for an output that is a constant, and for a tensor.
   */
  gradient: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * Uses of literals and constants in its line: operands that are no nodes here.
   */
  hidden_operands: number;
}
/**
 * A place in the program as sent.
 */
export interface Span5 {
  /**
   * Offset of the first character, in code points from 0.
   */
  start: number;
  /**
   * Offset after the last character.
   */
  end: number;
  /**
   * Line of the first character, counted from 1.
   */
  line: number;
  /**
   * Column of the first character, counted from 1.
   */
  column: number;
}
/**
 * The wire from one node to another, with the derivative of one by the other, all other nodes held.
 */
export interface NamedEdge {
  /**
   * Id of the node it comes from.
   */
  source: string;
  /**
   * Id of the node that is computed from it.
   */
  target: string;
  /**
   * Its place among the edges of the target, from 0, as the operands stand in the program.
   */
  operand: number;
  /**
   * d(target)/d(source): the sum over the ways through the gates between them. This and the next two are null in a program with tensors.
   */
  local: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * The gradient that arrives at the target.
   */
  upstream: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * upstream × local: what this edge passes on.
   */
  downstream: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * Id of the node whose value `local` is by its rule, as the other factor of a product; else null.
   */
  value_of: string | null;
}
/**
 * A program, and which worked solution of it. Only `source` is required.
 */
export interface DerivationRequest {
  /**
   * The program: statements separated by newlines or `;`. The last formula is the output. LaTeX and Python are read as well; a text with a backslash is LaTeX.
   */
  source: string;
  /**
   * Numbers for leaves, by name. They win over numbers that the program itself gives. A leaf with no number anywhere gets 1 and is listed under `defaulted`. A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; one entry of it is `W[0, 1]`, indices from 0.
   */
  values?: {
    [k: string]: number | unknown[];
  };
  /**
   * The node that is differentiated, by name, or a list of several. Left out or null, it is the last statement that is not only a value.
   */
  output?: string | [string, ...string[]] | null;
  /**
   * Merge equal sub-expressions into one node.
   */
  share?: boolean;
  /**
   * Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; where tensors would be too large then, none. Closed ones appear as one node. Calls of the program's own functions are always sent open, with a group.
   */
  expand?: string | string[];
  conventions?: ConventionsRequest6;
  /**
   * Name of the leaf (or id, name or label of any node) to solve for, or one entry of a tensor such as `W1[0, 1]`; null for every leaf.
   */
  leaf?: string | null;
  /**
   * `structured` for a page of one's own, `markdown` with `$…$` formulas, `latex` for a whole document.
   */
  format?: "structured" | "markdown" | "latex";
  /**
   * Also one step of gradient descent with this learning rate.
   */
  learning_rate?: number | null;
  /**
   * Names of the leaves that take that step; every parameter of the program unless given.
   */
  parameters?: string | [string, ...string[]] | null;
}
/**
 * Which derivative is taken where there is none. Each one left out keeps its default.
 */
export interface ConventionsRequest6 {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * What can be said about a number: right, rounded on the way, or wrong with every usual slip that gives it.
 */
export interface DiagnoseAnswer {
  /**
   * What the number is said to be.
   */
  quantity: "value" | "gradient" | "updated";
  printed: WrittenNumber;
  /**
   * Which entry it is, from 0; null of a number or a whole tensor.
   */
  index: number[] | null;
  /**
   * The shape of our tensor; empty for a number or an entry.
   */
  shape: number[];
  /**
   * Our number; null of a tensor.
   */
  exact: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * The same with two digits more than were written.
   */
  exact_shown: string;
  /**
   * `exact`, `rounded` and `truncated` are right: our number as it is, rounded, or cut to these digits. `rounded-on-the-way`: so near that rounding intermediate results explains it. `wrong`: anything else.
   */
  verdict: "exact" | "rounded" | "truncated" | "rounded-on-the-way" | "wrong";
  headline: Phrase;
  /**
   * One or two more, or null.
   */
  says: Phrase1 | null;
  /**
   * How the digits come about: from our number, or from the only slip that gives them.
   */
  digits: string | null;
  /**
   * Said where so few digits were written that a slip may give them by chance; else null.
   */
  caution: string | null;
  /**
   * Every slip that gives exactly these digits; none is preferred. Of a tensor those that give all entries; where there are none, those that give every wrong entry; else some that give a part of them.
   */
  matches: SlipMatch[];
  /**
   * Of a tensor, which entries are wrong; null of a number or another shape.
   */
  which: Phrase1 | null;
  /**
   * Of a tensor its entries; null of a number, of another shape, and above 10,000 entries.
   */
  cells: Cells | null;
  /**
   * Id of the output.
   */
  output: string;
  node: NodeRef;
  /**
   * Slips that give other numbers, those of every kind first; 60 of them. Of a tensor each with its number at the first wrong entry.
   */
  tried: Tried[];
  /**
   * How many slips were tried in all, those that match included.
   */
  tried_count: number;
  /**
   * The nodes of `kept_edges` and `dropped_edges`; empty in a graph too large to draw them.
   */
  nodes: NodeRef1[];
}
/**
 * The number as it was written.
 */
export interface WrittenNumber {
  /**
   * As it was sent.
   */
  text: string;
  /**
   * The number; null of a tensor.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * Digits after the point; negative for `1.2e5`; null for a fraction and for what is not finite.
   */
  decimals: number | null;
  /**
   * Significant digits, 0 for a zero.
   */
  digits: number | null;
}
/**
 * One short sentence.
 */
export interface Phrase {
  /**
   * Plain.
   */
  text: string;
  /**
   * The same with names as LaTeX between dollar signs.
   */
  latex: string;
}
/**
 * A title or a sentence.
 */
export interface Phrase1 {
  /**
   * Plain.
   */
  text: string;
  /**
   * The same with names as LaTeX between dollar signs.
   */
  latex: string;
}
/**
 * A slip that gives exactly the digits that were written.
 */
export interface SlipMatch {
  /**
   * What kind of slip it is.
   */
  kind:
    | "path"
    | "derivative"
    | "place"
    | "factor"
    | "sign"
    | "constant"
    | "power"
    | "router"
    | "value"
    | "local"
    | "upstream"
    | "other"
    | "term"
    | "early"
    | "step"
    | "rounding"
    | "transpose"
    | "sum"
    | "softmax"
    | "order";
  title: Phrase2;
  /**
   * One short sentence.
   */
  headline: string;
  says: Phrase3;
  /**
   * The number that the slip gives; null of a tensor.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * How it gives the digits: as it is, rounded, or cut; null of a tensor.
   */
  manner: ("exact" | "rounded" | "truncated") | null;
  /**
   * How the digits come about, in a sentence; null where they are the number's own.
   */
  digits: string | null;
  /**
   * Id of the gate where it happened, or null.
   */
  node: string | null;
  /**
   * Where terms of a sum are missing: those that are in the number.
   */
  kept: Term[];
  /**
   * Those that are not.
   */
  left_out: Term[];
  /**
   * The sum of all of them; null where no term is missing.
   */
  total: Total | null;
  /**
   * Edges that lie on what was kept; empty where no term is missing.
   */
  kept_edges: EdgeRef[];
  /**
   * Edges that lie only on what was left out.
   */
  dropped_edges: EdgeRef[];
  /**
   * Whether it gives everything that was written; false where wrong entries only.
   */
  gives_all: boolean;
  /**
   * Of a tensor, the wrong entries that it gives, counted row by row from 0; null of a number.
   */
  gives: number[] | null;
}
/**
 * A title or a sentence.
 */
export interface Phrase2 {
  /**
   * Plain.
   */
  text: string;
  /**
   * The same with names as LaTeX between dollar signs.
   */
  latex: string;
}
/**
 * A title or a sentence.
 */
export interface Phrase3 {
  /**
   * Plain.
   */
  text: string;
  /**
   * The same with names as LaTeX between dollar signs.
   */
  latex: string;
}
/**
 * One summand of a gradient.
 */
export interface Term {
  name: Phrase4;
  /**
   * What it adds.
   */
  value: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * The same, with digits that add up with the others.
   */
  shown: string;
  /**
   * Id of the node that it runs through and the others do not, or null.
   */
  node: string | null;
}
/**
 * A title or a sentence.
 */
export interface Phrase4 {
  /**
   * Plain.
   */
  text: string;
  /**
   * The same with names as LaTeX between dollar signs.
   */
  latex: string;
}
/**
 * The sum of all terms.
 */
export interface Total {
  /**
   * The gradient.
   */
  value: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * The same, with the digits of the terms.
   */
  shown: string;
}
/**
 * An edge that an answer speaks of.
 */
export interface EdgeRef {
  /**
   * Id of the operand.
   */
  source: string;
  /**
   * Id of the node that uses it.
   */
  target: string;
  /**
   * Position of the operand, from 0.
   */
  operand: number;
}
/**
 * The node whose number it is said to be.
 */
export interface NodeRef {
  /**
   * The same for the same program.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Name of the operation; null for a leaf.
   */
  op: string | null;
  /**
   * Where the program writes it.
   */
  span: Span1 | null;
}
/**
 * A slip that gives another number.
 */
export interface Tried {
  /**
   * What kind of slip it is.
   */
  kind:
    | "path"
    | "derivative"
    | "place"
    | "factor"
    | "sign"
    | "constant"
    | "power"
    | "router"
    | "value"
    | "local"
    | "upstream"
    | "other"
    | "term"
    | "early"
    | "step"
    | "rounding"
    | "transpose"
    | "sum"
    | "softmax"
    | "order";
  title: Phrase5;
  /**
   * The number that the slip gives.
   */
  value: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * The same with as many decimals as were written.
   */
  gives: string;
}
/**
 * A title or a sentence.
 */
export interface Phrase5 {
  /**
   * Plain.
   */
  text: string;
  /**
   * The same with names as LaTeX between dollar signs.
   */
  latex: string;
}
/**
 * A node that an answer speaks of.
 */
export interface NodeRef1 {
  /**
   * The same for the same program.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Name of the operation; null for a leaf.
   */
  op: string | null;
  /**
   * Where the program writes it.
   */
  span: Span1 | null;
}
/**
 * A program, and what someone got for one of its nodes: exactly one of `leaf` and `node`.
 */
export interface DiagnoseRequest {
  /**
   * The program: statements separated by newlines or `;`. The last formula is the output. LaTeX and Python are read as well; a text with a backslash is LaTeX.
   */
  source: string;
  /**
   * Numbers for leaves, by name. They win over numbers that the program itself gives. A leaf with no number anywhere gets 1 and is listed under `defaulted`. A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; one entry of it is `W[0, 1]`, indices from 0.
   */
  values?: {
    [k: string]: number | unknown[];
  };
  /**
   * The node that is differentiated, by name, or a list of several. Left out or null, it is the last statement that is not only a value.
   */
  output?: string | [string, ...string[]] | null;
  /**
   * Merge equal sub-expressions into one node.
   */
  share?: boolean;
  /**
   * Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; where tensors would be too large then, none. Closed ones appear as one node. Calls of the program's own functions are always sent open, with a group.
   */
  expand?: string | string[];
  conventions?: ConventionsRequest7;
  /**
   * Learning rate of the step that gives new values: parameter − learning rate × gradient.
   */
  learning_rate?: number | null;
  /**
   * Names of the leaves that the step changes. Left out or null, it is every parameter.
   */
  parameters?: string[] | null;
  /**
   * The number as it was written, so that its digits count: `0.0012`, `-2.0e-3`, `5·10^-5`, `1/6`. It is right when it is our number rounded or cut to these digits. Of a tensor that is named without an index all entries: nested lists, rows of a spreadsheet, what NumPy or PyTorch prints, a LaTeX matrix.
   */
  printed: string;
  /**
   * Name of a leaf, `w1`, or one entry of it, `W1[0, 1]`, indices from 0.
   */
  leaf?: string | null;
  /**
   * Id, name or label of any node, or one entry of it: `z1[2]`.
   */
  node?: string | null;
  /**
   * What the number is said to be. `updated`, the value after a step, needs `learning_rate`.
   */
  quantity?: "value" | "gradient" | "updated";
}
/**
 * Which derivative is taken where there is none. Each one left out keeps its default.
 */
export interface ConventionsRequest7 {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * The wire from an operand to the node that uses it. `x * x` has two.
 */
export interface Edge {
  /**
   * Id of the operand.
   */
  source: string;
  /**
   * Id of the node that uses it.
   */
  target: string;
  /**
   * Position of the operand, from 0.
   */
  operand: number;
  /**
   * d(target)/d(operand); null when the operand is a constant. Of tensors, entry by entry; null for operations on whole tensors, whose Jacobian is never built.
   */
  local: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * The gradient that arrives at the target.
   */
  upstream: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * upstream × local, of whole tensors the vector-Jacobian product: what this edge passes on; null when the operand is a constant.
   */
  downstream: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Axes of what the target works on that `downstream` was summed over, because the operand was repeated along them; left out where there are none.
   */
  summed?: number[];
}
/**
 * Every value and every gradient of a program.
 */
export interface EvaluateAnswer {
  /**
   * Id of the node that was differentiated.
   */
  output: string;
  /**
   * Ids of all requested outputs; gradients follow the first.
   */
  outputs: string[];
  /**
   * In topological order: operands before users.
   */
  nodes: Node[];
  /**
   * In the order of their targets, then of operands.
   */
  edges: Edge[];
  /**
   * Composites that are sent open.
   */
  groups: Group[];
  /**
   * How the program was read, one entry per statement.
   */
  statements: Statement[];
  /**
   * The notation that the program was read in. Places are those of the program as sent in each.
   */
  notation: "chainrule" | "latex" | "python";
  /**
   * The same program in our notation; null where it is written in it.
   */
  rewritten: string | null;
  /**
   * d(output)/d(leaf) for every named leaf; null for a constant.
   */
  gradients: {
    /**
     * A number; nested lists of numbers for a tensor; null for a tensor with more entries than `max_elements`.
     */
    [k: string]: number | "NaN" | "Infinity" | "-Infinity" | unknown[] | null;
  };
  /**
   * Value of every named node.
   */
  values: {
    /**
     * A number; nested lists of numbers for a tensor; null for a tensor with more entries than `max_elements`.
     */
    [k: string]: number | "NaN" | "Infinity" | "-Infinity" | unknown[] | null;
  };
  /**
   * Names of leaves that had no number and got 1.
   */
  defaulted: string[];
  /**
   * Remarks on readings and numbers.
   */
  warnings: Remark[];
  /**
   * Nodes that sit where their operation has no derivative.
   */
  kinks: Remark[];
  /**
   * Numeric health, told where it happens; nothing is wrong: `saturated` and `off` gates, `vanishing` and `exploding` gradients of leaves.
   */
  remarks: Remark[];
  conventions: Conventions1;
}
/**
 * One value of the graph: a leaf, or the result of an operation.
 */
export interface Node {
  /**
   * The same for the same program.
   */
  id: string;
  /**
   * Role of a leaf, or `operation`.
   */
  kind: "input" | "parameter" | "constant" | "operation";
  /**
   * Name of the operation in `/api/v1/operations`; null for a leaf.
   */
  op: string | null;
  /**
   * Ids of the operands in order, repeats kept.
   */
  operands: string[];
  /**
   * Settings of the operation, such as a slope.
   */
  attributes: {
    [k: string]: unknown;
  };
  /**
   * The name that the program gives; null for unnamed gates and literals.
   */
  name: string | null;
  /**
   * The name shown in formulas: given, a literal as typed, or automatic (s0, s1, …).
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Empty for a scalar.
   */
  shape: number[];
  /**
   * Result of the forward pass; a tensor as nested lists, a large one as null.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * d(output)/d(node), in the shape of the value: the sum of `downstream` over all edges that leave it. Null for a constant: nothing is differentiated by it.
   */
  gradient: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of the value of a tensor that is not listed.
   */
  summary?: TensorSummary | null;
  /**
   * Of the gradient of a tensor that is not listed.
   */
  gradient_summary?: TensorSummary | null;
  /**
   * Length of the longest way from a leaf.
   */
  depth: number;
  /**
   * Id of the innermost group that holds this node.
   */
  group: string | null;
  /**
   * Where the program writes this node; for a leaf, its first use.
   */
  span: Span1 | null;
  /**
   * Where the program writes this leaf's number, or null.
   */
  value_span: Span1 | null;
}
/**
 * What is told of a tensor instead of its entries.
 */
export interface TensorSummary {
  /**
   * Smallest entry.
   */
  min: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * Mean of all entries.
   */
  mean: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * Largest entry.
   */
  max: number | ("NaN" | "Infinity" | "-Infinity");
  /**
   * Root of the sum of squares.
   */
  norm: number | ("NaN" | "Infinity" | "-Infinity");
}
/**
 * A composite or a call of one's own function that is sent open, and the closed gate that stands for it.
 */
export interface Group {
  /**
   * Id of the group; nodes name it under `group`.
   */
  id: string;
  /**
   * The name that the program gives to a composite's result, or null; of a call, the function's name.
   */
  name: string | null;
  /**
   * Name of the composite operation; null for a call of one's own function.
   */
  op: string | null;
  /**
   * What to call it on a page.
   */
  title: string;
  /**
   * Id of the group around this one, or null.
   */
  group: string | null;
  /**
   * Ids of the nodes that enter it, in order; of a call, then those its formula takes from outside.
   */
  operands: string[];
  /**
   * Id of the node that leaves it.
   */
  output: string;
  /**
   * Sizes of the result's axes; empty for a number.
   */
  shape?: number[];
  /**
   * Value of the closed gate, by its stable formula.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * d(output)/d(result of the group); null for a constant.
   */
  gradient: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of a value with more entries than `max_elements`; null or left out for any other.
   */
  summary?: TensorSummary | null;
  /**
   * The same of the gradient.
   */
  gradient_summary?: TensorSummary | null;
  /**
   * A call, typeset with the labels of its operands; null for a composite.
   */
  latex: string | null;
  span: Span6;
  /**
   * Settings of the operation.
   */
  attributes: {
    [k: string]: unknown;
  };
  /**
   * The program writes its gates itself, as in `1 / (1 + exp(-u))`. Only with expand `*`.
   */
  written: boolean;
  /**
   * The edges of the closed gate; their target is this group's id.
   */
  edges: Edge[];
}
/**
 * A place in the program as sent.
 */
export interface Span6 {
  /**
   * Offset of the first character, in code points from 0.
   */
  start: number;
  /**
   * Offset after the last character.
   */
  end: number;
  /**
   * Line of the first character, counted from 1.
   */
  line: number;
  /**
   * Column of the first character, counted from 1.
   */
  column: number;
}
/**
 * How one statement of the program was read.
 */
export interface Statement {
  /**
   * The statement, typeset.
   */
  latex: string;
  /**
   * Id of the node that the statement makes; null for a definition.
   */
  node: string | null;
  span: Span7;
  /**
   * Which part of the formula is which node.
   */
  parts: StatementPart[];
}
/**
 * A place in the program as sent.
 */
export interface Span7 {
  /**
   * Offset of the first character, in code points from 0.
   */
  start: number;
  /**
   * Offset after the last character.
   */
  end: number;
  /**
   * Line of the first character, counted from 1.
   */
  line: number;
  /**
   * Column of the first character, counted from 1.
   */
  column: number;
}
/**
 * The part of a statement's LaTeX that is one node.
 */
export interface StatementPart {
  /**
   * Id of the node.
   */
  node: string;
  /**
   * Offset of its first character in `latex`.
   */
  start: number;
  /**
   * Offset after its last character.
   */
  end: number;
}
/**
 * Something worth a sentence: a reading with two meanings, a number that is not finite, a kink.
 */
export interface Remark {
  /**
   * Stable name of the kind of remark.
   */
  code: string;
  /**
   * One sentence for a reader.
   */
  message: string;
  /**
   * Id of the node it is about, or null.
   */
  node: string | null;
  /**
   * The place in the program it is about, or null.
   */
  span: Span1 | null;
}
/**
 * The derivatives that were taken at kinks.
 */
export interface Conventions1 {
  /**
   * Slope of relu and its relatives at 0.
   */
  relu_at_zero: number;
  /**
   * Who receives the gradient among equals.
   */
  ties: "split" | "first" | "both";
  /**
   * Slope of abs at 0.
   */
  abs_at_zero: number;
}
/**
 * A program, and what to compute of it. Only `source` is required.
 */
export interface EvaluateRequest {
  /**
   * The program: statements separated by newlines or `;`. The last formula is the output. LaTeX and Python are read as well; a text with a backslash is LaTeX.
   */
  source: string;
  /**
   * Numbers for leaves, by name. They win over numbers that the program itself gives. A leaf with no number anywhere gets 1 and is listed under `defaulted`. A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; one entry of it is `W[0, 1]`, indices from 0.
   */
  values?: {
    [k: string]: number | unknown[];
  };
  /**
   * The node that is differentiated, by name, or a list of several. Left out or null, it is the last statement that is not only a value.
   */
  output?: string | [string, ...string[]] | null;
  /**
   * Merge equal sub-expressions into one node.
   */
  share?: boolean;
  /**
   * Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; where tensors would be too large then, none. Closed ones appear as one node. Calls of the program's own functions are always sent open, with a group.
   */
  expand?: string | string[];
  conventions?: ConventionsRequest8;
  /**
   * The gradient that arrives at the output: 1 for d(output)/d(node).
   */
  seed?: number;
  /**
   * Tensors with more entries are answered by a summary instead of their numbers.
   */
  max_elements?: number;
}
/**
 * Which derivative is taken where there is none. Each one left out keeps its default.
 */
export interface ConventionsRequest8 {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * The gallery.
 */
export interface ExamplesAnswer {
  /**
   * Every example, in the order of the gallery.
   */
  examples: Lesson[];
}
/**
 * One example: a program with the numbers its source prints.
 */
export interface Lesson {
  /**
   * Its name in addresses.
   */
  slug: string;
  /**
   * Its name on a card.
   */
  title: string;
  /**
   * The title in LaTeX, where it is a formula.
   */
  formula: string | null;
  /**
   * One short line.
   */
  summary: string;
  /**
   * The section of the gallery.
   */
  section: string;
  /**
   * What it is about.
   */
  kind: "gates" | "neurons" | "networks" | "tensors";
  source: LessonSource;
  /**
   * The program.
   */
  program: string;
  /**
   * Numbers for leaves beside the program.
   */
  values: {
    [k: string]: number;
  };
  /**
   * The step of gradient descent that the source takes, or null.
   */
  step: TrainingStep | null;
  /**
   * The node to differentiate, where it is not the last formula.
   */
  output: string | null;
  /**
   * A sentence on the source's numbers, or null.
   */
  note: string | null;
  verdict: Verdict;
  /**
   * Every printed number.
   */
  printed: PrintedNumber[];
  graph: Outline;
}
/**
 * Where it comes from.
 */
export interface LessonSource {
  /**
   * The course, book or paper.
   */
  title: string;
  /**
   * Who wrote or taught it.
   */
  author: string;
  /**
   * The page, section or lecture.
   */
  place: string;
  /**
   * The year, where the source gives one.
   */
  year: number | null;
}
/**
 * One step of gradient descent as the source takes it.
 */
export interface TrainingStep {
  /**
   * The learning rate.
   */
  learning_rate: number;
  /**
   * The leaves that take the step; empty for every parameter.
   */
  parameters: string[];
}
/**
 * The comparison in short.
 */
export interface Verdict {
  /**
   * The worst of all printed numbers.
   */
  kind: "matches" | "rounded" | "wrong" | "none";
  /**
   * How many printed numbers have that verdict.
   */
  count: number;
  /**
   * How many numbers the source prints.
   */
  total: number;
}
/**
 * One number as the source prints it.
 */
export interface PrintedNumber {
  /**
   * The node it belongs to.
   */
  name: string;
  /**
   * Which of its numbers; `updated` is its value after one step of gradient descent.
   */
  quantity: "value" | "gradient" | "updated";
  /**
   * The digits as printed.
   */
  printed: string;
  /**
   * The number we compute.
   */
  exact: number;
  /**
   * How the two compare.
   */
  verdict: "matches" | "rounded" | "wrong";
}
/**
 * Its graph in short.
 */
export interface Outline {
  /**
   * Id of the output.
   */
  output: string;
  /**
   * In topological order.
   */
  nodes: OutlineNode[];
}
/**
 * One node of an example's graph, with the edges that enter it.
 */
export interface OutlineNode {
  /**
   * Its id in this graph.
   */
  id: string;
  /**
   * Role of a leaf, or `operation`.
   */
  kind: "input" | "parameter" | "constant" | "operation";
  /**
   * Name of the operation; null for a leaf.
   */
  op: string | null;
  /**
   * Ids of its operands in order, repeats kept.
   */
  operands: string[];
  /**
   * Derivative by each operand; null where nothing is differentiated.
   */
  local: ((number | ("NaN" | "Infinity" | "-Infinity")) | null)[];
  /**
   * The program's name for it, or null.
   */
  name: string | null;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Its shape; empty for a number.
   */
  shape: number[];
  /**
   * Its value; null for a tensor.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * Gradient of the output with respect to it; null for constants and tensors.
   */
  gradient: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
}
/**
 * A function that writes a tensor of one value, as a literal does: no gate, and nothing is differentiated by it.
 */
export interface Filler {
  /**
   * The name used in calls, with the sizes as operands.
   */
  name: string;
  /**
   * Its name for readers.
   */
  title: string;
  /**
   * What it writes, in one sentence.
   */
  says: string;
  /**
   * What a call may give by name, with defaults; null is worked out from the sizes. The same sizes, settings and seed give the same numbers always.
   */
  settings: {
    [k: string]: number | null;
  };
  /**
   * The distribution of its entries in LaTeX; null where nothing is random.
   */
  draws: string | null;
  /**
   * Where it comes from.
   */
  source: string;
}
/**
 * A repair: replacing the text at `span` by `text` removes the mistake.
 */
export interface Fix {
  /**
   * What a button would say.
   */
  label: string;
  /**
   * The text to put in.
   */
  text: string;
  span: Span8;
}
/**
 * A place in the program as sent.
 */
export interface Span8 {
  /**
   * Offset of the first character, in code points from 0.
   */
  start: number;
  /**
   * Offset after the last character.
   */
  end: number;
  /**
   * Line of the first character, counted from 1.
   */
  line: number;
  /**
   * Column of the first character, counted from 1.
   */
  column: number;
}
/**
 * The node that a row or a column belongs to.
 */
export interface Head2 {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Name of its operation; null for a leaf.
   */
  op: string | null;
  span: Span;
  /**
   * Result of the forward pass; null for a whole tensor, which heads no row of numbers.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * Of an entry of a tensor: its indices, from 0. Absent for a number.
   */
  entry?: number[] | null;
  /**
   * Of a whole tensor.
   */
  shape?: number[] | null;
}
/**
 * The server answers.
 */
export interface Health {
  /**
   * Always `ok`.
   */
  status: "ok";
}
/**
 * The second derivatives of one output: its gradient, differentiated by every leaf once more.
 */
export interface HessianAnswer {
  output: Head3;
  /**
   * The nodes of rows and columns.
   */
  leaves: Head2[];
  /**
   * First derivatives, one for each leaf.
   *
   * Items: A float64 number, or `"NaN"`, `"Infinity"`, `"-Infinity"`, which JSON numbers cannot hold.
   */
  gradient: (number | ("NaN" | "Infinity" | "-Infinity"))[];
  /**
   * Row by row: the derivative of one leaf's gradient by every leaf. Symmetric up to rounding.
   */
  matrix: (number | ("NaN" | "Infinity" | "-Infinity"))[][];
  /**
   * Of its symmetric part, the smallest first; empty where an entry is not finite.
   *
   * Items: A float64 number, or `"NaN"`, `"Infinity"`, `"-Infinity"`, which JSON numbers cannot hold.
   */
  eigenvalues: (number | ("NaN" | "Infinity" | "-Infinity"))[];
  /**
   * What the signs of the eigenvalues say, in one sentence; null for more than eight leaves.
   */
  curvature: string | null;
  /**
   * Reverse sweeps through both passes: one for each leaf.
   */
  sweeps: number;
  /**
   * Gates of forward and backward pass together, passed in each sweep.
   */
  gates: number;
  /**
   * Between leaves and output, with first derivatives. Null unless asked for.
   */
  graph: NamedGraph | null;
}
/**
 * The node that a row or a column belongs to.
 */
export interface Head3 {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Name of its operation; null for a leaf.
   */
  op: string | null;
  span: Span;
  /**
   * Result of the forward pass; null for a whole tensor, which heads no row of numbers.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * Of an entry of a tensor: its indices, from 0. Absent for a number.
   */
  entry?: number[] | null;
  /**
   * Of a whole tensor.
   */
  shape?: number[] | null;
}
/**
 * A program with one output, and the leaves to differentiate it by twice. Only `source` is required.
 */
export interface HessianRequest {
  /**
   * The program: statements separated by newlines or `;`. The last formula is the output. LaTeX and Python are read as well; a text with a backslash is LaTeX.
   */
  source: string;
  /**
   * Numbers for leaves, by name. They win over numbers that the program itself gives. A leaf with no number anywhere gets 1 and is listed under `defaulted`. A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; one entry of it is `W[0, 1]`, indices from 0.
   */
  values?: {
    [k: string]: number | unknown[];
  };
  /**
   * The node that is differentiated, by name, or a list of several. Left out or null, it is the last statement that is not only a value.
   */
  output?: string | [string, ...string[]] | null;
  /**
   * Merge equal sub-expressions into one node.
   */
  share?: boolean;
  /**
   * Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; where tensors would be too large then, none. Closed ones appear as one node. Calls of the program's own functions are always sent open, with a group.
   */
  expand?: string | string[];
  conventions?: ConventionsRequest9;
  /**
   * Leaves to differentiate by, by name; also other nodes, by id, name or label, each varied alone. Of a tensor every entry has a column; `W[0, 1]` is one of them. Left out or null, every leaf that is no constant.
   */
  leaves?: string | [string, ...string[]] | null;
  /**
   * Also answer with the graph that lies between these leaves and the outputs.
   */
  graph?: boolean;
  /**
   * Id, name or label of the node to differentiate; the output unless given.
   */
  node?: string | null;
}
/**
 * Which derivative is taken where there is none. Each one left out keeps its default.
 */
export interface ConventionsRequest9 {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * The derivative of every output by every leaf.
 */
export interface JacobianAnswer {
  /**
   * What the rows are.
   */
  layout: "outputs" | "leaves";
  /**
   * The nodes of the rows: outputs, or leaves in the other layout.
   */
  rows: Head2[];
  /**
   * The nodes of the columns.
   */
  columns: Head2[];
  /**
   * Row by row: d(output)/d(leaf).
   */
  matrix: (number | ("NaN" | "Infinity" | "-Infinity"))[][];
  /**
   * How many paths each entry sums over, counted over single gates; rounded above 2^53. Null where tensors are too large for it.
   */
  paths: (number | ("NaN" | "Infinity" | "-Infinity"))[][] | null;
  /**
   * Why an entry is zero; null for one that is not. Null itself where tensors are too large for it.
   */
  why: (Zero | null)[][] | null;
  /**
   * Rows and columns of the matrix, built or not; only with tensors.
   */
  shape?: number[] | null;
  /**
   * Why the matrix is not built: its size, and the limit. Rows and columns are empty then.
   */
  note?: string | null;
  /**
   * With tensors: one for each output and leaf, the first 36.
   */
  blocks?: Block[] | null;
  sweeps: Sweeps;
  /**
   * Between leaves and outputs, with the gradients of one output: single gates where there are few, else one node for each line. Null unless asked for.
   */
  graph: NamedGraph | null;
}
/**
 * Why an entry is zero.
 */
export interface Zero {
  /**
   * `no-path`: the output is not computed from the leaf. `router`: a gate such as max chose another input, or lets nothing through. `flat`: a local gradient on every path is 0 here. `cancels`: the products of the paths add up to 0. `underflow`: the product is too small for a float64.
   */
  reason: "no-path" | "router" | "flat" | "cancels" | "underflow";
  /**
   * The reason in one sentence.
   */
  message: string;
}
/**
 * What filling it costs, by either mode.
 */
export interface Sweeps {
  /**
   * Reverse sweeps: one for each output.
   */
  reverse: number;
  /**
   * Forward sweeps: one for each leaf.
   */
  forward: number;
  /**
   * The mode that filled this matrix: the one with fewer sweeps. Both give the same numbers.
   */
  used: "reverse" | "forward";
}
/**
 * A program, and which outputs to differentiate by which leaves. Only `source` is required.
 */
export interface JacobianRequest {
  /**
   * The program: statements separated by newlines or `;`. The last formula is the output. LaTeX and Python are read as well; a text with a backslash is LaTeX.
   */
  source: string;
  /**
   * Numbers for leaves, by name. They win over numbers that the program itself gives. A leaf with no number anywhere gets 1 and is listed under `defaulted`. A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; one entry of it is `W[0, 1]`, indices from 0.
   */
  values?: {
    [k: string]: number | unknown[];
  };
  /**
   * The node that is differentiated, by name, or a list of several. Left out or null, it is the last statement that is not only a value.
   */
  output?: string | [string, ...string[]] | null;
  /**
   * Merge equal sub-expressions into one node.
   */
  share?: boolean;
  /**
   * Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; where tensors would be too large then, none. Closed ones appear as one node. Calls of the program's own functions are always sent open, with a group.
   */
  expand?: string | string[];
  conventions?: ConventionsRequest10;
  /**
   * Leaves to differentiate by, by name; also other nodes, by id, name or label, each varied alone. Of a tensor every entry has a column; `W[0, 1]` is one of them. Left out or null, every leaf that is no constant.
   */
  leaves?: string | [string, ...string[]] | null;
  /**
   * Also answer with the graph that lies between these leaves and the outputs.
   */
  graph?: boolean;
  /**
   * Nodes to differentiate, by id, name or label; of a tensor every entry has a row, `z[0]` is one of them. Left out or null, those under `output`, else the results of all statements that nothing uses.
   */
  outputs?: string | [string, ...string[]] | null;
  /**
   * What the rows are: `outputs`, or `leaves`, which is the transpose that some lectures use.
   */
  layout?: "outputs" | "leaves";
  /**
   * The output whose gradients `graph` carries, by id, name or label; the first unless given.
   */
  row?: string | null;
}
/**
 * Which derivative is taken where there is none. Each one left out keeps its default.
 */
export interface ConventionsRequest10 {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * The Jacobian of an operation on a vector: diag(diagonal) − column rowᵀ, each entry by entry.
 */
export interface JacobianRule {
  /**
   * The diagonal, in the language of programs; `out` is the result.
   */
  diagonal: string;
  /**
   * The column of the product that is taken off.
   */
  column: string;
  /**
   * Its row.
   */
  row: string;
  /**
   * The whole in LaTeX.
   */
  latex: string;
}
/**
 * The tangent of every node, by one forward sweep.
 */
export interface JvpAnswer {
  /**
   * Id of the output.
   */
  output: string;
  /**
   * In topological order: operands before users.
   */
  nodes: Tangent[];
}
/**
 * A node with its tangent.
 */
export interface Tangent {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Name of its operation; null for a leaf.
   */
  op: string | null;
  span: Span9;
  /**
   * Result of the forward pass.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of an entry of a tensor: its indices, from 0. Absent for a number.
   */
  entry?: number[] | null;
  /**
   * Of a whole tensor.
   */
  shape?: number[] | null;
  /**
   * How fast it changes: the sum over its operands of local gradient times tangent.
   */
  tangent: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
}
/**
 * A place in the program as sent.
 */
export interface Span9 {
  /**
   * Offset of the first character, in code points from 0.
   */
  start: number;
  /**
   * Offset after the last character.
   */
  end: number;
  /**
   * Line of the first character, counted from 1.
   */
  line: number;
  /**
   * Column of the first character, counted from 1.
   */
  column: number;
}
/**
 * A program, and how fast its leaves change. Only `source` is required.
 */
export interface JvpRequest {
  /**
   * The program: statements separated by newlines or `;`. The last formula is the output. LaTeX and Python are read as well; a text with a backslash is LaTeX.
   */
  source: string;
  /**
   * Numbers for leaves, by name. They win over numbers that the program itself gives. A leaf with no number anywhere gets 1 and is listed under `defaulted`. A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; one entry of it is `W[0, 1]`, indices from 0.
   */
  values?: {
    [k: string]: number | unknown[];
  };
  /**
   * The node that is differentiated, by name, or a list of several. Left out or null, it is the last statement that is not only a value.
   */
  output?: string | [string, ...string[]] | null;
  /**
   * Merge equal sub-expressions into one node.
   */
  share?: boolean;
  /**
   * Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; where tensors would be too large then, none. Closed ones appear as one node. Calls of the program's own functions are always sent open, with a group.
   */
  expand?: string | string[];
  conventions?: ConventionsRequest11;
  /**
   * Rate of change of leaves, by name; also of other nodes, by id, name or label, which then change by this alone. Of a tensor: nested lists in its shape, one number for all, or one entry, `W[0, 1]`, alone. Left out or null, every leaf that is no constant changes by 1.
   */
  tangents?: {
    [k: string]: number | unknown[];
  } | null;
}
/**
 * Which derivative is taken where there is none. Each one left out keeps its default.
 */
export interface ConventionsRequest11 {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * Where an example comes from.
 */
export interface LessonSource1 {
  /**
   * The course, book or paper.
   */
  title: string;
  /**
   * Who wrote or taught it.
   */
  author: string;
  /**
   * The page, section or lecture.
   */
  place: string;
  /**
   * The year, where the source gives one.
   */
  year: number | null;
}
/**
 * One limit of this server.
 */
export interface Limit {
  /**
   * The environment variable that sets it.
   */
  setting: string;
  /**
   * What it bounds.
   */
  about: string;
  /**
   * What it counts.
   */
  unit: string;
  /**
   * Its value on this server.
   */
  value: number;
  /**
   * Its value where nothing is set.
   */
  default: number;
  /**
   * What crossing it leads to: a status, or a word.
   */
  over: string;
}
/**
 * Every limit of this server.
 */
export interface LimitsAnswer {
  /**
   * In the order of the settings table.
   */
  limits: Limit[];
}
/**
 * The derivative of an operation by one of its operands.
 */
export interface LocalRule {
  /**
   * Name of the operand.
   */
  operand: string;
  /**
   * The rule in the language of programs; null where no gradient flows.
   */
  text: string | null;
  /**
   * The rule in LaTeX, `#x` standing for operand x and `#out` for the result.
   */
  latex: string | null;
}
/**
 * One entry of the registry: what a gate computes, and how its gradient is found.
 */
export interface Operation {
  /**
   * The name used in calls and in `op`.
   */
  name: string;
  /**
   * Its name for readers.
   */
  title: string;
  /**
   * The section of the cheat sheet.
   */
  section: string;
  /**
   * Names of the operands in order.
   */
  operands: string[];
  /**
   * Whether the operand may be repeated.
   */
  variadic: boolean;
  /**
   * It works on whole tensors, and not entry by entry.
   */
  whole: boolean;
  /**
   * Settings that a call may give by name, with their defaults.
   */
  attributes: {
    [k: string]: unknown;
  };
  /**
   * Other names of the same operation.
   */
  aliases: string[];
  /**
   * How it is written, `#x` standing for operand x.
   */
  notation: string;
  /**
   * How it is typeset.
   */
  latex: string;
  /**
   * The text inside its gate.
   */
  symbol: string;
  /**
   * How it is typeset where operands are tensors, of a loss one, of others all; null for the same.
   */
  tensor_latex: string | null;
  /**
   * The text inside its gate then, or null for the same.
   */
  tensor_symbol: string | null;
  /**
   * Name of a curve drawn inside the gate in place of the text.
   */
  glyph: string | null;
  /**
   * Text of the gate when the operand at this place is a literal, `#c` standing for the literal.
   */
  folded: (string | null)[];
  /**
   * What it does to gradients.
   */
  pattern: Pattern | null;
  /**
   * What it does, in one sentence.
   */
  says: string;
  /**
   * What the gate reuses on the way back.
   */
  reuse: string | null;
  /**
   * The same computation in primitive gates, in the language of programs.
   */
  expansion: string | null;
  /**
   * The expansion in LaTeX, `#x` standing for operand x.
   */
  expansion_latex: string | null;
  /**
   * The same for whole tensors, settings left out; `n` is how many entries are reduced to one.
   */
  opened: string | null;
  /**
   * That in LaTeX, `#x` standing for operand x.
   */
  opened_latex: string | null;
  /**
   * Whether it has an expansion and can be opened.
   */
  composite: boolean;
  /**
   * Of a loss, how the losses of many entries make one number; null for all others.
   */
  over: ("sum" | "mean") | null;
  /**
   * The Jacobian where it is told beside the product that is computed in its place; null elsewhere.
   */
  jacobian: JacobianRule | null;
  /**
   * The condition under which it has no derivative.
   */
  kinks: string | null;
  /**
   * What the reader is told there.
   */
  kink_sentence: string | null;
  /**
   * The convention of a request that decides the derivative there.
   */
  convention: ("relu_at_zero" | "ties" | "abs_at_zero") | null;
  /**
   * Derivative by each operand; empty rules for whole tensors.
   */
  local: LocalRule[];
  /**
   * What whole tensors pass on; empty for all other operations.
   */
  downstream: WholeRule[];
  /**
   * Of an operation on whole tensors, one example for each combination of ranks that it treats its own way, and for each axis; of a loss, how its entries make one number. Empty for all that broadcast.
   */
  shapes: ShapeExample[];
  /**
   * The forward computation in python, numpy, torch and jax.
   */
  code: {
    [k: string]: string;
  };
  /**
   * Where the formula comes from.
   */
  source: string;
}
/**
 * What an operation does to the gradient that flows back through it.
 */
export interface Pattern {
  /**
   * Stable name.
   */
  name: string;
  /**
   * Its name in a sentence.
   */
  title: string;
  /**
   * The word shown beside a gate.
   */
  word: string;
  /**
   * One sentence for a student.
   */
  sentence: string;
  /**
   * The smallest program that shows it.
   */
  program: string;
}
/**
 * What an operation on whole tensors passes on to each operand: its vector-Jacobian product.
 */
export interface WholeRule {
  /**
   * Ranks of the operands for which it holds; null for all.
   */
  ranks: number[] | null;
  /**
   * Per operand, the product in the language of programs, `g` being the upstream gradient.
   */
  text: (string | null)[] | null;
  /**
   * The same in LaTeX, `#x` standing for operand x and `#g` for g.
   */
  latex: (string | null)[];
}
/**
 * Shapes that an operation takes and what becomes of them.
 */
export interface ShapeExample {
  /**
   * Shape of each operand.
   */
  operands: number[][];
  /**
   * Shape of the result; empty for a number.
   */
  result: number[];
  /**
   * Settings of the call in this example, such as the axis.
   */
  attributes: {
    [k: string]: unknown;
  };
}
/**
 * The registry of operations.
 */
export interface OperationsAnswer {
  /**
   * Every operation, in the order of the registry.
   */
  operations: Operation[];
  /**
   * Every function that writes a tensor: zeros, ones, random starts.
   */
  fillers: Filler[];
}
/**
 * The graph of an example in short, composites closed: what a small drawing of it needs.
 */
export interface Outline1 {
  /**
   * Id of the output.
   */
  output: string;
  /**
   * In topological order.
   */
  nodes: OutlineNode[];
}
/**
 * One path, with the values: from its start to the output.
 */
export interface Path {
  /**
   * Ids of its nodes.
   */
  nodes: string[];
  /**
   * For every step, which edge of its target it is (`operand` of the edge).
   */
  operands: number[];
  /**
   * For every step, its local gradient; null for a path from a whole tensor.
   */
  factors: (number | ("NaN" | "Infinity" | "-Infinity"))[] | null;
  /**
   * The factors, multiplied from the output back: the path's part of the gradient.
   */
  product: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of a path from a whole tensor: its factors.
   */
  steps?: TensorStep[] | null;
}
/**
 * One factor of a path from a whole tensor: a Jacobian that is not built, and the rule computed in its place.
 */
export interface TensorStep {
  /**
   * Rows of the Jacobian: entries of the step's target.
   */
  rows: number;
  /**
   * Columns: entries of its source.
   */
  columns: number;
  /**
   * How the gate passes its gradient g on, in LaTeX; null where the step runs through several gates, or the rule is no formula.
   */
  rule: string | null;
}
/**
 * A leaf, and how many paths it has to the output.
 */
export interface PathLeaf {
  /**
   * Id of the leaf.
   */
  id: string;
  /**
   * Its name.
   */
  name: string;
  /**
   * Its name in LaTeX.
   */
  latex: string;
  paths: Count3;
}
/**
 * A whole number of any size.
 */
export interface Count3 {
  /**
   * The number where JSON readers hold it exactly (below 2^53), else its digits as a text.
   */
  exact: number | string;
  /**
   * The same for readers.
   */
  text: string;
}
/**
 * A node that lies on a path.
 */
export interface PathNode {
  /**
   * Id of the node, as `/evaluate` gives it for the same fields.
   */
  id: string;
  /**
   * `output-gate` is a gate whose result is an output.
   */
  kind: "leaf" | "gate" | "output-gate";
  /**
   * Role of a leaf; null for a gate.
   */
  role: ("input" | "parameter" | "constant") | null;
  /**
   * Operation of its last gate; null for a leaf.
   */
  op: string | null;
  /**
   * The program's name for it, or null.
   */
  name: string | null;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  span: Span10;
  /**
   * What its circle shows: a line of one gate as that gate, a sum of more as `Σ`, else `ƒ`.
   */
  shown: string;
  /**
   * Name of the curve drawn instead of `shown`, or null.
   */
  glyph: string | null;
  /**
   * Whether it stands for several gates.
   */
  folded: boolean;
  /**
   * Ids of the gates without a name that belong to it, in topological order.
   */
  gates: string[];
  /**
   * Empty for a number.
   */
  shape: number[];
  /**
   * Result of the forward pass; null for a tensor.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * d(output)/d(node); null for an output that is a constant, and for a tensor.
   */
  gradient: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * Uses of literals and constants in its line: operands that are no nodes here.
   */
  hidden_operands: number;
  /**
   * Edges that enter it from nodes on no path: those that this answer leaves out.
   */
  left_out: number;
}
/**
 * A place in the program as sent.
 */
export interface Span10 {
  /**
   * Offset of the first character, in code points from 0.
   */
  start: number;
  /**
   * Offset after the last character.
   */
  end: number;
  /**
   * Line of the first character, counted from 1.
   */
  line: number;
  /**
   * Column of the first character, counted from 1.
   */
  column: number;
}
/**
 * The paths between two nodes, each with its factors and its product; the sum of the products is the gradient.
 */
export interface PathsAnswer {
  /**
   * Id of the start, of an entry `n0[0, 1]`; null in a program without leaves.
   */
  start: string | null;
  /**
   * Id of the node that they lead to.
   */
  output: string;
  /**
   * Whether factors are those of single gates.
   */
  every_gate: boolean;
  /**
   * Sum of the products of all paths, listed or not: d(output)/d(start), as `/evaluate` gives it.
   */
  total: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of the whole tensor that the paths start from; absent for a number.
   */
  shape?: number[] | null;
  /**
   * All of them as operands stand in the program, or, where they are too many, the largest.
   */
  paths: Path[];
  /**
   * Whether only the largest are listed, the largest absolute value first.
   */
  ranked: boolean;
  /**
   * Start, output and all nodes between them, listed or not, in topological order.
   */
  nodes: PathNode[];
  /**
   * In the order of their targets, then of operands.
   */
  edges: NamedEdge[];
  visits: Visits;
  all_leaves: AllLeaves1;
  /**
   * Every leaf that is no constant, in topological order.
   */
  leaves: PathLeaf[];
}
/**
 * Counts for this start. They are always of single gates, composites as `expand` has them.
 */
export interface Visits {
  paths: Count4;
  path_by_path: Count5;
  /**
   * Edges that lie on a path: backpropagation visits each of them once.
   */
  edges: number;
}
/**
 * A whole number of any size.
 */
export interface Count4 {
  /**
   * The number where JSON readers hold it exactly (below 2^53), else its digits as a text.
   */
  exact: number | string;
  /**
   * The same for readers.
   */
  text: string;
}
/**
 * A whole number of any size.
 */
export interface Count5 {
  /**
   * The number where JSON readers hold it exactly (below 2^53), else its digits as a text.
   */
  exact: number | string;
  /**
   * The same for readers.
   */
  text: string;
}
/**
 * The same for the gradients of all leaves.
 */
export interface AllLeaves1 {
  paths: Count;
  path_by_path: Count1;
  /**
   * Edges that lie on a path: backpropagation visits each of them once.
   */
  edges: number;
  /**
   * Number of leaves that are no constants.
   */
  leaves: number;
}
/**
 * A program, and between which of its nodes the paths run. Only `source` is required.
 */
export interface PathsRequest {
  /**
   * The program: statements separated by newlines or `;`. The last formula is the output. LaTeX and Python are read as well; a text with a backslash is LaTeX.
   */
  source: string;
  /**
   * Numbers for leaves, by name. They win over numbers that the program itself gives. A leaf with no number anywhere gets 1 and is listed under `defaulted`. A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; one entry of it is `W[0, 1]`, indices from 0.
   */
  values?: {
    [k: string]: number | unknown[];
  };
  /**
   * The node that is differentiated, by name, or a list of several. Left out or null, it is the last statement that is not only a value.
   */
  output?: string | [string, ...string[]] | null;
  /**
   * Merge equal sub-expressions into one node.
   */
  share?: boolean;
  /**
   * Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; where tensors would be too large then, none. Closed ones appear as one node. Calls of the program's own functions are always sent open, with a group.
   */
  expand?: string | string[];
  conventions?: ConventionsRequest12;
  /**
   * Name of the leaf that the paths start from, or one entry of it, `W1[0, 1]`. Without `leaf` and `node` it is the leaf with most paths; among equals the first parameter, then the first leaf.
   */
  leaf?: string | null;
  /**
   * Id, name or label of any node that the paths start from, or one entry of it, instead of a leaf.
   */
  node?: string | null;
  /**
   * Id, name or label of any node that the paths lead to, or one entry of it, instead of the output. A tensor stands for the sum of its entries.
   */
  to?: string | null;
  /**
   * Whether factors are those of single gates. Without it they are those between named nodes.
   */
  every_gate?: boolean;
  /**
   * Most paths to list. More than the server's limit are not listed, and the edges of all paths listed are limited too; number and sum cover all paths in any case.
   */
  max_paths?: number;
}
/**
 * Which derivative is taken where there is none. Each one left out keeps its default.
 */
export interface ConventionsRequest12 {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * What every answer with a status of 400 or above holds, as `application/problem+json`.
 */
export interface ProblemDocument {
  /**
   * Address of a page about this kind of error.
   */
  type: string;
  /**
   * The kind of error.
   */
  title: string;
  /**
   * The HTTP status.
   */
  status: number;
  /**
   * The first mistake in one sentence.
   */
  detail: string;
  /**
   * Every mistake found in one reading, the first first.
   */
  errors: ProblemEntry[];
}
/**
 * One thing that is wrong.
 */
export interface ProblemEntry {
  /**
   * Stable name of the mistake, for programs.
   */
  code: string;
  /**
   * One sentence that says what is wrong.
   */
  message: string;
  /**
   * What to try.
   */
  hint?: string | null;
  /**
   * The place in the program, for mistakes in it.
   */
  span?: Span1 | null;
  /**
   * Path of the field of the request.
   */
  field?: string | null;
  /**
   * A repair of the program.
   */
  fix?: Fix | null;
}
/**
 * What backpropagation computes in place of a Jacobian: the upstream gradient times it, without building it.
 */
export interface Product1 {
  /**
   * Rule of the gate in our language, g being the upstream gradient; null where it has no such text.
   */
  text: string | null;
  /**
   * The rule in LaTeX; null where several gates do more than pass the gradient on.
   */
  latex: string | null;
  /**
   * g: the gradient that arrives at the output, or ones where none arrives.
   */
  upstream: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Whether g is the program's own gradient.
   */
  arrives: boolean;
  /**
   * g times the Jacobian, as one reverse sweep computes it.
   */
  result: (number | ("NaN" | "Infinity" | "-Infinity")) | unknown[] | null;
  /**
   * Of that sweep, from the output back to the leaf; where a rule has no text, one for each entry is counted.
   */
  multiplications: number;
}
/**
 * What it costs to fill the matrix, by either mode.
 */
export interface Sweeps1 {
  /**
   * Reverse sweeps: one for each output.
   */
  reverse: number;
  /**
   * Forward sweeps: one for each leaf.
   */
  forward: number;
  /**
   * The mode that filled this matrix: the one with fewer sweeps. Both give the same numbers.
   */
  used: "reverse" | "forward";
}
/**
 * How the numbers that the source prints compare with ours.
 */
export interface Verdict1 {
  /**
   * The worst of all printed numbers.
   */
  kind: "matches" | "rounded" | "wrong" | "none";
  /**
   * How many printed numbers have that verdict.
   */
  count: number;
  /**
   * How many numbers the source prints.
   */
  total: number;
}
/**
 * What reverse mode saves, in visits of edges of single gates.
 */
export interface Visits1 {
  paths: Count4;
  path_by_path: Count5;
  /**
   * Edges that lie on a path: backpropagation visits each of them once.
   */
  edges: number;
}
/**
 * Every line of a worked example with its verdict.
 */
export interface WorkedAnswer {
  /**
   * Id of the output.
   */
  output: string;
  /**
   * The learning rate that was used, or null.
   */
  learning_rate: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  counts: WorkedCounts;
  /**
   * The lines in their order; the learning rate is none of them.
   */
  rows: WorkedRow[];
}
/**
 * How many lines have which verdict.
 */
export interface WorkedCounts {
  /**
   * Our number as it is.
   */
  exact: number;
  /**
   * Our number, rounded.
   */
  rounded: number;
  /**
   * Our number, cut.
   */
  truncated: number;
  /**
   * As near as rounding on the way leaves it.
   */
  rounded_on_the_way: number;
  /**
   * Anything else.
   */
  wrong: number;
  /**
   * Lines that could not be read.
   */
  unread: number;
}
/**
 * One line of a worked example.
 */
export interface WorkedRow {
  /**
   * The line.
   */
  text: string;
  span: Span11;
  /**
   * Why it could not be read, or null.
   */
  problem: ProblemEntry | null;
  /**
   * Its number with the verdict, or null.
   */
  figure: WorkedFigure | null;
}
/**
 * A place in the program as sent.
 */
export interface Span11 {
  /**
   * Offset of the first character, in code points from 0.
   */
  start: number;
  /**
   * Offset after the last character.
   */
  end: number;
  /**
   * Line of the first character, counted from 1.
   */
  line: number;
  /**
   * Column of the first character, counted from 1.
   */
  column: number;
}
/**
 * One number of a worked example with its verdict.
 */
export interface WorkedFigure {
  /**
   * What the number is said to be.
   */
  quantity: "value" | "gradient" | "updated";
  printed: WrittenNumber1;
  /**
   * Which entry it is, from 0; null of a number or a whole tensor.
   */
  index: number[] | null;
  /**
   * The shape of our tensor; empty for a number or an entry.
   */
  shape: number[];
  /**
   * Our number; null of a tensor.
   */
  exact: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * The same with two digits more than were written.
   */
  exact_shown: string;
  /**
   * `exact`, `rounded` and `truncated` are right: our number as it is, rounded, or cut to these digits. `rounded-on-the-way`: so near that rounding intermediate results explains it. `wrong`: anything else.
   */
  verdict: "exact" | "rounded" | "truncated" | "rounded-on-the-way" | "wrong";
  headline: Phrase6;
  /**
   * One or two more, or null.
   */
  says: Phrase1 | null;
  /**
   * How the digits come about: from our number, or from the only slip that gives them.
   */
  digits: string | null;
  /**
   * Said where so few digits were written that a slip may give them by chance; else null.
   */
  caution: string | null;
  /**
   * Every slip that gives exactly these digits; none is preferred. Of a tensor those that give all entries; where there are none, those that give every wrong entry; else some that give a part of them.
   */
  matches: SlipMatch[];
  /**
   * Of a tensor, which entries are wrong; null of a number or another shape.
   */
  which: Phrase1 | null;
  /**
   * Of a tensor its entries; null of a number, of another shape, and above 10,000 entries.
   */
  cells: Cells | null;
  node: NodeRef2;
  of: NodeRef3;
  /**
   * Where it is not our number: it comes from the printed numbers of other lines; else null.
   */
  follows: Phrase1 | null;
}
/**
 * The number as it was written.
 */
export interface WrittenNumber1 {
  /**
   * As it was sent.
   */
  text: string;
  /**
   * The number; null of a tensor.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * Digits after the point; negative for `1.2e5`; null for a fraction and for what is not finite.
   */
  decimals: number | null;
  /**
   * Significant digits, 0 for a zero.
   */
  digits: number | null;
}
/**
 * A title or a sentence.
 */
export interface Phrase6 {
  /**
   * Plain.
   */
  text: string;
  /**
   * The same with names as LaTeX between dollar signs.
   */
  latex: string;
}
/**
 * A node that an answer speaks of.
 */
export interface NodeRef2 {
  /**
   * The same for the same program.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Name of the operation; null for a leaf.
   */
  op: string | null;
  /**
   * Where the program writes it.
   */
  span: Span1 | null;
}
/**
 * A node that an answer speaks of.
 */
export interface NodeRef3 {
  /**
   * The same for the same program.
   */
  id: string;
  /**
   * What formulas call it.
   */
  label: string;
  /**
   * The label in LaTeX.
   */
  latex: string;
  /**
   * Name of the operation; null for a leaf.
   */
  op: string | null;
  /**
   * Where the program writes it.
   */
  span: Span1 | null;
}
/**
 * Lines of a worked example by their verdicts.
 */
export interface WorkedCounts1 {
  /**
   * Our number as it is.
   */
  exact: number;
  /**
   * Our number, rounded.
   */
  rounded: number;
  /**
   * Our number, cut.
   */
  truncated: number;
  /**
   * As near as rounding on the way leaves it.
   */
  rounded_on_the_way: number;
  /**
   * Anything else.
   */
  wrong: number;
  /**
   * Lines that could not be read.
   */
  unread: number;
}
/**
 * A program, and the numbers that a source prints for it.
 */
export interface WorkedRequest {
  /**
   * The program: statements separated by newlines or `;`. The last formula is the output. LaTeX and Python are read as well; a text with a backslash is LaTeX.
   */
  source: string;
  /**
   * Numbers for leaves, by name. They win over numbers that the program itself gives. A leaf with no number anywhere gets 1 and is listed under `defaulted`. A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; one entry of it is `W[0, 1]`, indices from 0.
   */
  values?: {
    [k: string]: number | unknown[];
  };
  /**
   * The node that is differentiated, by name, or a list of several. Left out or null, it is the last statement that is not only a value.
   */
  output?: string | [string, ...string[]] | null;
  /**
   * Merge equal sub-expressions into one node.
   */
  share?: boolean;
  /**
   * Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; where tensors would be too large then, none. Closed ones appear as one node. Calls of the program's own functions are always sent open, with a group.
   */
  expand?: string | string[];
  conventions?: ConventionsRequest13;
  /**
   * Learning rate of the step that gives new values: parameter − learning rate × gradient.
   */
  learning_rate?: number | null;
  /**
   * Names of the leaves that the step changes. Left out or null, it is every parameter.
   */
  parameters?: string[] | null;
  /**
   * One number a line: `h_a = 0.5868` is a value, `dE/dw1 = -0.0010` or `grad_w1 = -0.0010` a gradient, `new w1 = 0.1007` a value after a step, `eta = 0.7` the learning rate. Of `dE/dw1 = a * b = 0.2` the last number counts. An entry is `dE/dW1[0, 1] = 0.07`, a whole tensor `z1 = [0.2, -1]`, on several lines. LaTeX and tables are read too. A line that cannot be read says why and stops no other.
   */
  lines: string;
}
/**
 * Which derivative is taken where there is none. Each one left out keeps its default.
 */
export interface ConventionsRequest13 {
  /**
   * Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.
   */
  relu_at_zero?: number;
  /**
   * Who receives the gradient when the largest operands of max (or the smallest of min) are equal: `split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each.
   */
  ties?: "split" | "first" | "both";
  /**
   * Slope of abs at exactly 0.
   */
  abs_at_zero?: number;
}
/**
 * A number as it was written.
 */
export interface WrittenNumber2 {
  /**
   * As it was sent.
   */
  text: string;
  /**
   * The number; null of a tensor.
   */
  value: (number | ("NaN" | "Infinity" | "-Infinity")) | null;
  /**
   * Digits after the point; negative for `1.2e5`; null for a fraction and for what is not finite.
   */
  decimals: number | null;
  /**
   * Significant digits, 0 for a zero.
   */
  digits: number | null;
}
