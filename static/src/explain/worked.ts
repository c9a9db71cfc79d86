/** The local gradient of one edge, worked out from the registry's rule with the numbers at hand. */
import type { GraphNode, Operation } from '../api/model';
import { evaluateRule, isPiecewise, namesIn, parseRule, type Rule, type Scope } from './rule';
import type { Gate, Operand } from './subject';
import { fillTemplate, nameFiller, type Filler } from './template';
import { marked, raw, tex, type Tex } from './tex';

/** As on the graph: values have at least two decimals. Literals stay as short as they are. */
export const LEAST_DECIMALS = 2;
/** The server's local gradient and the shown rule agree up to rounding. */
const AGREEMENT = 1e-6;

export interface WorkedRule {
  rule: Rule;
  template: string;
  /** The names in the rule, with the number of each. */
  names: readonly string[];
  values: readonly number[];
  least: readonly number[];
  /** The numbers were worked out here and give the local gradient; else the rule uses a function that is not known here. */
  isChecked: boolean;
  /** Of a rule that makes a choice: the condition it asks, and whether it holds here. */
  condition: { formula: Tex; holds: boolean } | null;
}

type Operations = ReadonlyMap<string, Operation>;

export function nameTex(node: Pick<GraphNode, 'id' | 'latex'>): Tex {
  return marked({ node: node.id }, node.latex);
}

export function partial(of: GraphNode, by: GraphNode, className?: string): Tex {
  const fraction = tex`\frac{\partial ${nameTex(of)}}{\partial ${nameTex(by)}}`;
  return className === undefined ? fraction : marked({ className }, fraction);
}

export function attributeFiller(value: unknown): Filler {
  const text = typeof value === 'number' ? String(value) : '';
  return nameFiller(raw(text), text);
}

/** Names for the placeholders of the gate's rules; `operand` is the one whose derivative is taken. */
export function symbolFillers(gate: Gate, operand: Operand | null): Map<string, Filler> {
  const filler = (node: GraphNode): Filler => nameFiller(nameTex(node), node.latex);
  const fillers = new Map<string, Filler>([['out', filler(gate.node)]]);
  for (const [name, value] of Object.entries(gate.attributes)) fillers.set(name, attributeFiller(value));
  const { operation } = gate;
  if (operation?.variadic) {
    if (operand) fillers.set(operation.operands[0] ?? '', filler(operand.node));
    return fillers;
  }
  for (const { position, node } of gate.operands) {
    const name = operation?.operands[position];
    if (name !== undefined) fillers.set(name, filler(node));
  }
  return fillers;
}

export function scopeOf(names: readonly string[], values: readonly number[]): Map<string, number> {
  return new Map(names.map((name, index) => [name, values[index] ?? NaN]));
}

/**
 * The rule that the reader is shown, with the numbers it uses: of a rule that makes a choice, the part that is chosen.
 * Null where those numbers do not give the local gradient: at a kink, or where the rule has a limit.
 */
export function workedRule(gate: Gate, operand: Operand, operations: Operations): WorkedRule | null {
  const whole = parseRule(operand.rule?.text ?? '');
  if (!whole || !operand.rule?.latex || operand.local === null) return null;
  const scope = new Map<string, number>();
  for (const name of namesIn(whole)) {
    const found = numberFor(name, gate, operand);
    if (found === null) return null;
    scope.set(name, found.value);
  }
  const chosen = choose(whole, operand.rule.latex, scope, operations);
  if (!chosen) return null;
  const exact = evaluateRule(chosen.rule, scope, operations);
  if (exact !== null && !agree(exact, operand.local)) return null;
  const names = namesIn(chosen.rule);
  const fillers = symbolFillers(gate, operand);
  const { condition } = chosen;
  return {
    rule: chosen.rule,
    template: chosen.template,
    isChecked: exact !== null,
    names,
    values: names.map((name) => scope.get(name) ?? NaN),
    least: names.map((name) => numberFor(name, gate, operand)?.least ?? 0),
    condition: condition && { formula: fillTemplate(condition.template, fillers, false), holds: condition.holds },
  };
}

interface Chosen {
  rule: Rule;
  template: string;
  condition: { template: string; holds: boolean } | null;
}

/** Follows `where(condition, a, b)` and the same place in its LaTeX; the condition told is the outermost. */
function choose(rule: Rule, template: string, scope: Scope, operations: Operations): Chosen | null {
  let chosen: Chosen = { rule, template, condition: null };
  while (chosen.rule.kind === 'call' && chosen.rule.name === 'where') {
    const [condition, yes, no] = chosen.rule.operands;
    const parts = casesOf(chosen.template);
    const value = condition ? evaluateRule(condition, scope, operations) : null;
    if (!parts || !yes || !no || value === null) return null;
    const holds = value !== 0;
    chosen = {
      rule: holds ? yes : no,
      template: holds ? parts.yes : parts.no,
      condition: chosen.condition ?? { template: parts.condition, holds },
    };
  }
  return isPiecewise(chosen.rule) ? null : chosen;
}

/** The three groups of `\begin{cases} {a} & \text{if } {c} \\ {b} & \text{otherwise} \end{cases}`. */
function casesOf(template: string): { yes: string; condition: string; no: string } | null {
  const start = '\\begin{cases} ';
  if (!template.startsWith(start)) return null;
  const yes = groupAt(template, start.length);
  const condition = yes === null ? null : groupAfter(template, '\\text{if } ', start.length + yes.length + 2);
  const no = condition === null ? null : groupAfter(template, '\\\\ ', template.indexOf(condition.text, condition.at) + condition.text.length);
  return yes !== null && condition && no ? { yes, condition: condition.text, no: no.text } : null;
}

function groupAfter(template: string, mark: string, from: number): { text: string; at: number } | null {
  const found = template.indexOf(mark, from);
  const at = found + mark.length;
  const text = found < 0 ? null : groupAt(template, at);
  return text === null ? null : { text, at };
}

/** What stands in the braces that open at this place. */
function groupAt(template: string, at: number): string | null {
  if (template[at] !== '{') return null;
  let depth = 0;
  for (let index = at; index < template.length; index += 1) {
    if (template[index] === '{') depth += 1;
    else if (template[index] === '}') depth -= 1;
    if (depth === 0) return template.slice(at + 1, index);
  }
  return null;
}

function agree(one: number, other: number): boolean {
  if (!Number.isFinite(one) || !Number.isFinite(other)) return Object.is(one, other);
  return Math.abs(one - other) <= AGREEMENT * Math.max(Math.abs(one), Math.abs(other), Number.MIN_VALUE);
}

function numberFor(name: string, gate: Gate, operand: Operand): { value: number; least: number } | null {
  if (name === 'out') return { value: gate.value, least: LEAST_DECIMALS };
  const { operation } = gate;
  const position = operation?.operands.indexOf(name) ?? -1;
  const found = operation?.variadic ? (position === 0 ? operand : undefined) : gate.operands.find((one) => one.position === position);
  if (found) return { value: found.node.value, least: found.constant ? 0 : LEAST_DECIMALS };
  const attribute = gate.attributes[name];
  return typeof attribute === 'number' ? { value: attribute, least: 0 } : null;
}
