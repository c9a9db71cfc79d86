/** What backpropagation saves: edges visited path by path against each visited once, the paths shown folding into one. */
import type { PathsAnswer } from '../../api/model';
import { element } from '../../views/elements';
import { pathsText } from './model';

/** From here on a bar would say nothing: the number stands in its place. */
const MOST_FOR_A_BAR = 1e6;
/** Pieces of a bar that can be told apart. */
const MOST_PIECES = 24;
const FOLD_MS = 1100;
/** For this share of the time the paths stand side by side. */
const APART = 0.35;

type Visits = PathsAnswer['visits'];

export interface Meter {
  root: HTMLElement;
  show(answer: PathsAnswer): void;
}

export function meter(): Meter {
  const title = element('h2', 'meter-title');
  const one = measure();
  const heading = element('h3', 'meter-heading');
  const every = measure();
  const note = element('p', 'meter-note');
  const more = element('div', 'meter-more', {}, heading, every.root, note);
  const root = element('section', 'path-meter', { 'aria-label': 'What backpropagation saves' }, title, one.root, more);
  let shown = '';
  return {
    root,
    show({ start, output, visits, all_leaves: leaves }) {
      title.replaceChildren(...titleOf(visits));
      one.root.hidden = visits.paths.exact === 0;
      const key = JSON.stringify([start, output, visits]);
      one.show(visits, ' visits', key !== shown);
      shown = key;
      more.hidden = leaves.leaves < 2 || leaves.paths.exact === 0;
      heading.textContent = `All ${String(leaves.leaves)} leaves`;
      every.show(leaves, '', false);
      note.textContent = `${pathsText(leaves.paths)} ${leaves.paths.text === '1' ? 'runs' : 'run'} over ${edgesText(leaves.edges)}. One backward pass serves them all.`;
    },
  };
}

const edgesText = (count: number): string => `${String(count)} ${count === 1 ? 'edge' : 'edges'}`;

function titleOf({ paths, edges }: Visits): (Node | string)[] {
  if (paths.exact === 0) return ['No path, no edge to visit'];
  const bold = (text: string): HTMLElement => element('strong', '', {}, text);
  return [bold(paths.text), ` ${paths.text === '1' ? 'path' : 'paths'}, `, bold(String(edges)), ` ${edges === 1 ? 'edge' : 'edges'}, each visited once`];
}

interface Measure {
  root: HTMLElement;
  show(visits: Visits, unit: string, folds: boolean): void;
}

function measure(): Measure {
  const [slow, quick] = [line('Path by path', 'meter-bar'), line('Backpropagation', 'meter-bar is-quick')];
  return {
    root: element('div', 'meter-lines', {}, slow.root, quick.root),
    show({ paths, path_by_path: steps, edges }, unit, folds) {
      const exact = Number(steps.exact);
      const most = Math.max(exact, edges, 1);
      const fits = exact <= MOST_FOR_A_BAR;
      slow.fill(fits ? exact / most : null, `${steps.text}${unit}`);
      quick.fill(edges / most, `${String(edges)}${unit}`);
      if (folds && fits && exact > edges) fold(quick.track, Math.min(Number(paths.exact), MOST_PIECES), edges / most);
    },
  };
}

interface Line {
  root: HTMLElement;
  track: HTMLElement;
  fill(share: number | null, text: string): void;
}

function line(label: string, className: string): Line {
  const bar = element('span', className);
  const track = element('span', 'meter-track', { 'aria-hidden': 'true' }, bar);
  const count = element('span', 'meter-count');
  const root = element('p', 'meter-line', {}, element('span', 'meter-label', {}, label), track, count);
  return {
    root,
    track,
    fill(share, text) {
      track.hidden = share === null;
      root.classList.toggle('is-number', share === null);
      if (share !== null) bar.style.width = `${(100 * share).toFixed(2)}%`;
      count.textContent = text;
    },
  };
}

/** The paths side by side slide onto each other until every edge is there once. */
function fold(track: HTMLElement, pieces: number, share: number): void {
  if (pieces < 2 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const old of track.querySelectorAll('.meter-piece')) old.remove();
  for (let index = 0; index < pieces; index += 1) {
    const piece = track.appendChild(element('span', 'meter-piece'));
    const width = 100 / pieces;
    const apart = { left: `${(index * width).toFixed(2)}%`, width: `calc(${width.toFixed(2)}% - 1px)` };
    const together = { left: `${((100 * share - width) * index / (pieces - 1)).toFixed(2)}%`, width: `${width.toFixed(2)}%` };
    const way = piece.animate([apart, { ...apart, offset: APART, easing: 'cubic-bezier(.2,0,0,1)' }, together], FOLD_MS);
    way.onfinish = way.oncancel = () => piece.remove();
  }
}
