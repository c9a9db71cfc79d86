/** Heading of the inspector: the drawing of what is selected, its definition, its kind, and the way out. */
import { definition } from '../explain/chain';
import { gatePieces, roundedBox, type Card, type Piece } from '../explain/closeup';
import type { Subject } from '../explain/subject';
import { join, raw, tex, type Tex } from '../explain/tex';
import { nameTex } from '../explain/worked';
import { shapesOf } from '../explain/tensor';
import { kindText, sentenceText, type Sentence } from '../explain/words';
import { literalText } from '../graph/folding';
import { nameRuns, type Run } from '../graph/math-text';
import type { GraphNode } from '../api/model';
import { button, element } from './elements';
import { icon } from './icons';
import { drawCard } from './inspector-card';
import { writeSentence } from './inspector-prose';

const SIZE = 40;

export interface Header {
  root: HTMLElement;
  update(subject: Subject): void;
}

export function inspectorHeader(onClose: () => void): Header {
  const symbol = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  symbol.setAttribute('class', 'inspector-symbol closeup');
  const title = element('h2', 'inspector-name', { id: 'inspector-name' });
  // The row of a gate's operation on the page of all operations.
  const link = element('a', 'inspector-sheet-link', {}, 'In the cheat sheet');
  const sheet = element('span', 'inspector-sheet', {}, link);
  const words = document.createTextNode('');
  const kind = element('p', 'inspector-kind', {}, words, sheet);
  const close = button('icon-button inspector-close', onClose, { 'aria-label': 'Close the inspector', title: 'Close (Esc)' }, icon('close'));
  return {
    root: element('header', 'inspector-header', {}, symbol, element('div', 'inspector-heading', {}, title, kind), close),
    update(subject) {
      drawCard(symbol, symbolOf(subject), null);
      const sentence = titleOf(subject);
      writeSentence(title, sentence);
      // Not every reader finds a name in MathML alone.
      title.setAttribute('aria-label', sentenceText(sentence));
      const isTensorGate = subject.kind === 'gate' && subject.gate.operands.some(({ node }) => node.tensor);
      words.data = isTensorGate ? `${kindText(subject)}, ${shapesOf(subject.gate)}` : kindText(subject);
      const operation = subject.kind === 'gate' ? subject.gate.operation : null;
      sheet.hidden = operation === null;
      if (operation) link.href = `/operations#${operation.name}`;
    },
  };
}

function titleOf(subject: Subject): Sentence {
  switch (subject.kind) {
    case 'gate':
      return [definition(subject.gate) ?? nameTex(subject.gate.node)];
    case 'leaf': {
      const count = subject.uses.length;
      return count > 1 ? [nameTex(subject.node), `, used ${String(count)} times`] : [nameTex(subject.node)];
    }
    case 'edge':
      return [tex`${nameTex(subject.operand.node)} \to ${nameTex(subject.gate.node)}`];
    case 'output':
      return [formulaOf(subject.latex, subject.node)];
  }
}

/** The statement as the program writes it; a long one is told by its name. */
function formulaOf(latex: string | null, node: GraphNode): Tex {
  const isLong = latex === null || latex.length > 90;
  return isLong ? nameTex(node) : join([raw(latex)]);
}

function symbolOf(subject: Subject): Card {
  const middle = { x: SIZE / 2, y: SIZE / 2 };
  switch (subject.kind) {
    case 'gate':
      return { width: SIZE, height: SIZE, pieces: gatePieces(subject.gate, middle, 18, 'closeup-gate-selected') };
    case 'edge':
      return { width: SIZE, height: SIZE, pieces: edgePieces() };
    case 'leaf':
      return leafCard(subject.node);
    case 'output':
      return boxCard(nameRuns(subject.node.latex, subject.node.label), 9, true);
  }
}

function leafCard(node: GraphNode): Card {
  const isLiteral = node.kind === 'constant' && node.name === null;
  const runs: Run[] = isLiteral
    ? [{ text: literalText(node), font: 'main', level: 'base' }]
    : nameRuns(node.latex, node.label);
  return boxCard(runs, node.kind === 'parameter' ? 5 : 16, false);
}

function boxCard(runs: readonly Run[], corner: number, isOutput: boolean): Card {
  const characters = runs.reduce((sum, { text, level }) => sum + text.length * (level === 'base' ? 1 : 0.7), 0);
  const width = Math.min(64, Math.max(44, 14 + 11 * characters));
  const size = Math.min(18, (width - 12) / (0.55 * characters));
  const [left, top, right, bottom] = [1, 3, width - 1, 37];
  const box = (inset: number, className: string): Piece => ({
    kind: 'path',
    className,
    d: roundedBox(left + inset, top + inset, right - inset, bottom - inset, corner - inset),
  });
  const frame = [box(0, 'closeup-gate-selected'), ...(isOutput ? [box(3.5, 'closeup-gate-selected closeup-ring')] : [])];
  const name: Piece = { kind: 'text', className: 'closeup-symbol', x: width / 2, y: 20 + 0.28 * size, anchor: 'middle', size, runs };
  return { width, height: SIZE, pieces: [...frame, name] };
}

function edgePieces(): Piece[] {
  return [
    { kind: 'path', className: 'closeup-wire', d: 'M3,20H27' },
    { kind: 'path', className: 'closeup-arrow', d: 'M37,20L27,15.5V24.5Z' },
  ];
}
