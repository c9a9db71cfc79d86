/** One card of the gallery: a small drawing, title, one line, verdict, and where the lesson comes from. */
import type { Lesson } from '../api/model';
import { renderMath } from '../math';
import { button, element } from '../views/elements';
import { icon } from '../views/icons';
import { sourceText, verdictText } from './choice';

export interface Card {
  lesson: Lesson;
  /** An item of a list: the card's frame, with the button in it and what describes it below. */
  root: HTMLLIElement;
  button: HTMLButtonElement;
  /** Where the drawing goes when the card is seen. */
  place: HTMLElement;
  /** Typesets the title, where it is a formula; until then it is plain text. */
  typeset(): void;
}

export function makeCard(lesson: Lesson, pick: (lesson: Lesson) => void): Card {
  const place = element('span', 'example-drawing', { 'aria-hidden': 'true' });
  const title = element('span', 'example-title', {}, lesson.title);
  const about = element('p', 'example-about', { id: `example-about-${lesson.slug}` }, aboutText(lesson));
  const made = button(
    'example-card',
    () => pick(lesson),
    {
      'aria-describedby': about.id,
      'data-slug': lesson.slug,
      tabindex: '-1',
    },
    place,
    title,
    element('span', 'example-summary', {}, lesson.summary),
    verdictChip(lesson),
  );
  const typeset = (): void => {
    if (lesson.formula === null) return;
    // Screen readers are told the title as it is written: within a name MathML is a heap of letters.
    const formula = element('span', '', { 'aria-hidden': 'true' });
    title.replaceChildren(element('span', 'visually-hidden', {}, lesson.title), formula);
    renderMath(formula, lesson.formula);
  };
  return { lesson, root: element('li', 'example', {}, made, about), button: made, place, typeset };
}

/** The note comes first: why a source is wrong is what the reader asks. */
export function aboutText(lesson: Lesson): string {
  return [lesson.note, sourceText(lesson)].filter(Boolean).join(' ');
}

function verdictChip(lesson: Lesson): HTMLElement {
  const text = verdictText(lesson);
  switch (lesson.verdict.kind) {
    case 'matches':
      return element('span', 'verdict verdict-matches', {}, icon('check'), text);
    case 'wrong':
      return element('span', 'verdict verdict-wrong', {}, icon('warning'), text);
    case 'rounded':
      return element('span', 'verdict', {}, element('span', 'verdict-sign', { 'aria-hidden': 'true' }, '≈'), text);
    default:
      return element('span', 'verdict', {}, text);
  }
}
