/** What the source of an example prints for a gradient, where that is one of its paths alone. Pure. */
import type { Lesson } from '../../api/model';

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

export interface PrintedNote {
  /** What the source prints. */
  claim: string;
  /** Which path that is. */
  reason: string;
  /** Index of the path. */
  path: number;
}

interface Term {
  product: number;
  text: string;
}

/**
 * The note on a gradient that a source prints wrongly, only where exactly one path alone gives the printed digits, cut
 * or rounded. `terms` are all paths of the leaf; null where there is nothing that is exactly so.
 */
export function printedNote(lesson: Lesson, leaf: string, terms: readonly Term[]): PrintedNote | null {
  const figure = lesson.printed.find(({ name, quantity }) => name === leaf && quantity === 'gradient');
  if (figure?.verdict !== 'wrong' || terms.length < 2) return null;
  const decimals = figure.printed.split('.')[1]?.length ?? 0;
  const found = terms.flatMap(({ product }, index) => {
    const way = wayTo(figure.printed, product, decimals);
    return way === null ? [] : [{ index, way }];
  });
  const [only, ...others] = found;
  const term = only && terms[only.index];
  if (!only || !term || others.length > 0) return null;
  const who = lesson.section === 'From the lecture' ? 'The lecture' : 'The source';
  const rest = terms.length === 2 ? ` It leaves path ${String(2 - only.index)} out of the sum.` : ' It leaves the others out of the sum.';
  return {
    claim: `${who} prints ${figure.printed.replace('-', '−')} for this gradient.`,
    reason: `That is path ${String(only.index + 1)} alone: ${term.text}, ${only.way} ${decimalsText(decimals)}.${rest}`,
    path: only.index,
  };
}

function decimalsText(count: number): string {
  return count === 1 ? 'one decimal' : `${WORDS[count] ?? String(count)} decimals`;
}

/** How the digits come about, or null where they do not. */
function wayTo(printed: string, exact: number, decimals: number): 'cut after' | 'rounded to' | null {
  if (!Number.isFinite(exact)) return null;
  const wanted = Number(printed);
  if (Number(exact.toFixed(decimals)) === wanted) return 'rounded to';
  // Twelve more digits than are cut: floating point may hold 0.0012 as 0.00119999999999999999.
  const text = exact.toFixed(Math.min(100, decimals + 12));
  const cut = decimals === 0 ? text.slice(0, text.indexOf('.')) : text.slice(0, text.indexOf('.') + 1 + decimals);
  return Number(cut) === wanted ? 'cut after' : null;
}
