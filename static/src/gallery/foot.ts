/** The foot of the gallery: what the verdicts mean, and while a card is pointed at or has the focus, its source. */
import type { Lesson } from '../api/model';
import { button, element } from '../views/elements';
import { icon } from '../views/icons';
import { sourceText } from './choice';

export interface Foot {
  root: HTMLElement;
  show(lesson: Lesson | null): void;
}

export function makeFoot(onCheck: () => void): Foot {
  const note = element('p', 'foot-note');
  const source = element('p', 'foot-source');
  // Screen readers are told the same with the card itself.
  const about = element('div', 'foot-about', { 'aria-hidden': 'true', hidden: true }, note, source);
  const legend = element(
    'div',
    'foot-legend',
    {},
    element('span', 'verdict verdict-matches', {}, icon('check'), 'matches'),
    'to the last printed digit',
    element('span', 'verdict', {}, element('span', 'verdict-sign', { 'aria-hidden': 'true' }, '≈'), 'rounded'),
    'by rounding or cutting on the way',
    element('span', 'verdict verdict-wrong', {}, icon('warning'), 'source is wrong'),
    'the reason appears here',
    button('text-button foot-check', onCheck, {}, 'Check a worked example'),
  );
  return {
    root: element('footer', 'examples-foot', {}, legend, about),
    show(lesson) {
      legend.hidden = lesson !== null;
      about.hidden = lesson === null;
      if (!lesson) return;
      note.textContent = lesson.note;
      note.hidden = lesson.note === null;
      source.textContent = sourceText(lesson);
    },
  };
}
