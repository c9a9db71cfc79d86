/** The bracket that belongs to the one at the caret. */
import { tokenAt } from './editor-tokens';

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Offsets of both brackets of the pair that has one side at the caret; null when there is none. Comments do not count. */
export function bracketPair(text: string, caret: number): [number, number] | null {
  const open: number[] = [];
  const partner = new Map<number, number>();
  let start = 0;
  for (const line of text.split('\n')) {
    for (let at = 0; at < line.length; ) {
      const { kind, to } = tokenAt(line, at);
      if (kind === 'bracket') close(text, start + at, open, partner);
      at = to;
    }
    start += line.length + 1;
  }
  for (const side of [caret - 1, caret]) {
    const other = partner.get(side);
    if (other !== undefined) return [Math.min(side, other), Math.max(side, other)];
  }
  return null;
}

function close(text: string, at: number, open: number[], partner: Map<number, number>): void {
  const bracket = text[at] ?? '';
  if (bracket in CLOSING) {
    open.push(at);
    return;
  }
  const last = open.at(-1);
  if (last === undefined || CLOSING[text[last] ?? ''] !== bracket) return;
  open.pop();
  partner.set(at, last);
  partner.set(last, at);
}
