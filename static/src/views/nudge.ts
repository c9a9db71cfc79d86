/** The nudge card: what the gradient predicted for a step of a leaf, and what became true. */
import type { App } from '../app';
import type { CurveRequest } from '../api/client';
import type { Answer, Curve, GraphNode } from '../api/model';
import { curveLookup, programOf } from '../curves';
import { entryNode, leafAndPlace, outputValue } from '../entries';
import { missSentence, nudgeNumbers, stepSize, type NudgeNumbers, type Step } from '../explain/nudge';
import { numberTex, tex, withBrackets, type Tex } from '../explain/tex';
import { nameTex } from '../explain/worked';
import { graphNumber } from '../format';
import { renderTex } from '../math';
import { nextNudge, type Nudge } from '../nudging';
import { drawNudge } from '../plot/nudge-plot';
import { localUnit } from '../plot/window';
import type { State } from '../state';
import { button, element } from './elements';
import { icon } from './icons';
import { writeSentence } from './inspector-prose';
import { stepField } from './step-field';

/** Points of the curve that is asked for; the card shows a third to three quarters of its range. */
const POINTS = 241;
/** How far a curve must reach for a step: it shows two steps from the start, and spans grow by doubling. */
const STEPS_SEEN = 2.05;

interface Row {
  root: HTMLElement;
  formula: HTMLElement;
  result: HTMLElement;
}

export function nudgeCard(stage: HTMLElement, { store, actions }: App): void {
  const curves = curveLookup(update);
  const title = element('h2', 'nudge-title');
  const way = element('span', 'nudge-way');
  const field = stepField('Size of the step', take);
  const rows = { predicted: row('predicted'), change: row('true'), difference: row('difference') };
  const sentence = element('p', 'nudge-sentence');
  const plot = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  plot.setAttribute('class', 'plot nudge-plot');
  plot.setAttribute('aria-hidden', 'true');
  const close = button('icon-button nudge-close', () => forget(), { 'aria-label': 'Close the nudge card' }, icon('close'));
  const card = element(
    'section', 'nudge', { hidden: true },
    element(
      'div', 'nudge-words', {},
      element('div', 'nudge-head', {}, title, way, element('label', 'nudge-step', {}, 'step ', field.root)),
      element('div', 'nudge-rows', {}, rows.predicted.root, rows.change.root, rows.difference.root),
      sentence,
    ),
    plot, close,
  );
  stage.append(card);
  let nudge: Nudge | null = null;
  let seen: State | null = null;
  let continues = false;
  /** The last curve of this nudge: it stays until a wider one has come. */
  let curve: Curve | null = null;

  function forget(): void {
    nudge = null;
    update();
  }

  function look(): void {
    const state = store.get();
    const next = nextNudge(nudge, state, seen, continues);
    seen = state;
    const isOther = next?.name !== nudge?.name || next?.before !== nudge?.before;
    if (isOther) curve = null;
    nudge = next;
    update();
  }

  function update(): void {
    const { view, answer } = store.get();
    const step = nudge && answer && view.nudge ? stepOf(nudge, answer) : null;
    // A drag that ended where it began was none.
    card.hidden = !step || (nudge?.rest !== null && step.to === step.from);
    if (!nudge || !step || card.hidden) return;
    const { node } = step;
    card.setAttribute('aria-label', `Nudge of ${node.label}`);
    writeSentence(title, ['Nudge of ', tex`\boldsymbol{${nameTex(node)}}`]);
    const decimals = decimalsOf(step, view.decimals);
    way.replaceChildren(
      `${graphNumber(step.from, decimals)} → `,
      element('b', 'nudge-new', {}, graphNumber(step.to, decimals)),
    );
    field.show(stepSize(step));
    const numbers = nudgeNumbers(step);
    writeRows(numbers);
    const asked = curveFor(nudge, node, step, store.get().values);
    curve = curves.find(asked) ?? curve;
    setText(sentence, missSentence(step, numbers, curve));
    if (curve && step.to !== step.from) {
      drawNudge(plot, { curve, ...step, predicted: step.before + numbers.predicted });
    } else plot.replaceChildren();
  }

  function writeRows({ product, subtraction, predicted, change, difference, decimals }: NudgeNumbers): void {
    const [slope, size] = product;
    const [after, before] = subtraction;
    renderTex(rows.predicted.formula, tex`${numberTex(slope)} \times ${bracketed(size)}`);
    renderTex(rows.change.formula, tex`${numberTex(after)} - ${bracketed(before)}`);
    setText(rows.predicted.result, graphNumber(predicted, decimals));
    setText(rows.change.result, graphNumber(change, decimals));
    setText(rows.difference.result, graphNumber(difference, decimals));
  }

  /** Gives the leaf the value that lies the typed step away from the start. */
  function take(typed: number): void {
    if (!nudge) return;
    continues = true;
    actions.dragValue(nudge.name, Number((nudge.from + typed).toPrecision(15)));
    actions.endDrag();
    continues = false;
  }

  card.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    forget();
    document.getElementById('stage')?.focus();
  });
  // A press on the card is none on the graph behind it.
  card.addEventListener('pointerdown', (event) => event.stopPropagation());

  store.watch((state) => state.drag, look);
  store.watch((state) => state.answer, look);
  store.watch((state) => state.program, look);
  store.watch((state) => state.values, look);
  store.watch((state) => state.conventions, look);
  store.watch((state) => state.selection, look);
  store.watch((state) => state.view, update);
}

/** The step in the numbers of one answer, or null where the leaf has none. */
function stepOf({ name, from, before }: Nudge, now: Answer): (Step & { node: GraphNode }) | null {
  const [first, node] = [leafOf(before, name), leafOf(now, name)];
  const [start, end] = [outputOf(before), outputOf(now)];
  if (!first || !node || !start || !end || first.gradient === null) return null;
  return { node, from, to: node.value, before: outputValue(start), after: outputValue(end), slope: first.gradient };
}

/** A leaf, or an entry of one as a node of its own. */
function leafOf(answer: Answer, name: string): GraphNode | null {
  const found = leafAndPlace(answer, name);
  return found && (found.place === null ? found.leaf : entryNode(found.leaf, found.place));
}

const outputOf = ({ nodes, output }: Answer): GraphNode | undefined => nodes.find(({ id }) => id === output);

/** A curve around the start, over a span that doubles as the step grows: a drag asks for a handful of them. */
function curveFor({ name, from, before, source }: Nudge, node: GraphNode, step: Step, beside: ReadonlyMap<string, number>): CurveRequest {
  const unit = localUnit(from);
  const size = Math.abs(step.to - step.from);
  const doublings = size === 0 ? 0 : Math.ceil(Math.log2((STEPS_SEEN * size) / unit));
  return { ...programOf(before, source, { [name]: from }, beside), leaf: node.name ?? name, span: unit * 2 ** doublings, points: POINTS };
}

/** Decimals of the graph, and more where the step would not show in them. */
function decimalsOf(step: Step, least: number): number {
  const size = Math.abs(stepSize(step));
  return size === 0 ? least : Math.min(6, Math.max(least, Math.ceil(-Math.log10(size))));
}

function bracketed(number: NudgeNumbers['product'][number]): Tex {
  return withBrackets(numberTex(number), number.negative);
}

function row(name: string): Row {
  const formula = element('span', 'nudge-formula');
  const result = element('b', `nudge-result nudge-${name}`);
  return { root: element('div', 'nudge-row', {}, element('span', 'nudge-word', {}, name), formula, result), formula, result };
}

function setText(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}
