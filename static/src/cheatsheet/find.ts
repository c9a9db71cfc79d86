/** Which operations a reader looks for: every word that was typed stands somewhere in the words of the row. Pure. */
export function matches(words: string, query: string): boolean {
  return wordsOf(query).every((word) => words.includes(word));
}

export function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** What stands below the field: nothing until something is looked for. */
export function foundText(found: number, all: number, query: string): string {
  if (wordsOf(query).length === 0) return '';
  return `${String(found)} of ${String(all)} operations`;
}
