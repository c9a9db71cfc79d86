import { describe, expect, it } from 'vitest';
import { mapOffset, mapRange, offsetsOf, replaceSpan, singleChange } from '../../static/src/text';

describe('offsetsOf', () => {
  it('is the identity for text of the BMP', () => {
    const offsets = offsetsOf('σ(w₀)');
    for (let i = 0; i <= 5; i += 1) expect(offsets.toUtf16(i)).toBe(i);
  });

  it('counts a surrogate pair as one code point', () => {
    const text = 'a😀b😀😀c';
    const offsets = offsetsOf(text);
    const points = [...text];
    for (let i = 0; i <= points.length; i += 1) {
      const units = points.slice(0, i).join('').length;
      expect(offsets.toUtf16(i)).toBe(units);
      expect(offsets.toCodePoints(units)).toBe(i);
    }
  });

  it('takes a lone surrogate for one character, as the server would be sent it', () => {
    expect(offsetsOf('a\ud800b').toUtf16(2)).toBe(2);
  });

  it('keeps offsets inside the text and ranges the right way round', () => {
    const offsets = offsetsOf('ab');
    expect(offsets.toUtf16(99)).toBe(2);
    expect(offsets.range({ start: 2, end: 1 })).toEqual({ from: 2, to: 2 });
  });
});

describe('replaceSpan', () => {
  it('replaces by code points', () => {
    expect(replaceSpan('😀 = x + 2', { start: 8, end: 9 }, '31')).toBe('😀 = x + 31');
  });
});

describe('singleChange', () => {
  it('finds the one place that differs', () => {
    expect(singleChange('x = 2; y = 3', 'x = 25; y = 3')).toEqual({ from: 5, to: 5, insert: '5' });
    expect(singleChange('abc', 'abc')).toBeNull();
    expect(singleChange('', 'abc')).toEqual({ from: 0, to: 0, insert: 'abc' });
  });

  it('gives a change that leads from the one text to the other, repeated letters too', () => {
    const texts = ['', 'a', 'aa', 'aba', 'ab', 'aab😀', 'a😀b', 'a😁b', '😀😀', 'x\ny'];
    for (const before of texts) {
      for (const after of texts) {
        const change = singleChange(before, after);
        const made = change ? before.slice(0, change.from) + change.insert + before.slice(change.to) : before;
        expect(made).toBe(after);
      }
    }
  });

  it('never splits a surrogate pair', () => {
    expect(singleChange('a😀b', 'a😁b')).toEqual({ from: 1, to: 3, insert: '😁' });
    // The low halves are equal, the high ones are not.
    expect(singleChange('\ud83d\ude00', '\ud83c\ude00')).toEqual({ from: 0, to: 2, insert: '\ud83c\ude00' });
  });
});

describe('mapOffset', () => {
  const change = { from: 2, to: 4, insert: 'xyz' };
  it('keeps places before, moves places behind, and leaves a replaced place at the end of the new text', () => {
    expect([0, 2, 3, 4, 6].map((offset) => mapOffset(offset, change))).toEqual([0, 2, 5, 5, 7]);
  });
});

describe('mapRange', () => {
  const range = { from: 4, to: 8 };
  it('moves a range behind the change, keeps one before it, and grows one around it', () => {
    expect(mapRange(range, null)).toEqual(range);
    expect(mapRange(range, { from: 0, to: 0, insert: 'ab' })).toEqual({ from: 6, to: 10 });
    expect(mapRange(range, { from: 4, to: 4, insert: 'ab' })).toEqual({ from: 6, to: 10 });
    expect(mapRange(range, { from: 8, to: 8, insert: 'ab' })).toEqual(range);
    expect(mapRange(range, { from: 5, to: 6, insert: 'abc' })).toEqual({ from: 4, to: 10 });
    expect(mapRange(range, { from: 4, to: 8, insert: 'a' })).toEqual({ from: 4, to: 5 });
  });
  it('drops what was replaced', () => {
    expect(mapRange(range, { from: 2, to: 9, insert: 'a' })).toBeNull();
    expect(mapRange(range, { from: 4, to: 8, insert: '' })).toBeNull();
  });
});
