/** Which stretch of values a curve shows: it stays where it is while the value moves inside it. Pure. */

/** A curve reaches this many local units to both sides of where it was centred. */
export const REACH = 3;
/** A value this many units from the centre still has room to both sides. */
const ROOM = 2;

export interface Window {
  /** What varies; another thing has another window. */
  id: string;
  centre: number;
  unit: number;
}

/** A step that is felt at x, as the engine has it: 1 for ordinary numbers and zero, else the order of magnitude. */
export function localUnit(x: number): number {
  const size = Math.abs(x);
  if (size === 0 || (size >= 0.1 && size < 10) || !Number.isFinite(size)) return 1;
  const power = Math.floor(Math.log10(size)) + (size < 1 ? 1 : 0);
  return Number(`1e${String(power)}`);
}

export function windowFor(before: Window | null, id: string, value: number): Window {
  if (before?.id === id && Math.abs(value - before.centre) <= ROOM * before.unit) return before;
  return { id, centre: value, unit: localUnit(value) };
}

export function ends({ centre, unit }: Window): [number, number] {
  return [centre - REACH * unit, centre + REACH * unit];
}
