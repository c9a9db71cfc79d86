/** The Export menu: the program, with the values that are shown, as text for elsewhere. */
import { fetchJson, ProgramProblems } from '../api/client';
import type { App } from '../app';
import { button, element, popover, toast } from './elements';
import { icon } from './icons';
import { menuButton, menuTitle } from './menu-parts';
import { valuesOf } from '../entries';

const FORMS = [
  ['latex', 'Copy as LaTeX', 'Copied as LaTeX.'],
  ['python', 'Copy as Python', 'Copied as a Python function.'],
  ['chainrule', 'Copy as our notation', 'Copied in our notation.'],
] as const;

export function exportMenu(app: App): HTMLElement {
  const trigger = button(
    'button export-button',
    () => undefined,
    { 'aria-label': 'Export', 'aria-haspopup': 'true', title: 'Export' },
    icon('copy'),
    element('span', 'export-text', {}, 'Export'),
  );
  const panel = element('div', 'menu', { role: 'group', 'aria-label': 'Export' });
  const control = popover(trigger, panel);
  panel.append(menuTitle('Program'), ...exportRows(app, () => control.close()));
  return element('div', 'menu-anchor export', {}, trigger, panel);
}

/** The rows alone, for the View menu where the bar has no room. */
export function exportRows(app: App, close: () => void): HTMLElement[] {
  return FORMS.map(([to, label, said]) =>
    menuButton(label, () => {
      close();
      void copyAs(app, to, said);
    }),
  );
}

async function copyAs({ store }: App, to: string, said: string): Promise<void> {
  const { answer, answerSource, values } = store.get();
  if (!answer) {
    toast('There is no program to copy.');
    return;
  }
  const given = valuesOf(answer, values);
  try {
    const request = { source: answerSource, values: given, to };
    const { text } = (await fetchJson('/convert', request, new AbortController().signal)) as { text: string };
    await navigator.clipboard.writeText(text);
    toast(said);
  } catch (error) {
    const refused = error instanceof ProgramProblems ? error.message : null;
    toast(refused ?? 'Could not copy. The server or the clipboard did not answer.');
  }
}
