/** The entry that is selected, explained: its paths, the terms that add up to it, and what it predicts. */
import type { NamedGraph } from '../../api/types';
import { equationNumber, graphNumber, printEquation } from '../../format';
import { numberTex, tex, withBrackets, type Tex } from '../../explain/tex';
import { renderMath, renderTex } from '../../math';
import { button, element } from '../../views/elements';
import { icon } from '../../views/icons';
import type { Matrix, Place } from './view';
import { derivativeLatex, pathsSentence, raisingSentence, termsOf, type Piece, type Term } from './words';

/** More terms do not fit into one line; the others are counted. */
const MOST_TERMS = 4;

export interface EntryView {
  root: HTMLElement;
  show(matrix: Matrix, place: Place | null, layout: 'outputs' | 'leaves'): void;
}

export function createEntry(openPaths: ((leaf: string, output: string) => void) | null): EntryView {
  const formula = element('span', 'entry-formula', {});
  const title = element('h3', 'entry-title', {});
  let ends: [string, string] | null = null;
  const open = button('button button-outline', () => ends && openPaths?.(...ends), {}, 'Open in Paths', icon('chevron'));
  open.hidden = true;
  const equation = element('div', 'entry-equation', {});
  const reason = element('p', 'entry-reason', {});
  const raising = element('p', 'entry-raising', {});
  const root = element(
    'section', 'entry', { 'aria-label': 'Selected entry' },
    element('div', 'entry-head', {}, formula, title, open), equation, reason, raising,
  );

  function show(matrix: Matrix, place: Place | null, layout: 'outputs' | 'leaves'): void {
    const [output, leaf] = place ? [matrix.outputs[place.output], matrix.leaves[place.leaf]] : [];
    const entry = place ? matrix.entries[place.output]?.[place.leaf] : undefined;
    root.hidden = !entry;
    if (!place || !output || !leaf || !entry) return;
    const hessian = matrix.hessian;
    const latex = hessian ? derivativeLatex(hessian.output, output, leaf) : derivativeLatex(output, leaf);
    renderMath(formula, latex, { display: true });
    fill(title, hessian ? secondTitle(matrix, place) : pathsSentence(entry, leaf, output));
    ends = !hessian && leaf.op === null && (entry.paths ?? 0) > 0 && leaf.id !== output.id ? [leaf.label, output.label] : null;
    open.hidden = openPaths === null || ends === null;
    const terms = matrix.graph && matrix.graph.output === output.id && !hessian && !matrix.tensors ? termsOf(matrix.graph, leaf.id) : [];
    equation.replaceChildren(...equationOf(latex, terms, entry.value, matrix.graph));
    reason.textContent = entry.why ?? '';
    reason.hidden = reason.textContent === '';
    fill(raising, raisingSentence(matrix, place, layout));
  }

  return { root, show };
}

function secondTitle(matrix: Matrix, { output, leaf }: Place): Piece[] {
  const [row, column, hessian] = [matrix.outputs[output], matrix.leaves[leaf], matrix.hessian];
  if (!row || !column || !hessian) return [];
  const gradient = graphNumber(hessian.gradient[output] ?? NaN);
  return ['How ', { latex: derivativeLatex(hessian.output, row) }, `, now ${gradient}, changes with `, { latex: column.latex }];
}

/** The sum with the gate that each term passes below it: 2.00 × 1 through +, 3.00 × 1 through max. */
function equationOf(latex: string, terms: readonly Term[], value: number, graph: NamedGraph | null): HTMLElement[] {
  const result = equationNumber(value, 4, 2);
  const piece = (className: string, source: Tex): HTMLElement => {
    const made = element('span', className, {});
    renderTex(made, source);
    return made;
  };
  const left = tex`${latex} =`;
  if (terms.length === 0 || graph === null) return [piece('equation-part result', tex`${left} ${numberTex(result, 'gradient')}`)];
  const printed = printEquation(
    terms.flatMap(({ upstream, local }) => [upstream, local]),
    (rounded) => terms.reduce((sum, _, index) => sum + (rounded[2 * index] ?? 0) * (rounded[2 * index + 1] ?? 0), 0),
    value,
    terms.flatMap(() => [2, 0]),
  );
  const shown = terms.slice(0, MOST_TERMS);
  const sums = shown.flatMap(({ through }, index) => {
    const [upstream, local] = [printed.numbers[2 * index], printed.numbers[2 * index + 1]];
    if (!upstream || !local) return [];
    const product = tex`${withBrackets(numberTex(upstream, 'gradient'), false)} \times ${withBrackets(numberTex(local), local.negative)}`;
    const caption = element('span', 'term-caption', {}, 'through ');
    const name = element('span', '', {});
    if ('latex' in through) renderMath(name, through.latex);
    else name.textContent = through.shown;
    caption.append(name);
    const term = element('span', 'term', {}, piece('term-product', product), element('span', 'term-brace', {}), caption);
    return index === 0 ? [term] : [piece('equation-part', tex`+`), term];
  });
  const rest = terms.length - shown.length;
  const more = rest > 0 ? [piece('equation-part', tex`+`), element('span', 'equation-rest', {}, `${String(rest)} more`)] : [];
  const relation = rest > 0 ? '=' : printed.relation === '=' ? '=' : '\\approx';
  return [piece('equation-part', left), ...sums, ...more, piece('equation-part result', tex`${relation} ${numberTex(result, 'gradient')}`)];
}

/** Words with names typeset among them. */
export function fill(root: HTMLElement, pieces: readonly Piece[]): void {
  root.replaceChildren(
    ...pieces.map((piece) => {
      if (typeof piece === 'string') return document.createTextNode(piece);
      const name = element('span', '', {});
      renderMath(name, piece.latex);
      return name;
    }),
  );
}
