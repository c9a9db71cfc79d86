/** The sentences of the inspector. Mathematics inside a sentence is typeset, so a sentence is a list of pieces. */
import type { Conventions, GraphNode, Operation } from '../api/model';
import { nameTex, workedRule } from './worked';
import { equationNumber } from '../format';
import { stepFor } from '../graph/steps';
import { isLine } from '../lines';
import { isTrue } from './pattern';
import type { EdgeSubject, Gate, LeafSubject, Operand, OutputSubject, Subject } from './subject';
import { plainText, type Tex } from './tex';

export type Sentence = readonly (string | Tex)[];

const ROLES = { input: 'Input', parameter: 'Parameter', constant: 'Constant', operation: 'Gate' } as const;

/** The line below the heading: what kind of thing it is. */
export function kindText(subject: Subject): string {
  switch (subject.kind) {
    case 'gate':
      if (subject.gate.group && isLine(subject.gate.group)) return 'A line of the program, as one gate';
      return subject.gate.group ? `${subject.gate.title} gate, a composite` : `${subject.gate.title} gate`;
    case 'leaf':
      return leafKind(subject);
    case 'edge':
      return edgeKind(subject);
    case 'output':
      return subject.other ? 'A result that is not differentiated' : 'The result that is differentiated';
  }
}

function leafKind({ node, uses, defaulted }: LeafSubject): string {
  const role = ROLES[node.kind];
  if (defaulted) return `${role}, 1 by default`;
  return uses.length > 1 ? `${role}, one copy for each use` : role;
}

function edgeKind({ gate, operand }: EdgeSubject): string {
  if (gate.operands.length === 1) return `Input of the ${lower(gate.title)} gate`;
  return `Input ${String(operand.position + 1)} of the ${lower(gate.title)} gate`;
}

/** A title inside a sentence; names such as ReLU keep their letters. */
function lower(title: string): string {
  return /^[A-Z][a-z\s-]*$/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** Why there is nothing to differentiate, or null. */
export function nothingFlows(subject: Subject): Sentence | null {
  if (subject.kind === 'leaf' && subject.node.kind === 'constant' && subject.node.gradient === null) {
    return ['A constant has no gradient.'];
  }
  if (subject.kind === 'edge' && subject.operand.constant) return ['A constant has no gradient.'];
  if (subject.kind !== 'leaf' && subject.kind !== 'gate') return null;
  const node = subject.kind === 'leaf' ? subject.node : subject.gate.node;
  if (subject.onPath) return null;
  return [nameTex(subject.output), ' does not depend on ', nameTex(node), ', so its gradient is 0.'];
}

export function seedSentence({ output, node, other }: OutputSubject): Sentence {
  if (other) return [nameTex(output), ' does not depend on ', nameTex(node), ', so its gradient is 0.'];
  return ['The gradient of ', nameTex(output), ' with respect to itself is 1.'];
}

/** What the block of one operand says beside its equation, or null. */
export function operandSentence(gate: Gate, operand: Operand, operations: ReadonlyMap<string, Operation>): Sentence | null {
  if (operand.constant) return [nameTex(operand.node), ' is a constant: a constant has no gradient.'];
  if (operand.local === null) return ['No gradient flows along this edge.'];
  if (gate.operation?.variadic) {
    const isUnchosen = gate.operation.pattern?.name === 'router' && operand.local === 0;
    return isUnchosen ? ['Not chosen by ', gate.operation.symbol, ', so the local gradient is 0.'] : null;
  }
  const condition = workedRule(gate, operand, operations)?.condition;
  if (!condition) return null;
  return condition.holds ? ['Here ', condition.formula, '.'] : ['Here ', condition.formula, ' does not hold.'];
}

/** What was chosen at a kink, as the request said it. */
export function conventionSentence(name: keyof Conventions, conventions: Conventions): string {
  if (name !== 'ties') return `The slope chosen at 0 is ${String(conventions[name])}.`;
  return {
    split: 'Chosen for ties: all equal inputs share the gradient.',
    first: 'Chosen for ties: the first of the equal inputs receives the whole gradient.',
    both: 'Chosen for ties: each of the equal inputs receives the whole gradient.',
  }[conventions.ties];
}

/** That the block shows only a part of the operand's gradient. */
export function partSentence(node: GraphNode, shown: number, uses: number, gradient: string): Sentence {
  const terms = shown === 1 ? `One of ${String(uses)} terms` : `${String(shown)} of ${String(uses)} terms`;
  return [`${terms} of the gradient of `, nameTex(node), `; all terms add up to ${gradient}.`];
}

/** What a small step of a leaf would do: by its gradient, and by computing it again (null while that is not known). */
export interface Nudge {
  step: number;
  predicted: number;
  actual: number | null;
}

/** The step is about a thousandth of the value: small enough for the gradient to be a good guide. */
export function nudgeOf({ node, onPath }: LeafSubject): Nudge | null {
  const slope = node.gradient;
  if (!onPath || slope === null || node.name === null || !Number.isFinite(slope) || !Number.isFinite(node.value)) return null;
  const step = stepFor(node.value, 'fine');
  return { step, predicted: slope * step, actual: null };
}

export function nudgeSentence({ node, output }: LeafSubject, { step, predicted, actual }: Nudge): Sentence {
  const sentence = [
    'Raising ', nameTex(node), ` by ${String(step)} changes `, nameTex(output), ` by about ${equationNumber(predicted, 4, 4).text}.`,
  ];
  if (actual === null) return sentence;
  return [...sentence.slice(0, -1), ` by about ${equationNumber(predicted, 4, 4).text}; the true change is ${equationNumber(actual, 4, 4).text}.`];
}

export function firstNotFiniteSentence(node: Pick<GraphNode, 'id' | 'latex'>): Sentence {
  return ['The first number that is not finite arises at ', nameTex(node), '.'];
}

/** What the gate does to the gradient that flows through it, where that is true for these numbers. */
export interface PatternText {
  title: string;
  sentences: readonly string[];
  /** The smallest program that shows it. */
  program: string | null;
}

export function patternText(gate: Gate): PatternText | null {
  const { operation } = gate;
  if (!operation) return null;
  const pattern = operation.pattern && isTrue(operation.pattern.name, gate) ? operation.pattern : null;
  const sentences = [pattern?.sentence ?? '', pattern?.name === 'distributor' ? '' : operation.says, operation.reuse ?? ''];
  const told = sentences.filter((sentence, index) => sentence !== '' && sentences.indexOf(sentence) === index);
  const title = pattern?.title ?? 'What the gate does';
  return told.length > 0 ? { title, sentences: told, program: pattern?.program ?? null } : null;
}

export function compositeSentence(agrees: boolean): Sentence {
  return agrees
    ? ['Open or closed, it passes on the same gradients.']
    : ['Here the open form gives other numbers than the closed gate, which is computed in a safer way.'];
}

/** A fan-out belongs to a wire, not to an operation, so the registry's list of operations does not tell of it. */
export const ADDER: PatternText = {
  title: 'Gradient adder',
  sentences: ['The gradients of all branches add up, also when one gate takes the same input twice.'],
  program: 'x = 3; f = x * x',
};

/** The formula of a small program: what follows the last `=`. */
export function formulaOf(program: string): string {
  return program.slice(program.lastIndexOf('=') + 1).trim();
}

/** The sentence as plain text, for labels. */
export function sentenceText(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === 'string' ? part : plainText(part.source.replace(/[\uE000-\uE002]/g, '')))).join('');
}
