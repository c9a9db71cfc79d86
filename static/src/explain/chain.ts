/**
 * The chain rule of one gate or leaf as worked equations: symbols first, then the numbers that are on the page, with
 * enough digits that a reader can check the arithmetic.
 */
import type { GraphNode, Operation } from '../api/model';
import { printEquation, type PrintedEquation, type PrintedNumber } from '../format';
import { evaluateRule } from './rule';
import type { Gate, Operand, Use } from './subject';
import { asFactor, bracketed, fillTemplate, fillVariadic, nameFiller, numberFiller, shapeOf, type Filler } from './template';
import { compile, join, numberTex, plainText, raw, tex, type Tex } from './tex';
export { nameTex, partial } from './worked';
import { attributeFiller, LEAST_DECIMALS, nameTex, partial, scopeOf, symbolFillers, workedRule } from './worked';

/** Lines of an equation: all but the first begin with a relation, and the relations stand below each other. */
export interface Equation {
  left: Tex | null;
  lines: readonly Tex[];
}

/** The equation with its relations below each other. */
export function alignedTex({ left, lines }: Equation): Tex {
  const rows = lines.map((line, index) => {
    const source = line.source.replace(/^(=|\\approx)/, '&$1');
    const aligned = { ...line, source: source.startsWith('&') ? source : `&${source}` };
    return index === 0 && left !== null ? tex`${left} ${aligned}` : aligned;
  });
  return tex`\begin{aligned} ${join(rows, ' \\\\[0.35em] ')} \end{aligned}`;
}

type Operations = ReadonlyMap<string, Operation>;

/** A longer line is broken before its last relation. */
const LONG = 36;
/** More terms than this are not written out. */
export const MOST_TERMS = 8;

/** `s_1 = w_1 x_1`; null where the operation has no notation in LaTeX. */
export function definition(gate: Gate): Tex | null {
  const body = gateFormula(gate);
  if (!body) return null;
  // `s = (a = b)`: two signs of equality side by side would be misread.
  const isComparison = /^#\w+ (=|<|>|\\le|\\ge|\\ne) #\w+$/.test(gate.operation?.latex ?? '');
  return tex`${nameTex(gate.node)} = ${isComparison ? bracketed(body) : body}`;
}

/** `\sigma(s_3) = \frac{1}{1 + e^{-s_3}}`: the composite and what it is made of; null where the registry has no formula. */
export function expansion(gate: Gate): Tex | null {
  const isOfTensors = gate.operands.some(({ node }) => node.tensor);
  const template = (isOfTensors ? gate.operation?.opened_latex : null) ?? gate.operation?.expansion_latex;
  const whole = gateFormula(gate);
  return template && whole ? tex`\displaystyle ${whole} = ${fillTemplate(template, symbolFillers(gate, null), false)}` : null;
}

function gateFormula({ operation, operands, attributes, group }: Gate): Tex | null {
  if (group?.latex != null) return raw(group.latex);
  if (!operation?.latex) return null;
  const fillers = operands.map(({ node }) => nameFiller(nameTex(node), node.latex));
  if (operation.variadic) return fillVariadic(operation.latex, fillers, false);
  const byName = new Map(operation.operands.map((name, index) => [name, fillers[index] as Filler]));
  for (const [name, value] of Object.entries(attributes)) byName.set(name, attributeFiller(value));
  return fillTemplate(operation.latex, byName, false);
}

/** One product of the chain rule, in symbols and with numbers. */
interface Term {
  upstream: Tex;
  /** ∂s/∂x. */
  local: Tex;
  /** The local gradient as the rule writes it, ready to be a factor; null where only its number is told. */
  rule: Tex | null;
  /** Numbers of the term in the order in which `write` takes them; the first is the upstream gradient. */
  numbers: readonly number[];
  least: readonly number[];
  evaluate: (rounded: readonly number[]) => number;
  write: (printed: readonly PrintedNumber[]) => Tex;
}

/** The chain rule along the edges from one operand into one gate (two edges for `x * x`). */
export function operandEquation(
  output: GraphNode,
  gate: Gate,
  operands: readonly Operand[],
  isWhole: boolean,
  operations: Operations,
): Equation {
  const terms = operands.map((operand) => termOf(output, { gate, operand }, operations));
  return sumEquation(isWhole && operands[0] ? partial(output, operands[0].node) : null, terms, operands);
}

/** The gradient of a node that is used by several gates: one term per use. */
export function usesEquation(output: GraphNode, node: GraphNode, uses: readonly Use[], operations: Operations): Equation {
  const terms = uses.map((use) => termOf(output, use, operations));
  return sumEquation(partial(output, node), terms, uses.map(({ operand }) => operand));
}

function sumEquation(left: Tex | null, terms: readonly Term[], operands: readonly Operand[]): Equation {
  const sum = operands.reduce((total, { downstream }) => total + (downstream ?? 0), 0);
  const printed = printEquation(
    terms.flatMap(({ numbers }) => numbers),
    (rounded) => split(terms, rounded).reduce((total, part, index) => total + (terms[index]?.evaluate(part) ?? 0), 0),
    sum,
    terms.flatMap(({ least }) => least),
  );
  const numbers = split(terms, printed.numbers).map((part, index) => terms[index]?.write(part) ?? raw(''));
  return { left, lines: [...symbolLines(left, terms), ...numberLines(numbers, printed)] };
}

/** The list cut into one part per term. */
function split<T>(terms: readonly Term[], list: readonly T[]): T[][] {
  let at = 0;
  return terms.map(({ numbers }) => list.slice(at, (at += numbers.length)));
}

function symbolLines(left: Tex | null, terms: readonly Term[]): Tex[] {
  const general = sumOf(terms.map(({ upstream, local }) => tex`${upstream} \cdot ${local}`));
  const rules = terms.flatMap(({ upstream, rule }) => (rule ? [tex`${upstream} \cdot ${rule}`] : []));
  // With one edge per gate ∂s/∂x is exact; for x * x it is not the derivative along one edge.
  const ambiguous = new Set(terms.map(({ local }) => compile(local).plain)).size < terms.length;
  const specific = rules.length === terms.length && (terms.length === 1 || ambiguous) ? sumOf(rules) : null;
  const first = ambiguous && specific ? specific : general;
  const relation = left === null ? raw('') : raw('= ');
  if (specific === null || first === specific) return [tex`${relation}${first}`];
  const length = lengthOf(left ?? raw('')) + lengthOf(first) + lengthOf(specific);
  return length > LONG ? [tex`${relation}${first}`, tex`= ${specific}`] : [tex`${relation}${first} = ${specific}`];
}

function numberLines(numbers: readonly Tex[], { result, relation }: PrintedEquation): Tex[] {
  const className = Number.isFinite(result.value) ? 'gradient' : 'warn';
  const right = tex`${relation === '=' ? '=' : '\\approx'} \mathbf{${numberTex(result, className)}}`;
  const left = tex`= ${sumOf(numbers)}`;
  return lengthOf(left) + lengthOf(right) > LONG ? [left, right] : [tex`${left} ${right}`];
}

function sumOf(terms: readonly Tex[]): Tex {
  return join(terms, ' + ');
}

/** About how many characters wide the formula is; a fraction is as wide as its wider half. */
function lengthOf(formula: Tex): number {
  const { plain } = compile(formula);
  return plainText(plain.replace(/\\t?frac\{((?:[^{}]|\{[^{}]*\})*)\}\{((?:[^{}]|\{[^{}]*\})*)\}/g, '$2')).length;
}

function termOf(output: GraphNode, { gate, operand }: Use, operations: Operations): Term {
  const common = {
    upstream: partial(output, gate.node, 'gradient'),
    local: partial(gate.node, operand.node),
  };
  const worked = workedRule(gate, operand, operations);
  const upstream = operand.upstream ?? 0;
  const rule = worked && asFactor(fillTemplate(worked.template, symbolFillers(gate, operand), false), shapeOf(worked.template));
  // A number is about six characters wide.
  if (worked?.isChecked && lengthOf(raw(worked.template.replace(/#\w+/g, '0.0000'))) <= LONG) {
    const { names, values, least, template } = worked;
    return {
      ...common,
      rule,
      numbers: [upstream, ...values],
      least: [LEAST_DECIMALS, ...least],
      evaluate: ([first = NaN, ...rest]) => first * (evaluateRule(worked.rule, scopeOf(names, rest), operations) ?? NaN),
      write: ([first, ...rest]) => {
        const fillers = new Map(names.map((name, index) => [name, numberFiller(rest[index] as PrintedNumber, classOf(rest[index]))]));
        const filled = fillTemplate(template, fillers, true);
        const only = /^#\w+$/.test(template.trim()) ? fillers.values().next().value : undefined;
        return product(first, asFactor(filled, only ? only.shape : shapeOf(template)));
      },
    };
  }
  // A choice at a kink, or a rule too long to fill with numbers: the local gradient itself is the factor.
  return {
    ...common,
    rule,
    numbers: [upstream, operand.local ?? 0],
    least: [LEAST_DECIMALS, 0],
    evaluate: ([first = NaN, second = NaN]) => first * second,
    write: ([first, second]) => product(first, second ? factor(second) : raw('')),
  };
}

const classOf = (number: PrintedNumber | undefined): string =>
  number && !Number.isFinite(number.value) ? 'warn' : 'value';

function product(upstream: PrintedNumber | undefined, local: Tex): Tex {
  if (!upstream) return local;
  const className = Number.isFinite(upstream.value) ? 'gradient' : 'warn';
  return tex`${numberTex(upstream, className)} \times ${local}`;
}

function factor(number: PrintedNumber): Tex {
  const text = numberTex(number);
  return number.negative ? bracketed(text) : text;
}

/** The local gradient as a short text beside its wire: the name of the value it equals, or null. */
export function localName(gate: Gate, operand: Operand): GraphNode | null {
  const name = /^#(\w+)$/.exec(operand.rule?.latex?.trim() ?? '')?.[1];
  if (name === undefined) return null;
  if (name === 'out') return gate.node;
  const position = gate.operation?.variadic ? -1 : (gate.operation?.operands.indexOf(name) ?? -1);
  return gate.operands.find((one) => one.position === position)?.node ?? null;
}
