/** Pieces of LaTeX with marked parts and with slots for numbers, put together without a browser. */
import { fullNumber, type PrintedNumber } from '../format';

// Private-use characters stand for the marks inside a source; LaTeX from the server cannot hold them (see `raw`).
const OPEN = '\uE000';
const CLOSE = '\uE001';
const SLOT = '\uE002';
const MARKS = /[\uE000-\uE002]/g;

/** What a marked part carries into the page: CSS classes, a node it stands for, or the text of a number. */
export interface Mark {
  className?: string;
  node?: string;
  /** Only of slots: the text, and what its tooltip says. */
  text?: string;
  title?: string;
}

/**
 * LaTeX whose marks are listed in the order in which they open.
 * Two pieces that differ only in the texts of their slots are typeset once.
 */
export interface Tex {
  readonly source: string;
  readonly marks: readonly Mark[];
}

export interface CompiledTex {
  /** LaTeX for the typesetter: mark k is `\textcolor{#…}` with the number k + 1 as its colour. */
  latex: string;
  /** The LaTeX a reader would copy: no marks, the numbers in place. */
  plain: string;
  /** For every mark, the marks it lies in, outermost first, itself last. */
  chains: readonly (readonly Mark[])[];
}

/** LaTeX made by the server, or written here. */
export function raw(latex: string): Tex {
  return { source: latex.replace(MARKS, ''), marks: [] };
}

/** tex`\frac{${a}}{${b}}`: strings are taken as LaTeX, backslashes as written. */
export function tex(strings: TemplateStringsArray, ...parts: readonly (Tex | string)[]): Tex {
  return join(strings.raw.flatMap((text, index) => (index < parts.length ? [text, parts[index] ?? ''] : [text])));
}

export function join(parts: readonly (Tex | string)[], separator = ''): Tex {
  const pieces = parts.map((part) => (typeof part === 'string' ? raw(part) : part));
  return {
    source: pieces.map((piece) => piece.source).join(separator),
    marks: pieces.flatMap((piece) => piece.marks),
  };
}

export function marked(mark: Mark, body: Tex | string): Tex {
  const inner = typeof body === 'string' ? raw(body) : body;
  return { source: OPEN + inner.source + CLOSE, marks: [mark, ...inner.marks] };
}

/** A number that can change without typesetting again. */
export function slot(text: string, className?: string, title?: string): Tex {
  const mark = { text, ...(className === undefined ? {} : { className }), ...(title === undefined ? {} : { title }) };
  return { source: SLOT, marks: [mark] };
}

/** A number of an equation; its power of ten, if it has one, is typeset as one. */
export function numberTex(number: PrintedNumber, className?: string): Tex {
  const [mantissa = '', power] = number.power ? number.latex.split(' \\cdot 10^') : [number.text];
  const title = fullNumber(number.exact);
  const digits = slot(mantissa.replace('-', '\u2212'), className, title === mantissa ? undefined : title);
  if (power === undefined) return digits;
  const exponent = slot(power.slice(1, -1).replace('-', '\u2212'), className);
  const ten = className === undefined ? raw('\\cdot 10') : marked({ className }, '\\cdot 10');
  return tex`${digits}${ten}^{${exponent}}`;
}

export function withBrackets(body: Tex, needed = true): Tex {
  return needed ? tex`\left(${body}\right)` : body;
}

const colour = (index: number): string => `#${(index + 1).toString(16).padStart(6, '0')}`;

export function compile({ source, marks }: Tex): CompiledTex {
  let latex = '';
  let plain = '';
  let next = 0;
  const chains: Mark[][] = [];
  const open: Mark[] = [];
  for (const character of source) {
    if (character === CLOSE) {
      open.pop();
      latex += '}';
    } else if (character === OPEN || character === SLOT) {
      const mark = marks[next] ?? {};
      chains.push([...open, mark]);
      latex += `\\textcolor{${colour(next)}}{`;
      if (character === OPEN) open.push(mark);
      else {
        plain += (mark.text ?? '').replace('\u2212', '-').replace('∞', '\\infty ');
        latex += '0}';
      }
      next += 1;
    } else {
      latex += character;
      plain += character;
    }
  }
  return { latex, plain, chains };
}

/** Index of the mark whose colour this is, as a browser may print it; null for every other colour. */
export function markOfColour(text: string): number | null {
  const hex = /^#([0-9a-f]{6})$/i.exec(text)?.[1];
  if (hex !== undefined) return Number.parseInt(hex, 16) - 1;
  const rgb = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(text);
  if (!rgb) return null;
  return Number(rgb[1]) * 65536 + Number(rgb[2]) * 256 + Number(rgb[3]) - 1;
}

export interface Part {
  node: string;
  start: number;
  end: number;
}

/** The LaTeX with its parts marked by node; parts must lie inside each other or apart, others are left out. */
export function markParts(latex: string, parts: readonly Part[]): Tex {
  const sorted = parts
    .filter((part) => part.start >= 0 && part.start < part.end && part.end <= latex.length)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  let source = '';
  let position = 0;
  const marks: Mark[] = [];
  const open: Part[] = [];
  const closeUntil = (start: number): void => {
    for (let last = open.at(-1); last && last.end <= start; last = open.at(-1)) {
      source += raw(latex.slice(position, last.end)).source + CLOSE;
      position = last.end;
      open.pop();
    }
  };
  for (const part of sorted) {
    closeUntil(part.start);
    const around = open.at(-1);
    if (around && part.end > around.end) continue;
    source += raw(latex.slice(position, part.start)).source + OPEN;
    position = part.start;
    marks.push({ node: part.node });
    open.push(part);
  }
  closeUntil(Infinity);
  return { source: source + raw(latex.slice(position)).source, marks };
}

/** LaTeX as a reader could type it, for the moment before KaTeX is there: `w_{1} x_{1}` -> `w1 x1`. */
export function plainText(latex: string): string {
  return latex
    .replace(/\\t?frac\{([^{}]*)\}\{([^{}]*)\}/g, '$1/$2')
    .replace(/\\(left|right|,|;|!|displaystyle)(?![A-Za-z])/g, '')
    .replace(/\\cdot\s*/g, '·')
    .replace(/\\times\s*/g, '×')
    .replace(/\\partial\s*/g, '∂')
    .replace(/\\(?:mathrm|mathbf|operatorname|text)\b/g, '')
    .replace(/\\([A-Za-z]+)\s*/g, '$1 ')
    .replace(/[_{}\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
