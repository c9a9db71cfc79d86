/** A program with tensors, written out in scalars: the same numbers and gradients, a gate for every entry. */
import { fetchJson, ProgramProblems } from '../api/client';
import type { App } from '../app';
import { toast } from './elements';
import { menuButton } from './menu-parts';
import { valuesOf } from '../entries';

/** A row of the View menu, there only while the program has tensors. */
export function writeOutRow(app: App, close: () => void): HTMLElement {
  const row = menuButton('Write out in scalars', () => {
    close();
    void writeOut(app);
  });
  app.store.watch(
    ({ answer }) => answer?.nodes.some(({ tensor }) => tensor !== undefined) ?? false,
    (has) => (row.hidden = !has),
  );
  return row;
}

async function writeOut({ store, actions }: App): Promise<void> {
  const { answer, answerSource, program, values } = store.get();
  if (!answer || answerSource !== program) {
    toast('The program cannot be read as it stands.');
    return;
  }
  try {
    const request = { source: answerSource, values: valuesOf(answer, values), to: 'scalars' };
    const { text } = (await fetchJson('/convert', request, new AbortController().signal)) as { text: string };
    // The reader may have typed on meanwhile: what is typed is never lost.
    if (store.get().program === program) actions.replaceProgram(text);
  } catch (error) {
    toast(error instanceof ProgramProblems ? error.message : 'The server did not answer.');
  }
}
