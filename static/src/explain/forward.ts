/** The forward pass of one gate as a worked equation: `s_1 = w_1 x_1 = (−3.00) × (−2.00) = 6.00`. */
import type { Operation } from '../api/model';
import { printEquation, type PrintedNumber } from '../format';
import { definition, nameTex } from './chain';
import { evaluateRule, parseRule } from './rule';
import type { Gate } from './subject';
import { bracketed, fillTemplate, fillVariadic, numberFiller, type Filler } from './template';
import { marked, numberTex, raw, tex, type Tex } from './tex';

/** Values on the graph have at least two decimals; so have they here. */
const LEAST_DECIMALS = 2;

/** Symbols, then the numbers that are on the page, then the value; only the value where there is no notation for it. */
export function forwardEquation(gate: Gate, operations: ReadonlyMap<string, Operation>): Tex {
  const { numbers, result, relation } = printEquation(
    gate.operands.map(({ node }) => node.value),
    evaluator(gate, operations),
    gate.value,
    LEAST_DECIMALS,
  );
  const sign = relation === '=' ? raw('= ') : raw('\\approx ');
  const value = tex`${sign}\mathbf{${numberTex(result, classOf(gate.value))}}`;
  const symbols = definition(gate);
  const filled = symbols && withNumbers(gate, numbers);
  if (!symbols || !filled) return tex`${symbols ?? nameTex(gate.node)} ${value}`;
  return tex`${symbols} = ${filled} ${value}`;
}

function classOf(value: number): string {
  return Number.isFinite(value) ? 'value' : 'warn';
}

/** Works the gate's own notation out with rounded numbers; null where the page cannot. */
function evaluator(gate: Gate, operations: ReadonlyMap<string, Operation>): ((rounded: readonly number[]) => number) | null {
  const { operation, attributes } = gate;
  if (!operation) return null;
  const names = gate.operands.map((_, position) => `x${String(position)}`);
  const call = `${operation.name}(${names.join(', ')})`;
  const single = operation.variadic ? call : operation.notation.replace(/#(\w+)/g, '$1');
  const rule = parseRule(single);
  if (!rule) return null;
  const own = operation.variadic ? names : operation.operands;
  return (rounded) => {
    const scope = new Map(own.map((name, index) => [name, rounded[index] ?? NaN]));
    for (const [name, value] of Object.entries(attributes)) if (typeof value === 'number') scope.set(name, value);
    return evaluateRule(rule, scope, operations) ?? NaN;
  };
}

function withNumbers({ operation, attributes }: Gate, numbers: readonly PrintedNumber[]): Tex | null {
  if (!operation?.latex) return null;
  const fillers = numbers.map((number) => numberFiller(number, classOf(number.value)));
  if (operation.variadic) return fillVariadic(operation.latex, fillers, true);
  const byName = new Map<string, Filler>();
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'number') byName.set(name, { tex: raw(String(value)), shape: 'atom', digits: true });
  }
  operation.operands.forEach((name, index) => {
    const filler = fillers[index];
    if (filler) byName.set(name, filler);
  });
  const filled = fillTemplate(operation.latex, byName, true);
  // `−(−2)` and `(−3)(−2)`: a first factor with a sign in front is put in brackets as a reader would write it.
  const first = numbers[0];
  return first?.negative && operation.latex.startsWith('#') && operation.latex.includes('\\cdot')
    ? fillTemplate(operation.latex, new Map(byName).set(operation.operands[0] ?? '', { tex: bracketed(numberTex(first, classOf(first.value))), shape: 'atom', digits: true }), true)
    : filled;
}

/** `∂f/∂s · ∂s/∂x` with the words upstream and local below its factors. */
export function braced(upstream: Tex, local: Tex): Tex {
  return tex`\underbrace{${upstream}}_{${marked({ className: 'gradient' }, '\\text{upstream}')}} \cdot \underbrace{${local}}_{\text{local}}`;
}
