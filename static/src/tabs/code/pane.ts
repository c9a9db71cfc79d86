/** One pane of code: a list of lines, one of which is the stop of the tab key. Far lines are made when they come into sight. */
import type { CodeLine } from '../../api/model';
import { element } from '../../views/elements';
import { tokensOf } from './tokens';

/** Lines that are made together. */
const CHUNK = 100;

export interface Pane {
  root: HTMLElement;
  show(lines: readonly CodeLine[], column: number): void;
  /** Lines that are lit, by number. */
  light(numbers: ReadonlySet<number>): void;
  select(numbers: ReadonlySet<number>): void;
  element(number: number): HTMLElement | null;
  focus(number: number): void;
}

export interface PaneOptions {
  label: string;
  className: string;
  onPoint(line: CodeLine | null): void;
  onPick(line: CodeLine): void;
  /** Past the first or the last line: to the neighbouring pane. */
  onLeave(by: 1 | -1): void;
}

export function codePane({ label, className, onPoint, onPick, onLeave }: PaneOptions): Pane {
  const root = element('div', `code-list ${className}`, { role: 'listbox', 'aria-label': label });
  let lines: readonly CodeLine[] = [];
  let chunks: HTMLElement[] = [];
  let lit: ReadonlySet<number> = new Set();
  let selected: ReadonlySet<number> = new Set();
  /** Index of the line that the tab key goes to. */
  let stop = 0;

  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      const at = chunks.indexOf(target as HTMLElement);
      for (const near of [at - 1, at, at + 1]) fill(near);
    }
  });

  const first = (): number => lines[0]?.number ?? 1;
  const lineOf = (target: EventTarget | null): CodeLine | null => {
    const row = target instanceof Element ? target.closest<HTMLElement>('.code-line') : null;
    return row ? (lines[Number(row.dataset['line']) - first()] ?? null) : null;
  };

  function fill(at: number): void {
    const chunk = chunks[at];
    if (!chunk || chunk.firstChild) return;
    observer.unobserve(chunk);
    chunk.style.removeProperty('height');
    chunk.append(...lines.slice(at * CHUNK, (at + 1) * CHUNK).map(makeLine));
    for (const row of chunk.children) mark(row as HTMLElement);
  }

  function mark(row: HTMLElement): void {
    const number = Number(row.dataset['line']);
    row.classList.toggle('is-lit', lit.has(number));
    row.setAttribute('aria-selected', String(selected.has(number)));
    row.tabIndex = number - first() === stop ? 0 : -1;
  }

  function each(numbers: Iterable<number>): void {
    for (const number of numbers) {
      const row = elementOf(number);
      if (row) mark(row);
    }
  }

  function elementOf(number: number): HTMLElement | null {
    const index = number - first();
    return (chunks[Math.floor(index / CHUNK)]?.children[index % CHUNK] as HTMLElement | undefined) ?? null;
  }

  function goTo(index: number): void {
    fill(Math.floor(index / CHUNK));
    const before = stop;
    stop = index;
    each([before + first(), index + first()]);
    const row = elementOf(index + first());
    row?.focus({ preventScroll: true });
    // Down to the line, but not across to the end of a long one.
    const across = root.closest<HTMLElement>('.code-pane');
    const left = across?.scrollLeft ?? 0;
    row?.scrollIntoView({ block: 'nearest' });
    if (across) across.scrollLeft = left;
  }

  root.addEventListener('keydown', (event) => {
    const line = lineOf(event.target);
    if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
    const here = line.number - first();
    const last = lines.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: last, PageDown: Math.min(last, here + 10), PageUp: Math.max(0, here - 10),
    };
    const to = moves[event.key];
    if (event.key === 'Enter' || event.key === ' ') onPick(line);
    else if (to === undefined) return;
    else if (to < 0 || to > last) onLeave(to < 0 ? -1 : 1);
    else goTo(to);
    event.preventDefault();
    event.stopPropagation();
  });
  root.addEventListener('focusin', (event) => {
    const line = lineOf(event.target);
    if (line) onPoint(line);
  });
  root.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node && root.contains(event.relatedTarget))) onPoint(null);
  });
  root.addEventListener('click', (event) => {
    const line = lineOf(event.target);
    if (!line || getSelection()?.type === 'Range') return;
    goTo(line.number - first());
    onPick(line);
  });
  root.addEventListener('pointerover', (event) => {
    if (event.pointerType !== 'touch') onPoint(lineOf(event.target));
  });
  root.addEventListener('pointerleave', () => onPoint(null));

  return {
    root,
    show(next, column) {
      const focused = root.contains(document.activeElement) ? lineOf(document.activeElement) : null;
      const isSame = next.length === lines.length && next[0]?.number === lines[0]?.number;
      lines = next;
      root.style.setProperty('--column', String(column));
      if (!isSame) stop = 0;
      observer.disconnect();
      chunks = Array.from({ length: Math.ceil(lines.length / CHUNK) }, (_, at) => {
        const chunk = element('div', 'code-chunk', { role: 'presentation' });
        chunk.style.height = `calc(${String(Math.min(CHUNK, lines.length - at * CHUNK))} * var(--line-height))`;
        return chunk;
      });
      const scroller = root.closest<HTMLElement>('.code-pane');
      const scrolled = scroller?.scrollTop ?? 0;
      root.replaceChildren(...chunks);
      fill(0);
      for (const chunk of chunks) if (!chunk.firstChild) observer.observe(chunk);
      if (scroller) scroller.scrollTop = scrolled;
      if (focused) goTo(Math.min(lines.length - 1, Math.max(0, focused.number - first())));
    },
    light(numbers) {
      const before = lit;
      lit = numbers;
      each([...before, ...numbers]);
    },
    select(numbers) {
      const before = selected;
      selected = numbers;
      each([...before, ...numbers]);
    },
    element: elementOf,
    focus(number) {
      goTo(Math.min(lines.length - 1, Math.max(0, number - first())));
    },
  };
}

/** Values green and gradients red; of a leaf that is a tensor the shape, which is neither. */
function toneOf(kind: CodeLine['kind'], comment: string): string {
  if (/\b(nan|inf)\b/.test(comment)) return 'tone-warn';
  return kind === 'gate' ? 'tone-value' : kind === 'leaves' ? 'tone-shape' : 'tone-gradient';
}

function makeLine(line: CodeLine): HTMLElement {
  const code = element('code', 'code-text');
  const target = line.leaf && line.kind === 'gradient';
  tokensOf(line.text).forEach(({ kind, text }, at) => {
    const isTarget = target && at === 0;
    const plain = !isTarget && (kind === 'name' || kind === 'space' || kind === 'number');
    code.append(plain ? text : element('span', isTarget ? 'code-leaf' : `code-${kind}`, {}, text));
  });
  const { comment } = line;
  const tone = comment === null ? '' : toneOf(line.kind, comment);
  return element(
    'div',
    'code-line',
    { role: 'option', 'aria-selected': 'false', tabindex: '-1', 'data-line': String(line.number) },
    element('span', 'code-number', {}, String(line.number)),
    code,
    comment === null ? null : element('span', `code-value ${tone}`, line.value === null ? {} : { title: String(line.value) }, comment),
  );
}
