/** A program with tensors, written out in scalars: the same numbers and gradients, a gate for every entry. */
import { fetchJson, ProgramProblems } from '../api/client';
import type { App } from '../app';
import { toast } from './elements';
import { menuButton } from './menu-parts';
import { leafName, valuesOf } from '../entries';
import type { State } from '../state';

/** A row of the View menu: there while the program has tensors, or was written out from one that has. */
export function writeOutRow(app: App, close: () => void): HTMLElement {
  const row = menuButton('', () => {
    close();
    void (hasTensors(app.store.get()) ? writeOut(app) : goBack(app));
  });
  const show = (): void => {
    const state = app.store.get();
    row.hidden = !hasTensors(state) && state.matrices === null;
    row.textContent = hasTensors(state) ? 'Write out in scalars' : 'Back to matrices';
  };
  app.store.watch(hasTensors, show);
  app.store.watch(({ matrices }) => matrices, show);
  return row;
}

const hasTensors = ({ answer }: State): boolean => answer?.nodes.some(({ tensor }) => tensor !== undefined) ?? false;

async function writeOut({ store, actions }: App): Promise<void> {
  const { answer, answerSource, program, values } = store.get();
  if (!answer || answerSource !== program) {
    toast('The program cannot be read as it stands.');
    return;
  }
  const text = await inScalars(program, valuesOf(answer, values));
  // The reader may have typed on meanwhile: what is typed is never lost.
  if (text === null || store.get().program !== program) return;
  actions.replaceProgram(text);
  store.set({ matrices: program });
}

/** Only a text that is still what the matrices give goes back to them: a number changed in it would be lost. */
async function goBack({ store, actions }: App): Promise<void> {
  const { matrices, program, values } = store.get();
  if (matrices === null) return;
  const given = Object.fromEntries([...values].filter(([name]) => leafName(name) !== name));
  const text = await inScalars(matrices, given);
  if (text === null || store.get().program !== program) return;
  if (text !== program) {
    toast('The scalars have been changed since, so the matrices would give other numbers. Undo goes back step by step.');
    return;
  }
  actions.replaceProgram(matrices);
  store.set({ matrices: null });
}

async function inScalars(source: string, values: Record<string, number>): Promise<string | null> {
  try {
    const { text } = (await fetchJson('/convert', { source, values, to: 'scalars' }, new AbortController().signal)) as { text: string };
    return text;
  } catch (error) {
    toast(error instanceof ProgramProblems ? error.message : 'The server did not answer.');
    return null;
  }
}
