/** The line under the field of a program in LaTeX or Python: how it was read, and one step to our notation. */
import type { App } from '../app';
import { watchAny } from './editor-watch';
import { button, element } from './elements';
import { focusProgram } from './signals';

const NAMES = { latex: 'LaTeX', python: 'Python' } as const;

export function reading(root: HTMLElement, app: App): void {
  const { store, actions } = app;
  const words = element('span', '', { role: 'status' });
  const rewrite = button('button', toOurs, {}, 'Use our notation');
  const line = element('div', 'program-reading', {}, words, rewrite);
  line.hidden = true;
  root.append(line);

  function show(): void {
    const { answer, shownProblems, program } = store.get();
    const notation = answer?.notation ?? 'chainrule';
    line.hidden = notation === 'chainrule' || shownProblems.length > 0 || program.trim() === '';
    words.textContent = notation === 'chainrule' || line.hidden ? '' : `Read as ${NAMES[notation]}.`;
  }

  function toOurs(): void {
    const { answer, answerSource, program } = store.get();
    // The offer belongs to a text; once that is edited, the next answer brings a new offer.
    if (program !== answerSource || answer?.rewritten == null) return;
    actions.replaceProgram(answer.rewritten);
    focusProgram.send(null);
  }

  watchAny(store, ({ answer, shownProblems, program }) => [answer?.notation, shownProblems, program.trim() === ''], show);
}
