/** What is taken as the derivative where there is none: a choice for each kind of kink that the program has. */
import type { Answer, Conventions, Operation, Ties } from '../api/model';
import type { App } from '../app';
import { visibleGraph } from '../graph/visible';
import { listed } from '../graph/words';
import { element, toast } from './elements';
import { choice, menuTitle, type Choice } from './menu-parts';

/** More names than this would not be read. */
const MOST_NAMES = 5;

const TIES: readonly (readonly [Ties, string])[] = [
  ['split', 'shared'],
  ['first', 'all to the first'],
  ['both', 'all to each'],
];

const SLOPES: Readonly<Record<'relu_at_zero' | 'abs_at_zero', readonly string[]>> = {
  relu_at_zero: ['0', '0.5', '1'],
  abs_at_zero: ['-1', '0', '1'],
};

export function conventionChoices(app: App): HTMLElement {
  const { store, actions, operations } = app;
  let before: Answer | null = null;

  function change(patch: Partial<Conventions>): void {
    before = store.get().answer;
    actions.setConventions(patch);
  }

  const relu = slope('Slope of ReLU at 0', 'relu_at_zero', (value) => change({ relu_at_zero: value }));
  const abs = slope('Slope of abs at 0', 'abs_at_zero', (value) => change({ abs_at_zero: value }));
  const ties = choice<Ties>('Gradient of equal inputs', TIES, (value) => change({ ties: value }));
  const root = element('div', 'menu-conventions', {}, menuTitle('Where there is no derivative'), relu.root, ties.root, abs.root);

  store.watch(
    (state) => state.conventions,
    (conventions) => {
      relu.set(String(conventions.relu_at_zero));
      abs.set(String(conventions.abs_at_zero));
      ties.set(conventions.ties);
    },
  );
  store.watch(
    (state) => state.answer,
    (answer, { openGroups, view }) => {
      const used = usedConventions(answer, operations);
      root.hidden = used.size === 0;
      relu.root.hidden = !used.has('relu_at_zero');
      ties.root.hidden = !used.has('ties');
      abs.root.hidden = !used.has('abs_at_zero');
      if (!before || !answer || answer === before) return;
      const labels = changedGradients(visibleGraph(before, openGroups, view, operations), visibleGraph(answer, openGroups, view, operations));
      before = null;
      toast(changeSentence(labels));
    },
  );
  return root;
}

function slope(label: string, key: keyof typeof SLOPES, onChange: (value: number) => void): Choice<string> {
  const made = choice<string>(label, SLOPES[key].map((text) => [text, text.replace('-', '\u2212')]), (text) => onChange(Number(text)));
  return {
    root: made.root,
    set(value) {
      const select = made.root.querySelector('select');
      // A link may carry a slope that the menu does not offer.
      if (select && ![...select.options].some((option) => option.value === value)) {
        select.append(element('option', '', { value }, value.replace('-', '\u2212')));
      }
      made.set(value);
    },
  };
}

/** The conventions that some gate of the program asks for, inner gates of composites included. */
export function usedConventions(answer: Answer | null, operations: ReadonlyMap<string, Operation>): ReadonlySet<keyof Conventions> {
  const used = new Set<keyof Conventions>();
  for (const { op } of [...(answer?.nodes ?? []), ...(answer?.groups ?? [])]) {
    const convention = op === null ? null : operations.get(op)?.convention;
    if (convention) used.add(convention);
  }
  return used;
}

interface Labelled {
  nodes: readonly { id: string; kind: string; label: string; gradient: number | null }[];
}

/** Labels of the nodes on show whose gradient is another one now. */
export function changedGradients(before: Labelled, after: Labelled): string[] {
  const old = new Map(before.nodes.map(({ id, gradient }) => [id, gradient]));
  return after.nodes.filter(({ id, kind, gradient }) => kind !== 'output' && !Object.is(old.get(id), gradient)).map(({ label }) => label);
}

export function changeSentence(labels: readonly string[]): string {
  if (labels.length === 0) return 'No gradient changed.';
  const names = labels.length > MOST_NAMES ? `${labels.slice(0, MOST_NAMES).join(', ')} and ${labels.length - MOST_NAMES} more` : listed(labels);
  return labels.length === 1 ? `1 gradient changed: ${names}.` : `${labels.length} gradients changed: ${names}.`;
}
