/** Why a line adds: beside the lines where there is room, else below its line. */
import type { CodeLine } from '../../api/model';
import { renderMath } from '../../math';
import { element } from '../../views/elements';
import { widestFrom } from './model';

/** Room that a note needs, its air included, and the lines beside which it may stand (px and lines). */
const WIDTH = 260;
const LINES_TALL = 5;

/** Shows the note of a line at its row, or takes it away. */
export function placeNote(
  pane: HTMLElement,
  row: HTMLElement | null,
  line: CodeLine | null,
  lines: readonly CodeLine[],
  column: number,
): void {
  const note = line?.note;
  // One that stands already stays: a press that began on it is to end on it.
  const standing = row?.querySelector<HTMLElement>('.code-note') ?? null;
  const isSame = standing?.querySelector('p')?.textContent === note?.text;
  for (const old of pane.querySelectorAll('.code-note')) if (!isSame || old !== standing) old.remove();
  if (!row || !note) return;
  const root = isSame && standing ? standing : element('div', 'code-note', {}, titleOf(line), element('p', '', {}, note.text));
  const at = lines.indexOf(line);
  const code = row.querySelector<HTMLElement>('.code-text');
  const left = code ? code.getBoundingClientRect().left - pane.getBoundingClientRect().left : 0;
  const used = left + (widestFrom(lines, at + 1, LINES_TALL, column) + 1) * characterWidth(code);
  root.classList.toggle('is-beside', pane.clientWidth - used >= WIDTH);
  if (root !== standing) row.append(root);
}

/** The title with the name typeset, as formulas write it. */
function titleOf(line: CodeLine): HTMLElement {
  const { note, label, latex } = line;
  const title = element('strong', '');
  const [before, behind] = (note?.title ?? '').split(` ${label ?? ''} `, 2);
  if (behind === undefined || latex === null) {
    title.append(note?.title ?? '');
    return title;
  }
  const name = element('span', '');
  renderMath(name, latex);
  title.append(`${before ?? ''} `, name, ` ${behind}`);
  return title;
}

function characterWidth(code: HTMLElement | null): number {
  if (!code) return 9;
  return parseFloat(getComputedStyle(code).fontSize) * 0.6;
}
