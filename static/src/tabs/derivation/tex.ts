/** Pieces of a worked solution's LaTeX. Pure. */
import type { ChainBlock, ChainFactor } from '../../api/model';
import { join, marked, raw, slot, type Tex } from '../../explain/tex';

/** Numbers that stand in a line by themselves: not an exponent, an index, a part of a fraction or of a name. */
const NUMBER = /(?<![\w{.^]|\{-)-?\d+(?:\.\d+)?/g;

/** LaTeX whose numbers are slots, so that other numbers in the same formula are not typeset anew. */
export function withSlots(latex: string, className?: string): Tex {
  const marks: Tex['marks'][number][] = [];
  const { source } = raw(tidy(latex));
  const found = source.replace(NUMBER, (digits) => {
    const piece = slot(digits.replace('-', '\u2212'), className);
    marks.push(...piece.marks);
    return piece.source;
  });
  return { source: found, marks };
}

const GRADIENT = '\\dfrac{\\partial';

/** A rule on tensors, displayed, with the gradients that arrive in their colour. */
export function ruleTex(latex: string): Tex {
  const source = large(latex);
  const parts: (Tex | string)[] = [];
  let done = 0;
  for (let at = source.indexOf(GRADIENT); at >= 0; at = source.indexOf(GRADIENT, done)) {
    const end = afterGroup(source, afterGroup(source, at));
    parts.push(source.slice(done, at), marked({ className: 'gradient' }, source.slice(at, end)));
    done = end;
  }
  return join([...parts, source.slice(done)]);
}

/** Where the next group in braces ends. */
function afterGroup(source: string, from: number): number {
  let depth = 0;
  for (let at = source.indexOf('{', from); at >= 0 && at < source.length; at += 1) {
    if (source[at] === '{') depth += 1;
    else if (source[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return source.length;
}

/** Fractions as large as in a displayed equation. */
export function large(latex: string): string {
  return tidy(latex).replaceAll('\\frac', '\\dfrac');
}

/** The name of a value after the update. */
export function newName(latex: string): string {
  return `${latex.includes("'") ? `{${latex}}` : latex}^{\\text{new}}`;
}

/** Brackets close to the function before them. */
export function tidy(latex: string): string {
  return latex.replaceAll('\\left(', '\\mathopen{}\\left(').replaceAll('\\right)', '\\right)\\mathclose{}');
}

/** A sentence with `$…$` formulas as texts and formulas, in turn. */
export function pieces(sentence: string): { text: string; isMath: boolean }[] {
  return sentence
    .split('$')
    .map((text, index) => ({ text, isMath: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}

/** Classes of a number: those that are not finite stand out. */
export function toneOf(className: string, { value }: { value: unknown }): string {
  return isFinite(value) ? className : `${className} warn`;
}

function isFinite(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isFinite);
  return value === null || Number.isFinite(value);
}

/** What stands in one line of a block: factors, and the signs between them. */
export type LineItem = { kind: 'factor'; factor: ChainFactor; latex: string } | { kind: 'sign'; text: string };

const sign = (text: string): LineItem => ({ kind: 'sign', text });

/** The factors by their names, term by term. */
export function symbolLine(block: ChainBlock): LineItem[] {
  return joined(block, (factor) => large(factor.head), '\u00B7');
}

/** The factors as numbers; those behind another one in brackets where they begin with a sign. */
export function numberLine(block: ChainBlock): LineItem[] {
  let isFirst = true;
  return joined(
    block,
    ({ number }) => {
      const needsBrackets = !isFirst && number.latex.startsWith('-');
      isFirst = false;
      return needsBrackets ? `(${number.latex})` : number.latex;
    },
    '\u00D7',
  );
}

/** The products that are added, as LaTeX; null where there is one, or where they stand in the line before already. */
export function termsLine({ terms, more_terms: more }: ChainBlock): string | null {
  if (terms.length < 2 || terms.every(({ factors }) => factors.length === 1)) return null;
  const sum = terms
    .map(({ product: { latex } }, index) => (index === 0 ? latex : latex.startsWith('-') ? ` - ${latex.slice(1)}` : ` + ${latex}`))
    .join('');
  return more > 0 ? `${sum} + \\cdots` : sum;
}

/** The line of numbers says no more than the result. */
export function repeatsResult({ terms, value }: ChainBlock): boolean {
  return terms.length === 1 && terms[0]?.factors.length === 1 && terms[0].factors[0]?.number.latex === value.latex;
}

function joined(block: ChainBlock, write: (factor: ChainFactor) => string, times: string): LineItem[] {
  const items = block.terms.flatMap(({ factors }, term): LineItem[] => [
    ...(term > 0 ? [sign('+')] : []),
    ...factors.flatMap((factor, index): LineItem[] => [
      ...(index > 0 ? [sign(times)] : []),
      { kind: 'factor', factor, latex: write(factor) },
    ]),
  ]);
  return block.more_terms > 0 ? [...items, sign(`+ … (${block.more_terms.toLocaleString('en')} more)`)] : items;
}
