/** Lessons made by hand for tests of the gallery. */
import type { Answer, Lesson } from '../../static/src/api/model';
import { answerOf as evaluate, patterns, sigmoidNeuron, squared, type Line } from './fixtures';

/** An answer in short, as the catalogue sends it. */
export function outlineOf(answer: Answer): Lesson['graph'] {
  return {
    output: answer.output,
    nodes: answer.nodes.map(({ id, kind, op, operands, name, label, latex, shape, value, gradient }) => ({
      id, kind, op, operands, name, label, latex, shape, value, gradient,
      local: operands.map((_, operand) => answer.edges.find((edge) => edge.target === id && edge.operand === operand)?.local ?? null),
    })),
  };
}

export function lessonOf(answer: Answer, fields: Partial<Lesson> = {}): Lesson {
  return {
    slug: 'a-lesson',
    title: 'A lesson',
    formula: null,
    summary: 'One line.',
    section: 'From the lecture',
    kind: 'gates',
    source: { title: 'A book', author: 'An author', place: 'Page 1', year: null },
    program: 'f = x',
    values: {},
    step: null,
    output: null,
    note: null,
    verdict: { kind: 'matches', count: 2, total: 2 },
    printed: [],
    graph: outlineOf(answer),
    ...fields,
  };
}

/** Two inputs, two hidden units, one output and a loss: weights 0.5, −1, 0, 2 and 1, −2, biases in the hidden sums. */
export function network(): Answer {
  const weights: Line[] = [0.5, -1, 0, 2, 1, -2].map((value, i) => ({ leaf: `w${String(i + 1)}`, value }));
  return evaluate([
    { leaf: 'x1', value: 1 },
    { leaf: 'x2', value: 2 },
    ...weights,
    { leaf: 'b1', value: 0.1 },
    { leaf: 'b2', value: 0.2 },
    { op: 'mul', of: ['x1', 'w1'], name: 'p1' },
    { op: 'mul', of: ['w2', 'x2'], name: 'p2' },
    { op: 'add', of: ['p1', 'p2'], name: 'q1' },
    { op: 'add', of: ['q1', 'b1'], name: 'z1' },
    { op: 'sigmoid', of: ['z1'], name: 'h1' },
    { op: 'mul', of: ['x1', 'w3'], name: 'p3' },
    { op: 'mul', of: ['x2', 'w4'], name: 'p4' },
    { op: 'add', of: ['p3', 'p4'], name: 'q2' },
    { op: 'add', of: ['b2', 'q2'], name: 'z2' },
    { op: 'sigmoid', of: ['z2'], name: 'h2' },
    { op: 'mul', of: ['h1', 'w5'], name: 'p5' },
    { op: 'mul', of: ['h2', 'w6'], name: 'p6' },
    { op: 'add', of: ['p5', 'p6'], name: 'y' },
    { leaf: 't', value: 1 },
    { op: 'sub', of: ['t', 'y'], name: 'd' },
    { op: 'mul', of: ['d', 'd'], name: 'E' },
  ]);
}

export const LESSONS: readonly Lesson[] = [
  lessonOf(patterns(), {
    slug: 'gate-patterns', title: '(x + y) max(y, z)', formula: '(x + y)\\max(y, z)', program: 'f = (x + y) * max(y, z)',
  }),
  lessonOf(sigmoidNeuron(), {
    slug: 'sigmoid-neuron', title: 'Sigmoid neuron', kind: 'neurons', program: 'f = 1 / (1 + exp(-z))',
    verdict: { kind: 'rounded', count: 1, total: 3 },
  }),
  lessonOf(network(), {
    slug: 'network', title: 'A network', kind: 'networks', program: 'E = d * d', note: 'The source leaves one path out.',
    verdict: { kind: 'wrong', count: 8, total: 14 }, section: 'From courses and books',
    source: { title: 'Neural networks', author: 'Ada Writer', place: 'Chapter 2', year: 2015 },
  }),
  lessonOf(squared(), {
    slug: 'squared', title: 'x · x', program: 'f = x * x', verdict: { kind: 'none', count: 0, total: 0 },
    section: 'From courses and books',
  }),
];
