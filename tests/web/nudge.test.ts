import { describe, expect, it } from 'vitest';
import type { Answer, Curve } from '../../static/src/api/model';
import { missSentence, nudgeNumbers, signed, stepText, type Step } from '../../static/src/explain/nudge';
import { graphNumber } from '../../static/src/format';
import { nextNudge } from '../../static/src/nudging';
import { startState, type Drag, type State } from '../../static/src/state';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const neuron = (to: number): Step => {
  const f = (w: number): number => sigmoid(-5 - 2 * w);
  return { from: -3, to, before: f(-3), after: f(to), slope: -2 * f(-3) * (1 - f(-3)) };
};
const said = (step: Step, curve: Curve | null = null): string => missSentence(step, nudgeNumbers(step), curve);
const curveWith = (x: number, jump: boolean): Curve =>
  ({ kinks: [{ x, jump, node: 'n1', before: 0, after: 1, message: '' }] }) as unknown as Curve;

describe('the numbers of a nudge', () => {
  it('are those of the lecture’s neuron', () => {
    const numbers = nudgeNumbers(neuron(-2.6));
    expect(numbers.product.map(({ text }) => text)).toEqual(['−0.3932', '0.40']);
    expect(numbers.subtraction.map(({ text }) => text)).toEqual(['0.54983', '0.73106']);
    const { predicted, change, difference, decimals } = numbers;
    expect([predicted, change, difference].map((value) => graphNumber(value, decimals))).toEqual(['−0.1573', '−0.1812', '−0.0239']);
  });

  it('check as printed, for any step', () => {
    for (const to of [-2.99, -3.01, -2.5, -1, 3, -3.123, -2.9999]) {
      const { predicted, change, difference, decimals, product, subtraction } = nudgeNumbers(neuron(to));
      const printed = (value: number): number => Number(value.toFixed(decimals));
      const unit = 10 ** -decimals;
      expect(Math.abs(product[0].value * product[1].value - printed(predicted))).toBeLessThanOrEqual(0.51 * unit);
      expect(Math.abs(subtraction[0].value - subtraction[1].value - printed(change))).toBeLessThanOrEqual(0.51 * unit);
      if (decimals < 6) expect(printed(change) - printed(predicted)).toBeCloseTo(printed(difference), 9);
    }
  });

  it('write steps and changes with their sign', () => {
    expect([stepText(0.01), stepText(-0.4)]).toEqual(['+0.01', '−0.4']);
    expect([signed(0.0501, 4), signed(-0.0039, 4), signed(0, 4)]).toEqual(['+0.0501', '−0.0039', '0.0000']);
  });
});

describe('the sentence of a nudge', () => {
  it('names the bend', () => {
    expect(said(neuron(-2.6))).toBe(
      'The gradient is exact only at the point itself. The curve bends, so a step of 0.40 misses by 0.0239.',
    );
  });

  it('says when the prediction is exact, and when nothing changes', () => {
    expect(said({ from: 1, to: 3, before: 2, after: 6, slope: 2 })).toBe('The curve is straight here, so the prediction is exact.');
    expect(said({ from: 1, to: 3, before: 2, after: 2, slope: 0 })).toBe('The curve is flat here, so nothing changes.');
    expect(said({ from: 1, to: 1, before: 2, after: 2, slope: 5 })).toBe('Back at the start: nothing has changed.');
  });

  it('names a kink or a jump on the way, not one elsewhere', () => {
    const step: Step = { from: 2, to: -1, before: 6, after: 0, slope: 5 };
    expect(said(step, curveWith(0, false))).toBe('The slope changes at a kink on the way, so a step of −3.00 misses by 9.');
    expect(said(step, curveWith(0, true))).toBe('The output jumps on the way, which no gradient tells: a step of −3.00 misses by 9.');
    expect(said(step, curveWith(4, false))).toContain('The curve bends');
  });

  it('compares no infinities', () => {
    expect(said({ from: 1, to: 0, before: 0, after: -Infinity, slope: 1 })).toBe('There is no finite number to compare here.');
  });
});

describe('the step that the card tells of', () => {
  const before = { output: 'n1' } as unknown as Answer;
  const rest: State = { ...startState(), answerSource: 'f = w' };
  const drag: Drag = { name: 'w', from: -3, before, start: { program: rest.program, values: rest.values } };
  const dragged: State = { ...rest, drag, values: new Map([['w', -2.6]]) };
  const released: State = { ...dragged, drag: null, program: 'f = w; w = -2.6', values: new Map() };
  const begun = nextNudge(null, dragged, rest);
  const settled = nextNudge(begun, released, dragged);

  it('begins with a drag and stays after its end, when the text follows', () => {
    expect(begun).toMatchObject({ name: 'w', from: -3, before, source: 'f = w', rest: null });
    expect(settled).toMatchObject({ name: 'w', from: -3 });
    expect(nextNudge(settled, { ...released }, released)).toBe(settled);
  });

  it('ends with the next selection, program, values or conventions', () => {
    for (const patch of [
      { selection: { kind: 'node', id: 'n0' } },
      { program: 'f = w + 1' },
      { values: new Map([['w', 1]]) },
      { conventions: { ...released.conventions, relu_at_zero: 1 } },
    ] as Partial<State>[]) {
      expect(nextNudge(settled, { ...released, ...patch }, released)).toBeNull();
    }
  });

  it('stays while a dragged entry goes into the text, and ends with another change of it', () => {
    const entry = { ...drag, name: 'w[1]' };
    const values = new Map([['w[1]', 4]]);
    const beside: State = { ...rest, values };
    const kept = nextNudge(nextNudge(null, { ...beside, drag: entry }, rest), beside, { ...beside, drag: entry });
    const written: State = { ...beside, program: 'f = sum(w); w = [1, 4]', values: new Map() };
    const after = nextNudge(kept, written, beside);
    expect(after).toMatchObject({ name: 'w[1]', from: -3 });
    expect(nextNudge(after, written, written)).toBe(after);
    expect(nextNudge(after, { ...written, program: 'f = sum(w)' }, written)).toBeNull();
  });

  it('is gone when the drag is given up', () => {
    expect(nextNudge(begun, { ...rest, ...drag.start, drag: null }, dragged)).toBeNull();
  });

  it('keeps its start when the reader types another step, and has a new one with a new drag', () => {
    const again: State = { ...released, drag: { ...drag, from: -2.6 } };
    expect(nextNudge(settled, again, released, true)).toMatchObject({ from: -3, rest: null });
    expect(nextNudge(settled, again, released)).toMatchObject({ from: -2.6 });
  });
});
