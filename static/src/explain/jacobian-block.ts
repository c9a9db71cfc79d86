/** The Jacobian of a gate on a short vector, times what arrives: the product that its own rule computes without it. Pure. */
import type { Answer, Operation } from '../api/model';
import { shapeText } from '../graph/cell-sizes';
import { evaluateRule, parseRule } from './rule';
import type { Gate, Operand } from './subject';
import type { Matrix, TensorBlock } from './tensor';

/** Rows that are drawn with numbers. */
const MOST_ROWS = 12;
/** Prediction minus target, up to rounding. */
const SAME = 1e-9;

interface Of {
  gate: Gate;
  operand: Operand;
  operation: Operation;
  upstream: Matrix;
  result: Matrix;
  answer: Answer;
}

export function jacobianBlock(of: Of, operations: ReadonlyMap<string, Operation>): TensorBlock[] {
  const { gate, operand, operation, upstream, result } = of;
  const out = gate.node.tensor?.value.entries;
  const { jacobian } = operation;
  const size = out?.length ?? 0;
  if (!jacobian || !out || gate.node.shape.length !== 1 || size > MOST_ROWS || size < 2) return [];
  const entries = (text: string): number[] => {
    const rule = parseRule(text);
    return out.map((value) => (rule && evaluateRule(rule, new Map([['out', value]]), operations)) ?? NaN);
  };
  const [diagonal, column, row] = [entries(jacobian.diagonal), entries(jacobian.column), entries(jacobian.row)];
  const cells = Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    // Turned: what flows back is its transpose times the gradient that arrives.
    return (i === j ? (diagonal[i] ?? NaN) : 0) - (column[j] ?? NaN) * (row[i] ?? NaN);
  });
  const latex = jacobian.latex.replaceAll('#out', `{${gate.node.latex}}`);
  const isSymmetric = jacobian.column === jacobian.row;
  const matrix: Matrix = {
    latex: `J${isSymmetric ? '' : '^{\\top}'}`,
    kind: 'local',
    tensor: { shape: [size, size], entries: cells, summary: null },
  };
  const factor = isSymmetric ? `\\left(${latex}\\right)` : `\\left(${latex}\\right)^{\\top}`;
  return [
    {
      title: `The same by the Jacobian${isSymmetric ? '' : ', turned'}`,
      aside: shapeText([size, size]),
      latex: `${result.latex} = ${factor}\\, ${upstream.latex}`,
      factors: [matrix, upstream],
      outer: false,
      sign: '',
      result,
      sentence: `${differenceSentence(of, row, jacobian.row)}The gate never builds this matrix: the rule above gives the same in one pass over ${operand.node.label}.`,
    },
  ];
}

/** "Entry by entry this is p − t: prediction minus target. ", where it is. */
function differenceSentence({ gate, result, answer }: Of, shares: readonly number[], text: string): string {
  const flow = result.tensor.entries;
  const target = answer.nodes.find(({ tensor, shape, op }) => {
    const entries = tensor?.value.entries;
    return op === null && shape.length === 1 && entries?.length === shares.length && shares.every((share, at) => Math.abs(share - (entries[at] ?? NaN) - (flow?.[at] ?? NaN)) < SAME);
  });
  if (!target) return '';
  const name = text === 'out' ? gate.node.label : text.replace('out', gate.node.label);
  return `Entry by entry this is ${name} − ${target.label}: prediction minus target. `;
}
