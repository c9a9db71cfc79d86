/** Right end of the top bar: undo, redo, the link to this state, the theme, and the list of keys. */
import type { App } from '../app';
import { shownTheme } from '../appearance';
import { button, element, popover, toast } from './elements';
import { exportMenu } from './export-menu';
import { icon } from './icons';
import { shortcutList } from './shortcut-list';
import { toggleShortcuts } from './signals';
import { switchTheme } from './switch-theme';

export function topBar(root: HTMLElement, app: App): void {
  const { store, actions } = app;
  const undo = button('icon-button', () => actions.undo(), { 'aria-label': 'Undo', title: 'Undo' }, icon('undo'));
  const redo = button('icon-button', () => actions.redo(), { 'aria-label': 'Redo', title: 'Redo' }, icon('redo'));
  const share = button(
    'button copy-link',
    () => void copyLink(),
    { 'aria-label': 'Copy link', title: 'Copy link' },
    icon('link'),
    element('span', 'copy-link-text', {}, 'Copy link'),
  );
  const theme = button('icon-button in-wide-bar', () => switchTheme(app));
  root.append(undo, redo, share, exportMenu(app), theme, help(app));

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

function help(app: App): HTMLElement {
  const label = 'Keyboard shortcuts';
  const trigger = button(
    'icon-button in-wide-bar',
    () => undefined,
    { 'aria-label': label, 'aria-haspopup': 'dialog', title: `${label} (?)` },
    icon('help'),
  );
  const list = shortcutList(app, () => control.close());
  const control = popover(trigger, list.root, list.opened);
  toggleShortcuts.on(() => control.toggle());
  return element('div', 'help-anchor', {}, trigger, list.root);
}

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    toast('Link copied. It opens exactly this program, with these values.');
  } catch {
    toast('The browser did not allow copying. The link is the address of this page.');
  }
}
