/** The state of the page as the fragment of its address, and back. Fields at their default are left out. */
import type { Lesson } from './api/model';
import { startState, TAB_NAMES, type Selection, type State } from './state';

const VERSION = '1';

export interface Field {
  key: string;
  write(state: State): string;
  /** A patch of the state, or nothing where the text makes no sense. */
  read(text: string, patch: Partial<State>): Partial<State>;
}

const LAYER_LETTERS = { v: 'values', g: 'gradients', l: 'local', p: 'patterns' } as const;
type Letter = keyof typeof LAYER_LETTERS;

/** What a link carries, but for the choices in the tabs (tabs/link.ts). Unknown keys of a newer version are passed over. */
export const FIELDS: readonly Field[] = [
  {
    key: 'program',
    write: (state) => state.program,
    read: (text) => ({ program: text }),
  },
  {
    key: 'values',
    write: (state) => [...state.values].map(([name, value]) => `${encodeURIComponent(name)}:${value}`).join(','),
    read: (text) => ({ values: readValues(text) }),
  },
  {
    key: 'tab',
    write: (state) => state.tab,
    read: (text) => ({ tab: TAB_NAMES.find((name) => name === text) ?? 'graph' }),
  },
  {
    key: 'select',
    write: (state) => selectionText(state.selection),
    read: (text) => ({ selection: readSelection(text) }),
  },
  {
    key: 'layers',
    write: (state) => (Object.keys(LAYER_LETTERS) as Letter[]).filter((l) => state.layers[LAYER_LETTERS[l]]).join('') || 'none',
    read: (text) => ({
      layers: {
        values: text.includes('v'),
        gradients: text.includes('g'),
        local: text.includes('l'),
        patterns: text.includes('p'),
      },
    }),
  },
  {
    key: 'decimals',
    write: (state) => String(state.view.decimals),
    read: (text, patch) => viewPatch(patch, { decimals: clampDecimals(Number(text)) }),
  },
  {
    key: 'constants',
    write: (state) => (state.view.foldConstants ? 'folded' : 'nodes'),
    read: (text, patch) => viewPatch(patch, { foldConstants: text !== 'nodes' }),
  },
  {
    key: 'ribbons',
    write: (state) => (state.view.ribbons ? 'on' : 'off'),
    read: (text, patch) => viewPatch(patch, { ribbons: text !== 'off' }),
  },
  {
    key: 'view',
    write: (state) => (state.view.asList ? 'list' : 'graph'),
    read: (text, patch) => viewPatch(patch, { asList: text === 'list' }),
  },
  {
    key: 'lines',
    write: (state) => (state.view.namedOnly ? 'folded' : 'open'),
    read: (text, patch) => viewPatch(patch, { namedOnly: text === 'folded' }),
  },
  {
    key: 'cells',
    write: (state) => (state.view.cellNumbers ? 'numbers' : 'tints'),
    read: (text, patch) => viewPatch(patch, { cellNumbers: text !== 'tints' }),
  },
  {
    key: 'nudge',
    write: (state) => (state.view.nudge ? 'on' : 'off'),
    read: (text, patch) => viewPatch(patch, { nudge: text !== 'off' }),
  },
  {
    key: 'present',
    write: (state) => (state.present ? 'on' : 'off'),
    read: (text) => ({ present: text === 'on' }),
  },
  {
    key: 'open',
    write: (state) => [...state.openedGroups].join(','),
    read: (text) => ({ openedGroups: readIds(text) }),
  },
  {
    key: 'closed',
    write: (state) => [...state.closedGroups].join(','),
    read: (text) => ({ closedGroups: readIds(text) }),
  },
  {
    key: 'step',
    write: (state) => (state.step === null ? 'last' : String(state.step)),
    read: (text) => ({ step: /^\d{1,7}$/.test(text) ? Number(text) : null }),
  },
  {
    key: 'conventions',
    write: ({ conventions: c }) => [c.relu_at_zero, c.ties, c.abs_at_zero].join(','),
    read: readConventions,
  },
];

const readIds = (text: string): Set<string> => new Set(text.split(',').filter((id) => /^\w{1,100}$/.test(id)));

function viewPatch(patch: Partial<State>, view: Partial<State['view']>): Partial<State> {
  return { view: { ...(patch.view ?? startState().view), ...view } };
}

function clampDecimals(digits: number): number {
  return Number.isFinite(digits) ? Math.min(6, Math.max(0, Math.round(digits))) : 2;
}

function readValues(text: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const item of text.split(',')) {
    const colon = item.lastIndexOf(':');
    const value = Number(item.slice(colon + 1));
    if (colon <= 0 || item.slice(colon + 1) === '' || !Number.isFinite(value)) continue;
    try {
      values.set(decodeURIComponent(item.slice(0, colon)), value);
    } catch {
      // A name that is no valid escape was not written by this page.
    }
  }
  return values;
}

function selectionText(selection: Selection | null): string {
  if (!selection) return '';
  return selection.kind === 'node' ? selection.id : `${selection.source}-${selection.target}-${selection.operand}`;
}

function readSelection(text: string): Selection | null {
  const edge = /^(\w+)-(\w+)-(\d{1,6})$/.exec(text);
  if (edge) return { kind: 'edge', source: edge[1] ?? '', target: edge[2] ?? '', operand: Number(edge[3]) };
  return /^\w{1,100}$/.test(text) ? { kind: 'node', id: text } : null;
}

function readConventions(text: string): Partial<State> {
  const [relu, ties, abs] = text.split(',');
  const number = (item: string | undefined) => (item && Number.isFinite(Number(item)) ? Number(item) : 0);
  return {
    conventions: {
      relu_at_zero: number(relu),
      ties: ties === 'first' || ties === 'both' ? ties : 'split',
      abs_at_zero: number(abs),
    },
  };
}

/** Fragment without '#'; empty for the state in which the page opens, or for another `start`. */
export function stateToLink(state: State, start: State = startState(), fields = FIELDS): string {
  const parameters = new URLSearchParams();
  for (const field of fields) {
    const text = field.write(state);
    if (text !== field.write(start)) parameters.set(field.key, text);
  }
  if (parameters.size === 0) return '';
  parameters.set('v', VERSION);
  return parameters.toString();
}

/** The full set of linkable fields that a fragment stands for: defaults where it says nothing. */
export function linkToState(fragment: string, start: State = startState()): Partial<State> {
  return {
    program: start.program,
    values: start.values,
    tab: start.tab,
    selection: start.selection,
    openedGroups: start.openedGroups,
    closedGroups: start.closedGroups,
    step: start.step,
    layers: start.layers,
    view: start.view,
    present: start.present,
    conventions: start.conventions,
    ...patchOf(fragment, FIELDS),
  };
}

/** What a fragment says, in the words of these fields. */
export function patchOf(fragment: string, fields: readonly Field[]): Partial<State> {
  let patch: Partial<State> = {};
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''));
  for (const field of fields) {
    const text = parameters.get(field.key);
    if (text !== null) patch = { ...patch, ...field.read(text, patch) };
  }
  return patch;
}

/** The example that the address names. */
export function exampleSlug(): string | null {
  return new URLSearchParams(location.search).get('example');
}

/** The state that a fragment stands for on the page of a lesson. */
export function stateAt(fragment: string, lesson: Pick<Lesson, 'slug' | 'program'> | null): Partial<State> {
  if (!lesson) return { ...linkToState(fragment), example: null };
  const state = linkToState(fragment, { ...startState(), program: lesson.program });
  return { ...state, example: state.program === lesson.program ? lesson.slug : null };
}
