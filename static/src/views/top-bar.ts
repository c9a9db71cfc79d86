/** Right end of the top bar: undo, redo, the link to this state, and the theme. */
import type { App } from '../app';
import { shownTheme } from '../appearance';
import { button, toast } from './elements';
import { icon } from './icons';

export function topBar(root: HTMLElement, app: App): void {
  const { store, actions } = app;
  const undo = button('icon-button', () => actions.undo(), { 'aria-label': 'Undo', title: 'Undo' }, icon('undo'));
  const redo = button('icon-button', () => actions.redo(), { 'aria-label': 'Redo', title: 'Redo' }, icon('redo'));
  const share = button('button', () => void copyLink(), {}, icon('link'), 'Copy link');
  const theme = button('icon-button', () => actions.setTheme(shownTheme(store.get().theme) === 'dark' ? 'light' : 'dark'));
  root.append(undo, redo, share, theme);

  store.watch(
    (state) => [state.program, state.values, state.drag],
    () => {
      undo.disabled = !actions.canUndo();
      redo.disabled = !actions.canRedo();
    },
  );
  store.watch(
    (state) => state.theme,
    (choice) => {
      const dark = shownTheme(choice) === 'dark';
      theme.replaceChildren(icon(dark ? 'sun' : 'moon'));
      theme.setAttribute('aria-label', dark ? 'Light theme' : 'Dark theme');
      theme.title = dark ? 'Light theme' : 'Dark theme';
    },
  );
}

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    toast('Link copied. It opens exactly this program, with these values.');
  } catch {
    toast('The browser did not allow copying. The link is the address of this page.');
  }
}
