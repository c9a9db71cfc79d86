import { describe, expect, it } from 'vitest';
import { linkToState, stateToLink } from '../../static/src/link';
import { startState, type State } from '../../static/src/state';

const LINKED = ['program', 'values', 'selection', 'layers', 'view', 'conventions', 'openedGroups', 'closedGroups', 'step', 'present'] as const;

function linked(state: Partial<State>): Partial<State> {
  return Object.fromEntries(LINKED.map((key) => [key, state[key]]));
}

/** Numbers from 0 to 1 that are the same in every run. */
function generator(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a * 1664525 + 1013904223) >>> 0;
    return a / 2 ** 32;
  };
}

function randomState(next: () => number): State {
  const text = () => Array.from({ length: Math.floor(next() * 30) }, () => String.fromCodePoint(32 + Math.floor(next() * 0x500))).join('');
  const names = ['x', 'w0', 'θ1', "x'", '__proto__', 'constructor', 'a:b,c&d=%'];
  return {
    ...startState(),
    program: text(),
    values: new Map(names.filter(() => next() < 0.5).map((name) => [name, (next() - 0.5) * 10 ** Math.floor(next() * 40 - 20)])),
    selection:
      next() < 0.3
        ? null
        : next() < 0.5
          ? { kind: 'node', id: 'n12' }
          : { kind: 'edge', source: 'n1', target: 'g3', operand: Math.floor(next() * 4) },
    layers: { values: next() < 0.5, gradients: next() < 0.5, local: next() < 0.5, patterns: next() < 0.5 },
    openedGroups: new Set(['n3', 'g1', 'n40'].filter(() => next() < 0.4)),
    closedGroups: new Set(['g2', 'g7'].filter(() => next() < 0.4)),
    step: next() < 0.5 ? null : Math.floor(next() * 40),
    view: { foldConstants: next() < 0.5, ribbons: next() < 0.5, decimals: Math.floor(next() * 7), asList: next() < 0.5, namedOnly: next() < 0.5, nudge: next() < 0.5 },
    present: next() < 0.5,
    conventions: { relu_at_zero: next() < 0.5 ? 1 : 0.5, ties: next() < 0.5 ? 'both' : 'first', abs_at_zero: next() < 0.5 ? 0 : -1 },
  };
}

describe('the link of a state', () => {
  it('is empty for the state in which the page opens', () => {
    expect(stateToLink(startState())).toBe('');
  });

  it('gives the same state back, whatever was typed', () => {
    const next = generator(7);
    for (let round = 0; round < 300; round += 1) {
      const state = randomState(next);
      expect(linked(linkToState(stateToLink(state)))).toEqual(linked(state));
    }
  });

  it('leaves defaults out', () => {
    const state = { ...startState(), program: '(x+y)*z' };
    expect([...new URLSearchParams(stateToLink(state)).keys()]).toEqual(['program', 'v']);
  });

  it.each(['program=%E0%A4%A', 'values=x:,y:NaN,:3,z', 'select=<script>', 'decimals=99', 'conventions=a,b,c', 'future=1&v=9', '&&&=&'])(
    'reads %s without complaint, as far as it makes sense',
    (fragment) => {
      const state = linkToState(fragment);
      expect([...(state.values?.values() ?? [])].every(Number.isFinite)).toBe(true);
      expect(state.selection).toBeNull();
      expect(state.view?.decimals).toBeLessThanOrEqual(6);
    },
  );
});
