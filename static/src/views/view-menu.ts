/** The View menu: what the graph shows and how, the choices at kinks, and how the page looks. */
import type { App } from '../app';
import type { Palette, Theme } from '../state';
import { conventionChoices } from './convention-choices';
import { button, element, popover, switchControl, type Switch } from './elements';
import { exportRows } from './export-menu';
import { icon } from './icons';
import { choice, menuButton, menuRow, menuTitle } from './menu-parts';
import { toggleShortcuts } from './signals';
import { writeOutRow } from './write-out';

/** `layers` are rows for widths at which the tab row has no room for them. */
export function viewMenu(app: App, layers: readonly HTMLElement[]): HTMLElement {
  const trigger = button('button', () => undefined, { 'aria-haspopup': 'true' }, icon('sliders'), 'View');
  const panel = element('div', 'menu view-menu', { role: 'group', 'aria-label': 'View' });
  const control = popover(trigger, panel);
  panel.append(
    element('div', 'menu-layers', {}, menuTitle('Layers'), ...layers),
    menuTitle('Graph'),
    ...graphRows(app),
    writeOutRow(app, () => control.close()),
    conventionChoices(app),
    menuTitle('Page'),
    ...pageRows(app),
    element('div', 'menu-export', {}, menuTitle('Program'), ...exportRows(app, () => control.close())),
    menuButton('Present', () => {
      control.close();
      app.actions.setPresent(true);
    }),
    menuButton('Keyboard shortcuts', () => {
      control.close();
      toggleShortcuts.send(null);
    }),
  );
  return element('div', 'menu-anchor', {}, trigger, panel);
}

function graphRows({ store, actions }: App): HTMLElement[] {
  const list = switchControl('As a list', '', (on) => actions.setView({ asList: on }));
  store.watch((state) => state.view.asList, list.set);
  const constants = switchControl('Constants as nodes', '', (on) => actions.setView({ foldConstants: !on }));
  store.watch((state) => !state.view.foldConstants, constants.set);
  const lines = switchControl('Named nodes only', '', (on) => actions.setView({ namedOnly: on }));
  store.watch((state) => state.view.namedOnly, lines.set);
  const ribbons = switchControl('Gradient ribbons', '', (on) => actions.setView({ ribbons: on }));
  store.watch((state) => state.view.ribbons, ribbons.set);
  const nudge = switchControl('Nudge card while dragging', '', (on) => actions.setView({ nudge: on }));
  store.watch((state) => state.view.nudge, nudge.set);
  const decimals = choice<string>(
    'Decimals on the graph',
    ['0', '1', '2', '3', '4', '5', '6'].map((digits) => [digits, digits]),
    (digits) => actions.setView({ decimals: Number(digits) }),
  );
  store.watch((state) => String(state.view.decimals), decimals.set);
  return [...rowsOf(list, lines, constants, ribbons, nudge), decimals.root];
}

function pageRows({ store, actions }: App): HTMLElement[] {
  const theme = choice<Theme>(
    'Theme',
    [
      ['auto', 'As the system'],
      ['light', 'Light'],
      ['dark', 'Dark'],
    ],
    (value) => actions.setTheme(value),
  );
  store.watch((state) => state.theme, theme.set);
  const palette = choice<Palette>(
    'Colours',
    [
      ['classic', 'Green and red'],
      ['blind', 'Blue and orange'],
    ],
    (value) => actions.setPalette(value),
  );
  store.watch((state) => state.palette, palette.set);
  const letters = switchControl('Letter keys', '', (on) => actions.setLetterKeys(on));
  store.watch((state) => state.letterKeys, letters.set);
  return [theme.root, palette.root, ...rowsOf(letters)];
}

function rowsOf(...controls: Switch[]): HTMLElement[] {
  return controls.map((control) => menuRow(control.root));
}
