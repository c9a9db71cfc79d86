/** What an open group says of itself: title and notation in its top edge, its own local gradient at its foot. */
import type { Answer, Operation } from '../api/model';
import { gateOf, type Gate, type Operand } from '../explain/subject';
import { shortRule } from '../explain/tensor';
import { evaluateRule, type Rule } from '../explain/rule';
import { fillTemplate, fillVariadic, nameFiller, numberFiller, type Filler } from '../explain/template';
import { compile, raw, type Tex } from '../explain/tex';
import { scopeOf, symbolFillers, workedRule, type WorkedRule } from '../explain/worked';
import { equationNumber, graphNumber } from '../format';
import { shapeText } from './cell-sizes';
import { nameRuns, type Run } from './math-text';
import type { OpenGroup } from './visible';

export interface GroupTexts {
  title: string;
  /** `σ(s₃)`; empty where it cannot be written in one line. */
  notation: readonly Run[];
  /** "Sigmoid f", for those who do not see the outline. */
  name: string;
  foot: readonly FootLine[];
}

export interface FootLine {
  words: string;
  formula: readonly Run[];
}

type Operations = ReadonlyMap<string, Operation>;

/** More operands than this, and only the numbers are told. */
const MOST_LINES = 2;
const MOST_NUMBERS = 4;
const MOST_DECIMALS = 8;
/** Longer formulas make way for the number alone. */
const LONG = 44;

export function groupTexts({ group }: OpenGroup, answer: Answer, operations: Operations, decimals: number): GroupTexts {
  const gate = gateOf(group, answer, operations);
  if (!gate) return { title: group.title, notation: [], name: group.title, foot: [] };
  return {
    title: gate.title,
    notation: notationOf(gate),
    name: `${gate.title} ${gate.node.label}`,
    foot: isOfTensors(gate) ? tensorFoot(gate, answer) : footOf(gate, operations, decimals),
  };
}

function notationOf({ operation, operands, attributes, group }: Gate): Run[] {
  if (group?.latex != null) return runsOf(raw(group.latex));
  if (!operation?.latex) return [];
  const fillers = operands.map(({ node }) => nameFiller(raw(node.latex), node.latex));
  if (operation.variadic) return runsOf(fillVariadic(operation.latex, fillers, false));
  const byName = new Map(operation.operands.map((name, index) => [name, fillers[index] as Filler]));
  for (const [name, value] of Object.entries(attributes)) byName.set(name, nameFiller(raw(String(value)), String(value)));
  return runsOf(fillTemplate(operation.latex, byName, false));
}

const isOfTensors = ({ node, operands }: Gate): boolean => [node, ...operands.map((one) => one.node)].some(({ tensor }) => tensor);

/** Where tensors flow the rule stands for the numbers: the local gradient entry by entry, or what is passed on for g. */
function tensorFoot(gate: Gate, answer: Answer): FootLine[] {
  const flowing = gate.operands.filter(({ node }) => node.gradient !== null);
  if (!gate.operation || flowing.length > MOST_LINES) {
    return flowing.length === 0 ? [] : [{ words: `passes gradients on to ${flowing.map(({ node }) => node.label).join(', ')}`, formula: [] }];
  }
  return flowing.map((operand) => {
    const rule = shortRule(gate, operand, answer);
    const runs = rule === null ? [] : runsOf(raw(rule));
    // A subscript in an exponent has no place in one line.
    const formula = lengthOf(runs) > LONG || /\^\{+[^}]*_/.test(rule ?? '') ? [] : runs;
    const { label, shape } = operand.node;
    if (!gate.operation?.whole) return { words: `local gradient for ${label}, entry by entry`, formula };
    const size = shape.length === 0 ? 'a number' : shapeText(shape);
    return formula.length === 0
      ? { words: `passes on to ${label}: ${size}`, formula }
      : { words: `passes on to ${label}${/(?<![\\A-Za-z])g(?![A-Za-z])/.test(rule ?? '') ? ', g arriving' : ''}`, formula };
  });
}

function footOf(gate: Gate, operations: Operations, decimals: number): FootLine[] {
  const told = gate.operands.filter(({ local }) => local !== null);
  if (told.length > MOST_LINES) {
    const numbers = told.slice(0, MOST_NUMBERS).map(({ local }) => graphNumber(local ?? NaN, decimals));
    return [{ words: 'local gradients', formula: upright([...numbers, ...(told.length > MOST_NUMBERS ? ['…'] : [])].join(', ')) }];
  }
  return told.map((operand) => {
    const formula = equation(gate, operand, operations, decimals);
    if (told.length === 1) return { words: 'local gradient', formula };
    return { words: 'local gradient for', formula: [...nameRuns(operand.node.latex, operand.node.label), ...upright(': '), ...formula] };
  });
}

/** `(1 − σ) σ = 0.27 × 0.73 = 0.20`, or the number alone where the rule does not fit into a line. */
function equation(gate: Gate, operand: Operand, operations: Operations, decimals: number): Run[] {
  const local = operand.local ?? NaN;
  const alone = upright(graphNumber(local, decimals));
  const worked = Number.isFinite(local) ? workedRule(gate, operand, operations) : null;
  if (!worked?.isChecked || worked.names.length === 0) return alone;
  const symbols = runsOf(fillTemplate(worked.template, withShortOut(gate, operand), false));
  const numbers = numbersOf(worked, local, operations, decimals);
  const whole = [...symbols, ...upright(' = '), ...numbers];
  return symbols.length === 0 || numbers.length === 0 || lengthOf(whole) > LONG ? alone : whole;
}

/** The result of σ(x) goes by σ where a function has a letter; else by its own name. */
function withShortOut(gate: Gate, operand: Operand): Map<string, Filler> {
  const letter = /^(\\[a-z]+)\\left\(#\w+\\right\)$/.exec(gate.operation?.latex ?? '')?.[1];
  const fillers = symbolFillers(gate, operand);
  if (letter !== undefined && nameRuns(letter, '').length > 0) fillers.set('out', nameFiller(raw(letter), letter));
  return fillers;
}

/** A product is told by its factors, everything else by the rule with its numbers; then what comes out. */
function numbersOf(worked: WorkedRule, local: number, operations: Operations, decimals: number): Run[] {
  const scope = scopeOf(worked.names, worked.values);
  const factors = factorsOf(worked.rule);
  const exact = factors.map((factor) => evaluateRule(factor, scope, operations) ?? NaN);
  if (exact.some((factor) => !Number.isFinite(factor))) return [];
  // As many digits as it takes for the right side to follow from the left.
  for (let digits = decimals; digits <= MOST_DECIMALS; digits += 1) {
    const result = graphNumber(local, digits);
    if (factors.length > 1) {
      const isLiteral = (index: number): boolean => factors[index]?.kind === 'number';
      const rounded = exact.map((factor, index) => (isLiteral(index) ? factor : Number(factor.toFixed(digits))));
      if (graphNumber(rounded.reduce((product, factor) => product * factor, 1), digits) !== result) continue;
      const printed = exact.map((factor, index) => (isLiteral(index) ? String(factor) : inBrackets(graphNumber(factor, digits))));
      return upright(`${printed.join(' × ')} = ${result}`);
    }
    const printed = worked.values.map((value) => equationNumber(Number(value.toFixed(digits)), digits, Math.min(digits, 2)));
    const again = evaluateRule(worked.rule, scopeOf(worked.names, printed.map(({ value }) => value)), operations);
    if (again === null || graphNumber(again, digits) !== result) continue;
    const fillers = new Map(worked.names.map((name, index) => [name, numberFiller(printed[index]!)]));
    // A rule that is only a name needs no second line with its number.
    if (worked.rule.kind === 'name') return upright(result);
    const filled = runsOf(fillTemplate(worked.template, plainNumbers(fillers, printed.map(({ latex }) => latex)), true));
    // Nothing is left to work out in −2.50 = −2.50.
    if (filled.map(({ text }) => text).join('') === result) return filled;
    return filled.length === 0 ? [] : [...filled, ...upright(` = ${result}`)];
  }
  return [];
}

/** Numbers as plain text: there are no slots outside KaTeX. */
function plainNumbers(fillers: ReadonlyMap<string, Filler>, latex: readonly string[]): Map<string, Filler> {
  return new Map([...fillers].map(([name, filler], index) => [name, { ...filler, tex: raw(latex[index] ?? '') }]));
}

const inBrackets = (text: string): string => (text.startsWith('−') ? `(${text})` : text);

/** Factors of a product as the registry typesets it: literals, then sums, then names. */
function factorsOf(rule: Rule): Rule[] {
  const flat = (one: Rule): Rule[] => (one.kind === 'operator' && one.symbol === '*' ? [...flat(one.left), ...flat(one.right)] : [one]);
  const place = (one: Rule): number => {
    if (one.kind === 'number') return 0;
    return one.kind === 'operator' && (one.symbol === '+' || one.symbol === '-') ? 1 : 2;
  };
  return flat(rule).sort((one, other) => place(one) - place(other));
}

/** LaTeX of one line as runs; nothing where it has fractions, cases or other things that need a typesetter. */
export function runsOf(formula: Tex): Run[] {
  const line = compile(formula).plain
    .replace(/\\tfrac\{1\}\{2\}/g, '½')
    .replace(/\\(left|right)(?![A-Za-z])/g, '')
    .replace(/\\(ln|log|exp|sin|cos|tan|sinh|cosh|tanh|max|min)(?![A-Za-z])/g, '\\mathrm{$1}')
    .replace(/\\tfrac\{1\}\{(\d+)\}/g, '1/$1\\ ')
    .replace(/\^\{?\\top\}?/g, '^{\\mathrm{T}}')
    .replace(/\\odot(?![A-Za-z])/g, '\\ ⊙\\ ')
    .replace(/\\(?:textstyle|displaystyle)(?![A-Za-z])/g, '')
    .replace(/\\sum(?![A-Za-z])/g, 'Σ')
    .replace(/\\,/g, '\\ ')
    .replace(/\\times(?![A-Za-z])/g, '\\ ×\\ ')
    .replace(/\\cdot(?![A-Za-z])/g, '·')
    .replace(/\s*([+=])\s*/g, '\\ $1\\ ')
    .replace(/(^|[([{,=×]|\\ )\s*-/g, '$1−')
    .replace(/\s*-\s*/g, '\\ −\\ ')
    .replace(/\)\s+(?=[\p{L}\\])/gu, ')\\ ')
    .replace(/,\s*/g, ',\\ ');
  return nameRuns(line, '');
}

const upright = (text: string): Run[] => [{ text, font: 'main', level: 'base' }];

const lengthOf = (runs: readonly Run[]): number => runs.reduce((sum, run) => sum + run.text.length, 0);
