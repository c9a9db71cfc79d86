/** The caption's equations where tensors flow: symbols, and the entries of a short vector. Pure. */
import type { Answer, GraphNode, Operation, Tensor } from '../api/model';
import { definition, nameTex } from '../explain/chain';
import type { Gate, Subject } from '../explain/subject';
import { tensorBlocks } from '../explain/tensor';
import { kindOf } from '../explain/tensor-words';
import { join, numberTex, raw, tex, type Tex } from '../explain/tex';
import { equationNumber, type PrintedNumber } from '../format';

/** More entries than this stand on the graph alone. */
const MOST_ENTRIES = 4;

/** `m = W_1 x = [0.10, −0.80]`; a matrix is told by its shape. */
export function forwardTensor(gate: Gate): Tex {
  return tex`${definition(gate) ?? nameTex(gate.node)}${resultTex(gate.node)}`;
}

/** The rule of every operand: `∂E/∂W_1 = ∂E/∂m x^T`. */
export function backwardTensor(subject: Subject, answer: Answer, operations: ReadonlyMap<string, Operation>, most: number): Tex[] {
  return tensorBlocks(subject, answer, operations)
    .flatMap(({ latex, result }) => (latex === null ? [] : [tex`\displaystyle ${raw(latex)}${result ? entriesTex(result.tensor, 'gradient') : ''}`]))
    .slice(0, most);
}

/** As short as a cell: what rounding leaves at the sixteenth digit is not shown. */
const printed = (value: number): PrintedNumber => equationNumber(Number(value.toPrecision(12)), 4, 2);

function resultTex({ tensor, value }: GraphNode): Tex {
  if (!tensor) return tex` = \mathbf{${numberTex(printed(value), Number.isFinite(value) ? 'value' : 'warn')}}`;
  return entriesTex(tensor.value, 'value');
}

function entriesTex({ shape, entries }: Tensor, kind: 'value' | 'gradient'): Tex {
  const listed = shape.length <= 1 && entries !== null && entries.length <= MOST_ENTRIES;
  if (!listed) return tex`\quad \text{(${kindOf(shape).replace(/ by /g, ' × ')})}`;
  const numbers = entries.map((entry) => numberTex(printed(entry), Number.isFinite(entry) ? kind : 'warn'));
  return shape.length === 0 ? tex` = ${join(numbers)}` : tex` = \left[${join(numbers, ',\\; ')}\right]`;
}
