/** What the server gives the build of every operation on the cheat sheet (app/api/cheatsheet.py). */

/** NaN and infinity as words. */
export type Numeric = number | 'NaN' | 'Infinity' | '-Infinity';

export interface Sample {
  x: number;
  value: Numeric;
  local: Numeric;
}

export interface Picture {
  low: number;
  high: number;
  points: readonly Sample[];
  /** Where the local gradient jumps, and whether the value does too. */
  breaks: readonly { x: number; jump: boolean }[];
}

export interface Local {
  left: string;
  right: string | null;
  /** What the operand receives, in signs; "0" for nothing. */
  passed: string;
}

/** A small tensor, as printed, and which of its entries are lit. */
export interface Grid {
  name: string;
  rows: readonly (readonly string[])[];
  lit: readonly (readonly boolean[])[];
}

export interface Matrices {
  operands: readonly Grid[];
  result: Grid;
  sign: string;
  /** The operands stand beside and above the result. */
  crossed: boolean;
}

export interface Entry {
  symbol: string;
  glyph: string | null;
  composite: boolean;
  formula: string;
  locals: readonly Local[];
  picture: Picture | null;
  /** An operation on whole tensors at work, in place of a picture. */
  matrices: Matrices | null;
}

export interface SheetRecords {
  rules: Readonly<Record<string, Entry>>;
  rows: Readonly<Record<string, Entry>>;
}

/** The same as markup. */
export interface DrawnEntry {
  gate: string;
  formula: string;
  locals: readonly string[];
  picture: string;
}

export interface DrawnSheet {
  rules: Record<string, DrawnEntry>;
  rows: Record<string, DrawnEntry>;
}
