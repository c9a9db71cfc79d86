/** The text of a gate that has swallowed a literal operand: "+1", "×−2", "1/x", "x^2". */

const MINUS = '−';
/** A longer text does not fit into a gate at a readable size; the literal then stays a node of its own. */
const MOST_CHARACTERS = 6;
const PLAIN = /^−?(\d+\.?\d*|\.\d+|π|e)$/;
const FRACTION = /^−?\d+\/\d+$/;

/**
 * Fills a folding template of the registry ("#c" is the literal), or null where the result would be hard to read:
 * too long, or a fraction where its own bar would be taken for the gate's.
 */
export function foldedText(template: string | null | undefined, literal: { label: string; latex: string }): string | null {
  if (template === null || template === undefined) return null;
  const text = literalText(literal);
  const joined = template.includes('/') || template.includes('÷') || template.includes('^');
  if (!PLAIN.test(text) && (joined || !FRACTION.test(text))) return null;
  // "+−2" says the same as "−2", "−−2" as "+2".
  const filled = template.replace('#c', text).replace(/^\+−/, MINUS).replace(/^−−/, '+');
  return [...filled].length > MOST_CHARACTERS ? null : filled;
}

/** A literal as the graph shows it: a true minus, π for pi. */
export function literalText({ label, latex }: { label: string; latex: string }): string {
  return latex === '\\pi' ? 'π' : label.trim().replaceAll('-', MINUS).replaceAll(' ', '');
}
