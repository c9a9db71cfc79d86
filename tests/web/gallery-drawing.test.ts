import { describe, expect, test } from 'vitest';
import type { Answer, Lesson } from '../../static/src/api/model';
import { BOX, type Drawing } from '../../static/src/gallery/drawing';
import { networkOf } from '../../static/src/gallery/network';
import { answerOf } from '../../static/src/gallery/outline';
import { drawLesson } from '../../static/src/gallery/thumbnail';
import { createMeasure } from '../../static/src/graph/measure';
import { visibleGraph } from '../../static/src/graph/visible';
import { answerOf as evaluate, OPERATIONS, patterns, sigmoidNeuron, squared, type Line } from './fixtures';
import { lessonOf, LESSONS, network, outlineOf } from './gallery-fixtures';

const measure = createMeasure(null);
const visible = (answer: Answer) => visibleGraph(answer, new Set(), { foldConstants: true }, OPERATIONS);
const draw = (lesson: Lesson): Drawing => drawLesson(lesson, OPERATIONS, measure);
const kinds = ({ shapes }: Drawing): string[] => shapes.map(({ kind }) => kind).sort();

function overlaps({ shapes }: Drawing): string[] {
  return shapes.flatMap((one, i) =>
    shapes.slice(i + 1).flatMap((other) => {
      const apart =
        Math.abs(one.x - other.x) >= (one.width + other.width) / 2 || Math.abs(one.y - other.y) >= (one.height + other.height) / 2;
      return apart ? [] : [`${one.id} ${other.id}`];
    }),
  );
}

/** A chain of sums, one input more each. */
function sums(count: number): Answer {
  const lines: Line[] = [{ leaf: 'a0', value: 1 }];
  for (let i = 1; i <= count; i += 1) {
    lines.push({ leaf: `a${String(i)}`, value: i });
    lines.push({ op: 'add', of: [i === 1 ? 'a0' : `s${String(i - 1)}`, `a${String(i)}`], name: `s${String(i)}` });
  }
  return evaluate(lines);
}

test('a graph in short gives the same picture as the whole answer', () => {
  for (const answer of [sigmoidNeuron(), patterns(), squared(), network()]) {
    const { nodes, edges } = visible(answer);
    const short = visible(answerOf(outlineOf(answer)));
    expect(short.nodes.map(({ id, symbol, value, gradient }) => [id, symbol, value, gradient])).toEqual(
      nodes.map(({ id, symbol, value, gradient }) => [id, symbol, value, gradient]),
    );
    expect(short.edges).toEqual(edges);
  }
});

describe('a network read from its gates', () => {
  test('products with parameters are edges, sums and their activations units, biases and the loss left out', () => {
    const found = networkOf(visible(network()));
    const label = new Map(network().nodes.map((node) => [node.id, node.label]));
    expect(found?.units.map(({ id, gate }) => [label.get(id), gate?.symbol])).toEqual([
      ['x1', undefined], ['x2', undefined], ['h1', 'σ'], ['h2', 'σ'], ['y', '+'],
    ]);
    expect(found?.connections.map(({ source, target, weight }) => [label.get(source), label.get(target) ?? target, weight])).toEqual([
      ['x1', 'h1', 0.5], ['x2', 'h1', -1], ['x1', 'h2', 0], ['x2', 'h2', 2], ['h1', 'y', 1], ['h2', 'y', -2],
      ['y', 'output', null],
    ]);
  });

  test('a graph without weights is none', () => {
    expect(networkOf(visible(patterns()))).toBeNull();
    expect(networkOf(visible(sums(3)))).toBeNull();
  });

  test('nor is one with other gates between its units', () => {
    const answer = evaluate([
      { leaf: 'x', value: 1 },
      { leaf: 'w1', value: 2 },
      { op: 'mul', of: ['x', 'w1'], name: 'p' },
      { op: 'exp', of: ['p'], name: 'q' },
      { leaf: 'w2', value: 3 },
      { op: 'mul', of: ['q', 'w2'], name: 'r' },
      { op: 'sigmoid', of: ['r'], name: 'f' },
    ]);
    expect(networkOf(visible(answer))).toBeNull();
  });
});

describe('the drawing', () => {
  test.each([...LESSONS, lessonOf(sums(3)), lessonOf(sums(12))].map((lesson) => [lesson.slug, lesson] as const))(
    'of %s lies in its box, and no two nodes overlap', (_, lesson) => {
      const drawing = draw(lesson);
      expect(drawing.width).toBeLessThanOrEqual(BOX.width + 0.01);
      expect(drawing.height).toBeLessThanOrEqual(BOX.height + 0.01);
      for (const { x, y, width, height } of drawing.shapes) {
        expect(Math.min(x - width / 2, y - height / 2)).toBeGreaterThanOrEqual(-0.01);
        expect(x + width / 2).toBeLessThanOrEqual(drawing.width + 0.01);
        expect(y + height / 2).toBeLessThanOrEqual(drawing.height + 0.01);
      }
      expect(overlaps(drawing)).toEqual([]);
    },
  );

  test('of a small graph carries its numbers, values above and gradients below the wires', () => {
    const { labels } = draw(lessonOf(squared()));
    expect(labels.map(({ text, kind }) => `${kind} ${text}`).sort()).toEqual([
      'gradient 1', 'gradient 3', 'gradient 3', 'gradient 6', 'value 3', 'value 9',
    ]);
    const [value, gradient] = ['value', 'gradient'].map((kind) => labels.find((label) => label.kind === kind));
    expect(value?.y).toBeLessThan(gradient?.y ?? 0);
  });

  test('of a larger graph carries none, and its gates are as large as fits', () => {
    const drawing = draw(lessonOf(sums(12)));
    expect(drawing.labels).toEqual([]);
    expect(drawing.width > BOX.width - 1 || drawing.height > BOX.height - 1).toBe(true);
  });

  test('of patterns dashes the operand that was not chosen, and has a dot where y forks', () => {
    const drawing = draw(lessonOf(patterns()));
    expect(drawing.wires.filter(({ kind }) => kind === 'unchosen')).toHaveLength(1);
    expect(drawing.dots).toHaveLength(1);
    expect(kinds(drawing)).toEqual(['gate', 'gate', 'gate', 'input', 'input', 'input', 'output']);
  });

  test('of a network has a line for each weight: its colour the sign, its width the size', () => {
    const drawing = draw(lessonOf(network(), { kind: 'networks' }));
    expect(kinds(drawing)).toEqual(['gate', 'gate', 'gate', 'input', 'input', 'output']);
    expect(drawing.wires.map(({ kind }) => kind)).toEqual(['plus', 'minus', 'none', 'plus', 'plus', 'minus', 'edge']);
    const widths = drawing.wires.map(({ width }) => width);
    expect(Math.max(...widths)).toBe(widths[3]);
    expect(widths[0]).toBeLessThan(widths[1] ?? 0);
  });
});
