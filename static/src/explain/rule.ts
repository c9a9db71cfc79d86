/**
 * Reads a rule text of the registry (`out * (1 - out)`) and works it out with the numbers that stand on the page, as a
 * reader with a pocket calculator would. Only for checking printed arithmetic: what is shown comes from the server.
 */
import type { Operation } from '../api/model';

export type Rule =
  | { kind: 'number'; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'call'; name: string; operands: readonly Rule[] }
  | { kind: 'negative'; operand: Rule }
  | { kind: 'operator'; symbol: string; left: Rule; right: Rule };

export type Scope = ReadonlyMap<string, number>;

const BINDING: Readonly<Record<string, number>> = {
  '==': 5, '!=': 5, '<': 5, '<=': 5, '>': 5, '>=': 5, '+': 10, '-': 10, '*': 20, '/': 20, '^': 30,
};
const SIGN_BINDING = 25;
const TOKEN = /\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)|([A-Za-z_]\w*)|(==|!=|<=|>=|[-+*/^<>(),]))/gy;

const FUNCTIONS: Readonly<Record<string, (...operands: number[]) => number>> = {
  abs: Math.abs, exp: Math.exp, expm1: Math.expm1, log: Math.log, log1p: Math.log1p, log2: Math.log2,
  log10: Math.log10, sqrt: Math.sqrt, cbrt: Math.cbrt, sign: Math.sign, floor: Math.floor, ceil: Math.ceil,
  sin: Math.sin, cos: Math.cos, tan: Math.tan, asin: Math.asin, acos: Math.acos, atan: Math.atan, atan2: Math.atan2,
  sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, asinh: Math.asinh, acosh: Math.acosh, atanh: Math.atanh,
  hypot: Math.hypot, max: Math.max, min: Math.min,
};
const OPERATORS: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => a / b, '^': Math.pow,
  '==': (a, b) => Number(a === b), '!=': (a, b) => Number(a !== b), '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b), '>': (a, b) => Number(a > b), '>=': (a, b) => Number(a >= b),
};
const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };
/** Expansions may use other composites; nothing in the registry nests deeper. */
const DEEPEST_EXPANSION = 6;

const parsed = new Map<string, Rule | null>();

/** The rule as a tree, or null for a text that is none. The texts are few and short: those of the registry. */
export function parseRule(text: string): Rule | null {
  let rule = parsed.get(text);
  if (rule === undefined) {
    const tokens = tokensOf(text);
    rule = tokens && new Parser(tokens).whole();
    parsed.set(text, rule);
  }
  return rule;
}

function tokensOf(text: string): string[] | null {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const trimmed = text.trimEnd();
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match) return null;
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return tokens;
}

/** Precedence climbing; every method gives null where the tokens do not fit. */
class Parser {
  private at = 0;
  constructor(private readonly tokens: readonly string[]) {}

  whole(): Rule | null {
    const rule = this.expression(0);
    return this.at === this.tokens.length ? rule : null;
  }

  private expression(least: number): Rule | null {
    let left = this.operand();
    for (;;) {
      const symbol = this.tokens[this.at] ?? '';
      const binding = BINDING[symbol];
      if (!left || binding === undefined || binding < least) return left;
      this.at += 1;
      const right = this.expression(symbol === '^' ? binding : binding + 1);
      left = right && { kind: 'operator', symbol, left, right };
    }
  }

  private operand(): Rule | null {
    const token = this.tokens[this.at++];
    if (token === undefined) return null;
    if (token === '-') {
      const operand = this.expression(SIGN_BINDING);
      return operand && { kind: 'negative', operand };
    }
    if (token === '(') return this.closed(this.expression(0));
    if (/^[\d.]/.test(token)) return { kind: 'number', value: Number(token) };
    if (!/^\w/.test(token)) return null;
    if (this.tokens[this.at] !== '(') return { kind: 'name', name: token };
    this.at += 1;
    return this.call(token);
  }

  private call(name: string): Rule | null {
    const operands: Rule[] = [];
    do {
      const operand = this.expression(0);
      if (!operand) return null;
      operands.push(operand);
    } while (this.tokens[this.at] === ',' && ++this.at);
    return this.closed({ kind: 'call', name, operands });
  }

  private closed(rule: Rule | null): Rule | null {
    return this.tokens[this.at++] === ')' ? rule : null;
  }
}

/** The value of the rule, or null where it uses a name or a function that is not known here. */
export function evaluateRule(
  rule: Rule,
  scope: Scope,
  operations: ReadonlyMap<string, Operation>,
  depth = 0,
): number | null {
  const value = (inner: Rule): number | null => evaluateRule(inner, scope, operations, depth);
  switch (rule.kind) {
    case 'number':
      return rule.value;
    case 'name':
      return scope.get(rule.name) ?? CONSTANTS[rule.name] ?? null;
    case 'negative': {
      const operand = value(rule.operand);
      return operand === null ? null : -operand;
    }
    case 'operator': {
      const [left, right] = [value(rule.left), value(rule.right)];
      const apply = OPERATORS[rule.symbol];
      return left === null || right === null || !apply ? null : apply(left, right);
    }
    case 'call':
      return evaluateCall(rule.name, rule.operands.map(value), operations, depth);
  }
}

function evaluateCall(
  name: string,
  operands: readonly (number | null)[],
  operations: ReadonlyMap<string, Operation>,
  depth: number,
): number | null {
  const numbers = operands.filter((operand) => operand !== null);
  if (numbers.length < operands.length) return null;
  if (name === 'where') return (numbers[0] === 0 ? numbers[2] : numbers[1]) ?? null;
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (known) return known(...numbers);
  // A composite is worked out through its expansion, so that the page needs no list of operations.
  const operation = operations.get(name);
  const expansion = parseRule(operation?.expansion ?? '');
  if (!operation || !expansion || depth >= DEEPEST_EXPANSION) return null;
  const scope = new Map<string, number>();
  for (const [attribute, standard] of Object.entries(operation.attributes)) {
    if (typeof standard === 'number') scope.set(attribute, standard);
  }
  operation.operands.forEach((operand, index) => scope.set(operand, numbers[index] ?? NaN));
  return evaluateRule(expansion, scope, operations, depth + 1);
}

/** Names in the rule, each once, in the order in which they first stand; constants such as pi are none. */
export function namesIn(rule: Rule): string[] {
  switch (rule.kind) {
    case 'number':
      return [];
    case 'name':
      return rule.name in CONSTANTS ? [] : [rule.name];
    case 'negative':
      return namesIn(rule.operand);
    case 'operator':
      return [...new Set([...namesIn(rule.left), ...namesIn(rule.right)])];
    case 'call':
      return [...new Set(rule.operands.flatMap(namesIn))];
  }
}

/** Whether the rule makes a choice: such a rule is told by the choice, not by its formula. */
export function isPiecewise(rule: Rule): boolean {
  switch (rule.kind) {
    case 'number':
    case 'name':
      return false;
    case 'negative':
      return isPiecewise(rule.operand);
    case 'operator':
      return (BINDING[rule.symbol] ?? 0) <= 5 || isPiecewise(rule.left) || isPiecewise(rule.right);
    case 'call':
      return rule.name === 'where' || rule.operands.some(isPiecewise);
  }
}
