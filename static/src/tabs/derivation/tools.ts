/** The right end of the tab row: every leaf or one, which one, and the solution as a text to paste elsewhere. */
import type { Answer } from '../../api/model';
import { button, element, toast } from '../../views/elements';
import { icon } from '../../views/icons';
import { prettyName } from '../names';

export interface SolutionTools {
  /**
   * `leaf` is the one that is chosen, or would be; null where the program has none. `entries` are the names of its
   * entries where it is a tensor, and `entry` the one that is chosen, or null for the whole.
   */
  show(names: readonly string[], leaf: string | null, isOne: boolean, entries: readonly string[], entry: string | null): void;
}

interface Options {
  onAll(): void;
  onOne(): void;
  onLeaf(name: string): void;
  /** The text in this format, from the server. */
  text(format: 'latex' | 'markdown'): Promise<string>;
}

export function solutionTools(root: HTMLElement, { onAll, onOne, onLeaf, text }: Options): SolutionTools {
  const all = button('segment', onAll, { 'aria-pressed': 'true' }, 'All leaves');
  const one = button('segment', onOne, { 'aria-pressed': 'false' });
  const choice = element('div', 'segments', { role: 'group', 'aria-label': 'Leaves' }, all, one);
  const menu = element('select', 'tool-select', { 'aria-label': 'Leaf' });
  menu.addEventListener('change', () => onLeaf(menu.value));
  const inner = element('select', 'tool-select', { 'aria-label': 'Entry' });
  inner.addEventListener('change', () => onLeaf(inner.value));
  const copy = (format: 'latex' | 'markdown', title: string): HTMLButtonElement =>
    button('button copy-button', () => void copyText(() => text(format), title), { 'aria-label': `Copy as ${title}` }, icon('copy'), title);
  root.append(choice, menu, inner, copy('latex', 'LaTeX'), copy('markdown', 'Markdown'));
  let filled = '';
  let filledEntries = '';

  return {
    show(names, leaf, isOne, entries, entry) {
      choice.hidden = menu.hidden = leaf === null;
      inner.hidden = leaf === null || !isOne || entries.length === 0;
      if (leaf === null) return;
      all.setAttribute('aria-pressed', String(!isOne));
      one.setAttribute('aria-pressed', String(isOne));
      one.textContent = `Only ${entry ?? prettyName(leaf)}`;
      menu.hidden = !isOne || names.length < 2;
      const key = names.join(' ');
      if (key !== filled) {
        filled = key;
        menu.replaceChildren(...names.map((name) => element('option', '', { value: name }, prettyName(name))));
      }
      menu.value = leaf;
      const innerKey = `${leaf} ${entries.join(' ')}`;
      if (innerKey !== filledEntries) {
        filledEntries = innerKey;
        const whole = element('option', '', { value: leaf }, 'all entries');
        inner.replaceChildren(whole, ...entries.map((name) => element('option', '', { value: name }, name.slice(leaf.length))));
      }
      inner.value = entry ?? leaf;
    },
  };
}

/** Leaves that gradients are taken by, parameters first: the one that is solved for unless another is chosen. */
export function leavesOf({ nodes }: Answer): string[] {
  const leaves = nodes.filter(({ kind, name, gradient }) => kind !== 'operation' && name !== null && gradient !== null);
  const first = leaves.filter(({ kind }) => kind === 'parameter');
  return [...first, ...leaves.filter(({ kind }) => kind !== 'parameter')].map(({ label }) => label);
}

/** Entries that a menu lists; of more the whole alone is chosen, or one by its link. */
const MOST_ENTRIES = 400;

/** "W1[0, 1]" as W1 and that name; a name without an index has none. */
export function splitEntry(name: string): { leaf: string; entry: string | null } {
  const found = /^(.*\S)\s*\[[-\d,\s]+\]$/.exec(name);
  return found ? { leaf: found[1] ?? name, entry: name } : { leaf: name, entry: null };
}

/** The names of a leaf's entries, row by row; none of a number, and of a tensor too large for a menu. */
export function entriesOf({ nodes }: Pick<Answer, 'nodes'>, leaf: string): string[] {
  const shape = nodes.find(({ label }) => label === leaf)?.tensor?.value.shape ?? [];
  const count = shape.reduce((product, size) => product * size, 1);
  if (shape.length === 0 || count > MOST_ENTRIES) return [];
  return Array.from({ length: count }, (_, at) => {
    let rest = at;
    const index = [...shape].reverse().map((size) => {
      const place = rest % size;
      rest = Math.floor(rest / size);
      return place;
    });
    return `${leaf}[${index.reverse().join(', ')}]`;
  });
}

async function copyText(text: () => Promise<string>, title: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(await text());
    toast(`Copied as ${title}.`);
  } catch {
    toast('Could not copy. The server or the clipboard did not answer.');
  }
}
