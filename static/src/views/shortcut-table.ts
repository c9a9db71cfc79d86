/** Every key of the page, in one table: the page's handler reads it, and so does the list behind `?`. */
import type { App } from '../app';
import { TAB_NAMES, type Layers, type TabName } from '../state';
import { stepBy, stepToEnd, stepToStart, togglePlay } from '../stepper/moves';
import { TABS } from '../tabs/index';
import { goToGraph } from './graph-focus';
import { toggleGroupHere } from './group-key';
import { focusProgram, toggleShortcuts, zoomGraph } from './signals';
import { switchTheme } from './switch-theme';

export interface Shortcut {
  /** Values of KeyboardEvent.key, letters in lower case, that set it off. */
  keys: readonly string[];
  /** As the list shows them. */
  caps: readonly string[];
  does: string;
  /** With Ctrl, or Cmd on a Mac; `shift` with Shift too. */
  with?: 'ctrl' | 'ctrl-shift';
  /** Null: the part of the page that has the focus acts by itself, the table only tells of it. */
  run: ((app: App) => void) | null;
}

export interface ShortcutSection {
  title: string;
  /** Only while the graph is on show. */
  onGraph?: true;
  shortcuts: readonly Shortcut[];
}

const goToTab =
  (tab: TabName) =>
  ({ actions }: App): void => {
    actions.setTab(tab);
    document.getElementById('panel')?.focus({ preventScroll: true });
  };

const tabKey = (tab: TabName): string => String(TAB_NAMES.indexOf(tab) + 1);

const toggleLayer =
  (layer: keyof Layers) =>
  ({ store, actions }: App): void =>
    actions.setLayer(layer, !store.get().layers[layer]);

export const SHORTCUTS: readonly ShortcutSection[] = [
  {
    title: 'Page',
    shortcuts: [
      { keys: ['/'], caps: ['/'], does: 'Go to the program', run: () => focusProgram.send(null) },
      { keys: ['1'], caps: ['1'], does: 'Go to the graph', run: goToGraph },
      ...TABS.map(({ name, title }) => ({
        keys: [tabKey(name)], caps: [tabKey(name)], does: `Go to ${title}`, run: goToTab(name),
      })),
      { keys: ['p'], caps: ['P'], does: 'Present, or stop presenting', run: ({ store, actions }) => actions.setPresent(!store.get().present) },
      { keys: ['t'], caps: ['T'], does: 'Light or dark theme', run: switchTheme },
      { keys: ['?'], caps: ['?'], does: 'This list', run: () => toggleShortcuts.send(null) },
      { keys: ['z'], caps: ['Ctrl', 'Z'], with: 'ctrl', does: 'Undo', run: ({ actions }) => actions.undo() },
      { keys: ['z', 'y'], caps: ['Ctrl', 'Shift', 'Z'], with: 'ctrl-shift', does: 'Redo', run: ({ actions }) => actions.redo() },
      { keys: ['Escape'], caps: ['Esc'], does: 'Close, leave or clear, one at a time', run: escape },
    ],
  },
  {
    title: 'Steps',
    onGraph: true,
    shortcuts: [
      { keys: [' '], caps: ['Space'], does: 'Play or pause', run: togglePlay },
      { keys: ['[', ','], caps: ['[', ','], does: 'Step back', run: (app) => stepBy(app, -1) },
      { keys: [']', '.'], caps: [']', '.'], does: 'Step forward', run: (app) => stepBy(app, 1) },
      { keys: ['Home'], caps: ['Home'], does: 'First step', run: stepToStart },
      { keys: ['End'], caps: ['End'], does: 'Last step', run: stepToEnd },
    ],
  },
  {
    title: 'Graph',
    onGraph: true,
    shortcuts: [
      { keys: [], caps: ['←', '↑', '→', '↓'], does: 'Nearest gate in that direction', run: null },
      { keys: [], caps: ['Enter'], does: 'Open a gate, edit the value of a leaf', run: null },
      { keys: ['e'], caps: ['E'], does: 'Open or collapse a composite', run: toggleGroupHere },
      { keys: ['v'], caps: ['V'], does: 'Values', run: toggleLayer('values') },
      { keys: ['g'], caps: ['G'], does: 'Gradients', run: toggleLayer('gradients') },
      { keys: ['l'], caps: ['L'], does: 'Local gradients', run: toggleLayer('local') },
      { keys: ['+', '='], caps: ['+'], does: 'Zoom in', run: () => zoomGraph.send('in') },
      { keys: ['-'], caps: ['−'], does: 'Zoom out', run: () => zoomGraph.send('out') },
      { keys: ['0'], caps: ['0'], does: 'Fit the graph', run: () => zoomGraph.send('fit') },
    ],
  },
  {
    title: 'Values',
    shortcuts: [
      { keys: [], caps: ['↑', '↓'], does: 'One step more or less', run: null },
      { keys: [], caps: ['Shift'], does: 'With a step or a drag: ten times as far', run: null },
      { keys: [], caps: ['Alt'], does: 'With a step or a drag: a tenth as far', run: null },
      { keys: [], caps: ['Enter'], does: 'Take the value', run: null },
      { keys: [], caps: ['Tab'], does: 'Take it and go to the next leaf', run: null },
      { keys: [], caps: ['Esc'], does: 'Back to the value before', run: null },
    ],
  },
  {
    title: 'Program',
    shortcuts: [
      { keys: [], caps: ['F8'], does: 'Next problem', run: null },
      { keys: [], caps: ['Ctrl', 'Enter'], does: 'Select the gate at the caret', run: null },
      { keys: [], caps: ['Esc'], does: 'Leave the field', run: null },
    ],
  },
];

/** One level each: the selection first, then the presentation. Menus and fields close themselves before. */
function escape({ store, actions }: App): void {
  if (store.get().selection) actions.select(null);
  else if (store.get().present) actions.setPresent(false);
}
