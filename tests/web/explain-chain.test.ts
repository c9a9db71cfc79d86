import { describe, expect, test } from 'vitest';
import { alignedTex, definition, expansion, operandEquation, usesEquation, type Equation } from '../../static/src/explain/chain';
import type { GateSubject } from '../../static/src/explain/subject';
import { compile } from '../../static/src/explain/tex';
import { answerOf, openSigmoid, patterns, sigmoidNeuron, squared } from './fixtures';
import { edgeSubject, gateSubject, leafSubject, REGISTRY } from './inspector-fixtures';

const tidy = (latex: string): string => latex.replace(/\s+/g, ' ').trim();
const lines = (equation: Equation): string[] => {
  const left = equation.left ? compile(equation.left).plain : '';
  return equation.lines.map((line, index) => tidy((index === 0 ? left : '') + ' ' + compile(line).plain));
};
const partial = (of: string, by: string): string => `\\frac{\\partial ${of}}{\\partial ${by}}`;

function operandLines(subject: GateSubject, position: number, whole = true): string[] {
  const operand = subject.gate.operands[position];
  if (!operand) throw new Error('no such operand');
  return lines(operandEquation(subject.output, subject.gate, [operand], whole, REGISTRY));
}

describe('the chain rule of the lecture', () => {
  const neuron = sigmoidNeuron();

  test('a product: symbols, then numbers, with the digits that make it check', () => {
    const subject = gateSubject(neuron, 'n6');
    expect(operandLines(subject, 0)).toEqual([
      `${partial('f', 'w_{1}')}= ${partial('f', 's_{1}')} \\cdot ${partial('s_{1}', 'w_{1}')} = ${partial('f', 's_{1}')} \\cdot x_{1}`.replace('}=', '} ='),
      '= 0.1966 \\times (-2.00) = \\mathbf{-0.3932}',
    ]);
    expect(operandLines(subject, 1)[1]).toBe('= 0.1966 \\times (-3.00) = \\mathbf{-0.5898}');
  });

  test('a sum passes the upstream gradient on', () => {
    expect(operandLines(gateSubject(neuron, 'n9'), 0)[1]).toBe('= 0.1966 \\times 1 = \\mathbf{0.1966}');
  });

  test('a minus sign in front is bracketed as a factor', () => {
    const [symbols, numbers] = operandLines(gateSubject(neuron, 'n10'), 0);
    expect(symbols).toContain('\\cdot (-1)');
    expect(numbers).toBe('= -0.1966 \\times (-1) = \\mathbf{0.1966}');
  });

  test('the exponential reuses its output', () => {
    const [symbols, numbers] = operandLines(gateSubject(neuron, 'n11'), 0);
    expect(symbols).toMatch(/\\cdot s_\{\d\}$/);
    expect(numbers).toBe('= -0.5344 \\times 0.3679 = \\mathbf{-0.1966}');
  });

  test('upstream is marked red, values green, the result bold and red', () => {
    const subject = gateSubject(neuron, 'n6');
    const [operand] = subject.gate.operands;
    const { marks } = alignedTex(operandEquation(subject.output, subject.gate, operand ? [operand] : [], true, REGISTRY));
    const numbers = marks.filter((mark) => mark.text !== undefined);
    expect(numbers).toEqual([
      { text: '0.1966', className: 'gradient', title: expect.stringMatching(/^0\.1966119332414818\d*$/) as string },
      { text: '−2.00', className: 'value', title: '-2' },
      { text: '−0.3932', className: 'gradient', title: expect.stringMatching(/^-0\.39322386648296\d*$/) as string },
    ]);
  });

  test('relations stand below each other', () => {
    const subject = gateSubject(neuron, 'n6');
    const [operand] = subject.gate.operands;
    const { plain } = compile(alignedTex(operandEquation(subject.output, subject.gate, operand ? [operand] : [], true, REGISTRY)));
    expect(plain.match(/&=/g)).toHaveLength(2);
    expect(plain).toContain('\\\\[0.35em]');
  });
});

describe('operands used more than once', () => {
  test('x * x has one block with a term for each edge', () => {
    const { gate, output } = gateSubject(squared(), 'n1');
    expect(lines(operandEquation(output, gate, gate.operands, true, REGISTRY))).toEqual([
      `${partial('f', 'x')} = ${partial('f', 'f')} \\cdot x + ${partial('f', 'f')} \\cdot x`,
      '= 1.00 \\times 3.00 + 1.00 \\times 3.00 = \\mathbf{6.00}',
    ]);
  });

  test('a leaf has one term for each use', () => {
    const { node, uses, output } = leafSubject(patterns(), 'n1');
    expect(lines(usesEquation(output, node, uses, REGISTRY))).toEqual([
      `${partial('f', 'y')} = ${partial('f', 's_{0}')} \\cdot ${partial('s_{0}', 'y')} + ${partial('f', 's_{1}')} \\cdot ${partial('s_{1}', 'y')}`,
      '= 2.00 \\times 1 + 3.00 \\times 1 = \\mathbf{5.00}',
    ]);
  });

  test('a part of a gradient is not called the gradient', () => {
    const equation = operandLines(gateSubject(patterns(), 'n4'), 0, false);
    expect(equation[0]).toMatch(/^\\frac\{\\partial f\}\{\\partial s_\{1\}\} \\cdot/);
  });
});

describe('rules of many shapes', () => {
  const quotient = answerOf([{ leaf: 'a', value: -1.234567 }, { leaf: 'b', value: 0.7 }, { op: 'div', of: ['a', 'b'] }]);

  test('fractions are filled without brackets inside', () => {
    expect(operandLines(gateSubject(quotient, 'n2'), 0)[1]).toBe('= 1.00 \\times \\frac{1}{0.70} = \\mathbf{1.4286}');
    expect(operandLines(gateSubject(quotient, 'n2'), 1)[1]).toMatch(/\\left\(-\\frac\{-1\.76\d*\}\{0\.70\}\\right\)/);
  });

  test('a power of a negative number is bracketed, a literal stays short', () => {
    const cube = answerOf([{ leaf: 'a', value: -2 }, { literal: '3' }, { op: 'pow', of: ['a', 'n1'] }]);
    const [symbols, numbers] = operandLines(gateSubject(cube, 'n2'), 0);
    expect(symbols).toContain('3 a^{3 - 1}');
    expect(numbers).toBe('= 1.00 \\times 3 \\times (-2.00)^{3 - 1} = \\mathbf{12.00}');
  });

  test('a choice is told by what was chosen', () => {
    const { gate, output } = gateSubject(patterns(), 'n4');
    const [y, z] = gate.operands;
    expect(lines(operandEquation(output, gate, y ? [y] : [], false, REGISTRY))[0]).toMatch(/\\cdot 1$/);
    expect(lines(operandEquation(output, gate, z ? [z] : [], true, REGISTRY))[1]).toBe('= 3.00 \\times 0 = \\mathbf{0.00}');
  });

  test('at a tie the number is told, not a rule that does not give it', () => {
    const tie = answerOf([{ leaf: 'x', value: 2 }, { leaf: 'y', value: 2 }, { op: 'max', of: ['x', 'y'] }]);
    expect(operandLines(gateSubject(tie, 'n2'), 0)).toEqual([
      `${partial('f', 'x')} = ${partial('f', 'f')} \\cdot ${partial('f', 'x')}`,
      '= 1.00 \\times 0.5 = \\mathbf{0.50}',
    ]);
  });

  test('numbers that are not finite are printed as such', () => {
    const infinite = answerOf([{ leaf: 'x', value: 0 }, { op: 'log', of: ['x'] }]);
    expect(operandLines(gateSubject(infinite, 'n1'), 0)[1]).toContain('\\mathbf{\\infty }');
  });
});

describe('composites', () => {
  test('the closed gate has its own rule, and its expansion', () => {
    const answer = openSigmoid();
    const { gate } = gateSubject(answer, 'g0');
    expect(gate.operands).toHaveLength(1);
    expect(tidy(compile(expansion(gate) ?? { source: '', marks: [] }).plain)).toBe(
      '\\displaystyle \\sigma(s_{0}) = \\frac{1}{1 + e^{-s_{0}}}',
    );
  });
});

describe('definitions', () => {
  test.each([
    ['n6', 's_{1} = w_{1} x_{1}'],
    ['n10', 's_{4} = -s_{3}'],
    ['n11', 's_{5} = e^{s_{4}}'],
    ['n13', 's_{6} = 1 + s_{5}'],
    ['n14', 'f = \\frac{1}{s_{6}}'],
  ])('%s is %s', (id, latex) => {
    const made = definition(gateSubject(sigmoidNeuron(), id).gate);
    expect(made && tidy(compile(made).plain)).toBe(latex);
  });

  test('a repeated operand keeps its sign', () => {
    const made = definition(gateSubject(squared(), 'n1').gate);
    expect(made && tidy(compile(made).plain)).toBe('f = x \\cdot x');
  });
});

test('an edge tells its own operand', () => {
  const { operand, operandUses } = edgeSubject(patterns(), 'n1', 'n4', 0);
  expect(operand).toMatchObject({ local: 1, upstream: 3, downstream: 3, constant: false });
  expect(operandUses).toBe(2);
});
