/** A leaf that starts at random: the distribution and the seed, for it alone or for all parameters; the program text says both. */
import { fetchFillers } from '../api/client';
import type { Filler, GraphNode } from '../api/model';
import type { App } from '../app';
import { nextSeed, parametersOf, SEEDS, startOf, withStarts } from '../explain/random-start';
import { renderMath } from '../math';
import { button, element, toast } from './elements';

export interface RandomControls {
  root: HTMLElement;
  update(leaf: GraphNode): void;
}

const MINUS = '\u2212';

export function randomControls({ store, actions }: App): RandomControls {
  let leaf: GraphNode | null = null;
  let fillers: readonly Filler[] = [];
  const written = element('option', '', { value: '' }, 'As written');
  const choice = element('select', 'leaf-role random-choice', { 'aria-label': 'Random start' }, written);
  const seed = element('input', 'value-input random-seed', {
    type: 'text', inputmode: 'numeric', autocomplete: 'off', spellcheck: 'false', 'aria-label': 'Seed', maxlength: '10',
  });
  const frame = element(
    'div', 'value-field', {},
    button('value-step', () => step(-1), { 'aria-label': 'Seed before' }, MINUS), seed,
    button('value-step', () => step(1), { 'aria-label': 'Next seed' }, '+'),
  );
  const everything = button('text-button', () => start(parametersOfNow()), {}, 'All parameters');
  const formula = element('span', 'random-formula');
  const says = element('span', '');
  const note = element('p', 'inspector-note', {}, formula, ' ', says);
  const row = element('div', 'leaf-row', {}, choice, element('label', 'random-label', {}, 'seed'), frame, everything);
  const root = element('div', 'random-controls', { hidden: true }, row, note);
  seed.value = '1';

  const parametersOfNow = (): GraphNode[] => {
    const { answer } = store.get();
    return answer ? parametersOf(answer) : [];
  };

  function seedNow(): number {
    const typed = Number(seed.value);
    return /^\d{1,10}$/.test(seed.value.trim()) && typed < SEEDS ? typed : 0;
  }

  function start(leaves: readonly GraphNode[]): void {
    const { program, answer, answerSource } = store.get();
    if (!answer || program !== answerSource) {
      toast('The program cannot be read as it stands.');
      return;
    }
    const name = choice.value || (fillers[0]?.name ?? 'normal');
    const text = withStarts(program, answer, leaves, { name, seed: seedNow() });
    if (text !== null) actions.replaceProgram(text, leaves.flatMap((one) => one.name ?? []));
  }

  function step(by: number): void {
    seed.value = String(nextSeed(seedNow(), by));
    if (leaf) start([leaf]);
  }

  choice.addEventListener('change', () => {
    if (leaf && choice.value) start([leaf]);
  });
  seed.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') step(event.key === 'ArrowUp' ? 1 : -1);
    else if (event.key === 'Enter' && leaf) start([leaf]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function show(): void {
    const { program, answer, answerSource } = store.get();
    root.hidden = leaf?.value_span == null || fillers.length === 0;
    if (!leaf || !answer || program !== answerSource) return;
    const found = startOf(program, leaf, new Set(fillers.map(({ name }) => name)));
    choice.value = found?.name ?? '';
    if (found && document.activeElement !== seed) seed.value = String(found.seed);
    const filler = fillers.find(({ name }) => name === found?.name);
    note.hidden = !filler;
    if (filler) {
      if (filler.draws !== null) renderMath(formula, filler.draws);
      says.textContent = filler.says;
    }
    everything.hidden = leaf.kind !== 'parameter' || parametersOfNow().length < 2;
  }

  void fetchFillers().then(
    (found) => {
      fillers = found.filter(({ draws }) => draws !== null);
      choice.append(...fillers.map(({ name, title }) => element('option', '', { value: name }, title)));
      show();
    },
    // Without the list there is nothing to choose from, and the row stays away.
    () => undefined,
  );

  return {
    root,
    update(next) {
      leaf = next;
      show();
    },
  };
}
