/** Under the stage: buttons that tell the story step by step, and a timeline with one cell for each step. */
import type { App } from '../app';
import { superscript } from '../format';
import { SPEEDS, type Speed, type State } from '../state';
import type { Step } from '../stepper/steps';
import { stepBy, stepToEnd, stepToStart, togglePlay } from '../stepper/moves';
import { positionOf, storyOf, type Story } from '../stepper/story';
import { button, element } from './elements';
import { transportIcon } from './icons';

const STEP_MS = 1200;
/** From this many steps on cells carry no symbols; from the second number on they are one bar. */
const NO_SYMBOLS = 40;
const ONE_BAR = 120;

export function transport(root: HTMLElement, app: App): void {
  const { store, actions, operations } = app;
  const story = (): Story | null => storyOf(store.get(), operations);
  const here = (): number => {
    const told = story();
    return told ? positionOf(store.get(), told) : 0;
  };
  const count = (): number => story()?.steps.length ?? 0;

  const first = iconButton('First step', 'first', () => stepToStart(app));
  const back = iconButton('Step back', 'back', () => stepBy(app, -1));
  const play = button('transport-play', () => togglePlay(app), { 'aria-label': 'Play' }, transportIcon('play'));
  const forward = iconButton('Step forward', 'forward', () => stepBy(app, 1));
  const lastStep = iconButton('Last step', 'last', () => stepToEnd(app));
  const timeline = element('div', 'timeline', { role: 'slider', tabindex: '0', 'aria-label': 'Step', 'aria-valuemin': '0' });
  const counter = element('span', 'transport-count', {});
  const speed = element('select', 'transport-speed', { 'aria-label': 'Speed' });
  for (const value of SPEEDS) speed.append(element('option', '', { value: String(value) }, `${value}×`));
  speed.addEventListener('change', () => actions.setSpeed(Number(speed.value) as Speed));
  root.append(element('div', 'transport-buttons', {}, first, back, play, forward, lastStep), timeline, counter, speed);

  scrubbing(timeline, (position) => actions.goToStep(position), here, count);

  let shown: Story | null = null;
  let cells: HTMLElement[] = [];
  let mark: HTMLElement | null = null;

  function draw(state: State): void {
    const told = storyOf(state, operations);
    root.hidden = told === null || told.steps.length < 2;
    if (!told || root.hidden) return;
    if (told.graph !== shown?.graph && !sameSteps(told.steps, shown?.steps)) ({ cells, mark } = buildTimeline(timeline, told));
    shown = told;
    const position = positionOf(state, told);
    paint(cells, mark, told.steps, position);
    const step = told.steps[position - 1];
    timeline.setAttribute('aria-valuemax', String(told.steps.length));
    timeline.setAttribute('aria-valuenow', String(position));
    timeline.setAttribute('aria-valuetext', sentence(step, position, told));
    counter.replaceChildren(element('strong', '', {}, String(position)), ` of ${told.steps.length}`);
    const stale = state.status === 'unreadable';
    root.classList.toggle('is-stale', stale);
    timeline.setAttribute('aria-disabled', String(stale));
    for (const control of [first, back]) control.disabled = stale || position === 0;
    for (const control of [forward, lastStep]) control.disabled = stale || position === told.steps.length;
    play.disabled = stale;
  }

  store.watch((state) => state, (_, state) => draw(state));
  store.watch((state) => state.speed, (value) => (speed.value = String(value)));
  store.watch(
    (state) => state.playing,
    (playing) => {
      play.replaceChildren(transportIcon(playing ? 'pause' : 'play'));
      play.setAttribute('aria-label', playing ? 'Pause' : 'Play');
    },
  );
  keepPlaying(app, here, count);
}

/** Advances while `playing`; at the end the story stops there. */
function keepPlaying({ store }: App, here: () => number, count: () => number): void {
  let timer = 0;
  function advance(): void {
    const next = here() + 1;
    const over = next >= count();
    store.set({ step: over ? null : next, playing: !over });
  }
  store.watch(
    (state) => (state.playing ? `${String(state.step)} ${state.speed}` : ''),
    (moment) => {
      window.clearTimeout(timer);
      // The first step is told at once: whoever presses Play wants to see something move.
      if (moment) timer = window.setTimeout(advance, here() === 0 ? 0 : STEP_MS / store.get().speed);
    },
  );
}

function iconButton(label: string, name: 'first' | 'back' | 'forward' | 'last', act: () => void): HTMLButtonElement {
  return button('icon-button', act, { 'aria-label': label, title: label }, transportIcon(name));
}

function sameSteps(one: readonly Step[], other: readonly Step[] | undefined): boolean {
  return one.length === other?.length && one.every((step, index) => step.node === other[index]?.node && step.phase === other[index]?.phase);
}

function buildTimeline(timeline: HTMLElement, { graph, steps }: Story): { cells: HTMLElement[]; mark: HTMLElement | null } {
  const split = steps.findIndex((step) => step.phase === 'seed');
  const forward = block('Forward', 'is-forward', split);
  const backward = block('Backward', 'is-backward', steps.length - split);
  timeline.replaceChildren(forward.root, backward.root);
  timeline.style.setProperty('--steps', String(steps.length));
  if (steps.length > ONE_BAR) {
    const mark = element('span', 'timeline-mark', {});
    timeline.append(mark);
    return { cells: [forward.row, backward.row], mark };
  }
  const symbols = new Map(graph.nodes.map((node) => [node.id, node.symbol]));
  const cells = steps.map((step) => {
    const text = step.phase === 'seed' ? '1' : plainSymbol(symbols.get(step.node) ?? '');
    return element('span', 'timeline-cell', {}, steps.length > NO_SYMBOLS ? '' : text);
  });
  forward.row.append(...cells.slice(0, split));
  backward.row.append(...cells.slice(split));
  return { cells, mark: null };
}

/** A gate's symbol in one line of plain text: "x^2" -> "x²". */
function plainSymbol(symbol: string): string {
  return symbol.replace(/\^(\d+)/g, (_, power: string) => superscript(Number(power))).replace('^x', 'ˣ').replace('1/2', '½');
}

function block(title: string, className: string, size: number): { root: HTMLElement; row: HTMLElement } {
  const row = element('span', 'timeline-row', {});
  const root = element('span', `timeline-block ${className}`, {}, element('span', 'timeline-title', {}, title), row);
  root.style.flexGrow = String(Math.max(1, size));
  return { root, row };
}

function paint(cells: readonly HTMLElement[], mark: HTMLElement | null, steps: readonly Step[], position: number): void {
  if (mark) {
    mark.style.left = `${(100 * position) / steps.length}%`;
    return;
  }
  cells.forEach((cell, index) => {
    cell.classList.toggle('is-done', index < position);
    cell.classList.toggle('is-current', index === position - 1);
  });
}

function sentence(step: Step | undefined, position: number, { graph, steps }: Story): string {
  if (!step) return `Before step 1 of ${steps.length}`;
  const node = graph.nodes.find((one) => one.id === step.node);
  const what = step.phase === 'seed' ? 'seed 1' : `${step.phase}, ${node?.label ?? ''} gate`;
  return `Step ${position} of ${steps.length}, ${what}`;
}

/** A press or drag on the timeline goes to that step; arrows, Home and End too. */
function scrubbing(timeline: HTMLElement, go: (position: number) => void, here: () => number, count: () => number): void {
  function at(event: PointerEvent): number {
    const cells = [...timeline.querySelectorAll('.timeline-cell')];
    const found = cells.findLastIndex((cell) => cell.getBoundingClientRect().left <= event.clientX);
    if (cells.length > 0) return found + 1;
    const box = timeline.getBoundingClientRect();
    return Math.round((count() * (event.clientX - box.left)) / box.width);
  }
  const isOff = (): boolean => timeline.getAttribute('aria-disabled') === 'true';
  timeline.addEventListener('pointerdown', (event) => {
    if (isOff()) return;
    timeline.setPointerCapture(event.pointerId);
    go(at(event));
  });
  timeline.addEventListener('pointermove', (event) => {
    if (timeline.hasPointerCapture(event.pointerId)) go(Math.min(count(), Math.max(0, at(event))));
  });
  timeline.addEventListener('keydown', (event) => {
    const moves: Record<string, number> = { ArrowLeft: here() - 1, ArrowDown: here() - 1, ArrowRight: here() + 1, ArrowUp: here() + 1, Home: 0, End: count() };
    const target = moves[event.key];
    if (target === undefined || isOff()) return;
    event.preventDefault();
    go(target);
  });
}
