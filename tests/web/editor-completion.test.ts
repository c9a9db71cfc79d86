import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { completionsAt, functionOptions } from '../../static/src/views/editor-completion';
import { OPERATIONS } from './fixtures';

const FUNCTIONS = functionOptions(OPERATIONS);

/** Offered labels at the bar in the text. */
function offered(text: string, explicit = false): string[] | null {
  const pos = text.indexOf('|');
  const state = EditorState.create({ doc: text.replace('|', '') });
  return completionsAt({ pos, explicit, state }, FUNCTIONS)?.options.map(({ label }) => label) ?? null;
}

describe('completion', () => {
  it('waits for two letters, unless it is asked for', () => {
    expect(offered('f = s|')).toBeNull();
    expect(offered('f = si|')).toContain('sigmoid');
    expect(offered('f = |', true)).toContain('exp');
  });

  it('offers the names of the program, not the word that is being typed', () => {
    const labels = offered('f = weight * we|\nweird = 2');
    expect(labels).toEqual(expect.arrayContaining(['weight', 'weird', 'f']));
    expect(labels).not.toContain('we');
  });

  it('asks nothing after a whole name, so that Enter is a new line', () => {
    expect(offered('w1 = 2\nf = w1| + w10')).toBeNull();
  });

  it('is silent in comments and numbers', () => {
    expect(offered('x # sig|')).toBeNull();
    expect(offered('2e3|')).toBeNull();
  });

  it('tells of each function what the registry says', () => {
    const sigmoid = FUNCTIONS.find(({ label }) => label === 'sigmoid');
    expect(sigmoid?.detail).toBe('sigmoid');
    expect(sigmoid?.type).toBe('function');
  });
});
