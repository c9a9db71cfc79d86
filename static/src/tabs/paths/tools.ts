/** The right end of the tab row: which leaf, to which node, and whether every gate is shown. */
import type { Answer, PathsAnswer } from '../../api/model';
import { element, switchControl } from '../../views/elements';
import { prettyName } from '../names';
import { entriesOf } from './entries';

export interface PathTools {
  show(answer: PathsAnswer, graph: Answer): void;
  /** `isFixed`: it is on and cannot be off. */
  setEveryGate(on: boolean, isFixed: boolean): void;
}

interface Options {
  onLeaf(name: string): void;
  /** Null is the output of the program. */
  onTarget(name: string | null): void;
  onEveryGate(on: boolean): void;
}

/** A node that stands in both answers under the same name. */
export interface Named {
  id: string;
  name: string;
}

export function pathTools(root: HTMLElement, { onLeaf, onTarget, onEveryGate }: Options): PathTools {
  const leaf = select('Leaf', onLeaf);
  const target = select('to', (name) => onTarget(name === output ? null : name));
  const everyGate = switchControl('Every gate', 'paths-every-gate', onEveryGate);
  root.append(leaf.root, target.root, everyGate.root);
  let output = '';
  return {
    show(answer, graph) {
      const gates = namedGates(graph);
      output = outputOf(graph);
      const start = labelOf(answer, answer.start);
      const end = labelOf(answer, answer.output);
      leaf.fill(
        [
          { title: 'Leaves', names: answer.leaves.flatMap(({ name }) => [name, ...entriesOf(graph, name)]) },
          { title: 'Other nodes', names: gates.filter((name) => name !== output) },
        ],
        start,
      );
      target.fill([{ title: '', names: [...gates.filter((name) => name !== output), output] }], end);
    },
    setEveryGate(on, isFixed) {
      everyGate.set(on);
      everyGate.root.disabled = isFixed;
      everyGate.root.title = isFixed ? 'The program names no gate in between.' : '';
    },
  };
}

/** Names of the gates that the program names, but for those that are computed from constants alone. */
export function namedGates({ nodes }: Pick<Answer, 'nodes'>): string[] {
  return nodes.flatMap(({ kind, name, gradient }) => (kind === 'operation' && name !== null && gradient !== null ? [name] : []));
}

/** What formulas call the output: its name, or f. */
export function outputOf({ nodes, output }: Pick<Answer, 'nodes' | 'output'>): string {
  return nodes.find(({ id }) => id === output)?.label ?? '';
}

function labelOf(answer: PathsAnswer, id: string | null): string {
  return answer.nodes.find((node) => node.id === id)?.label ?? '';
}

interface Select {
  root: HTMLElement;
  fill(groups: readonly { title: string; names: readonly string[] }[], chosen: string): void;
}

function select(label: string, onChange: (name: string) => void): Select {
  const control = element('select', 'tool-select', { 'aria-label': label });
  control.addEventListener('change', () => onChange(control.value));
  let filled = '';
  return {
    root: element('label', 'tool-label', {}, label, control),
    fill(groups, chosen) {
      const known = groups.some(({ names }) => names.includes(chosen));
      const shown = known || chosen === '' ? groups : [...groups, { title: '', names: [chosen] }];
      const key = JSON.stringify(shown);
      if (key !== filled) {
        filled = key;
        control.replaceChildren(
          ...shown.flatMap(({ title, names }) => {
            const options = names.map((name) => element('option', '', { value: name }, prettyName(name)));
            if (title === '' || options.length === 0) return options;
            return [element('optgroup', '', { label: title }, ...options)];
          }),
        );
      }
      control.disabled = !shown.some(({ names }) => names.length > 0);
      control.value = chosen;
    },
  };
}
