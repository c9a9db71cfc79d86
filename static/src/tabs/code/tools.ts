/** The right end of the tab row: language, values as comments, copy, download. */
import type { TabChoices } from '../../state';
import { button, element, switchControl, toast } from '../../views/elements';
import { icon } from '../../views/icons';
import { languageOf } from './model';

type Language = TabChoices['language'];

const LANGUAGES: readonly { value: Language; title: string }[] = [
  { value: 'python', title: 'Python' },
  { value: 'numpy', title: 'NumPy' },
  { value: 'torch', title: 'PyTorch' },
  { value: 'jax', title: 'JAX' },
];

export interface CodeFile {
  text: string;
  name: string;
}

export interface CodeTools {
  /** Of a program with tensors plain Python cannot be chosen; the reader's choice of it waits for the next program. */
  choose(choices: Pick<TabChoices, 'language' | 'comments'>, hasTensors: boolean): void;
  /** What is copied and saved from now on, and under which name; null for nothing. */
  hold(file: CodeFile | null): void;
}

interface Options {
  onLanguage(language: Language): void;
  onComments(on: boolean): void;
}

export function titleOf(language: Language): string {
  return LANGUAGES.find(({ value }) => value === language)?.title ?? '';
}

export function codeTools(root: HTMLElement, { onLanguage, onComments }: Options): CodeTools {
  const options = LANGUAGES.map(({ value, title }) => element('option', '', { value }, title));
  const menu = element('select', 'tool-select', { 'aria-label': 'Language' }, ...options);
  menu.addEventListener('change', () => onLanguage(menu.value as Language));
  const comments = switchControl('Values as comments', 'code-comments-switch', onComments);
  let held: CodeFile | null = null;
  const copy = button('button', () => held && void copyText(held.text), { disabled: true, 'aria-label': 'Copy' }, icon('copy'), element('span', 'code-tool-label', {}, 'Copy'));
  const name = element('span', 'code-tool-label');
  const save = button('button', () => held && saveText(held.text, held.name), { disabled: true }, icon('download'), name);
  save.setAttribute('aria-label', 'Download');
  root.append(menu, comments.root, copy, save);
  return {
    choose({ language, comments: on }, hasTensors) {
      const [python] = options;
      if (python) {
        python.disabled = hasTensors;
        python.textContent = hasTensors ? 'Python: no tensors' : titleOf('python');
      }
      menu.value = languageOf(language, hasTensors);
      comments.set(on);
    },
    hold(file) {
      held = file;
      copy.disabled = save.disabled = file === null;
      if (!file) return;
      name.textContent = file.name;
      save.setAttribute('aria-label', `Download ${file.name}`);
    },
  };
}

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast('Code copied.');
  } catch {
    toast('The browser did not allow copying. Download saves the same code as a file.');
  }
}

function saveText(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/x-python' }));
  element('a', '', { href: address, download: name }).click();
  window.setTimeout(() => URL.revokeObjectURL(address), 1000);
}
