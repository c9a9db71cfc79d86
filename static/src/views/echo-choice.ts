/** What the typeset formula shows, and at which size. Pure. */
import type { Answer, Statement } from '../api/model';
import type { Selection } from '../state';
import type { Range } from '../text';
import { answerNode } from './editor-spans';

export const FULL_SIZE = 16;
/** Smaller is not read any more: the end of a longer formula fades out. */
const LEAST_SIZE = 11;
/** The row is 64 px high. */
const MOST_HEIGHT = 58;

/** The statement that defines what is selected, else one that uses it, else the one that gives the output. */
export function statementFor(answer: Answer, selection: Selection | null): Statement | null {
  const { statements, output } = answer;
  const result = statements.findLast(({ node }) => node === output) ?? statements.at(-1) ?? null;
  if (!selection) return result;
  const wanted = answerNode(answer, selection.kind === 'node' ? selection.id : selection.target);
  const gates = new Set(answer.nodes.flatMap(({ id, kind }) => (kind === 'operation' ? [id] : [])));
  const uses = (statement: Statement | null): boolean => statement?.parts.some(({ node }) => node === wanted) ?? false;
  const defined = gates.has(wanted) ? statements.find(({ node }) => node === wanted) : undefined;
  if (defined) return defined;
  // A line that only gives a leaf its number says less than a formula with the leaf in it.
  return uses(result) ? result : (statements.find((statement) => statement.node !== null && gates.has(statement.node) && uses(statement)) ?? result);
}

/** Font size at which a formula of this size (at full size) fits, and whether its end stays out of sight even so. */
export function fitting(width: number, height: number, room: number): { size: number; cut: boolean } {
  const factor = Math.min(1, room / Math.max(1, width), MOST_HEIGHT / Math.max(1, height));
  const size = Math.max(LEAST_SIZE, Math.floor(FULL_SIZE * factor * 10) / 10);
  return { size, cut: (width * size) / FULL_SIZE > room + 0.5 };
}

/** Stretches of neighbours that are true: `[1, 1, 0, 1]` gives 0 to 2 and 3 to 4. */
export function runsOf(flags: readonly boolean[]): Range[] {
  const runs: Range[] = [];
  for (const [at, flag] of flags.entries()) {
    const last = runs.at(-1);
    if (!flag) continue;
    if (last?.to === at) last.to = at + 1;
    else runs.push({ from: at, to: at + 1 });
  }
  return runs;
}
