/** What a link says of the tabs beside the graph. Read when the page stands: the first look at it needs none of this. */
import { FIELDS, patchOf, type Field } from '../link';
import { startState, startTabs, type NumberCheck, type State, type TabChoices } from '../state';

/** Longer than any name that a program may have. */
const LONGEST_TEXT = 200;
const LONGEST_LINES = 4000;

const TAB_FIELDS: readonly Field[] = [
  choice('leaf', ({ leaf }) => nameText(leaf), (text) => ({ leaf: nameIn(text) })),
  choice('to', ({ target }) => nameText(target), (text) => ({ target: nameIn(text) })),
  choice('gates', ({ everyGate }) => (everyGate ? 'every' : 'named'), (text) => ({ everyGate: text === 'every' })),
  choice(
    'path',
    ({ path }) => (path === null ? 'none' : String(path)),
    (text) => ({ path: /^\d{1,7}$/.test(text) ? Number(text) : null }),
  ),
  choice('language', ({ language }) => language, (text) => ({ language: oneOf(text, ['python', 'numpy', 'torch', 'jax']) })),
  choice('comments', ({ comments }) => (comments ? 'on' : 'off'), (text) => ({ comments: text !== 'off' })),
  choice('only', ({ derivation }) => derivation, (text) => ({ derivation: oneOf(text, ['all', 'leaf']) })),
  choice('outputs', ({ outputs }) => namesText(outputs), (text) => ({ outputs: namesIn(text) })),
  choice('leaves', ({ leaves }) => namesText(leaves), (text) => ({ leaves: namesIn(text) })),
  choice('matrix', ({ matrix }) => matrix, (text) => ({ matrix: oneOf(text, ['jacobian', 'hessian']) })),
  choice('layout', ({ layout }) => layout, (text) => ({ layout: oneOf(text, ['outputs', 'leaves']) })),
  choice('cell', ({ cell }) => (cell ? namesText([cell.row, cell.column]) : ''), (text) => ({ cell: cellIn(text) })),
  choice('backward', ({ backwardGraph }) => (backwardGraph ? 'on' : 'off'), (text) => ({ backwardGraph: text === 'on' })),
  {
    key: 'check',
    write: ({ check }) => (check ? `${quantityText(check)}${encodeURIComponent(check.leaf)}:${check.text.slice(0, LONGEST_LINES)}` : ''),
    read: (text) => ({ check: checkIn(text) }),
  },
  {
    key: 'matrices',
    write: ({ matrices }) => matrices ?? '',
    read: (text) => ({ matrices: text === '' ? null : text }),
  },
  {
    key: 'worked',
    // A long one stays with the page; a link is for what fits into one.
    write: ({ worked }) => (worked !== null && worked.length <= LONGEST_LINES ? `:${worked}` : ''),
    read: (text) => ({ worked: text.startsWith(':') ? text.slice(1, 1 + LONGEST_LINES) : null }),
  },
];

/** Everything that a link carries. */
export const ALL_FIELDS: readonly Field[] = [...FIELDS, ...TAB_FIELDS];

/** The choices that a fragment stands for: defaults where it says nothing. */
export function linkToTabs(fragment: string): Pick<State, 'tabs' | 'check' | 'worked' | 'matrices'> {
  return { tabs: startTabs(), check: null, worked: null, matrices: null, ...patchOf(fragment, TAB_FIELDS) };
}

function choice(key: string, write: (tabs: TabChoices) => string, read: (text: string) => Partial<TabChoices>): Field {
  return {
    key,
    write: ({ tabs }) => write(tabs),
    read: (text, patch) => ({ tabs: { ...(patch.tabs ?? startState().tabs), ...read(text) } }),
  };
}

/** The first of the words where the text is none of them. */
function oneOf<const T extends string>(text: string, words: readonly [T, ...T[]]): T {
  return words.find((word) => word === text) ?? words[0];
}

const nameText = (name: string | null): string => (name === null ? '' : encodeURIComponent(name));
const namesText = (names: readonly string[]): string => names.map(encodeURIComponent).join(',');

function nameIn(text: string): string | null {
  if (text === '' || text.length > LONGEST_TEXT) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    // What is no valid escape was not written by this page.
    return null;
  }
}

function namesIn(text: string): string[] {
  return text.split(',').flatMap((part) => nameIn(part) ?? []);
}

function cellIn(text: string): TabChoices['cell'] {
  const [row, column, ...rest] = namesIn(text);
  return row !== undefined && column !== undefined && rest.length === 0 ? { row, column } : null;
}

/** Names are written without a slash, so that what stands before one is the quantity: `updated@0.7/w1:0.1007`. */
function quantityText({ quantity, rate }: NumberCheck): string {
  if (quantity === undefined) return '';
  return rate === undefined ? `${quantity}/` : `${quantity}@${encodeURIComponent(rate)}/`;
}

function checkIn(text: string): State['check'] {
  const [, quantity, rate, rest = text] = /^(value|updated)(?:@([^/:]*))?\/(.*)$/s.exec(text) ?? [];
  const colon = rest.indexOf(':');
  const leaf = colon > 0 ? nameIn(rest.slice(0, colon)) : null;
  if (leaf === null) return null;
  const check = { leaf, text: rest.slice(colon + 1, colon + 1 + LONGEST_LINES) };
  if (quantity !== 'value' && quantity !== 'updated') return check;
  const typed = rate === undefined ? null : nameIn(rate);
  return typed === null ? { ...check, quantity } : { ...check, quantity, rate: typed };
}
