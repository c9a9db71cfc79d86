/** The gallery: search, filters, sections of cards, foot. Everything in it is made once, when it is first opened. */
import type { Lesson } from '../api/model';
import type { App } from '../app';
import { createMeasure } from '../graph/measure';
import { button, element } from '../views/elements';
import { icon } from '../views/icons';
import { linesOf } from '../check/lines';
import { cardAfterKey } from './arrows';
import { makeCard, type Card } from './card';
import { choose, FILTERS, openLesson, usefulFilters, type Filter } from './choice';
import { makeFoot } from './foot';
import { drawLesson, thumbnail } from './thumbnail';
import { whenSeen } from './when-seen';

export interface Gallery {
  /** The panel has been opened: brings cards up to date, and the focus to the search. */
  opened(): void;
}

export function gallery(panel: HTMLElement, app: App, lessons: readonly Lesson[], close: () => void): Gallery {
  const search = element('input', 'examples-search', {
    type: 'search',
    placeholder: 'Find an example',
    'aria-label': 'Find an example',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const filters = element('div', 'examples-filters', { role: 'group', 'aria-label': 'Show' });
  const list = element('div', 'examples-list');
  const count = element('p', 'visually-hidden', { role: 'status' });
  const foot = makeFoot(() => {
    const { program, values } = app.store.get();
    const open = openLesson(lessons, program, values);
    close();
    app.actions.setCheck(null);
    app.actions.setWorked(open ? linesOf(open) : (app.store.get().worked ?? ''));
  });
  const cards = lessons.map((lesson) => makeCard(lesson, pick));
  let shown: readonly Card[] = [];
  let filter = FILTERS[0] as Filter;

  panel.replaceChildren(
    element(
      'div',
      'examples-head',
      {},
      element('label', 'examples-field', {}, icon('search'), search),
      filters,
      button('icon-button examples-close', close, { 'aria-label': 'Close' }, icon('close')),
    ),
    count,
    list,
    foot.root,
  );

  const filterButtons = usefulFilters(lessons).map((item) => {
    const made = button('examples-filter', () => use(item), { 'aria-pressed': String(item === filter) }, item.label);
    return { item, made };
  });
  filters.append(...filterButtons.map(({ made }) => made));

  const measure = createMeasure(document.createElement('canvas').getContext('2d'));
  const seen = whenSeen(list);
  for (const card of cards) {
    seen.add(card.button, () => {
      card.typeset();
      card.place.replaceChildren(thumbnail(drawLesson(card.lesson, app.operations, measure), measure));
    });
  }

  function use(next: Filter): void {
    filter = next;
    for (const { item, made } of filterButtons) made.setAttribute('aria-pressed', String(item === next));
    show();
  }

  function show(): void {
    const found = new Set(choose(lessons, filter, search.value));
    shown = cards.filter(({ lesson }) => found.has(lesson));
    const sections = [...new Set(shown.map(({ lesson }) => lesson.section))];
    list.replaceChildren(...sections.map((name, index) => section(name, index === 0)));
    if (shown.length === 0) list.append(element('p', 'examples-none', {}, nothingFound(search.value)));
    count.textContent = shown.length === 1 ? '1 example' : `${String(shown.length)} examples`;
    foot.show(null);
    mark();
  }

  function section(name: string, first: boolean): HTMLElement {
    const note = first ? element('span', 'examples-note', {}, 'each card is checked against every number its source prints') : null;
    const items = shown.filter(({ lesson }) => lesson.section === name).map(({ root }) => root);
    return element(
      'section',
      'examples-section',
      { 'aria-label': name },
      element('h2', '', {}, name, note),
      element('ul', 'examples-cards', { role: 'list' }, ...items),
    );
  }

  /** The open example has a frame; it, or else the first card, is where Tab leads. */
  function mark(): void {
    const { program, values } = app.store.get();
    const open = openLesson(lessons, program, values);
    const stop = shown.find(({ lesson }) => lesson === open) ?? shown[0];
    for (const card of cards) {
      if (card.lesson === open) card.button.setAttribute('aria-current', 'true');
      else card.button.removeAttribute('aria-current');
      card.root.classList.toggle('open', card.lesson === open);
      card.button.tabIndex = card === stop ? 0 : -1;
    }
  }

  function pick(lesson: Lesson): void {
    close();
    app.actions.openExample(lesson);
  }

  function cardOf(target: EventTarget | null): Card | undefined {
    const found = target instanceof Element ? target.closest('.example') : null;
    return shown.find((card) => card.root === found);
  }

  function goTo(card: Card): void {
    for (const { button: other } of cards) other.tabIndex = other === card.button ? 0 : -1;
    card.button.focus({ preventScroll: true });
    card.button.scrollIntoView({ block: 'nearest' });
  }

  function onKey(event: KeyboardEvent): void {
    // The keys of the page (layers, steps, theme) are not for whoever is in here.
    if (event.key !== 'Escape' && !event.ctrlKey && !event.metaKey) event.stopPropagation();
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const card = cardOf(event.target);
    const first = shown[0];
    if (!card) {
      if (event.key !== 'ArrowDown' || !first) return;
      event.preventDefault();
      goTo(shown.find((one) => one.button.tabIndex === 0) ?? first);
      return;
    }
    const next = cardAfterKey(event.key, shown.map((one) => one.button.getBoundingClientRect()), shown.indexOf(card));
    if (next === null) return;
    event.preventDefault();
    const target = shown[next];
    if (target) goTo(target);
    else search.focus();
  }

  panel.addEventListener('keydown', onKey);
  search.addEventListener('input', show);
  const about = (event: Event): void => foot.show(cardOf(event.target)?.lesson ?? cardOf(document.activeElement)?.lesson ?? null);
  list.addEventListener('focusin', about);
  list.addEventListener('pointerover', about);
  list.addEventListener('pointerleave', about);
  panel.addEventListener('focusout', (event) => foot.show(cardOf(event.relatedTarget)?.lesson ?? null));

  show();
  return {
    opened() {
      mark();
      cards.find(({ button: { ariaCurrent } }) => ariaCurrent === 'true')?.button.scrollIntoView({ block: 'nearest' });
      // A finger that opened the gallery wants to see cards, not the keyboard of its device.
      if (matchMedia('(pointer: coarse)').matches) panel.focus();
      else {
        search.focus();
        search.select();
      }
    },
  };
}

function nothingFound(search: string): string {
  return search.trim() === '' ? 'There is no example of this kind.' : `No example matches “${search.trim().slice(0, 60)}”.`;
}
