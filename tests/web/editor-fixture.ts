/** The fixtures with the text they could have been read from. */
import type { Answer, Problem, Span } from '../../static/src/api/model';
import { openSigmoid, patterns, sigmoidNeuron } from './fixtures';

/** Span of the n-th place where `part` stands, counted from 0. */
export function spanOf(source: string, part: string, nth = 0): Span {
  let at = -1;
  for (let i = 0; i <= nth; i += 1) at = source.indexOf(part, at + 1);
  if (at < 0) throw new Error(`"${part}" is not in the text.`);
  const line = source.slice(0, at).split('\n').length;
  return { start: at, end: at + part.length, line, column: at - source.lastIndexOf('\n', at - 1) };
}

function withSpans(answer: Answer, source: string, places: Readonly<Record<string, [string, number?]>>): Answer {
  const nodes = answer.nodes.map((node) => {
    const [part, nth] = places[node.id] ?? [];
    return { ...node, span: part === undefined ? null : spanOf(source, part, nth) };
  });
  const first = source.split('\n')[0] ?? '';
  const span = { start: 0, end: first.length, line: 1, column: 1 };
  return { ...answer, nodes, statements: [{ latex: 'f = \\ldots', node: answer.output, span, parts: [] }] };
}

export const NEURON = 'f = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))\nw0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3';

export function neuronWithSpans(source = NEURON): Answer {
  const sum = 'w0*x0 + w1*x1';
  return withSpans(sigmoidNeuron(), source, {
    n0: ['1'],
    n1: ['w0'],
    n2: ['x0'],
    n3: ['w0*x0'],
    n4: ['w1'],
    n5: ['x1'],
    n6: ['w1*x1'],
    n7: [sum],
    n8: ['w2'],
    n9: [`${sum} + w2`],
    n10: [`-(${sum} + w2)`],
    n11: [`exp(-(${sum} + w2))`],
    n12: ['1', 1],
    n13: [`1 + exp(-(${sum} + w2))`],
    n14: [`1 / (1 + exp(-(${sum} + w2)))`],
  });
}

export const PATTERNS = '(x + y) * max(y, z)';

export function patternsWithSpans(): Answer {
  return withSpans(patterns(), PATTERNS, {
    n0: ['x'],
    n1: ['y'],
    n2: ['x + y'],
    n3: ['z'],
    n4: ['max(y, z)'],
    n5: [PATTERNS],
  });
}

export const SIGMOID = 'exp(sigmoid(w*x))';

export function sigmoidWithSpans(): Answer {
  const inner = Object.fromEntries(['n3', 'n4', 'n5', 'n6'].map((id) => [id, ['sigmoid(w*x)']])) as Record<string, [string]>;
  return withSpans(openSigmoid(), SIGMOID, { n0: ['w'], n1: ['x', 1], n2: ['w*x'], n7: [SIGMOID], ...inner });
}

export function problem(message: string, span: Span | null, more: Partial<Problem> = {}): Problem {
  return { code: 'problem', message, hint: null, span, fix: null, ...more } as Problem;
}
