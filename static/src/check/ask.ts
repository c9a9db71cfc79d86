/** What the API is asked about a number, and what the question is called. Pure. */
import type { Answer, GraphNode, Lesson } from '../api/model';
import { readNumber } from '../format';
import type { NumberCheck } from '../state';
import { entryIn, entryText, withIn } from './entry';

export type Quantity = 'gradient' | 'value' | 'updated';

export const quantityOf = ({ quantity }: NumberCheck): Quantity => quantity ?? 'gradient';

/** The members of the request beside the program; null while there is no number yet. */
export function askedOf(check: NumberCheck | null, step: Lesson['step']): Record<string, unknown> | null {
  if (!check || check.text.trim() === '') return null;
  const quantity = quantityOf(check);
  const rate = quantity === 'updated' ? rateOf(check, step) : (step?.learning_rate ?? null);
  if (quantity === 'updated' && rate === null) return null;
  const parameters = step && step.parameters.length > 0 ? { parameters: step.parameters } : {};
  return {
    node: check.leaf,
    printed: check.text,
    quantity,
    ...(rate === null ? {} : { learning_rate: rate, ...parameters }),
  };
}

/** The learning rate that was typed, else that of the example. */
export function rateOf(check: NumberCheck, step: Lesson['step']): number | null {
  if (check.rate === undefined) return step?.learning_rate ?? null;
  const typed = readNumber(check.rate);
  return typed !== null && Number.isFinite(typed) ? typed : null;
}

/** The node that is meant: by its name in the program, else by its label. */
export function nodeOf(answer: Answer, { leaf }: Pick<NumberCheck, 'leaf'>): GraphNode | null {
  const called = (text: string): GraphNode | undefined => answer.nodes.find(({ name }) => name === text) ?? answer.nodes.find(({ label }) => label === text);
  const entry = entryIn(leaf);
  return called(leaf) ?? (entry ? called(entry.name) : undefined) ?? null;
}

/** Which entry of the node is meant; nothing of a number, or of a whole tensor. */
export function indexIn(node: GraphNode | null, { leaf }: Pick<NumberCheck, 'leaf'>): readonly number[] {
  return node && node.shape.length > 0 && node.name !== leaf ? (entryIn(leaf)?.index ?? []) : [];
}

/** What is checked of a node that is chosen on the graph: a number, or the entry of a tensor at the place that was in question. */
export function leafOf(node: GraphNode, before: string | null): string {
  const name = node.name ?? node.label;
  if (node.shape.length === 0 || (before !== null && entryIn(before) === null)) return name;
  return entryText(name, withIn(node, before === null ? null : (entryIn(before)?.index ?? null)));
}

/** What can be asked of a node: the value of a leaf is given, and a step changes leaves. */
export function quantitiesOf(node: GraphNode | null): readonly Quantity[] {
  return node !== null && node.kind !== 'operation' ? ['gradient', 'updated'] : ['gradient', 'value'];
}

export const QUANTITY_WORDS: Readonly<Record<Quantity, string>> = {
  gradient: 'Gradient',
  value: 'Value',
  updated: 'After a step',
};

/** The left side of the equation, in LaTeX and in words. */
export function questionOf(quantity: Quantity, node: string, output: string): { latex: string; words: (label: string, out: string) => string } {
  switch (quantity) {
    case 'gradient':
      return { latex: `\\frac{\\partial ${output}}{\\partial ${node}}`, words: (label, out) => `Your number for the gradient of ${out} with respect to ${label}` };
    case 'value':
      return { latex: node, words: (label) => `Your number for the value of ${label}` };
    case 'updated':
      return { latex: `{${node}}^{\\text{new}}`, words: (label) => `Your number for ${label} after the step` };
  }
}
