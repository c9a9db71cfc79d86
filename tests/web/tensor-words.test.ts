import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../static/src/explain/subject';
import { isTensor, tensorBlocks } from '../../static/src/explain/tensor';
import { extremes, reachOf, tensorWords } from '../../static/src/explain/tensor-words';
import { compile, raw } from '../../static/src/explain/tex';
import { readerOf } from '../../static/src/graph/sentences';
import { visibleGraph } from '../../static/src/graph/visible';
import { isLine, withLines } from '../../static/src/lines';
import { momentOf, stepsOf } from '../../static/src/stepper/steps';
import { tell } from '../../static/src/stepper/told';
import { listWords } from '../../static/src/views/list-words';
import { resultSentence } from '../../static/src/views/spoken-result';
import { OPERATIONS } from './fixtures';
import { vectors } from './tensor-fixtures';

const answer = vectors();
const graph = visibleGraph(answer, new Set(), { foldConstants: true }, OPERATIONS);
const source = { answer, visible: graph, operations: OPERATIONS, openGroups: new Set<string>() };
const number = (value: number): string => String(value);

describe('tensors in words', () => {
  it('reads few entries out, and of many the shape', () => {
    expect(tensorWords({ shape: [2], entries: [1, 2], summary: null }, number)).toBe('vector of 2 1 2');
    expect(tensorWords({ shape: [4, 5], entries: new Array<number>(20).fill(0), summary: null }, number)).toBe('4 by 5 matrix');
  });

  it('tells how far entries reach', () => {
    expect(reachOf({ shape: [2, 2], entries: [3, -1, 0, 2], summary: null }, number)).toBe('2×2, -1 to 3');
    expect(reachOf({ shape: [99, 99], entries: null, summary: { min: 0, mean: 1, max: 2, norm: 3 } }, number)).toBe('99×99, 0 to 2');
    expect(extremes({ shape: [9, 9999], entries: null, summary: null })).toBeNull();
  });
});

describe('a program with tensors', () => {
  it('is read out without a single NaN, whatever the step', () => {
    const reader = readerOf(graph, OPERATIONS, 2);
    const steps = stepsOf(graph);
    const said = graph.nodes.flatMap((node) => [reader.node(node), reader.junction(node), reader.sum(node)]);
    for (let at = 0; at <= steps.length; at += 1) said.push(...listWords(graph, OPERATIONS, 2, momentOf(graph, steps, at)).values());
    expect(said.filter((sentence) => sentence.includes('NaN'))).toEqual([]);
    expect(reader.node(graph.nodes.find(({ id }) => id === 'n2') as never)).toContain('Inputs x, vector of 2 2.00 −2.00, gradient vector of 2');
  });

  it('is told step by step in vectors', () => {
    const steps = stepsOf(graph);
    const told = steps.map((step, at) => tell(step, momentOf(graph, steps, at + 1), source, OPERATIONS));
    const written = told.flatMap((one) => one?.equations ?? []).map((one) => compile('lines' in one ? (one.left ?? raw('')) : one).plain);
    expect(written.filter((latex) => latex.includes('NaN'))).toEqual([]);
    expect(written[0]).toContain('\\left[3.00,\\; -3.00\\right]');
    expect(written.some((latex) => latex.includes('\\frac{\\partial f}{\\partial x}'))).toBe(true);
  });

  it('leaves lines open whose sums of products would not be numbers', () => {
    expect(withLines(answer).groups.filter(isLine)).toEqual([]);
  });

  it('tells of a number among tensors by the gates that use it', () => {
    const leaf = subjectOf({ kind: 'node', id: 'n0' }, source);
    expect(leaf && isTensor(leaf)).toBe(true);
    expect(leaf && tensorBlocks(leaf, answer, OPERATIONS).map(({ title }) => title)).toEqual(['Value', 'Gradient', 'How it comes from s']);
  });

  it('says its result', () => {
    expect(resultSentence({ ...answer, output: 'n2' }, 2)).toBe('s is vector of 2 3.00 −3.00.');
  });
});
