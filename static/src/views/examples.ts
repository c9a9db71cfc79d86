/** The panel of examples: a card each, with a verdict on every number that its source prints. The page stays live behind it. */
import type { Lesson } from '../api/model';
import type { App } from '../app';
import { button, element, popover } from './elements';
import { icon } from './icons';

type Filter = { label: string; keeps: (lesson: Lesson) => boolean };

const FILTERS: readonly Filter[] = [
  { label: 'All', keeps: () => true },
  { label: 'Gates', keeps: (lesson) => lesson.kind === 'gates' },
  { label: 'Neurons', keeps: (lesson) => lesson.kind === 'neurons' },
  { label: 'Networks', keeps: (lesson) => lesson.kind === 'networks' },
  { label: 'Source is wrong', keeps: (lesson) => lesson.verdict.kind === 'wrong' },
];

export function examples(root: HTMLElement, app: App): void {
  const trigger = button('button', () => undefined, { 'aria-haspopup': 'dialog' }, 'Examples', icon('chevron'));
  const search = element('input', 'examples-search', { type: 'search', placeholder: 'Find an example', 'aria-label': 'Find an example' });
  const filters = element('div', 'examples-filters', { role: 'group', 'aria-label': 'Show' });
  const list = element('div', 'examples-list', { tabindex: '0', role: 'group', 'aria-label': 'Examples' });
  const panel = element('div', 'examples', { role: 'dialog', 'aria-label': 'Examples' });
  const control = popover(trigger, panel, () => void open());
  const close = button('icon-button', () => control.close(), { 'aria-label': 'Close' }, icon('close'));
  panel.append(
    element('div', 'examples-head', {}, element('label', 'examples-field', {}, icon('search'), search), filters, close),
    list,
    verdictLegend(),
  );
  root.append(trigger, panel);

  let lessons: readonly Lesson[] = [];
  let filter = FILTERS[0] as Filter;
  const filterButtons = FILTERS.map((item) =>
    button('examples-filter', () => choose(item), { 'aria-pressed': String(item === filter) }, item.label),
  );
  filters.append(...filterButtons);

  function choose(next: Filter): void {
    filter = next;
    FILTERS.forEach((item, index) => filterButtons[index]?.setAttribute('aria-pressed', String(item === filter)));
    show();
  }

  async function open(): Promise<void> {
    search.focus();
    if (lessons.length > 0) {
      show();
      return;
    }
    list.replaceChildren(element('p', 'examples-none', {}, 'Loading the examples.'));
    try {
      lessons = await app.lessons();
      show();
    } catch {
      list.replaceChildren(element('p', 'examples-none', {}, 'No answer from the server. Close this panel and open it again to retry.'));
    }
  }

  function show(): void {
    const wanted = search.value.trim().toLowerCase();
    const found = lessons.filter((lesson) => filter.keeps(lesson) && textOf(lesson).includes(wanted));
    const sections = [...new Set(found.map((lesson) => lesson.section))];
    const current = app.store.get().example;
    list.replaceChildren(
      ...sections.map((section, index) =>
        element(
          'section',
          'examples-section',
          { 'aria-label': section },
          element(
            'h2',
            '',
            {},
            section,
            index === 0 ? element('span', 'examples-note', {}, 'each card is checked against every number its source prints') : null,
          ),
          element(
            'div',
            'examples-cards',
            {},
            ...found.filter((lesson) => lesson.section === section).map((lesson) => card(lesson, lesson.slug === current, pick)),
          ),
        ),
      ),
      ...(found.length === 0 ? [element('p', 'examples-none', {}, `No example matches “${search.value.trim().slice(0, 60)}”.`)] : []),
    );
  }

  function pick(lesson: Lesson): void {
    control.close();
    app.actions.openExample(lesson);
  }

  search.addEventListener('input', show);
}

function textOf(lesson: Lesson): string {
  return `${lesson.title} ${lesson.summary} ${lesson.source.title} ${lesson.program}`.toLowerCase();
}

function card(lesson: Lesson, isOpen: boolean, pick: (lesson: Lesson) => void): HTMLElement {
  const note = lesson.verdict.kind === 'wrong' && lesson.note ? element('span', 'example-note', {}, lesson.note) : null;
  return button(
    'example-card',
    () => pick(lesson),
    { 'aria-current': isOpen ? 'true' : null },
    element('code', 'example-program', {}, firstLine(lesson.program)),
    element('span', 'example-title', {}, lesson.title),
    element('span', 'example-summary', {}, lesson.summary),
    verdict(lesson),
    note,
    element('span', 'example-source', {}, [lesson.source.title, lesson.source.place].filter(Boolean).join(', ')),
  );
}

function firstLine(program: string): string {
  return program.split(/[\n;]/).find((line) => line.trim() !== '' && !line.trim().startsWith('#'))?.trim() ?? '';
}

function verdict(lesson: Lesson): HTMLElement {
  const { kind, count, total } = lesson.verdict;
  if (kind === 'matches') return element('span', 'verdict verdict-matches', {}, icon('check'), 'matches');
  if (kind === 'rounded') return element('span', 'verdict', {}, '≈ ', `${count} of ${total} rounded on the way`);
  if (kind === 'wrong') return element('span', 'verdict verdict-wrong', {}, icon('warning'), `source is wrong, ${count} of ${total}`);
  return element('span', 'verdict', {}, 'no numbers printed');
}

function verdictLegend(): HTMLElement {
  return element(
    'footer',
    'examples-foot',
    {},
    element('span', 'verdict verdict-matches', {}, icon('check'), 'matches'),
    'to the last printed digit',
    element('span', 'verdict', {}, '≈ rounded'),
    'by rounding or cutting on the way',
    element('span', 'verdict verdict-wrong', {}, icon('warning'), 'source is wrong'),
    'with the reason on the card',
  );
}
