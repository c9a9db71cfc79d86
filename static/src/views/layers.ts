/** Switches of what the graph shows, and the View menu with the rest. */
import type { App } from '../app';
import type { Layers, Palette, Theme } from '../state';
import { button, element, popover, switchControl } from './elements';
import { icon } from './icons';

const LAYERS: readonly { key: keyof Layers; label: string; className: string }[] = [
  { key: 'values', label: 'Values', className: 'switch-value' },
  { key: 'gradients', label: 'Gradients', className: 'switch-gradient' },
  { key: 'local', label: 'Local', className: '' },
  { key: 'patterns', label: 'Patterns', className: '' },
];

export function layerSwitches(root: HTMLElement, app: App): void {
  const { store, actions, operations } = app;
  for (const { key, label, className } of LAYERS) {
    const control = switchControl(label, className, (on) => actions.setLayer(key, on));
    root.append(control.root);
    store.watch((state) => state.layers[key], control.set);
    if (key === 'patterns') {
      store.watch(
        (state) => state.answer,
        (answer) => {
          const applies = answer?.nodes.some((node) => node.op !== null && operations.get(node.op)?.pattern) ?? true;
          control.root.hidden = !applies;
        },
      );
    }
  }
  root.append(viewMenu(app));
}

function viewMenu(app: App): HTMLElement {
  const { store, actions } = app;
  const trigger = button('button', () => undefined, { 'aria-haspopup': 'true' }, icon('sliders'), 'View');
  const panel = element('div', 'menu', { role: 'group', 'aria-label': 'View' });

  const constants = switchControl('Constants as nodes', '', (on) => actions.setView({ foldConstants: !on }));
  store.watch((state) => !state.view.foldConstants, constants.set);
  const ribbons = switchControl('Gradient ribbons', '', (on) => actions.setView({ ribbons: on }));
  store.watch((state) => state.view.ribbons, ribbons.set);

  const decimals = choice<string>(
    'Decimals on the graph',
    ['0', '1', '2', '3', '4', '5', '6'].map((digits) => [digits, digits]),
    (digits) => actions.setView({ decimals: Number(digits) }),
  );
  store.watch((state) => String(state.view.decimals), decimals.set);
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

  panel.append(row(constants.root), row(ribbons.root), decimals.root, theme.root, palette.root);
  popover(trigger, panel);
  return element('div', 'menu-anchor', {}, trigger, panel);
}

function row(...children: Node[]): HTMLElement {
  return element('div', 'menu-row', {}, ...children);
}

interface Choice<T extends string> {
  root: HTMLElement;
  set(value: T): void;
}

function choice<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  onChange: (value: T) => void,
): Choice<T> {
  const select = element('select', '');
  for (const [value, text] of options) select.append(element('option', '', { value }, text));
  select.addEventListener('change', () => onChange(select.value as T));
  const root = element('label', 'menu-row', {}, label, select);
  return {
    root,
    set: (value) => {
      select.value = value;
    },
  };
}
