import { describe, expect, it } from 'vitest';
import type { Answer } from '../../static/src/api/model';
import { programSpans, type Drawn } from '../../static/src/views/editor-spans';
import {
  NEURON, neuronWithSpans, PATTERNS, patternsWithSpans, SIGMOID, sigmoidWithSpans,
} from './editor-fixture';
import { OPERATIONS } from './fixtures';

const DRAWN: Drawn = { openGroups: new Set(), view: { foldConstants: true } };

function spans(answer: Answer, source: string, drawn = DRAWN) {
  const made = programSpans(answer, source, drawn, OPERATIONS);
  const texts = (id: string) => made.of(id).map(({ from, to }) => source.slice(from, to));
  return { ...made, texts };
}

describe('places of a gate', () => {
  const neuron = spans(neuronWithSpans(), NEURON);

  it('are its expression', () => {
    expect(neuron.texts('n6')).toEqual(['w1*x1']);
    expect(neuron.texts('n9')).toEqual(['w0*x0 + w1*x1 + w2']);
  });

  it('are every use of a leaf, and the line that gives its value', () => {
    expect(neuron.of('n4').map(({ from }) => from)).toEqual([NEURON.indexOf('w1'), NEURON.lastIndexOf('w1')]);
    expect(spans(patternsWithSpans(), PATTERNS).of('n1')).toEqual([{ from: 5, to: 6 }, { from: 14, to: 15 }]);
  });

  it('are found for the output, a closed group and nothing', () => {
    expect(neuron.texts('output')).toEqual([NEURON.slice(4, NEURON.indexOf('\n'))]);
    expect(spans(sigmoidWithSpans(), SIGMOID).texts('g0')).toEqual(['sigmoid(w*x)']);
    expect(neuron.of('n99')).toEqual([]);
  });

  it('of an edge are the operand inside the gate that it enters', () => {
    const { ofSelection } = spans(patternsWithSpans(), PATTERNS);
    expect(ofSelection({ kind: 'edge', source: 'n1', target: 'n4', operand: 0 })).toEqual([{ from: 14, to: 15 }]);
    expect(ofSelection(null)).toEqual([]);
  });

  it('are counted in UTF-16 units', () => {
    const source = `# 😀\n${PATTERNS}`;
    const answer = patternsWithSpans();
    const nodes = answer.nodes.map((node) => ({
      ...node,
      // Three characters and the line break, as the server counts.
      span: node.span && { ...node.span, start: node.span.start + 4, end: node.span.end + 4 },
    }));
    expect(spans({ ...answer, nodes }, source).texts('n4')).toEqual(['max(y, z)']);
  });
});

describe('the gate at a place', () => {
  it('is the smallest expression around it', () => {
    const { at } = spans(neuronWithSpans(), NEURON);
    const place = (text: string) => NEURON.indexOf(text);
    expect(at(place('*x1'))).toBe('n6');
    expect(at(place('+ w2'))).toBe('n9');
    expect(at(place('exp'))).toBe('n11');
    expect(at(NEURON.length)).toBeNull();
  });

  it('is the leaf for each of its uses, also where its value is given', () => {
    const { at } = spans(neuronWithSpans(), NEURON);
    expect(at(NEURON.indexOf('w1'))).toBe('n4');
    expect(at(NEURON.lastIndexOf('w1'))).toBe('n4');
  });

  it('is the gate that has swallowed a literal, or the literal where it is drawn', () => {
    expect(spans(neuronWithSpans(), NEURON).at(NEURON.indexOf('1 +'))).toBe('n13');
    const apart = spans(neuronWithSpans(), NEURON, { ...DRAWN, view: { foldConstants: false } });
    expect(apart.at(NEURON.indexOf('1 +'))).toBe('n12');
  });

  it('is the closed group, or the inner gate of an open one', () => {
    expect(spans(sigmoidWithSpans(), SIGMOID).at(4)).toBe('g0');
    const open = spans(sigmoidWithSpans(), SIGMOID, { ...DRAWN, openGroups: new Set(['g0']) });
    expect(open.at(4)).toMatch(/^n[3-6]$/);
  });
});
