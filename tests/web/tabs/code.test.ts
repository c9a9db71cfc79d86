import { describe, expect, it } from 'vitest';
import type { CodeAnswer, CodeLine } from '../../../static/src/api/model';
import { codeModel, columnOf, fileName, forwardNote, languageOf, widestFrom } from '../../../static/src/tabs/code/model';
import { tokensOf } from '../../../static/src/tabs/code/tokens';

function line(number: number, patch: Partial<CodeLine>): CodeLine {
  return {
    number, kind: 'gradient', text: '', comment: null, node: null, gate: null, operand: null, leaves: [], label: null,
    latex: null, op: null, span: null, value: null, part: null, leaf: false, adds: false, note: null, ...patch,
  };
}

const ANSWER: CodeAnswer = {
  output: 'n2', language: 'python', file_name: 'gradients.py', text: '', nodes: [], remarks: [], autograd: [],
  forward: [
    line(1, { kind: 'leaves', text: 'x, y = 1.0, 2.0', leaves: ['n0', 'n1'] }),
    line(2, { kind: 'gate', text: 'f = x * y', comment: '# 2.00', node: 'n2', gate: 'n2' }),
  ],
  backward: [
    line(3, { kind: 'seed', text: 'grad_f = 1.0', comment: '# 1.00', node: 'n2' }),
    line(4, { text: 'grad_x = grad_f * y', comment: '# 2.00', node: 'n0', gate: 'n2', operand: 0, leaf: true }),
    line(5, { text: 'grad_y = grad_f * x', comment: '# 1.00', node: 'n1', gate: 'n2', operand: 1, leaf: true }),
  ],
};

describe('lines and gates', () => {
  const model = codeModel(ANSWER, (id) => (id === 'n2' ? 'group' : id));

  it('a gate has its forward line, the lines in which it passes gradients on, and its seed', () => {
    expect([...model.linesOf('group')]).toEqual([2, 3, 4, 5]);
    expect(model.nodeOf(ANSWER.backward[1]!)).toBe('group');
  });

  it('a leaf has the line of its value and the line of its gradient', () => {
    expect([...model.linesOf('n0')]).toEqual([1, 4]);
    expect(model.leafOf(ANSWER.backward[1]!)).toBe('n0');
    expect(model.leafOf(ANSWER.forward[1]!)).toBeNull();
  });

  it('strangers have none', () => {
    expect(model.linesOf('n9').size).toBe(0);
    expect(codeModel(ANSWER, () => null).nodeOf(ANSWER.forward[1]!)).toBeNull();
  });
});

describe('languages', () => {
  it('NumPy stands in for plain Python where there are tensors, and only there', () => {
    expect(languageOf('python', true)).toBe('numpy');
    expect(languageOf('python', false)).toBe('python');
    expect(languageOf('jax', true)).toBe('jax');
  });
});

describe('places', () => {
  it('comments stand behind the longest line that is not too long', () => {
    expect(columnOf(ANSWER.backward)).toBe('grad_x = grad_f * y'.length + 2);
    expect(columnOf([...ANSWER.backward, line(6, { text: 'x'.repeat(60), comment: '# 1' })])).toBe(21);
    expect(columnOf([])).toBe(2);
  });

  it('a note is told how wide the lines beside it are', () => {
    expect(widestFrom(ANSWER.backward, 0, 3, 21)).toBe(27);
    expect(widestFrom([line(1, { text: 'x'.repeat(60), comment: '# 1' })], 0, 3, 21)).toBe(65);
    expect(widestFrom(ANSWER.backward, 3, 3, 21)).toBe(0);
  });

  it('gates are counted once, however many lines they take', () => {
    expect(forwardNote(ANSWER)).toBe('1 gate, one line');
  });

  it('a file goes by the example that is open', () => {
    expect(fileName('network-2-2-1', ANSWER)).toBe('network_2_2_1.py');
    expect(fileName(null, ANSWER)).toBe('gradients.py');
  });
});

describe('tokens', () => {
  it.each([
    'grad_z += grad_a * (1 - a) * a',
    'a = 1 / (1 + math.exp(-z))  # 0.7311',
    'jax.config.update("jax_enable_x64", True)',
    'w0, x0 = [torch.tensor(value, requires_grad=True) for value in (2.0, -1e-05)]',
  ])('put together are the line again: %s', (text) => {
    expect(tokensOf(text).map((token) => token.text).join('')).toBe(text);
  });

  it('tell the words apart', () => {
    expect(tokensOf('grad_z += math.exp(z) if 2')).toEqual([
      { kind: 'name', text: 'grad_z' }, { kind: 'space', text: ' ' }, { kind: 'adds', text: '+=' },
      { kind: 'space', text: ' ' }, { kind: 'call', text: 'math.exp' }, { kind: 'operator', text: '(' },
      { kind: 'name', text: 'z' }, { kind: 'operator', text: ')' }, { kind: 'space', text: ' ' },
      { kind: 'keyword', text: 'if' }, { kind: 'space', text: ' ' }, { kind: 'number', text: '2' },
    ]);
  });
});
