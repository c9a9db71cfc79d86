import { describe, expect, it } from 'vitest';
import { bracketPair } from '../../static/src/views/editor-brackets';
import { functionSuggestions, suggestionsAt } from '../../static/src/views/editor-suggest';
import { OPERATIONS } from './fixtures';

const FUNCTIONS = functionSuggestions(OPERATIONS);

/** Offered labels at the bar in the text. */
function offered(text: string, asked = false): string[] | null {
  const found = suggestionsAt(text.replace('|', ''), text.indexOf('|'), FUNCTIONS, asked);
  return found?.options.map(({ label }) => label) ?? null;
}

describe('suggestionsAt', () => {
  it('waits for two letters, unless it is asked', () => {
    expect(offered('f = s|')).toBeNull();
    expect(offered('f = si|')).toContain('sigmoid');
    expect(offered('f = |', true)).toContain('exp');
  });

  it('offers the names of the program first, not the word that is being typed', () => {
    const labels = offered('f = exponent * ex|\nexact = 2');
    expect(labels?.slice(0, 3)).toEqual(['exact', 'exponent', 'exp']);
    expect(labels).not.toContain('ex');
  });

  it('offers what begins with the word before what has it inside, in either case', () => {
    expect(offered('gm|')).toEqual(['sigmoid']);
    expect(offered('Width = 2\nf = wi|')?.[0]).toBe('Width');
  });

  it('replaces the whole word', () => {
    expect(suggestionsAt('f = 2*sig', 9, FUNCTIONS, false)?.from).toBe(6);
  });

  it('asks nothing after a whole name, so that Enter is a new line', () => {
    expect(offered('w1 = 2\nf = w1| + w10')).toBeNull();
  });

  it('offers nothing unasked inside a word, and never the rest of it', () => {
    expect(offered('f = si|gma')).toBeNull();
    expect(offered('f = si|gma', true)).not.toContain('sigma');
  });

  it('is silent in comments and numbers, and where nothing fits', () => {
    expect(offered('x # sig|')).toBeNull();
    expect(offered('2e3|')).toBeNull();
    expect(offered('f = zzz|')).toBeNull();
  });
});

describe('bracketPair', () => {
  it('finds the partner of the bracket before or behind the caret', () => {
    expect(bracketPair('(a + (b))', 0)).toEqual([0, 8]);
    expect(bracketPair('(a + (b))', 8)).toEqual([5, 7]);
    expect(bracketPair('(a + (b))', 9)).toEqual([0, 8]);
    expect(bracketPair('(a + (b))', 3)).toBeNull();
  });

  it('crosses lines, keeps kinds apart and passes over comments', () => {
    expect(bracketPair('(a # )\n+ b)', 0)).toEqual([0, 10]);
    expect(bracketPair('[a)', 0)).toBeNull();
    expect(bracketPair('((a)', 1)).toEqual([1, 3]);
  });
});
