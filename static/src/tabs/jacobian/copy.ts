/** The matrix as text to paste elsewhere: with heads for a spreadsheet, or as a NumPy array. Every digit is there. Pure. */
import { fullNumber } from '../../format';
import { type Matrix } from './view';

interface Table {
  rows: readonly string[];
  columns: readonly string[];
  numbers: readonly (readonly number[])[];
}

function tableOf({ outputs, leaves, entries }: Matrix, layout: 'outputs' | 'leaves'): Table {
  const numbers = entries.map((row) => row.map(({ value }) => value));
  const [rows, columns] = [outputs, leaves].map((heads) => heads.map(({ label }) => label)) as [string[], string[]];
  if (layout === 'outputs') return { rows, columns, numbers };
  return { rows: columns, columns: rows, numbers: leaves.map((_, leaf) => numbers.map((row) => row[leaf] ?? NaN)) };
}

export function tabSeparated(matrix: Matrix, layout: 'outputs' | 'leaves'): string {
  const { rows, columns, numbers } = tableOf(matrix, layout);
  const lines = [['', ...columns], ...numbers.map((row, index) => [rows[index] ?? '', ...row.map(fullNumber)])];
  return lines.map((line) => line.join('\t')).join('\n') + '\n';
}

const NUMPY: Readonly<Record<string, string>> = { NaN: 'np.nan', Infinity: 'np.inf', '-Infinity': '-np.inf' };

/** Names of programs need not be names in Python, so heads stand in a comment. */
export function numpyText(matrix: Matrix, layout: 'outputs' | 'leaves'): string {
  const { rows, columns, numbers } = tableOf(matrix, layout);
  const number = (value: number): string => NUMPY[fullNumber(value)] ?? fullNumber(value);
  const lines = numbers.map((row) => `    [${row.map(number).join(', ')}],`);
  const name = matrix.kind === 'jacobian' ? 'jacobian' : 'hessian';
  return [
    'import numpy as np',
    '',
    `# rows: ${rows.join(', ')}; columns: ${columns.join(', ')}`,
    `${name} = np.array([`,
    ...lines,
    '])',
    '',
  ].join('\n');
}
