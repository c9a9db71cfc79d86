/**
 * Names and gate texts as runs of plain SVG text: which letters are italic, what is raised or lowered.
 * The graph never typesets with KaTeX (8 ms a formula); it only uses its fonts.
 */

export type Level = 'base' | 'sub' | 'super' | 'over' | 'under';

export interface Run {
  text: string;
  /** Variables are italic, tensors bold; digits, operators and words upright. */
  font: 'math' | 'main' | 'bold' | 'boldmath';
  level: Level;
}

/** Size of a run relative to the text around it. */
export const LEVEL_SIZE: Readonly<Record<Level, number>> = { base: 1, sub: 0.7, super: 0.7, over: 0.74, under: 0.74 };
/** How far a run is lowered, in parts of the surrounding size. */
export const LEVEL_SHIFT: Readonly<Record<Level, number>> = { base: 0, sub: 0.2, super: -0.38, over: -0.3, under: 0.22 };

const GREEK: Readonly<Record<string, string>> = {
  alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ϵ', varepsilon: 'ε', zeta: 'ζ', eta: 'η', theta: 'θ',
  vartheta: 'ϑ', iota: 'ι', kappa: 'κ', lambda: 'λ', mu: 'μ', nu: 'ν', xi: 'ξ', omicron: 'ο', pi: 'π', varpi: 'ϖ',
  rho: 'ρ', varrho: 'ϱ', sigma: 'σ', varsigma: 'ς', tau: 'τ', upsilon: 'υ', phi: 'ϕ', varphi: 'φ', chi: 'χ', psi: 'ψ',
  omega: 'ω', Gamma: 'Γ', Delta: 'Δ', Theta: 'Θ', Lambda: 'Λ', Xi: 'Ξ', Pi: 'Π', Sigma: 'Σ', Upsilon: 'Υ', Phi: 'Φ',
  Psi: 'Ψ', Omega: 'Ω',
};

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '⁰': '0', '¹': '1', '²': '2', '³': '3', '⁴': '4', '⁵': '5', '⁶': '6', '⁷': '7', '⁸': '8', '⁹': '9', '⁻': '−', 'ˣ': 'x', 'ʸ': 'y',
  'ⁿ': 'n',
};
const SUBSCRIPTS: Readonly<Record<string, string>> = {
  '₀': '0', '₁': '1', '₂': '2', '₃': '3', '₄': '4', '₅': '5', '₆': '6', '₇': '7', '₈': '8', '₉': '9',
};

const LATEX_TOKEN = /\\([A-Za-z]+)|\\(.)|([_^{}'])|(\p{L})|([0-9.]+)|(\s+)|(.)/gsu;
/** Commands that only set their argument upright. */
const UPRIGHT = new Set(['mathrm', 'text', 'operatorname', 'mathit', 'mathbf']);
const BOLD = new Set(['mathbf', 'boldsymbol']);

interface Frame {
  level: Level;
  upright: boolean;
  bold: boolean;
}

const PLAIN: Frame = { level: 'base', upright: false, bold: false };

/** Runs of a name as the API gives it in LaTeX (`w_{0}`, `\theta_{1}`, `\mathrm{loss}`, `x'`); else of the plain label. */
export function nameRuns(latex: string, label: string): Run[] {
  if (latex === '' || /\\(frac|tfrac|dfrac|left|cdot|times)/.test(latex)) return gateRuns(label.replaceAll('-', '−'));
  const runs: Run[] = [];
  const frames: Frame[] = [PLAIN];
  // What the next token or bracketed part is to be: set by `_`, `^` and by upright commands.
  let next: Partial<Frame> = {};
  const frame = (): Frame => ({ ...(frames.at(-1) ?? PLAIN), ...next });
  const put = (text: string, math: boolean): void => {
    const { level, upright, bold } = frame();
    const italic = math && !upright;
    push(runs, { text, font: bold ? (italic ? 'boldmath' : 'bold') : italic ? 'math' : 'main', level });
    next = {};
  };
  for (const [, command, escaped, mark, letter, digits, space, other] of latex.matchAll(LATEX_TOKEN)) {
    if (command !== undefined) {
      const greek = GREEK[command];
      if (greek !== undefined) put(greek, greek === greek.toLowerCase());
      else if (UPRIGHT.has(command) || BOLD.has(command)) next = { ...next, upright: UPRIGHT.has(command), bold: BOLD.has(command) };
      else return gateRuns(label);
    } else if (mark === '_' || mark === '^') next.level = mark === '_' ? 'sub' : 'super';
    else if (mark === '{') {
      frames.push(frame());
      next = {};
    } else if (mark === '}') {
      if (frames.length > 1) frames.pop();
    } else if (mark === "'") put('′', false);
    else if (letter !== undefined) put(letter, true);
    else if (space === undefined) put(escaped ?? digits ?? other ?? '', false);
  }
  return runs;
}

/**
 * Runs of a gate's text as the registry writes it: "eˣ", "×−1", "log₂", "x^2" (from ^ on raised), "1/x" (as a fraction).
 * A letter alone is a variable; several letters in a row are the name of a function.
 */
export function gateRuns(text: string): Run[] {
  const fraction = /^([^/\p{L}\d.]*)([^/]+)\/([^/]+)$/u.exec(text);
  if (fraction) {
    const [, sign = '', above = '', below = ''] = fraction;
    return [...levelled(sign, 'base'), ...levelled(above, 'over'), { text: '⁄', font: 'main', level: 'base' }, ...levelled(below, 'under')];
  }
  const at = text.indexOf('^');
  if (at > 0) return [...gateRuns(text.slice(0, at)), ...levelled(text.slice(at + 1), 'super')];
  const runs: Run[] = [];
  for (const [part] of text.matchAll(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻ˣʸⁿ]+|[₀-₉]+|[^⁰¹²³⁴⁵⁶⁷⁸⁹⁻ˣʸⁿ₀-₉]+/gu)) {
    const first = part[0] ?? '';
    if (first in SUPERSCRIPTS) runs.push(...levelled(plain(part, SUPERSCRIPTS), 'super'));
    else if (first in SUBSCRIPTS) runs.push(...levelled(plain(part, SUBSCRIPTS), 'sub'));
    else runs.push(...levelled(part, 'base'));
  }
  return runs;
}

function plain(text: string, table: Readonly<Record<string, string>>): string {
  return [...text].map((character) => table[character] ?? character).join('');
}

function levelled(text: string, level: Level): Run[] {
  const runs: Run[] = [];
  for (const [part] of text.matchAll(/\p{L}+|[^\p{L}]+/gu)) {
    // A letter is a variable, but for the sign of a sum.
    push(runs, { text: part, font: /^\p{L}$/u.test(part) && part !== 'Σ' ? 'math' : 'main', level });
  }
  return runs;
}

/** Joins neighbours that look alike, so that words keep their kerning. */
function push(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last && last.font === run.font && last.level === run.level) last.text += run.text;
  else if (run.text !== '') runs.push({ ...run });
}
