import { describe, expect, test } from 'vitest';
import { edgeCard, gateCard, outputCard, usesCard, type Card } from '../../static/src/explain/closeup';
import { answerOf, patterns, sigmoidNeuron, squared, type Line } from './fixtures';
import { edgeSubject, gateSubject, leafSubject, subject } from './inspector-fixtures';

const WIDTH = 334;

function texts(card: Card, className: string): string[] {
  return card.pieces.flatMap((piece) =>
    piece.kind === 'text' && piece.className.includes(className) ? [piece.runs.map((run) => run.text).join('')] : [],
  );
}

/** Every anchor and circle lies inside the card, every line of text has room above its baseline. */
function expectInside(card: Card): void {
  for (const piece of card.pieces) {
    if (piece.kind === 'path') {
      for (const number of piece.d.match(/-?[\d.]+/g) ?? []) expect(Number(number)).toBeLessThanOrEqual(Math.max(card.width, card.height));
      continue;
    }
    const reach = piece.kind === 'circle' ? piece.r : 0;
    expect(piece.x - reach).toBeGreaterThanOrEqual(0);
    expect(piece.x + reach).toBeLessThanOrEqual(card.width);
    expect(piece.y - Math.max(reach, 8)).toBeGreaterThanOrEqual(0);
    expect(piece.y + reach).toBeLessThanOrEqual(card.height);
  }
}

/** No two texts that stand below each other touch: same column, less than a line apart. */
function expectApart(card: Card): void {
  const lines = card.pieces.flatMap((piece) => (piece.kind === 'text' && piece.anchor === 'middle' ? [piece] : []));
  for (const [index, one] of lines.entries()) {
    for (const other of lines.slice(index + 1)) {
      if (Math.abs(one.x - other.x) < 20) expect(Math.abs(one.y - other.y)).toBeGreaterThanOrEqual(11);
    }
  }
}

test('a product shows its three numbers for each operand, with the words in place', () => {
  const card = gateCard(gateSubject(sigmoidNeuron(), 'n6').gate, true, WIDTH, 2);
  expect(texts(card, 'closeup-value')).toEqual(['−3.00', '−2.00', '6.00']);
  expect(texts(card, 'closeup-gradient')).toEqual(['−0.3932', '−0.5898', '0.1966']);
  expect(texts(card, 'closeup-word')).toEqual(['downstream', 'downstream', 'upstream']);
  expect(texts(card, 'closeup-local')).toEqual(['local x1 = −2.00', 'local w1 = −3.00']);
  expect(texts(card, 'closeup-name')).toEqual(['w1', 'x1', 's1']);
  expectInside(card);
  expectApart(card);
});

test('a gate that swallowed a literal is drawn as on the graph', () => {
  const card = gateCard(gateSubject(sigmoidNeuron(), 'n13').gate, true, WIDTH, 2);
  expect(texts(card, 'closeup-symbol')).toEqual(['+1']);
  expect(texts(card, 'closeup-name')).toEqual(['s5', 's6']);
  expectInside(card);
});

test('x * x has two branches and one total', () => {
  const { gate } = gateSubject(squared(), 'n1');
  const card = gateCard(gate, true, WIDTH, 2);
  expect(texts(card, 'closeup-name')).toEqual(['x', 'f']);
  expect(texts(card, 'closeup-gradient')).toEqual(['6.0000', '3.0000', '3.0000', '1.0000']);
  expectInside(card);
  expectApart(card);
  expect(texts(gateCard(gate, false, WIDTH, 2), 'closeup-gradient')).toEqual(['3.0000', '3.0000', '1.0000']);
});

test('a junction has one branch for each use, and the total on the trunk', () => {
  const { node, uses } = leafSubject(patterns(), 'n1');
  const card = usesCard(node, uses, WIDTH, 2);
  expect(texts(card, 'closeup-gradient')).toEqual(['5.0000', '2.0000', '3.0000']);
  expect(texts(card, 'closeup-name')).toEqual(['y', 's0', 's1']);
  expectInside(card);
});

test('a leaf that is used once is shown at its gate', () => {
  const { node, uses } = leafSubject(sigmoidNeuron(), 'n4');
  const card = usesCard(node, uses, WIDTH, 2);
  expect(texts(card, 'closeup-word')).toEqual(['downstream', 'upstream']);
  expect(texts(card, 'closeup-name')).toEqual(['w1', 's1']);
});

test('an edge shows its own three numbers', () => {
  const { gate, operand } = edgeSubject(sigmoidNeuron(), 'n5', 'n6', 1);
  const card = edgeCard(gate, operand, WIDTH, 2);
  expect(texts(card, 'closeup-gradient')).toEqual(['−0.5898', '0.1966']);
  expect(texts(card, 'closeup-local')).toEqual(['local w1 = −3.00']);
});

test('the result has its value and the seed', () => {
  const output = subject(sigmoidNeuron(), { kind: 'node', id: 'output' });
  if (output?.kind !== 'output' || !output.gate) throw new Error('no output');
  const card = outputCard(output.gate, WIDTH, 2);
  expect(texts(card, 'closeup-gradient')).toEqual(['1.0000']);
  expectInside(card);
});

describe('any number of operands', () => {
  test.each([1, 2, 3, 4, 5, 6, 9])('max of %d', (count) => {
    const leaves: Line[] = Array.from({ length: count }, (_, index) => ({ leaf: `x${String(index)}`, value: index }));
    const answer = answerOf([...leaves, { op: 'max', of: leaves.map((_, index) => `x${String(index)}`) }]);
    for (const width of [310, 334, 510]) {
      const card = gateCard(gateSubject(answer, `n${String(count)}`).gate, true, width, 2);
      expect(texts(card, 'closeup-name')).toHaveLength(Math.min(6, count) + 1);
      expectInside(card);
      expectApart(card);
    }
  });

  test('many uses are cut off, never squeezed', () => {
    const gates: Line[] = Array.from({ length: 30 }, () => ({ op: 'neg', of: ['x'] }));
    const answer = answerOf([{ leaf: 'x', value: 1 }, ...gates, { op: 'max', of: gates.map((_, index) => `n${String(index + 1)}`) }]);
    const { node, uses } = leafSubject(answer, 'n0');
    expect(uses).toHaveLength(30);
    const card = usesCard(node, uses, WIDTH, 2);
    expect(texts(card, 'closeup-word')).toContain('and 24 more');
    expect(card.height).toBeLessThan(440);
    expectInside(card);
  });
});

test('numbers that are not finite are marked', () => {
  const card = gateCard(gateSubject(answerOf([{ leaf: 'x', value: 0 }, { op: 'log', of: ['x'] }]), 'n1').gate, true, WIDTH, 2);
  expect(texts(card, 'closeup-warn')).toEqual(['∞', '−∞']);
});
