/** Switches of what the graph shows, in the tab row and, where that is too narrow, in the View menu; and that menu. */
import type { App } from '../app';
import type { Layers } from '../state';
import { switchControl } from './elements';
import { menuRow } from './menu-parts';
import { viewMenu } from './view-menu';

const LAYERS: readonly { key: keyof Layers; label: string; className: string }[] = [
  { key: 'values', label: 'Values', className: 'switch-value' },
  { key: 'gradients', label: 'Gradients', className: 'switch-gradient' },
  { key: 'local', label: 'Local', className: '' },
  { key: 'patterns', label: 'Patterns', className: '' },
];

export function layerSwitches(root: HTMLElement, app: App): void {
  root.append(...switches(app), viewMenu(app, switches(app).map((control) => menuRow(control))));
}

function switches(app: App): HTMLElement[] {
  return [...layers(app), cellNumbers(app)];
}

/** Shown only where tensors are. */
function cellNumbers({ store, actions }: App): HTMLElement {
  const control = switchControl('Numbers in cells', '', (on) => actions.setView({ cellNumbers: on }));
  store.watch((state) => state.view.cellNumbers, control.set);
  store.watch(
    (state) => state.answer,
    (answer) => {
      control.root.hidden = !(answer?.nodes.some(({ tensor }) => tensor) ?? false);
    },
  );
  return control.root;
}

function layers({ store, actions, operations }: App): HTMLElement[] {
  return LAYERS.map(({ key, label, className }) => {
    const control = switchControl(label, className, (on) => actions.setLayer(key, on));
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
    return control.root;
  });
}
