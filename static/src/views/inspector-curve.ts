/** The output as one node of the selection varies, a step to try, and the gradient beside a finite difference. */
import type { App } from '../app';
import type { GradientCheck, GraphNode } from '../api/model';
import type { CurveRequest } from '../api/client';
import { checkLookup, curveLookup, programOf, varied } from '../curves';
import { entryName, entryNode, outputValue } from '../entries';
import type { Subject } from '../explain/subject';
import { tex, type Tex } from '../explain/tex';
import { isLeaf, varyingNodes } from '../explain/varying';
import { nameTex } from '../explain/worked';
import { graphNumber } from '../format';
import { renderTex } from '../math';
import { ends, REACH, windowFor, type Window } from '../plot/window';
import { curvePlot, type PlotMoment } from './curve-plot';
import { button, element } from './elements';
import { icon } from './icons';
import { resize, writeSentence } from './inspector-prose';
import { whatIf } from './what-if';

/** Points of a curve; fewer for programs so large that each point counts. */
const POINTS = 161;
const LEAST_POINTS = 41;
const NODES_TIMES_POINTS = 2_000_000;
/** More operands than this are not offered one by one. */
const MOST_CHOICES = 12;

/** Entries of a tensor that are offered by name; any other is chosen by its cell. */
const MOST_ENTRIES = 256;

export interface CurveSection {
  root: HTMLElement;
  update(subject: Subject): void;
  /** Of a tensor, the entry at this place varies; gives whether it is one of what can vary. */
  choose(node: string, place: number): boolean;
  /** The node and the entry that vary, where that is one of a tensor. */
  readonly entry: { node: string; place: number } | null;
}

/** Narrower than any inspector. */
const LEAST_WIDTH = 200;

export function curveSection(app: App): CurveSection {
  const { store } = app;
  const curves = curveLookup(redraw);
  const steps = curveLookup(redraw);
  const checks = checkLookup(redraw);
  const wholes = checkLookup(redraw);
  const plot = curvePlot(app);
  const trial = whatIf(redraw);
  const title = element('h3', 'inspector-title');
  const choices = element('div', 'curve-choices', { role: 'group', 'aria-label': 'What varies' });
  const entries = element('select', 'curve-entry', { hidden: true });
  const checkLine = element('p', 'check-line');
  const wholeLine = element('p', 'check-line check-whole', { hidden: true });
  const root = element(
    'section', 'inspector-section inspector-curve', {},
    element('div', 'inspector-head', {}, title, choices, entries, trial.root),
    plot.root, checkLine, wholeLine,
  );
  let subject: Subject | null = null;
  let chosen: string | null = null;
  /** Of tensors, the place of the entry that was chosen. */
  const places = new Map<string, number>();
  let present: { node: string; place: number } | null = null;
  let shownWindow: Window | null = null;
  let shown: { node: string; moment: PlotMoment } | null = null;

  function redraw(): void {
    if (subject) update(subject);
  }

  function update(next: Subject): void {
    subject = next;
    const nodes = varyingNodes(next);
    const one = nodes.find(({ id }) => id === chosen) ?? nodes[0];
    const place = one?.tensor ? placeOf(one) : null;
    present = one && place !== null ? { node: one.id, place } : null;
    root.hidden = one === undefined || (one.tensor !== undefined && place === null);
    if (!one || root.hidden) return;
    root.classList.toggle('of-tensor', place !== null);
    const node = place === null ? one : entryNode(one, place);
    writeSentence(title, [bold(nameTex(next.output)), ' as ', bold(nameTex(node)), ' varies']);
    title.setAttribute('aria-label', `${next.output.label} as ${node.label} varies`);
    writeChoices(nodes, one);
    writeEntries(one, place);
    writePlot(next, node);
    writeTrial(node);
    writeCheck(checkLine, checks, node);
    if (one.tensor) writeCheck(wholeLine, wholes, one);
    else wholeLine.hidden = true;
  }

  /** The entry that was chosen, else the first one that has a number; null where none has. */
  function placeOf({ id, tensor }: GraphNode): number | null {
    const numbers = tensor?.value.entries ?? [];
    const asked = places.get(id);
    const found = asked !== undefined && Number.isFinite(numbers[asked]) ? asked : numbers.findIndex(Number.isFinite);
    return found < 0 ? null : found;
  }

  function writeEntries({ id, label, shape, tensor }: GraphNode, place: number | null): void {
    entries.hidden = place === null || !tensor;
    if (place === null || !tensor) return;
    const count = tensor.value.entries?.length ?? 0;
    const key = `${id} ${label} ${shape.join()} ${String(place < MOST_ENTRIES ? 0 : place)}`;
    if (entries.dataset['key'] !== key) {
      entries.dataset['key'] = key;
      const offered = [...Array(Math.min(count, MOST_ENTRIES)).keys(), ...(place < MOST_ENTRIES ? [] : [place])];
      entries.replaceChildren(...offered.map((at) => element('option', '', { value: String(at) }, entryName(label, shape, at))));
      entries.setAttribute('aria-label', `Entry of ${label} that varies`);
    }
    entries.value = String(place);
  }

  function writeChoices(nodes: readonly GraphNode[], present: GraphNode): void {
    choices.hidden = nodes.length < 2;
    const offered = nodes.slice(0, MOST_CHOICES);
    const make = (): HTMLButtonElement => button('curve-choice', choose);
    resize(choices, choices.hidden ? 0 : offered.length, make).forEach((place, index) => {
      const node = offered[index];
      if (!node) return;
      place.dataset['id'] = node.id;
      place.setAttribute('aria-label', node.label);
      place.setAttribute('aria-pressed', String(node === present));
      renderTex(place, nameTex(node));
    });
  }

  function choose(event: MouseEvent): void {
    const place = event.currentTarget as HTMLElement;
    chosen = place.dataset['id'] ?? null;
    redraw();
  }

  function request(node: GraphNode, span: number, points: number, at = node.value): CurveRequest | null {
    const { answer, answerSource } = store.get();
    if (!answer) return null;
    const overrides = isLeaf(node) && node.name !== null ? { [node.name]: at } : {};
    return { ...programOf(answer, answerSource, overrides, store.get().values), ...varied(node, answerSource), span, points };
  }

  function writePlot({ output }: Subject, node: GraphNode): void {
    const { answer } = store.get();
    const window_ = plot.held && shownWindow?.id === node.id ? shownWindow : windowFor(shownWindow, node.id, node.value);
    const leaf = isLeaf(node) ? node.name : null;
    // The curve of a leaf is the same wherever its own value is; that of an inner node is asked for around its value.
    const at = leaf === null ? node.value : window_.centre;
    const points = Math.max(LEAST_POINTS, Math.min(POINTS, Math.floor(NODES_TIMES_POINTS / Math.max(1, numbersIn(answer?.nodes ?? [])))));
    const asked = request(node, REACH * window_.unit + Math.abs(at - window_.centre), points, at);
    const curve = asked && curves.find(asked);
    if (curve) {
      shownWindow = window_;
      const moment: PlotMoment = {
        curve,
        range: ends(window_),
        x: node.value,
        value: outputValue(output),
        slope: node.gradient ?? 0,
        label: node.label,
        output: output.label,
        leaf,
      };
      shown = { node: node.id, moment };
    }
    // Until the curve of this moment is there, the last one stays, with its own point.
    if (shown?.node !== node.id) shown = null;
    plot.root.classList.toggle('plot-waiting', shown === null);
    plot.root.toggleAttribute('hidden', curve === null);
    // A panel that is just opening or closing has no width yet; a plot needs room for its axis.
    if (shown) plot.draw(shown.moment, Math.max(LEAST_WIDTH, root.clientWidth));
  }

  function writeTrial(node: GraphNode): void {
    const offered = choices.hidden && isLeaf(node);
    trial.root.hidden = !offered;
    if (!offered) return;
    const asked = request(node, Math.abs(trial.stepOf(node)), 3);
    trial.update((asked && steps.find(asked)) ?? null);
  }

  function writeCheck(line: HTMLElement, lookup: typeof checks, node: GraphNode): void {
    const { answer, answerSource, values } = store.get();
    const check = answer && lookup.find({ ...programOf(answer, answerSource, {}, values), ...varied(node, answerSource) });
    line.classList.toggle('stale', check === undefined);
    if (check === undefined) {
      if (line.dataset['node'] !== node.id) line.replaceChildren();
      return;
    }
    line.dataset['node'] = node.id;
    line.hidden = check === null;
    if (check) fillCheck(line, check);
  }

  entries.addEventListener('change', () => {
    if (present) places.set(present.node, Number(entries.value));
    redraw();
  });

  return {
    root,
    update,
    choose(node, place) {
      const found = subject !== null && varyingNodes(subject).some(({ id }) => id === node);
      if (!found) return false;
      chosen = node;
      places.set(node, place);
      redraw();
      return true;
    },
    get entry() {
      return root.hidden ? null : present;
    },
  };
}

/** How many numbers a program has to compute, about. */
function numbersIn(nodes: readonly GraphNode[]): number {
  return nodes.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
}

const bold = (name: Tex): Tex => tex`\boldsymbol{${name}}`;

function fillCheck(line: HTMLElement, check: GradientCheck): void {
  const { verdict, message, step, tolerance } = check;
  line.classList.toggle('check-agrees', verdict === 'agrees');
  line.classList.toggle('check-differs', verdict !== 'agrees');
  line.title = `(f(x + h) − f(x − h)) / 2h with h = ${graphNumber(step, 4)}; both may differ by ${graphNumber(tolerance, 4)}.`;
  line.replaceChildren(
    icon(verdict === 'agrees' ? 'check' : 'warning'),
    element('span', '', {}, message.replace(/\.$/, '')),
    element('span', 'check-step', {}, `step ${graphNumber(step, 4)}`),
  );
}
