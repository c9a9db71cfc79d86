/** What the gate does to the gradient, in the words of the registry; only what is true for these numbers. */
import type { App } from '../app';
import { gateCard, type Card, type Piece } from '../explain/closeup';
import { squareGate } from '../explain/example';
import type { Subject } from '../explain/subject';
import { ADDER, formulaOf, patternText, type PatternText } from '../explain/words';
import { button, element } from './elements';
import { icon } from './icons';
import { drawCard } from './inspector-card';
import { resize, section } from './inspector-prose';

export interface PatternSection {
  root: HTMLElement;
  update(subject: Subject, width: number): void;
}

export function patternSection({ store, actions, operations }: App): PatternSection {
  const part = section('inspector-pattern', '');
  const sentences = element('div', '');
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  picture.setAttribute('class', 'closeup closeup-quiet');
  const frame = element('div', 'closeup-card', {}, picture);
  let program = '';
  const formula = element('span', 'open-formula');
  const open = button(
    'open-example',
    () => actions.openExample({ slug: '', program, values: {} }),
    { title: 'Open the smallest program that shows this' },
    'Open ', formula, icon('chevron'),
  );
  part.root.firstElementChild?.append(open);
  part.body.append(sentences, frame);
  return {
    root: part.root,
    update(subject, width) {
      const text = textOf(subject);
      part.root.hidden = text === null;
      if (!text) return;
      part.setTitle(text.title);
      resize(sentences, text.sentences.length, () => element('p', 'inspector-sentence')).forEach((place, index) => {
        const sentence = text.sentences[index] ?? '';
        if (place.textContent !== sentence) place.textContent = sentence;
      });
      program = text.program ?? '';
      open.hidden = program === '' || store.get().program === program;
      formula.textContent = formulaOf(program);
      const square = text === ADDER && !open.hidden ? squareGate(operations.get('mul')) : null;
      frame.hidden = square === null;
      if (square) drawCard(picture, quiet(gateCard(square, true, width, store.get().view.decimals)), null);
    },
  };
}

/** Without the words, which the close-up above has already told. */
function quiet(card: Card): Card {
  const isTold = ({ className }: Piece): boolean => /closeup-(word|local|halo)/.test(className);
  return { ...card, height: card.height - 16, pieces: card.pieces.filter((piece) => !isTold(piece)) };
}

function textOf(subject: Subject): PatternText | null {
  switch (subject.kind) {
    case 'gate':
      return patternText(subject.gate);
    case 'leaf':
      return subject.uses.length > 1 && subject.onPath ? ADDER : null;
    case 'edge':
    case 'output':
      return null;
  }
}
