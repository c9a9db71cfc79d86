/** The right end of the tab row: layout, Jacobian or Hessian, Copy. */
import type { App } from '../../app';
import { button, element, popover, toast } from '../../views/elements';
import { icon } from '../../views/icons';
import { menuButton } from '../../views/menu-parts';
import { numpyText, tabSeparated } from './copy';
import { segments } from './parts';
import type { Matrix } from './view';

export function jacobianTools(root: HTMLElement, { store, actions }: App, matrix: () => Matrix | null): void {
  const layout = segments(
    'Layout',
    [['outputs', 'Rows are outputs'], ['leaves', 'Rows are leaves (lecture)']],
    (value) => actions.setTabs({ layout: value }),
  );
  const kind = segments(
    'Matrix',
    [['jacobian', 'Jacobian'], ['hessian', 'Hessian']],
    (value) => actions.setTabs({ matrix: value, cell: null }),
  );
  const layoutRow = element('div', 'tools-group layout-choice', {}, element('span', 'tools-label', { 'aria-hidden': 'true' }, 'Layout'), layout.root);
  root.append(layoutRow, kind.root, copyMenu(() => {
    const found = matrix();
    return found && { matrix: found, layout: found.kind === 'hessian' ? 'outputs' as const : store.get().tabs.layout };
  }));
  store.watch((state) => state.tabs.layout, layout.set);
  store.watch(
    (state) => state.tabs.matrix,
    (value) => {
      kind.set(value);
      // A Hessian is its own transpose.
      layoutRow.hidden = value === 'hessian';
    },
  );
}

function copyMenu(get: () => { matrix: Matrix; layout: 'outputs' | 'leaves' } | null): HTMLElement {
  const trigger = button('button button-outline', () => undefined, { 'aria-haspopup': 'true' }, 'Copy', icon('chevron'));
  const panel = element('div', 'menu copy-menu', { role: 'group', 'aria-label': 'Copy the matrix' });
  const control = popover(trigger, panel);
  const copy = (write: typeof tabSeparated, done: string) => async (): Promise<void> => {
    control.close();
    const found = get();
    if (!found) return;
    try {
      await navigator.clipboard.writeText(write(found.matrix, found.layout));
      toast(done);
    } catch {
      toast('The browser did not allow copying.');
    }
  };
  const table = copy(tabSeparated, 'Copied as a table.');
  const array = copy(numpyText, 'Copied as a NumPy array.');
  panel.append(menuButton('As a table (tab-separated)', () => void table()), menuButton('As a NumPy array', () => void array()));
  return element('div', 'menu-anchor', {}, trigger, panel);
}
