/** The outlines of open groups: dashed line, title and Collapse in the top edge, local gradients at the foot. */
import { easeCubicOut } from 'd3-ease';
import { select } from 'd3-selection';
import 'd3-transition';
import { lettering } from './anatomy';
import type { FootLine, GroupTexts } from './group-texts';
import type { Measure } from './measure';
import type { SceneGroup } from './scene';
import { baseline, letter, set, setText, svg } from './svg';

export const TITLE_SIZE = 14;
export const FOOT_SIZE = 15;
const RADIUS = 14;
const SIDE = 16;
/** Middle of the top line, and of the last line at the foot. */
const TITLE_Y = 19;
const FOOT_Y = 23;
const LINE = 20;
const GAP = 8;
const BUTTON = { height: 24, inset: 5, icon: 20, padding: 10, size: 13, text: 'Collapse' } as const;
/** Two arrows towards each other. */
const COLLAPSE = 'M-6.5 0H-2M-4.5 -2.5L-2 0L-4.5 2.5M6.5 0H2M4.5 -2.5L2 0L4.5 2.5';

export interface GroupSizes {
  title: number;
  foot: number;
}

/** Widths that the layout keeps free. */
export function groupSizes({ title, notation, foot }: GroupTexts, measure: Measure): GroupSizes {
  return {
    title: titleWidth(title, measure) + GAP + measure.runs(notation, FOOT_SIZE) + 2 * GAP + buttonWidth(measure),
    foot: Math.max(0, ...foot.map((line) => wordsWidth(line, measure) + GAP + measure.runs(line.formula, FOOT_SIZE))),
  };
}

// The title is a little bolder than the face that is measured.
const titleWidth = (title: string, measure: Measure): number => Math.ceil(measure.width(title, 'caption', TITLE_SIZE) * 1.06);
const wordsWidth = ({ words }: FootLine, measure: Measure): number => Math.ceil(measure.width(words, 'caption', TITLE_SIZE));
const buttonWidth = (measure: Measure): number =>
  Math.ceil(measure.width(BUTTON.text, 'caption', BUTTON.size)) + BUTTON.icon + 2 * BUTTON.padding;

export interface GroupFrames {
  show(groups: readonly SceneGroup[], texts: ReadonlyMap<string, GroupTexts>, move: { animate: boolean; ms: number }): void;
  /** New numbers at the feet. */
  numbers(texts: ReadonlyMap<string, GroupTexts>): void;
  select(selected: ReadonlySet<string>): void;
  /** What is focused and pressed, by group id. */
  button(id: string, which: 'title' | 'collapse'): SVGGElement | null;
  clear(): void;
}

export function createGroupFrames(layer: SVGGElement, measure: Measure): GroupFrames {
  const drawn = new Map<string, SVGGElement>();

  function show(groups: readonly SceneGroup[], texts: ReadonlyMap<string, GroupTexts>, { animate, ms }: { animate: boolean; ms: number }): void {
    drawn.clear();
    const items = select(layer)
      .selectChildren<SVGGElement, SceneGroup>()
      .data([...groups], (group) => group.key)
      .join(
        (enter) => enter.append(frame).classed('arriving', animate),
        (update) => update.classed('arriving', false),
        (exit) => exit.interrupt().remove(),
      )
      .order();
    items.interrupt();
    const counts = nodeCounts(groups);
    items.each(function (group) {
      const { id } = group.open.group;
      drawn.set(id, this);
      const text = texts.get(id);
      if (text) write(this, group, text, counts.get(id) ?? 0);
    });
    const place = ({ x, y }: SceneGroup): string => `translate(${x.toFixed(1)},${y.toFixed(1)})`;
    items.filter(function () { return !animate || !this.hasAttribute('transform'); }).attr('transform', place);
    if (animate) items.transition().duration(ms).ease(easeCubicOut).attr('transform', place);
  }

  function write(root: SVGGElement, { open, width, height }: SceneGroup, { title, notation, name, foot }: GroupTexts, count: number): void {
    set(root, { class: 'group', 'aria-hidden': null });
    set(part(root, '.group-line'), { width, height });
    const label = part(root, '.group-title');
    const titleEnd = SIDE + titleWidth(title, measure);
    const formula = lettering(notation, FOOT_SIZE, measure);
    set(label, {
      'data-group': open.group.id,
      'aria-label': `Open group of ${String(count)} ${count === 1 ? 'node' : 'nodes'}: ${name}`,
    });
    setText(part(root, '.group-name'), title);
    const notationText = part(root, '.group-notation') as SVGTextElement;
    letter(notationText, formula);
    set(notationText, { x: titleEnd + GAP, y: (TITLE_Y + baseline(formula)).toFixed(1) });
    const titleRight = titleEnd + GAP + formula.width + GAP;
    for (const box of label.querySelectorAll('rect')) set(box, { width: (titleRight - SIDE + GAP).toFixed(1) });
    const collapse = part(root, '.group-collapse');
    const across = buttonWidth(measure);
    set(collapse, {
      'data-collapse': open.group.id,
      'aria-label': `Collapse ${name}`,
      transform: `translate(${(width - BUTTON.inset - across).toFixed(1)},${String(TITLE_Y - BUTTON.height / 2)})`,
    });
    for (const box of collapse.querySelectorAll('rect')) set(box, { width: across });
    writeFoot(root, height, foot);
  }

  function writeFoot(root: SVGGElement, height: number, foot: readonly FootLine[]): void {
    const holder = part(root, '.group-foot');
    while (holder.childElementCount < foot.length) holder.append(footLine());
    while (holder.childElementCount > foot.length) holder.lastElementChild?.remove();
    foot.forEach((line, index) => {
      const row = holder.children[index] as SVGGElement;
      const y = height - FOOT_Y - (foot.length - 1 - index) * LINE + (foot.length > 1 ? 6 : 0);
      set(row, { transform: `translate(${String(SIDE)},${y.toFixed(1)})` });
      setText(part(row, '.group-words'), line.words);
      const formula = lettering(line.formula, FOOT_SIZE, measure);
      const text = part(row, '.group-formula') as SVGTextElement;
      letter(text, formula);
      set(text, { x: wordsWidth(line, measure) + GAP - 2 });
    });
  }

  return {
    show,
    numbers(texts) {
      for (const [id, root] of drawn) {
        const text = texts.get(id);
        const height = Number(part(root, '.group-line').getAttribute('height'));
        if (text) writeFoot(root, height, text.foot);
      }
    },
    select(selected) {
      for (const [id, root] of drawn) root.classList.toggle('selected', selected.has(id));
    },
    button: (id, which) => drawn.get(id)?.querySelector<SVGGElement>(`.group-${which}`) ?? null,
    clear() {
      drawn.clear();
      layer.replaceChildren();
    },
  };
}

/** Nodes in each group, those of groups inside it too. */
function nodeCounts(groups: readonly SceneGroup[]): Map<string, number> {
  const counts = new Map<string, number>();
  // Outer groups come first, so from the last one on every group is complete before the one around it.
  for (const { open } of [...groups].reverse()) {
    const own = open.nodes.length + (counts.get(open.group.id) ?? 0);
    counts.set(open.group.id, own);
    if (open.parent !== null) counts.set(open.parent, (counts.get(open.parent) ?? 0) + own);
  }
  return counts;
}

function part(root: Element, selector: string): Element {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`A group is drawn without ${selector}.`);
  return found;
}

/** The empty outline; `write` says what stands in it. */
function frame(): SVGGElement {
  const box = (className: string): SVGRectElement => svg('rect', { class: className, height: BUTTON.height, rx: 7 });
  const title = svg(
    'g',
    { class: 'group-title press', role: 'button', tabindex: -1 },
    box('hit'),
  );
  set(title.firstElementChild as Element, { x: SIDE - GAP, y: TITLE_Y - BUTTON.height / 2 });
  const collapse = svg(
    'g',
    { class: 'group-collapse press', role: 'button', tabindex: -1 },
    box('hit'),
    svg('path', { class: 'group-icon', d: COLLAPSE, transform: `translate(${String(BUTTON.padding + 7)},${String(BUTTON.height / 2)})` }),
    svg('text', { x: BUTTON.padding + BUTTON.icon, y: BUTTON.height / 2 + 4.5, 'font-size': BUTTON.size, 'aria-hidden': 'true' }, BUTTON.text),
  );
  return svg(
    'g',
    { class: 'group' },
    svg('rect', { class: 'group-line', rx: RADIUS }),
    // The button's sentence says what these only abbreviate, so they are no part of it.
    title,
    svg('text', { class: 'group-name', x: SIDE, y: TITLE_Y + 4.5, 'font-size': TITLE_SIZE, 'aria-hidden': 'true' }),
    svg('text', { class: 'group-notation', 'aria-hidden': 'true' }),
    collapse,
    svg('g', { class: 'group-foot' }),
  );
}

function footLine(): SVGGElement {
  return svg(
    'g',
    {},
    svg('text', { class: 'group-words', y: 4.5, 'font-size': TITLE_SIZE }),
    svg('text', { class: 'group-formula', y: 4.5 }),
  );
}
