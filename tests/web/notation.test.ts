import { describe, expect, it } from 'vitest';
import { notationOf } from '../../static/src/notation';
import { suggestionsAt } from '../../static/src/views/editor-suggest';
import { plainName } from '../../static/src/views/editor-tokens';
import { tokensOf } from '../../static/src/views/editor-tokens-elsewhere';

function kinds(line: string, text = line): string[] {
  const tokenAt = tokensOf(text);
  const found: string[] = [];
  for (let at = 0; at < line.length; ) {
    const { kind, to } = tokenAt(line, at);
    expect(to).toBeGreaterThan(at);
    if (kind !== 'space') found.push(`${kind}:${line.slice(at, to)}`);
    at = to;
  }
  return found;
}

describe('the notation of a text', () => {
  it.each([
    ['f = sigmoid(w0 x0 + 0.5)', 'chainrule'],
    ['returned = 2 x\ndefine = 3', 'chainrule'],
    ['\\frac{1}{x}', 'latex'],
    ['def f(x):\n    return x', 'python'],
    ['s += w * x', 'python'],
    ['y = math.exp(x)', 'python'],
    ['where(a >= b, a, b)', 'chainrule'],
  ])('%s is %s', (text, notation) => {
    expect(notationOf(text)).toBe(notation);
  });
});

describe('colours', () => {
  it('of LaTeX', () => {
    expect(kinds('\\frac{w_0}{\\sigma\\left(x\\right)} % c')).toEqual([
      'function:\\frac', 'bracket:{', 'name:w', 'operator:_', 'number:0', 'bracket:}', 'bracket:{', 'name:\\sigma',
      'operator:\\left', 'bracket:(', 'name:x', 'operator:\\right', 'bracket:)', 'bracket:}', 'comment:% c',
    ]);
  });

  it('of Python', () => {
    expect(kinds('return np.exp(-x) ** 2.5  # gate', 'import numpy')).toEqual([
      'keyword:return', 'name:np', 'operator:.', 'function:exp', 'bracket:(', 'operator:-', 'name:x', 'bracket:)',
      'operator:*', 'operator:*', 'number:2.5', 'comment:# gate',
    ]);
  });

  it('of any line end', () => {
    for (const line of ['\\', '"', "'''", '\u{1d465}\\', '§\\', '\\begin', '\\\\']) kinds(line, `${line}\\`);
  });
});

it('names nothing of ours behind a command', () => {
  const functions = [{ label: 'sigmoid', isFunction: true, title: '', says: '' }];
  expect(suggestionsAt('sig', 3, functions, false)).not.toBeNull();
  expect(suggestionsAt('\\alpha + sig', 12, functions, false)).toBeNull();
});

it('knows a Greek letter by its command', () => {
  expect(plainName('\\theta')).toBe('theta');
});
