/** Sentences of the server as elements: what stands in backticks becomes code. Text only, never markup. */

export function withCode(sentence: string): Node[] {
  return sentence.split(/(`[^`]*`)/).flatMap((piece): Node[] => {
    if (piece === '') return [];
    if (piece.length < 2 || !piece.startsWith('`') || !piece.endsWith('`')) return [document.createTextNode(piece)];
    const code = document.createElement('code');
    code.textContent = piece.slice(1, -1);
    return [code];
  });
}

/** The same for a screen reader's ear: the words alone. */
export function spoken(sentence: string): string {
  return sentence.replaceAll('`', '');
}
