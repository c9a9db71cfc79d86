import { describe, expect, it } from 'vitest';
import { foldedOffset, lineNumber, lineTotal } from '../../static/src/views/editor-fold';
import { gatesAndInputs, sizeOf, statusOf } from '../../static/src/views/editor-status';
import { NEURON, neuronWithSpans, problem, sigmoidWithSpans, spanOf } from './editor-fixture';

const BASE = { answer: neuronWithSpans(), openGroups: new Set<string>(), program: NEURON, shownProblems: [] };

describe('statusOf', () => {
  it('counts gates and inputs', () => {
    expect(statusOf({ ...BASE, status: 'ready' })).toMatchObject({ kind: 'right', text: '8 gates, 5 inputs' });
    expect(gatesAndInputs(1, 1)).toBe('1 gate, 1 input');
    expect(gatesAndInputs(12000, 1)).toBe('12,000 gates, 1 input');
  });

  it('counts a closed composite as one gate, an open one as those inside', () => {
    expect(sizeOf(sigmoidWithSpans(), new Set())).toEqual({ gates: 3, inputs: 2 });
    expect(sizeOf(sigmoidWithSpans(), new Set(['g0']))).toEqual({ gates: 6, inputs: 2 });
  });

  it('tells problems first, then loading, then nothing', () => {
    const shownProblems = [problem('a', null), problem('b', null)];
    expect(statusOf({ ...BASE, shownProblems, status: 'unreadable' }).text).toBe('2 problems');
    expect(statusOf({ ...BASE, status: 'loading' }).text).toBe('Loading');
    expect(statusOf({ ...BASE, answer: null, program: '', status: 'ready' })).toMatchObject({ kind: 'empty', text: '' });
  });

  it('does not call a text right that cannot be read, before it says so', () => {
    expect(statusOf({ ...BASE, status: 'unreadable' })).toMatchObject({ kind: 'unsure', text: '8 gates, 5 inputs' });
  });

  it('keeps warnings about the text, not those that the graph shows at a gate', () => {
    const span = spanOf(NEURON, 'exp');
    const warnings = [
      { code: 'ambiguous-product', message: 'a', node: null, span },
      { code: 'not-finite', message: 'b', node: 'n1', span },
    ];
    const status = statusOf({ ...BASE, answer: { ...BASE.answer, warnings }, status: 'ready' });
    expect(status.warnings.map(({ message }) => message)).toEqual(['a']);
  });
});

describe('the folded line', () => {
  const state = { program: NEURON, answer: BASE.answer, answerSource: NEURON, faults: [], selected: [] };

  it('is that of the first problem, else of the selection, else of the output', () => {
    const second = NEURON.indexOf('\n') + 1;
    expect(foldedOffset({ ...state, faults: [null, { from: 50, to: 51 }], selected: [{ from: 3, to: 4 }] })).toBe(50);
    expect(foldedOffset({ ...state, selected: [{ from: second, to: second + 1 }] })).toBe(second);
    expect(foldedOffset(state)).toBe(0);
  });

  it('follows the formula when lines are put before it', () => {
    expect(foldedOffset({ ...state, program: `# neuron\n${NEURON}` })).toBe(9);
  });

  it('is the first that says something before there is an answer', () => {
    expect(foldedOffset({ ...state, answer: null, program: '# a\n\n  f = x*x' })).toBe(5);
    expect(foldedOffset({ ...state, answer: null, program: '\nx = 2' })).toBe(1);
    expect(foldedOffset({ ...state, answer: null, program: '' })).toBe(0);
  });

  it('has a number', () => {
    expect(lineNumber('a\nb\nc', 0)).toBe(1);
    expect(lineNumber('a\nb\nc', 2)).toBe(2);
    expect(lineNumber('a\nb', 1)).toBe(1);
    expect(lineTotal('')).toBe(1);
    expect(lineTotal('a\nb\n')).toBe(3);
  });
});
