/**
 * One tensor enlarged, over the stage: every entry, however many there are. Esc or its button closes it; it goes with the
 * program that it belongs to. Keys move from entry to entry, the pointer reads out what it is over.
 */
import { fetchJson } from '../api/client';
import { withTensors } from '../api/tensors';
import type { Answer, GraphNode, Tensor } from '../api/model';
import type { App } from '../app';
import { openingFor } from '../evaluation';
import { graphNumber } from '../format';
import { sizeOf } from '../graph/cell-sizes';
import { scaleOf } from '../graph/tint-scale';
import { renderMath } from '../math';
import { tabQuestion } from '../tabs/question';
import { button, element } from '../views/elements';
import { icon } from '../views/icons';
import { entryName, fittingStep, moved, STEPS, type Place } from './scale';
import { drawSheet } from './sheet';

type Kind = 'value' | 'gradient';
const NAMES: Readonly<Record<Kind, string>> = { value: 'Value', gradient: 'Gradient' };

let open: { close(): void } | null = null;

/** Opens the tensor of a node; the focus comes back to `opener`. Another one that is open closes. */
export function openTensorZoom({ store }: App, node: GraphNode, kind: Kind, opener: HTMLElement | null): void {
  open?.close();
  const stage = document.getElementById('stage');
  if (!stage || !node.tensor) return;
  const { label, shape } = node;
  const grid = sizeOf(shape);
  const title = element('div', 'tensor-zoom-title');
  renderMath(title, node.latex);
  const readout = element('p', 'tensor-zoom-readout', { 'aria-hidden': 'true' });
  const spoken = element('p', 'visually-hidden', { role: 'status' });
  const canvas = element('canvas', 'tensor-zoom-canvas', { 'aria-hidden': 'true' });
  const room = element('div', 'tensor-zoom-room', {}, canvas);
  const box = element(
    'div', 'tensor-zoom-box',
    { tabindex: '0', role: 'group', 'aria-label': `Entries of ${label}, ${shape.join(' by ')}; arrow keys go from one to the next` },
    room,
  );
  const kinds = (['value', 'gradient'] as const).filter((one) => node.tensor?.[one]);
  const choices = kinds.map((one) => button(`chip tensor-zoom-kind ${one}`, () => choose(one), {}, NAMES[one]));
  const closing = button('icon-button', () => close(), { 'aria-label': 'Close the enlarged tensor' }, icon('close'));
  const out = button('icon-button', () => zoom(-1), { 'aria-label': 'Smaller' }, '−');
  const into = button('icon-button', () => zoom(1), { 'aria-label': 'Larger' }, '+');
  const root = element(
    'section', 'tensor-zoom', { 'aria-label': `${label} enlarged` },
    element('header', 'tensor-zoom-header', {}, title, element('span', 'tensor-zoom-shape', {}, shape.join(' × ')), ...choices, out, into, closing),
    box, readout, spoken,
  );

  let told: Kind = kind;
  let step: number | null = null;
  let current: Place = { row: 0, column: 0 };
  let pointed: Place | null = null;
  let tensors: NonNullable<GraphNode['tensor']> = node.tensor;
  let asking = new AbortController();

  const cell = (): (typeof STEPS)[number] => STEPS[step ?? 0] ?? STEPS[0]!;
  const shownTensor = (): Tensor => tensors[told] ?? tensors.value;

  function draw(): void {
    const tensor = shownTensor();
    if (box.clientWidth === 0) return;
    step ??= fittingStep(grid, { width: box.clientWidth, height: box.clientHeight });
    room.style.setProperty('width', `${String(grid.columns * cell().width)}px`);
    room.style.setProperty('height', `${String(grid.rows * cell().height)}px`);
    choices.forEach((one, i) => one.setAttribute('aria-pressed', String(kinds[i] === told)));
    out.disabled = step === 0;
    into.disabled = step === STEPS.length - 1;
    const at = pointed ?? current;
    readout.textContent = tensor.entries ? sentence(at) : 'Its entries are on their way.';
    if (!tensor.entries) return;
    const decimals = store.get().view.decimals;
    drawSheet(canvas, box, { ...grid, entries: tensor.entries, scale: scaleOf([tensor]), decimals }, cell(), at);
  }

  function sentence({ row, column }: Place): string {
    const index = row * grid.columns + column;
    const number = (one: Kind): string => graphNumber(tensors[one]?.entries?.[index] ?? NaN, Math.max(4, store.get().view.decimals));
    const gradient = tensors.gradient?.entries ? `, gradient ${number('gradient')}` : '';
    return `${entryName(label, shape, index)} is ${number('value')}${gradient}`;
  }

  function choose(next: Kind): void {
    told = next;
    draw();
  }

  /** The entry that is told stays where it is, or comes into sight. */
  function zoom(by: -1 | 1 | 0): void {
    step = by === 0 ? null : Math.max(0, Math.min(STEPS.length - 1, (step ?? 0) + by));
    draw();
    const { width, height } = cell();
    box.scrollTo({ left: (current.column + 0.5) * width - box.clientWidth / 2, top: (current.row + 0.5) * height - box.clientHeight / 2 });
    draw();
  }

  function reveal({ row, column }: Place): void {
    const { width, height } = cell();
    const into = (at: number, size: number, start: number, shown: number): number => Math.max(at + size - shown, Math.min(at, start));
    box.scrollTo({
      left: into(column * width, width, box.scrollLeft, box.clientWidth),
      top: into(row * height, height, box.scrollTop, box.clientHeight),
    });
  }

  function placeAt({ clientX, clientY }: PointerEvent): Place | null {
    const { left, top } = box.getBoundingClientRect();
    const row = Math.floor((clientY - top + box.scrollTop) / cell().height);
    const column = Math.floor((clientX - left + box.scrollLeft) / cell().width);
    return row >= 0 && column >= 0 && row < grid.rows && column < grid.columns ? { row, column } : null;
  }

  box.addEventListener('scroll', draw);
  box.addEventListener('pointermove', (event) => {
    pointed = placeAt(event);
    draw();
  });
  box.addEventListener('pointerleave', () => {
    pointed = null;
    draw();
  });
  box.addEventListener('click', (event) => {
    current = placeAt(event as PointerEvent) ?? current;
    draw();
  });
  root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = event.target === box ? moved(current, event.key, grid) : null;
    if (next) {
      [current, pointed] = [next, null];
      reveal(next);
      draw();
      spoken.textContent = sentence(next);
    } else if (event.key === 'Escape') close();
    else if (event.key === '+') zoom(1);
    else if (event.key === '-') zoom(-1);
    else if (event.key === '0') zoom(0);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const sizes = new ResizeObserver(draw);
  const stops = [
    store.watch(({ answer }) => answer, (answer) => follow(answer)),
    store.watch(({ theme }) => theme, () => requestAnimationFrame(draw)),
  ];

  /** Other numbers of the same tensor are shown as they come; without it there is nothing to show. */
  function follow(answer: Answer | null): void {
    const next = answer?.nodes.find(({ id }) => id === node.id);
    if (!next?.tensor || next.label !== label || next.shape.join() !== shape.join()) {
      close();
      return;
    }
    tensors = next.tensor;
    if (tensors.value.entries === null) void fetchAll();
    draw();
  }

  async function fetchAll(): Promise<void> {
    const question = tabQuestion(store.get());
    if (!question) return;
    // Only the newest numbers count, as while a value is dragged.
    asking.abort();
    const { signal } = (asking = new AbortController());
    const request = { ...question, expand: openingFor(question.source), max_elements: grid.rows * grid.columns };
    try {
      const answer = withTensors((await fetchJson('/evaluate', request, signal)) as Answer);
      const found = answer.nodes.find(({ id }) => id === node.id);
      if (found?.tensor && !signal.aborted) tensors = found.tensor;
      draw();
    } catch {
      if (root.isConnected && !signal.aborted) readout.textContent = 'Its entries did not arrive. Close this and try again.';
    }
  }

  function close(): void {
    if (open !== handle) return;
    open = null;
    asking.abort();
    sizes.disconnect();
    for (const stop of stops) stop();
    root.remove();
    if (opener?.isConnected) opener.focus();
  }

  const handle = { close };
  open = handle;
  stage.append(root);
  sizes.observe(box);
  box.focus();
}
