import { describe, expect, it } from 'vitest';
import { visibleGraph } from '../../static/src/graph/visible';
import { momentOf, stepsOf } from '../../static/src/stepper/steps';
import { groupToToggle } from '../../static/src/views/group-key';
import { listWords } from '../../static/src/views/list-words';
import { resultSentence } from '../../static/src/views/spoken-result';
import { OPERATIONS, openSigmoid, patterns } from './fixtures';

const FOLDED = { foldConstants: true };

describe('the result as it is said', () => {
  it('is one sentence with as many decimals as the graph has', () => {
    expect(resultSentence(patterns(), 2)).toMatch(/^\S+ is 6\.00\.$/);
    expect(resultSentence(patterns(), 0)).toMatch(/^\S+ is 6\.$/);
  });
});

describe('the words of the list', () => {
  const graph = visibleGraph(patterns(), new Set(), FOLDED, OPERATIONS);
  const steps = stepsOf(graph);
  const [sum, product] = [graph.nodes.find(({ op }) => op === 'add')?.id, graph.output];
  const idOf = (name: string) => graph.nodes.find((node) => node.name === name)?.id ?? '';
  const all = listWords(graph, OPERATIONS, 2, null);
  const wordsAt = (position: number) => listWords(graph, OPERATIONS, 2, momentOf(graph, steps, position));
  const of = (words: ReadonlyMap<string, string>, id: string | undefined): string => words.get(id ?? '') ?? '';

  it('tell values, gradients, inputs and what a fan-out adds up to', () => {
    expect(of(all, sum)).toContain('Value 3.00. Gradient 2.00. Inputs x, 1.00, gradient 2.00; y, 2.00, gradient 2.00.');
    expect(of(all, idOf('y'))).toContain('y is used 2 times; gradients 2.00 and 3.00 add to 5.00.');
  });

  it('tell of a step only what is known by then', () => {
    expect(of(wordsAt(0), sum)).toMatch(/is not computed yet\.$/);
    expect(of(wordsAt(0), idOf('x'))).not.toContain('gradient');
    expect(of(wordsAt(1), sum)).toContain('Value 3.00.');
    expect(of(wordsAt(1), sum)).not.toContain('radient');
    expect(of(wordsAt(4), product)).toContain('Gradient 1.00.');
    expect(of(wordsAt(4), product)).not.toContain('gradient 2.00');
    expect(of(wordsAt(5), product)).toContain('3.00, gradient 2.00');
  });

  it('add up a fan-out only when all of its parts have arrived', () => {
    expect(of(wordsAt(6), idOf('y'))).not.toContain('add to');
    expect(of(wordsAt(steps.length), idOf('y'))).toContain('add to 5.00');
  });
});

describe('the composite meant by a key', () => {
  const answer = openSigmoid();

  it('is the closed one that has the focus, or the innermost open one around it', () => {
    expect(groupToToggle(answer, new Set(), 'g0')).toBe('g0');
    expect(groupToToggle(answer, new Set(['g0']), 'n4')).toBe('g0');
  });

  it('is none elsewhere', () => {
    expect(groupToToggle(answer, new Set(['g0']), 'w')).toBeNull();
    expect(groupToToggle(answer, new Set(), 'n4')).toBeNull();
    expect(groupToToggle(answer, new Set(['g0']), 'output')).toBeNull();
  });
});
