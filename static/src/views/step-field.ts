/** A small field for a step: a number with its sign, in a line of text. */
import { stepText } from '../explain/nudge';
import { readNumber } from '../format';
import { element } from './elements';

export interface StepField {
  root: HTMLInputElement;
  /** Shows this step, unless the reader is typing another. */
  show(step: number): void;
}

/** `take` gets what the reader typed, and never zero; Escape puts the old step back. */
export function stepField(label: string, take: (step: number) => void): StepField {
  let shown = 0;
  const root = element('input', 'step-input', {
    type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false', 'aria-label': label,
  });

  function write(): void {
    const text = stepText(shown);
    if (root.value !== text) root.value = text;
    root.style.width = `${String(text.length)}ch`;
  }

  function read(): void {
    const typed = readNumber(root.value.replace(/^\s*\+/, ''));
    if (typed !== null && typed !== 0 && typed !== shown) {
      shown = typed;
      take(typed);
    }
    write();
  }

  root.addEventListener('focus', () => root.select());
  root.addEventListener('blur', read);
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') read();
    else if (event.key === 'Escape' && root.value !== stepText(shown)) write();
    else return;
    root.select();
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    root,
    show(step) {
      const isTyping = document.activeElement === root && step === shown;
      shown = step;
      if (!isTyping) write();
    },
  };
}
