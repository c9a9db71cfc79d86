/**
 * Fills LaTeX templates of the registry (`#x \cdot #y`) with names or numbers, with brackets only where needed.
 * A template is told apart into tokens; nothing else of LaTeX has to be understood.
 */
import type { PrintedNumber } from '../format';
import { join, numberTex, raw, type Tex } from './tex';

/** How tightly a piece of mathematics holds together, the loosest first. */
export type Shape = 'sum' | 'negative' | 'product' | 'power' | 'atom';

/** Stands for a bracket and all that is in it; no token of LaTeX. */
const GROUP = '()';

export interface Filler {
  tex: Tex;
  shape: Shape;
  /** It begins and ends with a digit, so that it cannot stand beside another number without a sign. */
  digits: boolean;
}

const TOKEN = /#(\*|[A-Za-z_]\w*)|\\(?:left|right)(?:\\[A-Za-z]+|\\?.)|\\[A-Za-z]+|\\.|\s+|./gsu;
const OPENING = new Set(['(', '[', '{', '|', ',']);
const CLOSING = new Set([')', ']', '}', '|', ',']);
const TIMES = new Set(['\\cdot', '\\times']);
const SPACES = new Set(['\\,', '\\;', '\\!', '\\:', '\\ ', '\\quad']);
/** Commands that apply to what follows; every other command is a letter. */
const APPLIED = new Set([
  '\\ln', '\\log', '\\exp', '\\sin', '\\cos', '\\tan', '\\arcsin', '\\arccos', '\\arctan', '\\sinh', '\\cosh', '\\tanh', '\\max',
  '\\min', '\\sqrt', '\\operatorname', '\\frac', '\\tfrac', '\\dfrac',
]);
/** A name of several letters. */
const UPRIGHT = new Set(['\\mathrm', '\\mathbf', '\\text']);

export function nameFiller(tex: Tex, latex: string): Filler {
  return { tex, shape: shapeOf(latex), digits: /^[\d.]/.test(latex) };
}

export function numberFiller(number: PrintedNumber, className?: string): Filler {
  const shape = number.negative ? 'negative' : number.power ? 'product' : 'atom';
  return { tex: numberTex(number, className), shape, digits: true };
}

const isSpace = (token: string): boolean => /^\s+$/.test(token) || SPACES.has(token);

function tokensOf(latex: string): string[] {
  return [...latex.matchAll(TOKEN)].map((match) => match[0]);
}

/** The tokens outside all brackets; a bracket with all that is in it counts as one. */
function outerTokens(latex: string): string[] {
  const outer: string[] = [];
  let depth = 0;
  for (const token of tokensOf(latex)) {
    if (isSpace(token)) continue;
    const closes = token.startsWith('\\right') || '})]'.includes(token);
    if (closes) depth -= 1;
    if (depth === 0) outer.push(closes ? GROUP : token);
    if (token.startsWith('\\left') || '{(['.includes(token)) {
      if (depth === 0) outer.pop();
      depth += 1;
    }
  }
  return outer;
}

/** The loosest operator outside all brackets. */
export function shapeOf(latex: string): Shape {
  const tokens = outerTokens(latex);
  let factors = 0;
  let sign = false;
  let raised = false;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    const next = tokens[at + 1] ?? '';
    if (token === '+' || (token === '-' && (factors > 0 || sign))) return 'sum';
    if (token === '-') sign = true;
    else if (token === '^' || token === '_') {
      raised ||= token === '^';
      at += 1;
    } else if (APPLIED.has(token)) {
      factors += 1;
      raised = true;
      if (next !== GROUP) at += 1;
      while (tokens[at + 1] === GROUP || tokens[at + 1] === '_') at += tokens[at + 1] === '_' ? 2 : 1;
    } else if (UPRIGHT.has(token)) {
      factors += 1;
      at += 1;
    } else if (/^[\d.]$/.test(token)) {
      if (!/^[\d.]$/.test(tokens[at - 1] ?? '')) factors += 1;
    } else if (!TIMES.has(token) && token !== "'") factors += 1;
  }
  if (sign) return 'negative';
  if (factors > 1) return 'product';
  return raised ? 'power' : 'atom';
}

interface Side {
  /** Nothing, a bracket, a brace or a comma: the piece stands alone on this side. */
  closed: boolean;
  plus: boolean;
  minus: boolean;
  script: boolean;
  /** A function that is applied without brackets, as in `\ln x`. */
  applied: boolean;
  /** A number or the end of a filled number: digits beside it would run together. */
  digits: boolean;
}

function sideOf(tokens: readonly string[], from: number, step: -1 | 1, isNumber: (token: string) => boolean): Side {
  let at = from + step;
  while (isSpace(tokens[at] ?? '')) at += step;
  const token = tokens[at] ?? '';
  const closed =
    token === '' ||
    (step < 0 ? OPENING.has(token) || token.startsWith('\\left') : CLOSING.has(token) || token.startsWith('\\right'));
  // `{#x}^2`: the brace belongs to the power.
  const script = step > 0 && (token === '^' || (token === '}' && tokens[at + 1] === '^'));
  return {
    closed: closed && !script,
    plus: token === '+',
    minus: token === '-',
    script,
    applied: step < 0 && APPLIED.has(token),
    digits: /^[\d.]$/.test(token) || isNumber(token) || (step < 0 ? token === '}' || token === ')' : false),
  };
}

function bracketsNeeded({ shape }: Filler, left: Side, right: Side): boolean {
  if (right.script) return shape !== 'atom';
  if (left.applied) return shape !== 'atom' && shape !== 'power';
  if (left.closed && right.closed) return false;
  const factor = !(left.closed || left.plus || left.minus) || !(right.closed || right.plus || right.minus);
  if (shape === 'negative') return !left.closed;
  if (shape === 'sum') return factor || left.minus;
  return false;
}

/**
 * The template with every `#name` filled. With `times`, products are written as between numbers: `\cdot` as ×, and ×
 * where two numbers would stand side by side; without it `\cdot` goes where letters can stand side by side.
 */
export function fillTemplate(template: string, fillers: ReadonlyMap<string, Filler>, times: boolean): Tex {
  const tokens = tokensOf(template);
  const fillerOf = (token: string): Filler | undefined => (token.startsWith('#') ? fillers.get(token.slice(1)) : undefined);
  const isNumber = (token: string): boolean => fillerOf(token)?.digits ?? false;
  const isFlat = !isTall(raw(template)) && [...fillers.values()].every((filler) => !isTall(filler.tex));
  const pieces: Tex[] = [];
  let dropped = false;
  for (const [index, token] of tokens.entries()) {
    const filler = fillerOf(token);
    if (filler) {
      const left = sideOf(tokens, index, -1, isNumber);
      const right = sideOf(tokens, index, 1, isNumber);
      const brackets = bracketsNeeded(filler, left, right);
      const body = right.script ? withoutNodes(filler.tex) : filler.tex;
      if (times && filler.digits && left.digits && !left.closed) pieces.push(raw(' \\times '));
      // Names of several letters need a gap between them.
      const gap = dropped && /\\math(?:rm|bf)\{[^{}]{2}/.test(filler.tex.source) ? '\\,' : ' ';
      pieces.push(raw(dropped ? gap : ''), brackets ? bracketed(body) : body);
      dropped = false;
    } else if (TIMES.has(token)) {
      const next = tokens.slice(index + 1).find((other) => !isSpace(other)) ?? '';
      // `x x` would read as a name; `x \cdot x` does not.
      dropped = !times && !isRepeat(tokens, index, fillerOf) && canStandBeside(next, fillerOf(next));
      if (!dropped) pieces.push(raw(times ? ' \\times ' : ' \\cdot '));
    } else {
      // Growing brackets are set apart from what stands before them; around a line they need not grow.
      pieces.push(raw(isFlat ? token.replace(/^\\(left|right)(?=[()])/, '') : token));
      if (!isSpace(token)) dropped = false;
    }
  }
  return join(pieces);
}

/** Whether the two operands of the product are the same. */
function isRepeat(tokens: readonly string[], at: number, fillerOf: (token: string) => Filler | undefined): boolean {
  const beside = (step: -1 | 1): string => {
    let index = at + step;
    while (isSpace(tokens[index] ?? '')) index += step;
    return tokens[index] ?? '';
  };
  const left = fillerOf(beside(-1));
  return left !== undefined && left.tex.source === fillerOf(beside(1))?.tex.source;
}

function canStandBeside(token: string, filler: Filler | undefined): boolean {
  if (filler) return !filler.digits && filler.shape !== 'negative';
  return /^[\p{L}\\]/u.test(token);
}

/** A marked base is a box of its own, beside which an exponent would not stand above the index. */
function withoutNodes(body: Tex): Tex {
  return body.marks.every(({ node }) => node !== undefined) ? raw(body.source) : body;
}

/** Higher than a line, so that brackets around it have to grow. */
const isTall = ({ source }: Tex): boolean => /\\[td]?frac|\\sqrt|\\begin/.test(source);

export function bracketed(tex: Tex): Tex {
  return isTall(tex) ? join(['\\left(', tex, '\\right)']) : join(['(', tex, ')']);
}

/** A piece as a factor after another one: in brackets when it is a sum or has a sign in front. */
export function asFactor(tex: Tex, shape: Shape): Tex {
  return shape === 'sum' || shape === 'negative' ? bracketed(tex) : tex;
}

/** The template of an operation with any number of operands, filled: `#*` for all, or `#a` and `#b` from the left. */
export function fillVariadic(template: string, fillers: readonly Filler[], times: boolean): Tex {
  if (template.includes('#*')) {
    const all = { tex: join(fillers.map((filler) => filler.tex), ', '), shape: 'atom', digits: false } as const;
    return fillTemplate(template, new Map([['*', all]]), times);
  }
  return fillers.slice(1).reduce(
    (left, right, index) => {
      const shape = shapeOf(template);
      const first = index === 0 ? (fillers[0] ?? right) : { tex: left, shape, digits: false };
      return fillTemplate(template, new Map([['a', first], ['b', right]]), times);
    },
    fillers[0]?.tex ?? raw(''),
  );
}
