/** The page /operations, which can be read without it: find, the section in sight, theme, print. */
import { applyAppearance, keepAppearance, readAppearance, shownTheme } from '../appearance';
import { button, element } from '../views/elements';
import { icon } from '../views/icons';
import { foundText, matches, wordsOf } from './find';

function need<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${id}.`);
  return found;
}

const field = need('find', HTMLInputElement);
const found = need('found', HTMLElement);
const nothing = need('nothing-found', HTMLElement);
const rows = [...document.querySelectorAll<HTMLElement>('.cheat-row')];
const sections = [...document.querySelectorAll<HTMLElement>('.cheat-section')];
const contents = need('contents', HTMLElement);
const links = new Map([...contents.querySelectorAll('a')].map((link) => [link.hash.slice(1), link]));

/** Shows the rows that match; sections without one go, and the four rules, which are no operations, go too. */
function filter(query: string): void {
  const isOn = wordsOf(query).length > 0;
  let count = 0;
  for (const row of rows) {
    row.hidden = !matches(row.dataset['words'] ?? '', query);
    if (!row.hidden) count += 1;
  }
  for (const section of sections) {
    section.hidden = isOn && section.querySelector('.cheat-row:not([hidden])') === null;
    const link = links.get(section.id);
    if (link) link.hidden = section.hidden;
  }
  found.textContent = foundText(count, rows.length, query);
  nothing.hidden = count > 0;
  nothing.textContent = count > 0 ? '' : `No operation matches “${query.trim()}”.`;
  spy();
}

/** The address keeps what is looked for, so that reload and a copied link give the same page. */
function keepQuery(query: string): void {
  const address = new URL(location.href);
  if (wordsOf(query).length > 0) address.searchParams.set('find', query.trim());
  else address.searchParams.delete('find');
  history.replaceState(null, '', address);
}

/** Marks the section whose heading was last scrolled past. */
function spy(): void {
  const shown = sections.filter(({ hidden }) => !hidden);
  const isAtEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2 && scrollY > 0;
  const passed = shown.filter((section) => section.getBoundingClientRect().top < 0.3 * innerHeight);
  const current = (isAtEnd ? shown : passed).at(-1) ?? shown[0];
  for (const [id, link] of links) {
    if (id !== current?.id) link.removeAttribute('aria-current');
    else if (!link.hasAttribute('aria-current')) {
      link.setAttribute('aria-current', 'true');
      // In a narrow window the sections are one row that scrolls.
      contents.scrollLeft = link.offsetLeft - contents.offsetLeft - (contents.clientWidth - link.offsetWidth) / 2;
    }
  }
}

function themeButton(): HTMLElement {
  const change = button('icon-button', () => {
    const appearance = readAppearance();
    keepAppearance({ ...appearance, theme: shownTheme(appearance.theme) === 'dark' ? 'light' : 'dark' });
    show();
  });
  function show(): void {
    const appearance = readAppearance();
    applyAppearance(appearance);
    const label = shownTheme(appearance.theme) === 'dark' ? 'Light theme' : 'Dark theme';
    change.replaceChildren(icon(label === 'Light theme' ? 'sun' : 'moon'));
    change.setAttribute('aria-label', label);
    change.title = label;
  }
  show();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  return element('div', 'top-group', {}, change);
}

field.addEventListener('input', () => {
  filter(field.value);
  keepQuery(field.value);
});
field.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.isComposing) return;
  event.preventDefault();
  if (field.value === '') field.blur();
  field.value = '';
  filter('');
  keepQuery('');
});
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target === field) return;
  if (!readAppearance().letterKeys) return;
  event.preventDefault();
  field.focus();
  field.select();
});
// A row that a link names must be in sight, whatever is looked for.
addEventListener('hashchange', () => {
  const target = document.getElementById(location.hash.slice(1));
  if (!target?.hidden) return;
  field.value = '';
  filter('');
  keepQuery('');
  target.scrollIntoView();
});
addEventListener('scroll', spy, { passive: true });
need('print', HTMLButtonElement).addEventListener('click', () => print());
need('sheet-buttons', HTMLElement).append(themeButton());
field.value = new URLSearchParams(location.search).get('find') ?? '';
filter(field.value);
