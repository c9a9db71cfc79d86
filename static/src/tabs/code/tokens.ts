/** The words of generated code, for quiet colours. The texts are the server's own: one expression finds them all. Pure. */

export type TokenKind = 'keyword' | 'call' | 'number' | 'name' | 'operator' | 'adds' | 'comment' | 'text' | 'space';

export interface Token {
  kind: TokenKind;
  text: string;
}

const KEYWORDS = new Set(['import', 'as', 'def', 'return', 'for', 'in', 'if', 'else', 'True', 'False']);

const TOKEN =
  /(?<comment>#.*)|(?<text>"[^"]*")|(?<space>\s+)|(?<number>\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|(?<name>[A-Za-z_][\w.]*)|(?<adds>\+=)|(?<operator>.)/gy;

export function tokensOf(line: string): Token[] {
  return [...line.matchAll(TOKEN)].map((match): Token => {
    const [text] = match;
    const found = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined);
    const kind = (found?.[0] ?? 'operator') as TokenKind;
    if (kind !== 'name') return { kind, text };
    if (KEYWORDS.has(text)) return { kind: 'keyword', text };
    return { kind: text.includes('.') || line[match.index + text.length] === '(' ? 'call' : 'name', text };
  });
}
