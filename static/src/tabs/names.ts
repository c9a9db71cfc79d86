/** Names of nodes where only plain text can stand. Pure. */

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** "w1" and "w_1" as w₁: a menu of the browser takes no typeset names. */
export function prettyName(name: string): string {
  const match = /^([^\W\d_]+)_?(\d+)(\[.*\])?$/u.exec(name);
  if (!match) return name;
  return (match[1] ?? '') + [...(match[2] ?? '')].map((digit) => SUBSCRIPTS[Number(digit)] ?? '').join('') + (match[3] ?? '');
}
