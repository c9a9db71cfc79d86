import { describe, expect, it } from 'vitest';
import type * as api from '../../../static/src/api/types';
import { hessianExtra, jacobianExtra, menuItems } from '../../../static/src/tabs/jacobian/choices';
import { numpyText, tabSeparated } from '../../../static/src/tabs/jacobian/copy';
import { afterKey } from '../../../static/src/tabs/jacobian/grid';
import { costSentence, sameProduct, timesMatrix } from '../../../static/src/tabs/jacobian/product-words';
import { chosenPlace, heatOf, isHeatMap, largestOf, readHessian, readJacobian, turned } from '../../../static/src/tabs/jacobian/view';
import {
  countText, cutSentence, derivativeLatex, eigenvaluesText, pathsSentence, raisingSentence, sizeSentence, smallStep, termsOf, type Piece,
} from '../../../static/src/tabs/jacobian/words';
import type { Answer } from '../../../static/src/api/model';
import { vectors } from '../tensor-fixtures';

const span = { start: 0, end: 1, line: 1, column: 1 };
const head = (id: string, label: string, value: number, op: string | null = null): api.Head => ({ id, label, latex: label, op, span, value });
const zero = { reason: 'router', message: 'max chose y here, so z receives 0.' } as const;

/** u = (x + y) max(y, z), v = x² y − z at x = 1, y = 2, z = 0. */
const ANSWER: api.JacobianAnswer = {
  layout: 'outputs',
  rows: [head('n5', 'u', 6, 'mul'), head('n8', 'v', 2, 'sub')],
  columns: [head('n0', 'x', 1), head('n1', 'y', 2), head('n3', 'z', 0)],
  matrix: [[2, 5, 0], [4, 1, -1]],
  paths: [[1, 2, 1], [1, 1, 1]],
  why: [[null, null, zero], [null, null, null]],
  sweeps: { reverse: 2, forward: 3, used: 'reverse' },
  graph: null,
};
const MATRIX = readJacobian(ANSWER);
const HESSIAN = readHessian({
  output: head('n4', 'f', 2, 'mul'), leaves: [head('n0', 'x', 1), head('n1', 'y', 2)], gradient: [4, 1],
  matrix: [[4, 2], [2, 0]], eigenvalues: [-0.828, 4.828], curvature: 'Curves up in 1 direction and down in 1 here, as a saddle does.',
  sweeps: 2, gates: 9, graph: null,
});
const text = (pieces: readonly Piece[]): string => pieces.map((piece) => (typeof piece === 'string' ? piece : piece.latex)).join('');

describe('the matrix', () => {
  it('is turned without its entries moving', () => {
    const outputs = turned(MATRIX, 'outputs');
    const leaves = turned(MATRIX, 'leaves');
    expect(outputs.rows.map(({ label }) => label)).toEqual(['u', 'v']);
    expect(leaves.rows.map(({ label }) => label)).toEqual(['x', 'y', 'z']);
    for (const layout of [outputs, leaves]) {
      const { row, column } = layout.at({ output: 0, leaf: 1 });
      expect(layout.entry(row, column)?.value).toBe(5);
      expect(layout.placeOf(row, column)).toEqual({ output: 0, leaf: 1 });
    }
  });

  it('opens at the entry with the most paths, or at the one that the link names', () => {
    expect(chosenPlace(MATRIX, null)).toEqual({ output: 0, leaf: 1 });
    expect(chosenPlace(MATRIX, { row: 'v', column: 'z' })).toEqual({ output: 1, leaf: 2 });
    expect(chosenPlace(MATRIX, { row: 'w', column: 'z' })).toEqual({ output: 0, leaf: 1 });
    expect(chosenPlace(HESSIAN, null)).toEqual({ output: 0, leaf: 0 });
    expect(chosenPlace(readJacobian({ ...ANSWER, columns: [], matrix: [[], []], paths: [[], []], why: [[], []] }), null)).toBeNull();
  });

  it('reads words as numbers', () => {
    const found = readJacobian({ ...ANSWER, matrix: [['NaN', '-Infinity', 0], [4, 1, -1]], paths: [['Infinity', 2, 1], [1, 1, 1]] });
    expect(found.entries[0]?.map(({ value }) => value)).toEqual([NaN, -Infinity, 0]);
    expect(found.entries[0]?.[0]?.paths).toBe(Infinity);
    expect(largestOf(found)).toBe(4);
  });

  it('tints by size and sign', () => {
    expect(heatOf(5, 5)).toEqual({ sign: 'plus', strength: 1 });
    expect(heatOf(-1, 5)).toEqual({ sign: 'minus', strength: 0.2 });
    expect(heatOf(0, 5)?.sign).toBe('zero');
    expect(heatOf(0, 0)?.sign).toBe('zero');
    expect(heatOf(NaN, 5)).toBeNull();
  });
});

describe('what is said', () => {
  const said = (output: number, leaf: number): string => {
    const entry = MATRIX.entries[output]?.[leaf];
    const [row, column] = [MATRIX.outputs[output], MATRIX.leaves[leaf]];
    return entry && row && column ? text(pathsSentence(entry, column, row)) : '';
  };

  it('of paths', () => {
    expect(said(0, 1)).toBe('Two paths lead from y to u');
    expect(said(0, 0)).toBe('One path leads from x to u');
    expect([0, 1, 12, 13, 5000, 1.3e12, Infinity].map(countText)).toEqual(
      ['no', 'one', 'twelve', '13', '5,000', '1.3·10¹²', 'more than 10³⁰⁸'],
    );
  });

  it('of a small change', () => {
    const raised = (output: number, leaf: number, layout: 'outputs' | 'leaves' = 'outputs'): string =>
      text(raisingSentence(MATRIX, { output, leaf }, layout));
    expect(raised(0, 1)).toBe('Raising y by 0.01 changes u by about 0.05 and, in the same column, v by about 0.01.');
    expect(raised(1, 0, 'leaves')).toBe('Raising x by 0.01 changes v by about 0.04 and, in the same row, u by about 0.02.');
    expect(raised(0, 2)).toBe('Raising z by 0.01 does not change u at first; in the same column it changes v by about −0.01.');
    expect(text(raisingSentence(HESSIAN, { output: 0, leaf: 1 }, 'outputs'))).toBe(
      'Raising y by 0.01 changes \\frac{\\partial f}{\\partial x} by about 0.02.',
    );
    expect(text(raisingSentence(HESSIAN, { output: 1, leaf: 1 }, 'outputs'))).toBe(
      'Raising y by 0.01 does not change \\frac{\\partial f}{\\partial y} at first.',
    );
    expect([0, 1, -3, 12, 2500, 0.002].map(smallStep)).toEqual([0.01, 0.01, 0.01, 0.1, 10, 0.0001]);
  });

  it('of second derivatives', () => {
    const [x, y] = HESSIAN.leaves;
    const f = HESSIAN.hessian?.output;
    if (!x || !y || !f) throw new Error('no heads');
    expect(derivativeLatex(f, x, y)).toBe('\\frac{\\partial^{2} f}{\\partial x\\,\\partial y}');
    expect(derivativeLatex(f, x, x)).toBe('\\frac{\\partial^{2} f}{\\partial x^{2}}');
    expect(eigenvaluesText(HESSIAN, 2)).toBe('Eigenvalues −0.83, 4.83');
    expect(eigenvaluesText(MATRIX, 2)).toBe('');
  });

  it('of what is not drawn', () => {
    expect(cutSentence(MATRIX, 50)).toBeNull();
    expect(cutSentence(MATRIX, 2)).toBe('Showing 2 of 3 leaves. Copy takes all of them.');
  });
});

describe('the terms of an entry', () => {
  const node = (id: string, shown: string, name: string | null = null): api.NamedNode => ({
    id, kind: shown === '' ? 'leaf' : 'gate', role: null, op: null, name, label: name ?? id, latex: name ?? id, span, shown,
    glyph: null, folded: false, gates: [], shape: [], value: 1, gradient: 1, hidden_operands: 0,
  });
  const edge = (source: string, target: string, upstream: number, local: number): api.NamedEdge => ({
    source, target, operand: 0, local, upstream, downstream: upstream * local, value_of: null,
  });

  it('are the uses that lead to the output', () => {
    const graph: api.NamedGraph = {
      output: 'u',
      nodes: [node('y', ''), node('a', '+'), node('b', 'max', 'm'), node('u', '×', 'u'), node('v', '−', 'v')],
      edges: [edge('y', 'a', 2, 1), edge('y', 'b', 3, 1), edge('y', 'v', 0, 1), edge('a', 'u', 1, 2), edge('b', 'u', 1, 3)],
    };
    expect(termsOf(graph, 'y').map(({ upstream, local, through }) => [upstream, local, through])).toEqual([
      [2, 1, { shown: '+' }],
      [3, 1, { latex: 'm' }],
    ]);
    expect(termsOf(graph, 'v')).toEqual([]);
  });
});

describe('keys', () => {
  const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false, altKey: false });
  it('move within the matrix', () => {
    expect(afterKey(key('ArrowRight'), 0, 0, 2, 3)).toEqual([0, 1]);
    expect(afterKey(key('ArrowRight'), 0, 2, 2, 3)).toEqual([0, 2]);
    expect(afterKey(key('ArrowUp'), 0, 1, 2, 3)).toEqual([0, 1]);
    expect(afterKey(key('End'), 0, 0, 2, 3)).toEqual([0, 2]);
    expect(afterKey(key('End', true), 0, 0, 2, 3)).toEqual([1, 2]);
    expect(afterKey(key('Home', true), 1, 2, 2, 3)).toEqual([0, 0]);
    expect(afterKey(key('ArrowLeft', true), 0, 1, 2, 3)).toBeNull();
    expect(afterKey(key('a'), 0, 0, 2, 3)).toBeNull();
  });
});

describe('copying', () => {
  it('gives a table', () => {
    expect(tabSeparated(MATRIX, 'outputs')).toBe('\tx\ty\tz\nu\t2\t5\t0\nv\t4\t1\t-1\n');
    expect(tabSeparated(MATRIX, 'leaves')).toBe('\tu\tv\nx\t2\t4\ny\t5\t1\nz\t0\t-1\n');
  });

  it('gives an array that NumPy reads', () => {
    expect(numpyText(MATRIX, 'outputs')).toBe(
      'import numpy as np\n\n# rows: u, v; columns: x, y, z\njacobian = np.array([\n    [2, 5, 0],\n    [4, 1, -1],\n])\n',
    );
    const odd = readJacobian({ ...ANSWER, matrix: [['NaN', 'Infinity', '-Infinity'], [4, 1, -1]] });
    expect(numpyText(odd, 'outputs')).toContain('[np.nan, np.inf, -np.inf],');
  });
});

describe('what is asked', () => {
  const node = (id: string, kind: string, label: string, name: string | null = label): object => ({ id, kind, label, name, group: null, gradient: 1 });
  const answer = {
    nodes: [node('n0', 'input', 'x'), node('n1', 'input', 'y'), node('n2', 'operation', 's0', null), node('n3', 'operation', 'q'), node('n4', 'operation', 'u'), node('n5', 'operation', 'v')],
    edges: [{ source: 'n0' }, { source: 'n1' }, { source: 'n2' }, { source: 'n3' }],
  } as unknown as Answer;
  const picks = { outputs: [], leaves: [], matrix: 'jacobian', cell: null, backwardGraph: false } as const;

  it('names what the reader picked and the program has', () => {
    expect(jacobianExtra(answer, picks)).toEqual({ graph: true });
    expect(jacobianExtra(answer, { ...picks, outputs: ['u', 'gone'], leaves: ['gone'], cell: { row: 'u', column: 'x' } })).toEqual(
      { outputs: ['u'], row: 'u', graph: true },
    );
    expect(jacobianExtra(answer, { ...picks, outputs: ['u'], cell: { row: 'v', column: 'x' } })).toEqual({ outputs: ['u'], graph: true });
    expect(jacobianExtra(answer, { ...picks, matrix: 'hessian' })).toBeNull();
    expect(hessianExtra(answer, { ...picks, matrix: 'hessian', outputs: ['u', 'v'] })).toEqual({ node: 'u', graph: true });
  });

  it('takes the first fifty leaves of a Hessian', () => {
    const many = { ...answer, nodes: Array.from({ length: 60 }, (_, index) => node(`n${String(index)}`, 'input', `x${String(index)}`)) } as unknown as Answer;
    expect((hessianExtra(many, { ...picks, matrix: 'hessian' })?.['leaves'] as string[]).length).toBe(50);
  });

  it('offers results before inner nodes', () => {
    const items = menuItems(answer, MATRIX, picks);
    expect(items.outputs.map(({ label, checked }) => `${label}${checked ? '*' : ''}`)).toEqual(['u*', 'v*', 'q']);
    expect(items.leaves.map(({ label, checked }) => `${label}${checked ? '*' : ''}`)).toEqual(['x*', 'y*', 'q', 'z*']);
    const picked = menuItems(answer, MATRIX, { ...picks, outputs: ['u'], leaves: ['q'] });
    expect([picked.outputs, picked.leaves].map((list) => list.filter(({ checked }) => checked).map(({ label }) => label))).toEqual([['u'], ['q']]);
  });
});

describe('a Jacobian between tensors', () => {
  const head = (label: string, shape: number[] = []) => ({ id: label.replace(/\[.*/, ''), label, latex: label, op: null, span, value: 1, shape });
  const product = { text: 'g * (y * (1 - y))', latex: 'g', upstream: [2, 3], arrives: true, result: [1, -3], multiplications: 2 };
  const answer = {
    layout: 'outputs' as const, rows: [head('y[0]'), head('y[1]')], columns: [head('z[0]'), head('z[1]')],
    matrix: [[0.5, 0], [0, -1]], paths: [[1, 0], [0, 1]], why: null, graph: null, shape: [2, 2], note: null,
    sweeps: { reverse: 2, forward: 2, used: 'reverse' as const },
    blocks: [{
      output: { ...head('y', [2]), value: null }, leaf: { ...head('z', [2]), value: null }, entries: 4, structure: 'diagonal' as const,
      zeros: 2, zeros_here: 0, message: 'Diagonal.', product,
    }],
  };

  it('keeps what is computed in its place, and checks it against the matrix', () => {
    const matrix = readJacobian(answer);
    const block = matrix.tensors?.blocks[0];
    expect(block?.upstream?.entries).toEqual([2, 3]);
    expect(block && timesMatrix(block, matrix)).toEqual([1, -3]);
    expect(block && sameProduct(block, matrix)).toBe('Multiplying g by the matrix above gives the same numbers.');
    expect(block && costSentence(block)).toBe('The Jacobian has 4 entries; this takes 2 multiplications.');
    const wrong = { ...answer, matrix: [[0.5, 0], [1, -1]] };
    expect(block && sameProduct(block, readJacobian(wrong))).toBe('');
  });

  it('says what is done where it was not built', () => {
    const matrix = readJacobian({ ...answer, rows: [], columns: [], matrix: [], paths: null, shape: [300, 90000], note: 'Too large.' });
    expect(chosenPlace(matrix, null)).toBeNull();
    expect(sizeSentence(matrix, 'outputs')[0]).toContain('300 × 90,000');
  });

  it('is a map of tints beyond twelve', () => {
    const heads = Array.from({ length: 13 }, (_, at) => head(`z[${String(at)}]`));
    expect(isHeatMap(readJacobian(answer))).toBe(false);
    expect(isHeatMap(readJacobian({ ...answer, columns: heads }))).toBe(true);
  });

  it('is asked for the last gate by its operand, or for the gate that is selected', () => {
    const given = vectors();
    const picks = { outputs: [], leaves: [], matrix: 'jacobian' as const, cell: null, backwardGraph: false };
    expect(jacobianExtra(given, picks)).toMatchObject({ outputs: ['p'], leaves: ['s', 'w'] });
    expect(jacobianExtra(given, picks, 'n2')).toMatchObject({ outputs: ['s'], leaves: ['x', 'b'] });
    expect(jacobianExtra(given, { ...picks, leaves: ['x[1]'] })).toMatchObject({ leaves: ['x[1]'] });
  });
});
