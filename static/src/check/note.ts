/** What the source of the open example prints for the number in question, and where else it made the same slip. */
import { fetchJson } from '../api/client';
import type { Diagnosis, Lesson, WorkedAnswer } from '../api/model';
import { linesOf, sourceName } from './lines';
import { countWord } from './words';

const checked = new Map<string, Promise<WorkedAnswer | null>>();

/** "The lecture prints 0.0012 here, and seven more gradients with the same slip."; null where it prints nothing. */
export async function sourceNote(lesson: Lesson, found: Diagnosis): Promise<string | null> {
  const figure = lesson.printed.find(({ name, quantity }) => name === found.node.label && quantity === found.quantity);
  if (!figure) return null;
  const prints = `${sourceName(lesson)} prints ${minus(figure.printed)} here`;
  const [match] = found.matches;
  if (minus(figure.printed) !== minus(found.printed.text) || found.verdict !== 'wrong' || !match) return `${prints}.`;
  const answer = await worked(lesson);
  const alike = (answer?.rows ?? []).filter(
    ({ figure: other }) =>
      other?.quantity === found.quantity && other.verdict === 'wrong' && other.node.label !== found.node.label && other.matches.some(({ kind }) => kind === match.kind),
  ).length;
  if (alike === 0) return `${prints}.`;
  const [what, whats] = found.quantity === 'gradient' ? ['gradient', 'gradients'] : ['number', 'numbers'];
  return `${prints}, and ${countWord(alike)} more ${alike === 1 ? what : whats} with the same slip.`;
}

/** The numbers of a lesson, checked once. */
function worked(lesson: Lesson): Promise<WorkedAnswer | null> {
  const kept = checked.get(lesson.slug);
  if (kept) return kept;
  const asked = {
    source: lesson.program,
    ...(lesson.output === null ? {} : { output: lesson.output }),
    ...(lesson.step && lesson.step.parameters.length > 0 ? { parameters: lesson.step.parameters } : {}),
    lines: linesOf(lesson),
  };
  const answer = fetchJson('/worked', asked, new AbortController().signal).then(
    (body) => body as WorkedAnswer,
    () => {
      checked.delete(lesson.slug);
      return null;
    },
  );
  checked.set(lesson.slug, answer);
  return answer;
}

const minus = (text: string): string => text.trim().replace('-', '−');
