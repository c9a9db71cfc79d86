/** What the caption says at one step: the phase, the gate, the equations, and one sentence on what was reused. Pure. */
import type { GraphNode, Operation } from '../api/model';
import { nameTex, operandEquation, partial, type Equation } from '../explain/chain';
import { braced, forwardEquation } from '../explain/forward';
import { operandsBySource, subjectOf, type Gate, type Operand, type Source } from '../explain/subject';
import { marked, numberTex, tex, type Tex } from '../explain/tex';
import { isTensor } from '../explain/tensor';
import type { Sentence } from '../explain/words';
import { equationNumber } from '../format';
import type { Moment, Phase, Step } from './steps';
import { backwardTensor, forwardTensor, tensorSums } from './told-tensor';

export interface Told {
  phase: Phase;
  title: string;
  equations: readonly (Tex | Equation)[];
  sentence: Sentence;
}

/** A gate with more inputs is told by its first ones; the graph shows the rest. */
const MOST_EQUATIONS = 3;

export function tell(step: Step, moment: Moment, source: Source, operations: ReadonlyMap<string, Operation>): Told | null {
  const subject = subjectOf({ kind: 'node', id: step.node }, source);
  if (!subject || subject.kind === 'edge' || subject.kind === 'output') return null;
  if (step.phase === 'seed') return seed(subject.output.latex, subject.output.id);
  if (subject.kind !== 'gate') return null;
  const whole = isTensor(subject);
  return step.phase === 'forward'
    ? {
        phase: 'forward',
        title: `${subject.gate.title} gate`,
        equations: [whole ? forwardTensor(subject.gate) : forwardEquation(subject.gate, operations)],
        sentence: [subject.gate.operation?.says ?? ''],
      }
    : whole
      ? {
          phase: 'backward',
          title: `${subject.gate.title} gate`,
          equations: backwardTensor(subject, source.answer, operations, MOST_EQUATIONS),
          sentence: tensorSums(subject.gate, moment, source.answer) ?? [subject.gate.operation?.reuse ?? ''],
        }
      : backward(subject.gate, subject.output, moment, operations);
}

function seed(latex: string, id: string): Told {
  const f = nameTex({ id, latex });
  const one = marked({ className: 'gradient' }, '\\mathbf{1}');
  return {
    phase: 'seed',
    title: 'Seed',
    equations: [tex`\frac{\partial ${f}}{\partial ${f}} = ${one}`],
    sentence: ['The gradient of ', f, ' with respect to itself is 1.'],
  };
}

function backward(gate: Gate, output: GraphNode, moment: Moment, operations: ReadonlyMap<string, Operation>): Told {
  const flowing = gate.operands.filter((operand) => operand.local !== null);
  const bySource = operandsBySource(flowing);
  return {
    phase: 'backward',
    title: `${gate.title} gate`,
    equations: bySource.slice(0, MOST_EQUATIONS).map((operands) => bracedEquation(output, gate, operands, operations)),
    sentence: sumSentence(bySource, moment) ?? [gate.operation?.reuse ?? ''],
  };
}

/** The chain rule of one edge with its factors named below them, then the numbers; several edges as in the inspector. */
function bracedEquation(output: GraphNode, gate: Gate, operands: readonly Operand[], operations: ReadonlyMap<string, Operation>): Equation {
  const equation = operandEquation(output, gate, operands, true, operations);
  const numbers = equation.lines.at(-1);
  const [operand] = operands;
  if (operands.length !== 1 || !operand || !numbers) return equation;
  const factors = braced(partial(output, gate.node, 'gradient'), partial(gate.node, operand.node));
  return { left: equation.left, lines: [tex`= ${factors} ${numbers}`] };
}

/** A fan-out grows term by term: what had arrived before, and what this gate adds. */
function sumSentence(bySource: readonly (readonly Operand[])[], moment: Moment): Sentence | null {
  for (const operands of bySource) {
    const [first] = operands;
    const sum = first ? moment.adjoint(first.visible) : null;
    if (!first || sum === null) continue;
    const added = operands.reduce((total, { downstream }) => total + (downstream ?? 0), 0);
    const before = sum - added;
    if (moment.arrivedBefore(first.visible, operands.length)) {
      return [nameTex(first.node), ' is used more than once, so its gradients add up: ', number(before), ' + ', number(added), ' = ', number(sum), ' so far.'];
    }
  }
  return null;
}

function number(value: number): Tex {
  return numberTex(equationNumber(value, 4, 2), 'gradient');
}
