/** Which notation a text is written in, told by its signs: for colours and suggestions alone. The server decides. */
export type Notation = 'chainrule' | 'latex' | 'python';

const PYTHON =
  /^[ \t]*(?:def[ \t]+[\p{L}_]\w*[ \t]*\(|import[ \t]+[\w.]+|from[ \t]+[\w.]+[ \t]+import[ \t]|return[ \t]+-?[\w(])|(?<![\w.)])(?:math|np|numpy|torch|jnp|jax|nn|F)\.[\p{L}_]|[+\-*/]=(?!=)/mu;

export function notationOf(text: string): Notation {
  if (PYTHON.test(text)) return 'python';
  return text.includes('\\') ? 'latex' : 'chainrule';
}
