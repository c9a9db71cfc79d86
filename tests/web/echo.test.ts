import { describe, expect, it } from 'vitest';
import type { Answer, Statement } from '../../static/src/api/model';
import { fitting, FULL_SIZE, runsOf, statementFor } from '../../static/src/views/echo-choice';
import { openSigmoid, patterns } from './fixtures';

const span = { start: 0, end: 1, line: 1, column: 1 };

function statement(node: string, parts: readonly string[] = []): Statement {
  return { latex: node, node, span, parts: parts.map((id) => ({ node: id, start: 0, end: 1 })) };
}

/** q = x + y; m = max(y, z); f = q * m; x = 1 */
const answer: Answer = {
  ...patterns(),
  statements: [
    statement('n2', ['n0', 'n1', 'n2']),
    statement('n4', ['n1', 'n3', 'n4']),
    statement('n5', ['n2', 'n4', 'n5']),
    statement('n0'),
  ],
};

const chosen = (id: string | null) => statementFor(answer, id === null ? null : { kind: 'node', id })?.node;

describe('statementFor', () => {
  it('is that of the output by default, for the output node, and for what is in no statement', () => {
    expect(chosen(null)).toBe('n5');
    expect(chosen('output')).toBe('n5');
    expect(chosen('n99')).toBe('n5');
  });

  it('is the one that defines the selected gate', () => {
    expect(chosen('n2')).toBe('n2');
    expect(chosen('n4')).toBe('n4');
  });

  it('is a formula with the selected leaf, not the line that gives its number', () => {
    expect(chosen('n0')).toBe('n2');
    expect(chosen('n3')).toBe('n4');
  });

  it('is the one an edge leads into', () => {
    expect(statementFor(answer, { kind: 'edge', source: 'n1', target: 'n4', operand: 0 })?.node).toBe('n4');
  });

  it('finds a closed group by its last gate', () => {
    const grouped = { ...openSigmoid(), statements: [statement('n6', ['n2', 'n6']), statement('n7', ['n6', 'n7'])] };
    expect(statementFor(grouped, { kind: 'node', id: 'g0' })?.node).toBe('n6');
  });

  it('is nothing where there is no statement', () => {
    expect(statementFor(patterns(), null)).toBeNull();
  });
});

describe('fitting', () => {
  it('keeps the full size while there is room', () => {
    expect(fitting(420, 40, 420)).toEqual({ size: FULL_SIZE, cut: false });
  });

  it('shrinks to the width or the height, down to a least size, then cuts', () => {
    expect(fitting(480, 40, 420)).toEqual({ size: 14, cut: false });
    expect(fitting(100, 72, 420).size).toBeLessThan(FULL_SIZE);
    expect(fitting(4000, 40, 420)).toEqual({ size: 11, cut: true });
  });
});

describe('runsOf', () => {
  it('joins neighbours', () => {
    expect(runsOf([true, true, false, true])).toEqual([{ from: 0, to: 2 }, { from: 3, to: 4 }]);
    expect(runsOf([])).toEqual([]);
  });
});
