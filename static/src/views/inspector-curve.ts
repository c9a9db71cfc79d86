/** The output as one node of the selection varies, a step to try, and the gradient beside a finite difference. */
import type { App } from '../app';
import type { GradientCheck, GraphNode } from '../api/model';
import type { CurveRequest } from '../api/client';
import { checkLookup, curveLookup, programOf, varied } from '../curves';
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

export interface CurveSection {
  root: HTMLElement;
  update(subject: Subject): void;
}

/** Narrower than any inspector. */
const LEAST_WIDTH = 200;

export function curveSection(app: App): CurveSection {
  const { store } = app;
  const curves = curveLookup(redraw);
  const steps = curveLookup(redraw);
  const checks = checkLookup(redraw);
  const plot = curvePlot(app);
  const trial = whatIf(redraw);
  const title = element('h3', 'inspector-title');
  const choices = element('div', 'curve-choices', { role: 'group', 'aria-label': 'What varies' });
  const checkLine = element('p', 'check-line');
  const root = element(
    'section', 'inspector-section inspector-curve', {},
    element('div', 'inspector-head', {}, title, choices, trial.root),
    plot.root, checkLine,
  );
  let subject: Subject | null = null;
  let chosen: string | null = null;
  let shownWindow: Window | null = null;
  let shown: { node: string; moment: PlotMoment } | null = null;

  function redraw(): void {
    if (subject) update(subject);
  }

  function update(next: Subject): void {
    subject = next;
    const nodes = varyingNodes(next);
    const node = nodes.find(({ id }) => id === chosen) ?? nodes[0];
    root.hidden = node === undefined;
    if (!node) return;
    writeSentence(title, [bold(nameTex(next.output)), ' as ', bold(nameTex(node)), ' varies']);
    title.setAttribute('aria-label', `${next.output.label} as ${node.label} varies`);
    writeChoices(nodes, node);
    writePlot(next, node);
    writeTrial(node);
    writeCheck(node);
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
    return { ...programOf(answer, answerSource, overrides), ...varied(node, answerSource), span, points };
  }

  function writePlot({ output }: Subject, node: GraphNode): void {
    const { answer } = store.get();
    const window_ = plot.held && shownWindow?.id === node.id ? shownWindow : windowFor(shownWindow, node.id, node.value);
    const leaf = isLeaf(node) ? node.name : null;
    // The curve of a leaf is the same wherever its own value is; that of an inner node is asked for around its value.
    const at = leaf === null ? node.value : window_.centre;
    const points = Math.max(LEAST_POINTS, Math.min(POINTS, Math.floor(NODES_TIMES_POINTS / (answer?.nodes.length ?? 1))));
    const asked = request(node, REACH * window_.unit + Math.abs(at - window_.centre), points, at);
    const curve = asked && curves.find(asked);
    if (curve) {
      shownWindow = window_;
      const moment: PlotMoment = {
        curve,
        range: ends(window_),
        x: node.value,
        value: output.value,
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

  function writeCheck(node: GraphNode): void {
    const { answer, answerSource } = store.get();
    const check = answer && checks.find({ ...programOf(answer, answerSource), ...varied(node, answerSource) });
    checkLine.classList.toggle('stale', check === undefined);
    if (check === undefined) {
      if (checkLine.dataset['node'] !== node.id) checkLine.replaceChildren();
      return;
    }
    checkLine.dataset['node'] = node.id;
    checkLine.hidden = check === null;
    if (check) fillCheck(checkLine, check);
  }

  return { root, update };
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
