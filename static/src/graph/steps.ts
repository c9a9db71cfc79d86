/** How far one step of a dragged or stepped value goes. Pure. */

/** Px of pointer travel per step. */
export const PX_PER_STEP = 2;
/** Zero has no order of magnitude; its step is that of numbers from 0.1 to 1. */
const STEP_AT_ZERO = 0.01;
const MOST_DECIMALS = 12;

export type Pace = 'normal' | 'coarse' | 'fine';

export function paceOf(event: { shiftKey: boolean; altKey: boolean }): Pace {
  return event.shiftKey ? 'coarse' : event.altKey ? 'fine' : 'normal';
}

/** 1 % of the order of magnitude above the value: 0.01 up to 1, 0.1 up to 10, 1 up to 100; Shift ×10, Alt ÷10. */
export function stepFor(value: number, pace: Pace = 'normal'): number {
  const size = Math.abs(value);
  const power = size === 0 || !Number.isFinite(size) ? Math.log10(STEP_AT_ZERO) : Math.ceil(Math.log10(size) - 1e-9) - 2;
  return Number(`1e${String(power + { normal: 0, coarse: 1, fine: -1 }[pace])}`);
}

/** `from` moved by whole steps, on the grid of the step, without the noise of binary fractions. */
export function stepped(from: number, steps: number, step: number): number {
  const decimals = Math.min(MOST_DECIMALS, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  // The start keeps digits that are finer than a step: 0.351 goes to 0.361, not to 0.36.
  const own = Math.min(MOST_DECIMALS, decimalsOf(from));
  const value = Number((from + steps * step).toFixed(Math.max(decimals, own)));
  return value === 0 ? 0 : value;
}

function decimalsOf(value: number): number {
  const [digits = '', power = '0'] = String(Math.abs(value)).split('e');
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(power));
}
