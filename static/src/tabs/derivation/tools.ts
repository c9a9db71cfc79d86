/** The right end of the tab row: every leaf or one, which one, and the solution as a text to paste elsewhere. */
import type { Answer } from '../../api/model';
import { button, element, toast } from '../../views/elements';
import { icon } from '../../views/icons';
import { prettyName } from '../names';

export interface SolutionTools {
  /** `leaf` is the one that is chosen, or would be; null where the program has none. */
  show(names: readonly string[], leaf: string | null, isOne: boolean): void;
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
  const copy = (format: 'latex' | 'markdown', title: string): HTMLButtonElement =>
    button('button copy-button', () => void copyText(() => text(format), title), { 'aria-label': `Copy as ${title}` }, icon('copy'), title);
  root.append(choice, menu, copy('latex', 'LaTeX'), copy('markdown', 'Markdown'));
  let filled = '';

  return {
    show(names, leaf, isOne) {
      choice.hidden = menu.hidden = leaf === null;
      if (leaf === null) return;
      all.setAttribute('aria-pressed', String(!isOne));
      one.setAttribute('aria-pressed', String(isOne));
      one.textContent = `Only ${prettyName(leaf)}`;
      menu.hidden = !isOne || names.length < 2;
      const key = names.join(' ');
      if (key !== filled) {
        filled = key;
        menu.replaceChildren(...names.map((name) => element('option', '', { value: name }, prettyName(name))));
      }
      menu.value = leaf;
    },
  };
}

/** Leaves that gradients are taken by, parameters first: the one that is solved for unless another is chosen. */
export function leavesOf({ nodes }: Answer): string[] {
  const leaves = nodes.filter(({ kind, name, gradient }) => kind !== 'operation' && name !== null && gradient !== null);
  const first = leaves.filter(({ kind }) => kind === 'parameter');
  return [...first, ...leaves.filter(({ kind }) => kind !== 'parameter')].map(({ label }) => label);
}

async function copyText(text: () => Promise<string>, title: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(await text());
    toast(`Copied as ${title}.`);
  } catch {
    toast('Could not copy. The server or the clipboard did not answer.');
  }
}
