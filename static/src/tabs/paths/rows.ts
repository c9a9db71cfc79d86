/** The list of paths: one row each, that is lit when it is pointed at or focused. Arrow keys go from row to row. */
import { renderMath } from '../../math';
import { element } from '../../views/elements';
import type { Bar, Bars } from './bars';
import { tensorTable } from '../tensor-table';
import { footOf, type Factor, type PathsModel, type Row } from './model';
import { partsSentence, type TensorParts } from './tensor-model';

/** Digits after the point of a part's entries. */
const PART_DECIMALS = 3;
/** Rows that are made at once; the others come as the reader scrolls. */
const AT_ONCE = 40;

export interface PathList {
  root: HTMLElement;
  show(model: PathsModel | null, chosen: number | null): void;
  choose(index: number | null): void;
}

interface Options {
  /** A row is pointed at, or none. */
  onPoint(index: number | null): void;
  onChoose(index: number | null): void;
}

export function pathList({ onPoint, onChoose }: Options): PathList {
  const list = element('div', 'path-list', { role: 'listbox', 'aria-label': 'Paths' });
  const end = element('div', 'path-list-end', { 'aria-hidden': 'true' });
  const foot = element('div', 'path-foot');
  const root = element('div', 'path-rows', {}, list, end, foot);
  let model: PathsModel | null = null;
  let made = 0;
  let chosen: number | null = null;

  const rowAt = (index: number): HTMLElement | null => (list.children[index] as HTMLElement | undefined) ?? null;
  const indexOf = (target: EventTarget | null): number | null => {
    const row = target instanceof Element ? target.closest<HTMLElement>('.path-row') : null;
    return row ? Number(row.dataset['index']) : null;
  };
  const count = (): number => model?.answer.paths.length ?? 0;

  function makeUpTo(wanted: number): void {
    const last = Math.min(wanted, count());
    for (; model && made < last; made += 1) list.append(makeRow(model, made));
    end.hidden = made >= count();
  }

  const observer = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) makeUpTo(made + AT_ONCE);
  });
  observer.observe(end);

  function mark(): void {
    const stop = chosen !== null && chosen < made ? chosen : 0;
    for (const [index, row] of [...list.children].entries()) {
      row.setAttribute('aria-selected', String(index === chosen));
      (row as HTMLElement).tabIndex = index === stop ? 0 : -1;
    }
  }

  function goTo(index: number): void {
    makeUpTo(index + 1);
    onChoose(index);
    rowAt(index)?.focus();
  }

  list.addEventListener('keydown', (event) => {
    const here = indexOf(event.target);
    if (here === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = count() - 1;
    const moves: Record<string, number> = {
      ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: last, PageDown: here + 10, PageUp: here - 10, Enter: here, ' ': here,
    };
    const to = moves[event.key];
    if (event.key === 'Escape' && chosen !== null) onChoose(null);
    else if (to !== undefined) goTo(Math.min(last, Math.max(0, to)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener('click', (event) => {
    const index = indexOf(event.target);
    if (index !== null) goTo(index);
  });
  list.addEventListener('pointerover', (event) => {
    if (event.pointerType !== 'touch') onPoint(indexOf(event.target));
  });
  list.addEventListener('pointerleave', () => onPoint(null));

  return {
    root,
    show(next, wanted) {
      const focused = list.contains(document.activeElement) ? indexOf(document.activeElement) : null;
      model = next;
      chosen = wanted;
      made = 0;
      list.replaceChildren();
      list.hidden = foot.hidden = count() === 0;
      makeUpTo(Math.max(AT_ONCE, (wanted ?? 0) + 1, (focused ?? 0) + 1));
      if (model) fillFoot(foot, model);
      mark();
      if (focused !== null) rowAt(Math.min(focused, made - 1))?.focus();
    },
    choose(index) {
      if (chosen === index) return;
      chosen = index;
      if (index !== null) makeUpTo(index + 1);
      mark();
    },
  };
}

function makeRow(model: PathsModel, index: number): HTMLElement {
  const row = model.row(index);
  if (model.tensor) return makeTensorRow(row, index, model.tensor);
  const nodes = element('span', '');
  renderMath(nodes, row.nodes);
  const hidden = { 'aria-hidden': 'true' };
  return element(
    'div',
    'path-row',
    { role: 'option', 'aria-selected': 'false', tabindex: '-1', 'data-index': String(index) },
    // Screen readers are told the row as a sentence: MathML in an option is a heap of letters.
    element('span', 'visually-hidden', {}, row.words),
    element('span', 'path-number', hidden, String(index + 1)),
    element('span', 'path-nodes', hidden, nodes),
    element('span', 'path-factors', hidden, ...row.factors.map((factor, at) => makeTerm(factor, at > 0))),
    element('span', 'path-equals', hidden, row.relation),
    element('span', `path-product ${toneOf(row.product)}`, { ...hidden, title: String(model.answer.paths[index]?.product) }, row.product),
    barTrack(row.bar ? [row.bar] : [], model.bars),
  );
}

/** The product of a whole tensor's path is a table; below each factor stands the rule that is computed in its place. */
function makeTensorRow(row: Row, index: number, { products, rules }: TensorParts): HTMLElement {
  const nodes = element('span', '');
  renderMath(nodes, row.nodes);
  const hidden = { 'aria-hidden': 'true' };
  const terms = row.factors.map((factor, at) => {
    const term = makeTerm(factor, at > 0, '·');
    const rule = row.factors.length === rules[index]?.length ? rules[index][at] : null;
    if (rule !== null && rule !== undefined) {
      const made = element('span', 'path-rule');
      renderMath(made, rule);
      term.querySelector('.path-factor')?.append(made);
    }
    return term;
  });
  const product = products[index];
  return element(
    'div',
    'path-row of-tensor',
    { role: 'option', 'aria-selected': 'false', tabindex: '-1', 'data-index': String(index) },
    element('span', 'visually-hidden', {}, row.words),
    element('span', 'path-number', hidden, String(index + 1)),
    element('span', 'path-nodes', hidden, nodes),
    element('span', 'path-factors', hidden, ...terms),
    element('span', 'path-equals', hidden, '='),
    element('span', 'path-part', hidden, ...(product ? [tensorTable(product, { kind: 'gradient', caption: '', decimals: PART_DECIMALS })] : [])),
  );
}

function makeTerm(factor: Factor | number, hasSign: boolean, times = '×'): HTMLElement {
  const sign = element('span', 'path-times', {}, hasSign ? times : '');
  const text = typeof factor === 'number' ? element('span', 'path-gap', {}, `${String(factor)} more`) : factorOf(factor);
  return element('span', 'path-term', {}, sign, text);
}

function factorOf({ latex, tone, text }: Factor): HTMLElement {
  const symbol = element('span', 'path-symbol');
  renderMath(symbol, latex);
  return element('span', 'path-factor', {}, symbol, element('span', `path-value ${toneOf(text, tone)}`, {}, text));
}

/** The class of a number's colour: NaN and the infinities warn, whatever they are. */
function toneOf(text: string, tone: Factor['tone'] = 'gradient'): string {
  return /^(NaN|−?∞)$/.test(text) ? 'tone-warn' : `tone-${tone}`;
}

function barTrack(pieces: readonly Bar[], bars: Bars | null): HTMLElement {
  const track = element('span', 'path-bar', { 'aria-hidden': 'true' });
  for (const { left, width, negative } of pieces) {
    const piece = element('span', negative ? 'path-bar-piece is-negative' : 'path-bar-piece');
    piece.style.left = percent(left);
    piece.style.width = percent(width);
    track.append(piece);
  }
  if (bars && bars.zero > 0) {
    const zero = element('span', 'path-bar-zero');
    zero.style.left = percent(bars.zero);
    track.append(zero);
  }
  return track;
}

const percent = (share: number): string => `${(100 * share).toFixed(3)}%`;

function fillFoot(foot: HTMLElement, model: PathsModel): void {
  if (model.tensor) {
    const total = tensorTable(model.tensor.total, { kind: 'gradient', caption: 'The gradient', decimals: PART_DECIMALS });
    const words = element('p', 'path-foot-text', {}, partsSentence(model.answer));
    if (model.answer.paths.length === 1) {
      foot.replaceChildren(words);
      return;
    }
    foot.replaceChildren(words, element('span', 'path-equals', {}, '='), element('div', 'path-part', {}, total));
    return;
  }
  const text = element('p', 'path-foot-text');
  for (const part of footOf(model)) text.append(part.isNumber ? element('strong', toneOf(part.text), {}, part.text) : part.text);
  foot.replaceChildren(
    text,
    element('span', 'path-equals', {}, model.printed.relation),
    element('strong', `path-product path-total ${toneOf(model.printed.total)}`, { title: String(model.answer.total) }, model.printed.total),
    barTrack(model.bars?.total ?? [], model.bars),
  );
}
