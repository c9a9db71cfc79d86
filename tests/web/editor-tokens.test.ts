import { describe, expect, it } from 'vitest';
import { namesIn, plainName, tokenAt } from '../../static/src/views/editor-tokens';

function kinds(line: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < line.length; ) {
    const { kind, to } = tokenAt(line, at);
    if (kind !== 'space') found.push(`${kind}:${line.slice(at, to)}`);
    at = to;
  }
  return found;
}

describe('tokenAt', () => {
  it('tells targets, functions, names, numbers, operators and brackets apart', () => {
    expect(kinds('f = 1/(1 + exp(-x0))')).toEqual([
      'target:f', 'operator:=', 'number:1', 'operator:/', 'bracket:(', 'number:1', 'operator:+', 'function:exp',
      'bracket:(', 'operator:-', 'name:x0', 'bracket:)', 'bracket:)',
    ]);
  });

  it('takes a name before a bracket for a call, with a space between too', () => {
    expect(kinds('max (x)')[0]).toBe('function:max');
  });

  it('sees a target only where a statement begins', () => {
    expect(kinds('w = 2; b = 3')).toContain('target:b');
    expect(kinds('where(x == y, a, b)')).toContain('name:x');
    expect(kinds('x == 2')[0]).toBe('name:x');
  });

  it('knows the role words only before a name and at the start', () => {
    expect(kinds('param w = 1').slice(0, 2)).toEqual(['keyword:param', 'target:w']);
    expect(kinds('x = 1; const k = 3')).toContain('keyword:const');
    expect(kinds('input = 3')[0]).toBe('target:input');
    expect(kinds('y + input')).toContain('name:input');
  });

  it('reads numbers as far as they go', () => {
    expect(kinds('2e3x')).toEqual(['number:2e3', 'name:x']);
    expect(kinds('2e x')).toEqual(['number:2', 'name:e', 'name:x']);
    expect(kinds('.5+1e-3')).toEqual(['number:.5', 'operator:+', 'number:1e-3']);
  });

  it('reads Greek letters, subscripts, primes and LaTeX subscripts as one name', () => {
    for (const name of ['θ', 'w₁₀', "x'", 'w_{10}', 'w_new', 'Ω2']) expect(kinds(name)).toEqual([`name:${name}`]);
  });

  it('ends comments with the line', () => {
    expect(kinds('x # y = 2')).toEqual(['name:x', 'comment:# y = 2']);
  });

  it('always moves on, on any character, without splitting a pair', () => {
    for (const line of ['😀', '\ud800', '\\frac', '@$%&"`~', '\u202e', '']) {
      let at = 0;
      while (at < line.length) {
        const { to } = tokenAt(line, at);
        expect(to).toBeGreaterThan(at);
        at = to;
      }
      expect(at).toBe(line.length);
    }
    expect(tokenAt('😀x', 0).to).toBe(2);
  });

  it('takes linear time in long lines', () => {
    for (const unit of ['x_', 'a+', '((', 'x = ', '1.', ' ', "x'", '_{']) {
      const line = unit.repeat(100_000 / unit.length);
      const start = performance.now();
      for (let at = 0; at < line.length; ) at = tokenAt(line, at).to;
      expect(performance.now() - start).toBeLessThan(1500);
    }
  });
});

describe('names', () => {
  it('are found over lines, without functions, keywords and comments', () => {
    const text = 'f = sigmoid(w*x) # x\nparam w = 2';
    expect(namesIn(text).map(({ text: name, range }) => [name, range.from])).toEqual([
      ['f', 0], ['w', 12], ['x', 14], ['w', 27],
    ]);
  });

  it('have one plain spelling', () => {
    expect(['w₀', 'w_0', 'w_{0}', 'w0', 'ｗ0'].map(plainName)).toEqual(['w0', 'w0', 'w0', 'w0', 'w0']);
    expect(plainName('w_new')).toBe('w_new');
    expect(plainName('x′')).toBe("x'");
  });
});
