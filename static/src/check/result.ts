/** The answer of the detective: verdict, the slips that give the number, and those that were tried. */
import type { Diagnosis, SlipMatch } from '../api/model';
import { button, element } from '../views/elements';
import { icon } from '../views/icons';
import { writeSentence } from '../views/inspector-prose';
import { cellsOf, firstWrong } from './cells';
import { countWord, sentenceOf, toneOf } from './words';

export interface ResultEvents {
  /** The slip whose ways are lit, of several that match; null for none. */
  onLight(match: SlipMatch | null): void;
  onPaths(): void;
  /** A wrong entry of a tensor, with what was typed for it. */
  onEntry(index: number[], typed: string): void;
}

const SHOWN = 5;

export function resultOf(found: Diagnosis, events: ResultEvents): HTMLElement {
  const tone = toneOf(found.verdict);
  const sign = tone === 'wrong' ? icon('warning') : tone === 'right' ? icon('check') : element('span', 'check-near', { 'aria-hidden': 'true' }, '≈');
  const box = element('div', `check-result check-${tone}`, {}, element('h3', 'check-headline', {}, sign, line('span', sentenceOf(found.headline))));
  if (found.says) box.append(line('p', sentenceOf(found.says), 'check-says'));
  if (found.which && tone !== 'right') box.append(line('p', sentenceOf(found.which), 'check-says'));
  const cells = cellsOf(found, events.onEntry);
  if (cells && tone !== 'right') box.append(cells);
  const [only, ...others] = found.matches;
  if (only && others.length === 0) {
    // In the box of "Rounded on the way." the reason is not said yet.
    if (tone === 'near') box.append(line('p', sentenceOf(only.says), 'check-says'));
    box.append(...termsOf(only));
  }
  if (found.digits !== null) box.append(element('p', 'check-digits', {}, found.digits));
  if (only && others.length > 0) box.append(several(found.matches, events));
  if (found.caution !== null) box.append(element('p', 'check-digits', {}, found.caution));
  if (found.matches.some(({ kind, total }) => kind === 'path' && total !== null)) {
    const title = only && only.kept.length + only.left_out.length === 2 ? 'Show both paths' : 'Show all paths';
    box.append(button('button check-paths', () => events.onPaths(), {}, title));
  }
  return element('div', '', {}, box, ...(found.tried.length > 0 ? [triedOf(found)] : []));
}

function line<K extends 'p' | 'span' | 'td' | 'th'>(tag: K, sentence: ReturnType<typeof sentenceOf>, className = ''): HTMLElementTagNameMap[K] {
  const made = element(tag, className);
  writeSentence(made, sentence);
  return made;
}

/** What was kept, what was left out, and the sum. */
function termsOf({ kept, left_out, total }: SlipMatch): HTMLElement[] {
  if (!total) return [];
  const row = (className: string, label: HTMLElement, number: string): HTMLElement =>
    element('tr', className, {}, label, element('td', 'check-number', {}, number));
  const named = (words: string, term: SlipMatch['kept'][number]): HTMLElement => {
    const cell = line('th', [`${words}, `, ...sentenceOf(term.name)]);
    cell.scope = 'row';
    return cell;
  };
  const sum = kept.length + left_out.length === 2 ? 'both' : 'all';
  const rows = [
    ...kept.map((term) => row('check-kept', named('kept', term), term.shown)),
    ...left_out.map((term) => row('check-left', named('left out', term), term.shown)),
    row('check-total', element('th', '', { scope: 'row' }, `${sum} together`), total.shown),
  ];
  const caption = element('caption', 'visually-hidden', {}, 'Terms of the sum');
  return [element('table', 'check-terms', {}, caption, element('tbody', '', {}, ...rows))];
}

/** Several slips that give the digits: none is preferred, and each can be lit on the graph. */
function several(matches: readonly SlipMatch[], { onLight }: ResultEvents): HTMLElement {
  const list = element('ul', 'check-matches', { role: 'list' });
  const switches: HTMLButtonElement[] = [];
  for (const match of matches) {
    // A way of rounding is told by its one sentence.
    const title = match.kind === 'rounding' ? null : line('p', sentenceOf(match.title), 'check-match-title');
    const item = element('li', 'check-match', {}, title, line('p', sentenceOf(match.says), 'check-says'));
    item.append(...termsOf(match));
    if (match.gives && !match.gives_all) item.append(element('p', 'check-digits', {}, givesText(match.gives.length)));
    if (match.digits !== null) item.append(element('p', 'check-digits', {}, match.digits));
    if (match.kept_edges.length > 0 || match.node !== null) {
      const control = button('button check-light', () => {
        const on = control.getAttribute('aria-pressed') !== 'true';
        for (const one of switches) one.setAttribute('aria-pressed', String(one === control && on));
        onLight(on ? match : null);
      }, { 'aria-pressed': 'false', 'aria-label': `Show on the graph: ${match.title.text}` }, 'Show on the graph');
      switches.push(control);
      item.append(control);
    }
    list.append(item);
  }
  return list;
}

const givesText = (count: number): string => `It gives ${countWord(count)} of the wrong entries.`;

function triedOf(found: Diagnosis): HTMLElement {
  const { tried, tried_count, matches, printed } = found;
  const first = firstWrong(found);
  const none = first ? `at ${first.name}, where yours is ${first.typed}` : `none gives ${printed.text}`;
  const heading = matches.length > 0 ? 'Also tried' : 'Tried';
  const rows = tried.map(({ title, gives }) => {
    const name = line('th', sentenceOf(title));
    name.scope = 'row';
    return element('tr', '', {}, name, element('td', 'check-number', {}, gives));
  });
  const body = element('tbody', '', {}, ...rows.slice(0, SHOWN));
  const others = tried_count - matches.length - SHOWN;
  const table = element('table', 'check-tried', {}, element('caption', 'visually-hidden', {}, heading), body);
  const parts: HTMLElement[] = [
    element('div', 'check-tried-head', {}, element('h3', '', {}, heading), element('span', '', {}, none.replace('-', '−'))),
    table,
  ];
  if (others > 0) {
    const more = button('check-more', () => {
      const open = more.getAttribute('aria-expanded') !== 'true';
      more.setAttribute('aria-expanded', String(open));
      body.replaceChildren(...(open ? rows : rows.slice(0, SHOWN)));
      rest.hidden = !open || tried_count - matches.length <= tried.length;
    }, { 'aria-expanded': 'false' }, `and ${String(others)} more`, icon('chevron'));
    const unlisted = tried_count - matches.length - tried.length;
    const rest = element('p', 'check-digits', { hidden: true }, `${countWord(unlisted)} more gave other numbers too.`);
    parts.push(more, rest);
  }
  return element('section', 'check-tried-section', { 'aria-label': heading }, ...parts);
}
