/** The notes in the margin: what is grey, why more digits are shown, kinks, and what the source says. */
import type { Lesson, WorkedSolution } from '../../api/model';
import { element } from '../../views/elements';
import type { Writer } from './written';

export function marginNotes(root: HTMLElement, solution: WorkedSolution, lesson: Lesson | null, writer: Writer): void {
  writer.now();
  const isLong = solution.graph === null;
  const sentences = [
    solution.rows.some((row) => !row.on_path) ? 'Rows in grey are not on the path.' : '',
    isLong || solution.blocks.length === 0 ? '' : 'Point at a factor to light its edge.',
    isLong ? 'The graph of a long program is not drawn here.' : '',
  ].filter((text) => text !== '');
  const notes = [sentences.join(' '), ...solution.cut, solution.digits_note ?? '', ...solution.notes];
  if (lesson && lesson.verdict.kind !== 'matches') notes.push(lesson.note ?? '');
  root.replaceChildren(
    ...notes
      .filter((text) => text !== '')
      .map((text) => {
        const note = element('p', 'solution-note');
        writer.sentence(note, text);
        return note;
      }),
  );
}
