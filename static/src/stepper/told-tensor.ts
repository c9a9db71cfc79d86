/** The caption's equations where tensors flow: symbols, and the entries of a short vector. Pure. */
import type { Answer, GraphNode, Operation, Tensor } from '../api/model';
import { definition, nameTex } from '../explain/chain';
import { operandsBySource, type Gate, type Subject } from '../explain/subject';
import { repeatedIn, tensorBlocks } from '../explain/tensor';
import { addedUp, carried } from '../explain/tensor-parts';
import { kindOf } from '../explain/tensor-words';
import { join, numberTex, raw, tex, withBrackets, type Tex } from '../explain/tex';
import type { Sentence } from '../explain/words';
import { equationNumber, type PrintedNumber } from '../format';
import type { Moment } from './steps';

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

/**
 * The sums of this step: of a tensor that is used more than once what had arrived before and what this gate adds, else
 * what a repeated operand's gradient is summed over; null where there is neither.
 */
export function tensorSums(gate: Gate, moment: Moment, answer: Answer): Sentence | null {
  const flowing = gate.operands.filter(({ node, constant }) => !constant && node.gradient !== null);
  for (const [first] of operandsBySource(flowing)) {
    if (!first) continue;
    const edges = moment.arrived(first.visible);
    const own = addedUp(edges.filter(({ target }) => target === gate.id).map(carried));
    const before = addedUp(edges.filter(({ target }) => target !== gate.id).map(carried));
    const sum = before && own && addedUp([before, own]);
    if (!before || !own || !sum) continue;
    const { shape } = first.node;
    const whole = shape.length <= 1 && (sum.entries?.length ?? 0) <= MOST_ENTRIES;
    const at = whole ? [] : [` entry [${shape.map(() => 0).join(', ')}] is`];
    const told = ([before, own, sum] as const).map((one) => (whole ? listTex(one) : numberTex(printed(one.entries?.[0] ?? NaN), 'gradient')));
    const [a, plain, c] = told as [Tex, Tex, Tex];
    const b = withBrackets(plain, !whole && (own.entries?.[0] ?? 0) < 0);
    return [nameTex(first.node), ' is used more than once, so its gradients add up:', ...at, ' ', a, ' + ', b, ' = ', c, ' so far.'];
  }
  for (const operand of flowing) {
    const sentence = repeatedIn(gate, operand, answer);
    if (sentence !== null) return [sentence];
  }
  return null;
}

function listTex({ shape, entries }: Tensor): Tex {
  const numbers = (entries ?? []).map((entry) => numberTex(printed(entry), Number.isFinite(entry) ? 'gradient' : 'warn'));
  return shape.length === 0 ? join(numbers) : tex`\left[${join(numbers, ',\\; ')}\right]`;
}
