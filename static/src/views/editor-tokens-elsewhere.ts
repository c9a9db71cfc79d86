/** The words of LaTeX and of Python, for colours. What they mean is the server's to say. Pure. */
import { notationOf, type Notation } from '../notation';
import { tokenAt, type Token, type TokenKind } from './editor-tokens';

type Rule = readonly [pattern: RegExp, kind: TokenKind];

const GREEK =
  /\\(?:var)?(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega)(?![A-Za-z])/y;

// Every pattern of a table begins with characters that no other does, or is tried before it; each takes linear time.
const LATEX: readonly Rule[] = [
  [/\s+/y, 'space'],
  [/[%#].*/y, 'comment'],
  [GREEK, 'name'],
  [/\\(?:left|right|big|Big|bigg|Bigg|quad|qquad|begin|end|displaystyle)(?![A-Za-z])|\\[,;:! \\]/y, 'operator'],
  [/\\(?:cdot|times|div|le|leq|ge|geq|ne|neq)(?![A-Za-z])/y, 'operator'],
  [/\\[A-Za-z]+/y, 'function'],
  [/(?:\d+\.?\d*|\.\d+)/y, 'number'],
  [/\p{L}\p{M}*['′’]*/uy, 'name'],
  [/[()[\]{}]|\\[{}|]/y, 'bracket'],
  [/[-+*/^_@=<>!,;:|.&$~]/y, 'operator'],
];

const PYTHON: readonly Rule[] = [
  [/\s+/y, 'space'],
  [/#.*/y, 'comment'],
  [/(?:"""|''').*|"[^"\\]*(?:\\.[^"\\]*)*"?|'[^'\\]*(?:\\.[^'\\]*)*'?/y, 'comment'],
  [/(?:def|return|import|from|as|for|while|if|elif|else|in|and|or|not|lambda|class|with|pass|None|True|False)(?![\p{L}\p{N}_])/uy, 'keyword'],
  [/(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y, 'number'],
  [/[\p{L}_][\p{L}\p{N}_]*(?=\s*\()/uy, 'function'],
  [/[\p{L}_][\p{L}\p{N}_]*/uy, 'name'],
  [/[()[\]{}]/y, 'bracket'],
  [/[-+*/%@=<>!,;:|.&^~]/y, 'operator'],
];

function tokenBy(rules: readonly Rule[], line: string, at: number): Token {
  for (const [pattern, kind] of rules) {
    pattern.lastIndex = at;
    if (pattern.test(line)) return { kind, from: at, to: pattern.lastIndex };
  }
  const pair = (line.codePointAt(at) ?? 0) > 0xffff;
  return { kind: 'other', from: at, to: Math.min(line.length, at + (pair ? 2 : 1)) };
}

const READERS: Readonly<Record<Notation, (line: string, at: number) => Token>> = {
  chainrule: tokenAt,
  latex: (line, at) => tokenBy(LATEX, line, at),
  python: (line, at) => tokenBy(PYTHON, line, at),
};

/** What cuts the lines of this text into words. Each word is at least one character long. */
export function tokensOf(text: string): (line: string, at: number) => Token {
  return READERS[notationOf(text)];
}
