/** The words of a program, for colours and for finding the uses of a name. The server alone decides what they mean. */
import type { Range } from '../text';

export type TokenKind =
  | 'space'
  | 'comment'
  | 'number'
  | 'name'
  /** The name that a statement gives to its node: `f` in `f = x + 1`. */
  | 'target'
  | 'function'
  | 'keyword'
  | 'operator'
  | 'bracket'
  | 'other';

export interface Token extends Range {
  kind: TokenKind;
}

// Each alternative of the name begins with a different character but for "_" and "_{", so matching takes linear time.
const NAME = /[\p{L}\p{Nl}_](?:_\{[\p{L}\p{N}_]+\}|[\p{L}\p{Nl}\p{Nd}\p{M}_₀-₉])*['′’]*/uy;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+\-−]?\d+)?/y;
const SPACE = /\s+/y;
const OPERATOR = /[-+*/^@=<>!,;:|.·×÷−–⋅∙∗∕⁄≤≥≠⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]/y;
const BRACKET = /[()[\]{}]/y;
const CALL = /[ \t]*\(/y;
const ASSIGNMENT = /[ \t]*=(?!=)/y;
const AFTER_KEYWORD = /[ \t]+[\p{L}_]/uy;
const KEYWORDS = ['input', 'param', 'const'];

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function skipSpaceBack(line: string, at: number): number {
  let end = at;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end -= 1;
  return end;
}

/** Nothing but spaces, and perhaps one of the three role words, stands between the place and the statement's start. */
function beginsStatement(line: string, at: number, allowKeyword: boolean): boolean {
  const end = skipSpaceBack(line, at);
  if (end === 0 || line[end - 1] === ';') return true;
  if (!allowKeyword) return false;
  const word = KEYWORDS.find((keyword) => line.startsWith(keyword, end - keyword.length));
  return word !== undefined && beginsStatement(line, end - word.length, false);
}

function nameKind(line: string, from: number, to: number): TokenKind {
  if (endOf(CALL, line, to) >= 0) return 'function';
  if (endOf(ASSIGNMENT, line, to) >= 0 && beginsStatement(line, from, true)) return 'target';
  const word = line.slice(from, to);
  if (KEYWORDS.includes(word) && endOf(AFTER_KEYWORD, line, to) >= 0 && beginsStatement(line, from, false)) {
    return 'keyword';
  }
  return 'name';
}

/** The token of one line that begins at `at`. Always at least one character long. */
export function tokenAt(line: string, at: number): Token {
  const token = (kind: TokenKind, to: number): Token => ({ kind, from: at, to });
  if (line[at] === '#') return token('comment', line.length);
  let to = endOf(SPACE, line, at);
  if (to >= 0) return token('space', to);
  to = endOf(NUMBER, line, at);
  if (to >= 0) return token('number', to);
  to = endOf(NAME, line, at);
  if (to >= 0) return token(nameKind(line, at, to), to);
  to = endOf(BRACKET, line, at);
  if (to >= 0) return token('bracket', to);
  to = endOf(OPERATOR, line, at);
  if (to >= 0) return token('operator', to);
  const pair = (line.codePointAt(at) ?? 0) > 0xffff;
  return token('other', Math.min(line.length, at + (pair ? 2 : 1)));
}

/** All names of a program but those of functions, keywords and comments, in the order of the text. */
export function namesIn(text: string): { text: string; range: Range }[] {
  const found: { text: string; range: Range }[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    for (let at = 0; at < line.length; ) {
      const { kind, to } = tokenAt(line, at);
      if (kind === 'name' || kind === 'target') {
        found.push({ text: line.slice(at, to), range: { from: start + at, to: start + to } });
      }
      at = to;
    }
    start += line.length + 1;
  }
  return found;
}

/** One spelling for all that mean the same name: `w₀`, `w_0`, `w_{0}` and `w0`. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/^\\/, '')
    .replace(/_\{([^}]*)\}/g, '$1')
    .replace(/_(?=\d)/g, '')
    .replace(/[′’]/g, "'");
}
