import { describe, expect, it } from 'vitest';
import { faultsIn, faultsToShow, lineAt, PATIENCE_MS, underlined } from '../../static/src/views/editor-faults';
import { problem, spanOf } from './editor-fixture';

const SOURCE = 'f = sigmod(x) * y\ng = 2 *';
const sigmod = problem('There is no function `sigmod`.', spanOf(SOURCE, 'sigmod'));
const missing = problem('Expected an operand after `*`.', spanOf(SOURCE, '*', 1));
const limit = problem('The limit is 5,000.', null);

function shown(caret: number | null, sinceKey: number, known = [] as (typeof sigmod)[], program = SOURCE) {
  const range = caret === null ? null : { from: caret, to: caret };
  const faults = faultsIn([sigmod, missing, limit], SOURCE, program);
  return faultsToShow(faults, known, { caret: range, sinceKey, program }).map((fault) => fault.problem);
}

describe('faultsToShow', () => {
  it('shows all once the reader has paused, or is elsewhere', () => {
    expect(shown(8, PATIENCE_MS)).toEqual([sigmod, missing, limit]);
    expect(shown(null, 0)).toEqual([sigmod, missing, limit]);
  });

  it('marks nothing at the caret while keys come', () => {
    expect(shown(10, 100)).toEqual([missing]);
    expect(shown(SOURCE.length, 100)).toEqual([sigmod]);
  });

  it('waits with a new mistake in the line that is being written', () => {
    expect(shown(17, 100)).toEqual([missing]);
    expect(shown(17, 100, [sigmod])).toEqual([sigmod, missing]);
  });
});

describe('faultsIn', () => {
  it('moves the places with the text', () => {
    const [fault] = faultsIn([sigmod], SOURCE, `# note\n${SOURCE}`);
    expect(fault?.range).toEqual({ from: 11, to: 17 });
  });
});

describe('underlined', () => {
  it('gives an empty place something to underline', () => {
    expect(underlined('x *', { from: 3, to: 3 })).toEqual({ from: 2, to: 3 });
    expect(underlined('x *  ', { from: 5, to: 5 })).toEqual({ from: 2, to: 3 });
    expect(underlined('a\n)', { from: 2, to: 2 })).toEqual({ from: 2, to: 3 });
    expect(underlined('x😀', { from: 3, to: 3 })).toEqual({ from: 1, to: 3 });
    expect(underlined('', { from: 0, to: 0 })).toBeNull();
    expect(underlined('abc', { from: 1, to: 99 })).toEqual({ from: 1, to: 3 });
  });
});

describe('lineAt', () => {
  it('is the line without its break', () => {
    expect(lineAt('ab\ncd', 1)).toEqual({ from: 0, to: 2 });
    expect(lineAt('ab\ncd', 3)).toEqual({ from: 3, to: 5 });
    expect(lineAt('\n', 0)).toEqual({ from: 0, to: 0 });
  });
});
