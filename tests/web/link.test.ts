import { describe, expect, it } from 'vitest';
import { linkToState, stateToLink } from '../../static/src/link';
import { startState, startTabs, TAB_NAMES, type State } from '../../static/src/state';
import { ALL_FIELDS, linkToTabs } from '../../static/src/tabs/link';

const LINKED = ['program', 'values', 'selection', 'layers', 'view', 'conventions', 'openedGroups', 'closedGroups', 'step', 'present', 'tab', 'tabs', 'check', 'worked'] as const;
const linkOf = (state: State): string => stateToLink(state, startState(), ALL_FIELDS);

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
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const some = (): string[] => names.filter(() => next() < 0.3);
  return {
    ...startState(),
    program: text(),
    tab: pick(TAB_NAMES),
    tabs: {
      leaf: pick([null, ...names]),
      target: pick([null, ...names]),
      everyGate: next() < 0.5,
      path: pick([null, 0, 199]),
      language: pick(['python', 'numpy', 'torch', 'jax'] as const),
      comments: next() < 0.5,
      derivation: pick(['all', 'leaf'] as const),
      outputs: some(),
      leaves: some(),
      matrix: pick(['jacobian', 'hessian'] as const),
      layout: pick(['outputs', 'leaves'] as const),
      cell: pick([null, { row: pick(names), column: pick(names) }]),
      backwardGraph: next() < 0.5,
    },
    check: pick([null, { leaf: pick(names), text: '0,0012: ' }, { leaf: 'w1', text: '' }, { leaf: 'a/b', text: '1/6', quantity: 'value' as const }, { leaf: 'w1', text: '0.1', quantity: 'updated' as const, rate: '0.7' }]),
    worked: pick([null, '', 'dE/dw1 = -0.0010\neta = 0.7']),
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
    view: { foldConstants: next() < 0.5, ribbons: next() < 0.5, decimals: Math.floor(next() * 7), asList: next() < 0.5, namedOnly: next() < 0.5, nudge: next() < 0.5, cellNumbers: next() < 0.5 },
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
      const link = linkOf(state);
      expect(linked({ ...linkToState(link), ...linkToTabs(link) })).toEqual(linked(state));
    }
  });

  it('reads what makes no sense in a tab as its default', () => {
    const odd = 'leaf=%25E0&path=-1&language=cobol&only=&matrix=tensor&layout=x&cell=a&check=:1&gates=&backward=1&outputs=,,';
    expect(linkToTabs(odd)).toEqual({ tabs: startTabs(), check: null, worked: null, matrices: null });
    expect(linkToState('tab=quiz').tab).toBe('graph');
  });

  it('leaves defaults out', () => {
    const state = { ...startState(), program: '(x+y)*z' };
    expect([...new URLSearchParams(linkOf(state)).keys()]).toEqual(['program', 'v']);
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
