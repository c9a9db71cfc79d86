/** The check of a number: what is asked, what is said, what is lit. */
import { describe, expect, it } from 'vitest';
import type { Answer, Diagnosis, SlipMatch } from '../../static/src/api/model';
import { askedOf, quantitiesOf, questionOf, rateOf } from '../../static/src/check/ask';
import { linesOf } from '../../static/src/check/lines';
import { litOfMatch } from '../../static/src/check/lit';
import { sentenceOf, spokenDiagnosis, summaryOf, toneOf } from '../../static/src/check/words';
import { firstWrong } from '../../static/src/check/cells';
import { axisWord, entryIn, entryLatex, entryText, indexOf, withIn } from '../../static/src/check/entry';
import { placeholderOf } from '../../static/src/check/field';
import { lessonOf } from './gallery-fixtures';
import { sigmoidNeuron } from './fixtures';

const phrase = (text: string, latex = text) => ({ text, latex });

function match(fields: Partial<SlipMatch> = {}): SlipMatch {
  return {
    kind: 'path', title: phrase('Path through q left out'), headline: 'One path is missing.', says: phrase('A path.'), value: 1,
    manner: 'exact', digits: null, node: null, kept: [], left_out: [], total: null, kept_edges: [], dropped_edges: [], gives_all: true, gives: null, ...fields,
  };
}

describe('what is asked', () => {
  const step = { learning_rate: 0.7, parameters: [] };

  it('asks for a gradient as it was typed, with the step of the example', () => {
    expect(askedOf({ leaf: 'w1', text: '0.0012' }, null)).toEqual({ node: 'w1', printed: '0.0012', quantity: 'gradient' });
    expect(askedOf({ leaf: 'w1', text: '0.0012' }, step)).toEqual({ node: 'w1', printed: '0.0012', quantity: 'gradient', learning_rate: 0.7 });
  });

  it('asks nothing before there is a number, or a new value without a learning rate', () => {
    expect(askedOf(null, null)).toBeNull();
    expect(askedOf({ leaf: 'w1', text: '  ' }, null)).toBeNull();
    expect(askedOf({ leaf: 'w1', text: '0.1', quantity: 'updated' }, null)).toBeNull();
    expect(askedOf({ leaf: 'w1', text: '0.1', quantity: 'updated', rate: 'x' }, step)).toBeNull();
  });

  it('takes the learning rate that was typed before that of the example', () => {
    expect(rateOf({ leaf: 'w1', text: '', rate: '0.5' }, step)).toBe(0.5);
    expect(rateOf({ leaf: 'w1', text: '' }, step)).toBe(0.7);
  });

  it('offers of a leaf its gradient and its new value, of a gate its gradient and its value', () => {
    const answer = sigmoidNeuron();
    const kinds = answer.nodes.map((node) => quantitiesOf(node).join());
    expect(new Set(kinds)).toEqual(new Set(['gradient,updated', 'gradient,value']));
    expect(questionOf('gradient', 'w_{1}', 'E').latex).toBe('\\frac{\\partial E}{\\partial w_{1}}');
    expect(questionOf('gradient', 'w_{1}', 'E').words('w1', 'E')).toBe('Your number for the gradient of E with respect to w1');
  });
});

describe('what is said', () => {
  it('typesets every second piece between dollar signs', () => {
    expect(sentenceOf(phrase('', 'The path through $y_{2}$ alone.'))).toEqual(['The path through ', { source: 'y_{2}', marks: [] }, ' alone.']);
    expect(sentenceOf(phrase('', '$w$'))).toEqual([{ source: 'w', marks: [] }]);
  });

  it('tells several matches by their titles', () => {
    const found = { headline: phrase('Two slips give 2.'), says: null, which: null, matches: [match(), match({ title: phrase('Value of a') })] };
    expect(spokenDiagnosis(found)).toBe('Two slips give 2. Path through q left out. Value of a.');
  });

  it('counts verdicts, the wrong ones first', () => {
    const counts = { exact: 1, rounded: 2, truncated: 3, rounded_on_the_way: 4, wrong: 5, unread: 0 };
    expect(summaryOf({ counts, rows: Array.from({ length: 15 }) as never })).toBe('15 numbers: 5 wrong, 4 rounded on the way, 6 right.');
    expect(['exact', 'rounded', 'truncated'].map((verdict) => toneOf(verdict as 'exact'))).toEqual(['right', 'right', 'right']);
    expect(toneOf('rounded-on-the-way')).toBe('near');
  });
});

describe('the numbers of a source', () => {
  it('are lines that name values, gradients and new values, with the learning rate', () => {
    const figure = (name: string, quantity: 'value' | 'gradient' | 'updated', printed: string) => ({ name, quantity, printed, exact: 0, verdict: 'matches' as const });
    const lesson = lessonOf(sigmoidNeuron(), {
      printed: [figure('w1', 'gradient', '-0.39'), figure('f', 'value', '0.73'), figure('w1', 'updated', '-2.6')],
      step: { learning_rate: 0.5, parameters: [] },
    });
    expect(linesOf(lesson)).toBe('df/dw1 = -0.39\nf = 0.73\nnew w1 = -2.6\neta = 0.5');
  });
});

describe('what is lit', () => {
  const span = (start: number, end: number) => ({ start, end, line: 1, column: start + 1 });
  const node = (id: string, label: string, op: string | null, start: number, end: number) => ({
    id, label, latex: label, op, span: span(start, end), name: label, kind: op ? 'operation' : 'input', gradient: 1,
  });
  const nodes = [node('n0', 'x', null, 0, 1), node('n5', 'q', 'sin', 2, 3), node('n6', 'r', 'cos', 4, 5), node('n7', 'f', 'add', 6, 7)];
  const answer = { output: 'n7', groups: [], nodes } as unknown as Answer;
  const closed = nodes.map((one, index) => ({ ...one, id: `n${String(index)}` }));
  const edge = (source: number, target: number, operand = 0) => ({ source: `n${String(source)}`, target: `n${String(target)}`, operand });
  const term = (name: string, shown: string, at: string) => ({ name: phrase(name), value: 1, shown, node: at });

  it('lights what was kept and dashes what was left out, by the ids of the graph', () => {
    const found = { node: closed[0], nodes: closed } as unknown as Diagnosis;
    const lit = litOfMatch(answer, found, match({
      kept: [term('through r', '0.2', 'n2')], left_out: [term('through q', '0.1', 'n1')], total: { value: 0.3, shown: '0.3' },
      kept_edges: [edge(0, 2), edge(2, 3, 1)], dropped_edges: [edge(0, 1), edge(1, 3)],
    }));
    expect(lit).toEqual({
      nodes: [], droppedNodes: [], rest: 'plain', only: { from: 'x', to: 'f' },
      edges: [{ source: 'n0', target: 'n6', operand: 0 }, { source: 'n6', target: 'n7', operand: 1 }],
      droppedEdges: [{ source: 'n0', target: 'n5', operand: 0 }, { source: 'n5', target: 'n7', operand: 0 }],
      notes: [
        { at: 'n6', text: 'your number', number: '0.2', tone: 'accent' },
        { at: 'n5', text: 'left out', number: '0.1', tone: 'plain' },
      ],
    });
  });

  it('lights the gate where a slip happened, and nothing where there is none', () => {
    const found = { node: closed[0], nodes: closed } as unknown as Diagnosis;
    expect(litOfMatch(answer, found, match({ kind: 'derivative', node: 'n1' }))?.nodes).toEqual(['n5']);
    expect(litOfMatch(answer, found, match({ kind: 'sign' }))).toBeNull();
  });
});

describe('entries of tensors', () => {
  it('are named as the API names them', () => {
    expect(entryIn('W1[0, 1]')).toEqual({ name: 'W1', index: [0, 1] });
    expect(entryIn('W1')).toBeNull();
    expect(entryIn('[0]')).toBeNull();
    expect(entryText('W1', [0, 1])).toBe('W1[0, 1]');
    expect(entryText('w', [])).toBe('w');
    expect(entryLatex('W_{1}', [0, 1])).toBe('W_{1}[0,1]');
  });

  it('are counted row by row', () => {
    expect(indexOf(5, [2, 3])).toEqual([1, 2]);
    expect(indexOf(5, [2, 3, 1])).toEqual([1, 2, 0]);
    expect(withIn({ shape: [2, 3] }, [1, 2])).toEqual([1, 2]);
    expect(withIn({ shape: [2, 3] }, [2, 0])).toEqual([0, 0]);
    expect(withIn({ shape: [2] }, null)).toEqual([0]);
    expect([axisWord(0, 1), axisWord(1, 2), axisWord(2, 3)]).toEqual(['Entry', 'Column', 'Axis 2']);
  });

  it('show which are wrong, the first of them for what was tried', () => {
    const found = { cells: { typed: ['1', '-2'], ours: ['1.00', '2.00'], verdicts: ['exact', 'wrong'] as const }, shape: [2], node: { id: 'n1', label: 'b', latex: 'b', op: null, span: null } };
    expect(firstWrong(found)).toEqual({ name: 'b[1]', typed: '-2' });
    expect(firstWrong({ ...found, cells: null })).toBeNull();
    expect(placeholderOf([2, 2])).toContain('[[');
  });
});
