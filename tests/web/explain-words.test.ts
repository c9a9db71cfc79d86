import { describe, expect, test } from 'vitest';
import { isTrue } from '../../static/src/explain/pattern';
import {
  conventionSentence,
  kindText,
  nothingFlows,
  operandSentence,
  partSentence,
  patternText,
  seedSentence,
  sentenceText,
} from '../../static/src/explain/words';
import { answerOf, openSigmoid, patterns, sigmoidNeuron, squared } from './fixtures';
import { edgeSubject, gateSubject, leafSubject, REGISTRY, subject } from './inspector-fixtures';

const sentence = (found: ReturnType<typeof nothingFlows>): string | null => found && sentenceText(found);

describe('kinds', () => {
  test('gates, leaves, edges and results are named before the formula', () => {
    expect(kindText(gateSubject(sigmoidNeuron(), 'n6'))).toBe('Multiply gate');
    expect(kindText(gateSubject(openSigmoid(), 'g0'))).toBe('Sigmoid gate, a composite');
    expect(kindText(leafSubject(sigmoidNeuron(), 'n1'))).toBe('Parameter');
    expect(kindText(leafSubject(patterns(), 'n1'))).toBe('Input, one copy for each use');
    expect(kindText(edgeSubject(sigmoidNeuron(), 'n4', 'n6', 0))).toBe('Input 1 of the multiply gate');
    expect(kindText(edgeSubject(sigmoidNeuron(), 'n9', 'n10', 0))).toBe('Input of the negate gate');
    const output = subject(sigmoidNeuron(), { kind: 'node', id: 'output' });
    expect(output && kindText(output)).toBe('The result that is differentiated');
  });

  test('names such as ReLU keep their letters', () => {
    const answer = answerOf([{ leaf: 'x', value: 1 }, { op: 'neg', of: ['x'] }]);
    const edge = edgeSubject(answer, 'n0', 'n1', 0);
    expect(kindText({ ...edge, gate: { ...edge.gate, title: 'ReLU' } })).toBe('Input of the ReLU gate');
  });

  test('what is not in the answer is no subject', () => {
    expect(subject(squared(), { kind: 'node', id: 'n99' })).toBeNull();
    expect(subject(squared(), { kind: 'edge', source: 'n0', target: 'n1', operand: 5 })).toBeNull();
  });
});

describe('where no gradient flows', () => {
  const unused = answerOf([{ leaf: 'z', value: 1 }, { leaf: 'x', value: 2 }, { op: 'neg', of: ['z'], name: 'q' }, { op: 'exp', of: ['x'] }]);

  test('a leaf on no path to the output', () => {
    expect(sentence(nothingFlows(leafSubject(unused, 'n0')))).toBe('f does not depend on z, so its gradient is 0.');
    expect(nothingFlows(leafSubject(unused, 'n1'))).toBeNull();
  });

  test('constants', () => {
    const doubled = answerOf([{ leaf: 'x', value: 2 }, { literal: '2' }, { op: 'mul', of: ['x', 'n1'] }]);
    const { gate } = gateSubject(doubled, 'n2');
    const [x, two] = gate.operands;
    expect(two && sentence(operandSentence(gate, two, REGISTRY))).toBe('2 is a constant: a constant has no gradient.');
    expect(x && operandSentence(gate, x, REGISTRY)).toBeNull();
    const leaf = subject(doubled, { kind: 'node', id: 'n1' }, false);
    expect(leaf && sentence(nothingFlows(leaf))).toBe('A constant has no gradient.');
  });

  test('a router says whom it did not choose', () => {
    const { gate } = gateSubject(patterns(), 'n4');
    const [y, z] = gate.operands;
    expect(y && operandSentence(gate, y, REGISTRY)).toBeNull();
    expect(z && sentence(operandSentence(gate, z, REGISTRY))).toBe('Not chosen by max, so the local gradient is 0.');
  });

  test('the seed', () => {
    const output = subject(squared(), { kind: 'node', id: 'output' });
    expect(output?.kind === 'output' && sentenceText(seedSentence(output))).toBe('The gradient of f with respect to itself is 1.');
  });
});

test('a part of a gradient says so, with the total', () => {
  const { gate } = gateSubject(patterns(), 'n4');
  const y = gate.operands[0]?.node;
  expect(y && sentenceText(partSentence(y, 1, 2, '5.0000'))).toBe('One of 2 terms of the gradient of y; all terms add up to 5.0000.');
});

describe('patterns are claimed only where they are true', () => {
  const gate = (answer = sigmoidNeuron(), id = 'n6') => gateSubject(answer, id).gate;

  test('multiply switches, also x * x', () => {
    expect(patternText(gate())?.title).toBe('Gradient switcher');
    expect(patternText(gate(squared(), 'n1'))?.title).toBe('Gradient switcher');
  });

  test('one sentence is told once', () => {
    const { sentences } = patternText(gate()) ?? { sentences: [] };
    expect(sentences).toEqual(["Each input receives the upstream gradient times the other input's value."]);
  });

  test('a literal takes no part: times 2 only scales', () => {
    const doubled = answerOf([{ leaf: 'x', value: 2 }, { literal: '2' }, { op: 'mul', of: ['x', 'n1'] }]);
    const { gate: twice } = gateSubject(doubled, 'n2');
    const withoutLocal = { ...twice, operands: twice.operands.map((one) => (one.constant ? { ...one, local: null } : one)) };
    expect(isTrue('switcher', withoutLocal)).toBe(false);
    expect(patternText(withoutLocal)?.title).not.toBe('Gradient switcher');
  });

  test('a tie is no routing', () => {
    const tie = answerOf([{ leaf: 'x', value: 2 }, { leaf: 'y', value: 2 }, { op: 'max', of: ['x', 'y'] }]);
    expect(isTrue('router', gateSubject(tie, 'n2').gate)).toBe(false);
    expect(isTrue('router', gateSubject(patterns(), 'n4').gate)).toBe(true);
  });

  test('nothing is claimed of numbers that are not finite', () => {
    const infinite = answerOf([{ leaf: 'x', value: 0 }, { op: 'log', of: ['x'] }]);
    expect(isTrue('scaler', gateSubject(infinite, 'n1').gate)).toBe(false);
  });
});

test('what was chosen at a kink', () => {
  const conventions = { relu_at_zero: 1, ties: 'first', abs_at_zero: 0 } as const;
  expect(conventionSentence('relu_at_zero', conventions)).toBe('The slope chosen at 0 is 1.');
  expect(conventionSentence('ties', conventions)).toMatch(/the first of the equal inputs/);
});
