import { describe, expect, it } from 'vitest';
import { createHistory } from '../../static/src/undo';

const at = (program: string) => ({ program, values: new Map<string, number>() });

describe('the history', () => {
  it('takes a burst of typing back in one step', () => {
    const history = createHistory();
    history.record(at(''), 'typing', 0);
    history.record(at('x'), 'typing', 300);
    history.record(at('x+'), 'typing', 600);
    expect(history.undo(at('x+y'))?.program).toBe('');
    expect(history.canUndo).toBe(false);
  });

  it('begins a new entry after a pause and after another kind of change', () => {
    const history = createHistory();
    history.record(at('a'), 'typing', 0);
    history.record(at('ab'), 'typing', 2000);
    history.record(at('abc'), 'value', 2100);
    history.record(at('abcd'), 'typing', 2200);
    expect(history.undo(at('abcde'))?.program).toBe('abcd');
    expect(history.undo(at('abcd'))?.program).toBe('abc');
    expect(history.undo(at('abc'))?.program).toBe('ab');
  });

  it('gives back by redo what undo took, until something new is done', () => {
    const history = createHistory();
    history.record(at('a'), 'example', 0);
    expect(history.undo(at('b'))?.program).toBe('a');
    expect(history.redo(at('a'))?.program).toBe('b');
    expect(history.undo(at('b'))?.program).toBe('a');
    history.record(at('a'), 'typing', 9000);
    expect(history.canRedo).toBe(false);
  });

  it('forgets a change that was given up', () => {
    const history = createHistory();
    history.record(at('a'), 'value', 0);
    history.forgetLast();
    expect(history.undo(at('a'))).toBeNull();
  });
});
