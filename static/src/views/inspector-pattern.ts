/** What the gate does to the gradient, in the words of the registry; only what is true for these numbers. */
import type { App } from '../app';
import type { Subject } from '../explain/subject';
import { ADDER, patternText, type PatternText } from '../explain/words';
import { element } from './elements';
import { resize, section } from './inspector-prose';

export interface PatternSection {
  root: HTMLElement;
  update(subject: Subject): void;
}

export function patternSection(_app: App): PatternSection {
  const part = section('inspector-pattern', '');
  return {
    root: part.root,
    update(subject) {
      const text = textOf(subject);
      part.root.hidden = text === null;
      if (!text) return;
      part.setTitle(text.title);
      resize(part.body, text.sentences.length, () => element('p', 'inspector-sentence')).forEach((place, index) => {
        const sentence = text.sentences[index] ?? '';
        if (place.textContent !== sentence) place.textContent = sentence;
      });
    },
  };
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
