/** The graph view: reads the state, draws, and sends what the reader does as actions. */
import type { App } from '../app';
import { fullNumber } from '../format';
import type { State } from '../state';
import { alarmOf, drawAlarm } from './alarm';
import { createDrawing } from './draw';
import { emptyStage } from './empty';
import { createFoot } from './foot';
import { boxAround } from './geometry';
import { highlightOf } from './highlight';
import { enableKeyboard } from './keyboard';
import { GRADIENT_Y, isEditable, labelParts, VALUE_Y } from './labels';
import { createLayoutRunner } from './layout-runner';
import { createLeafField } from './leaf-field';
import { drawLegend } from './legend';
import { createMeasure, fontsLoaded } from './measure';
import { createModel, type Picture } from './model';
import { prefersStill } from './motion';
import { enablePointer, type Thing } from './pointer';
import type { Scene } from './scene';
import { createScrubMark } from './scrub-mark';
import { enableScrub } from './scrub';
import { readerOf, type Reader } from './sentences';
import { buildStage } from './stage';
import { set, svg } from './svg';
import { createTooltip, type TooltipLine } from './tooltip';
import { OUTPUT, type VisibleNode } from './visible';
import { createZoom } from './zoom';
import { zoomBar, zoomKeys } from './zoom-bar';

/** Sentences for screen readers follow numbers after this pause, so that a drag does not rewrite them all the time. */
const SENTENCES_AFTER_MS = 150;

export function graphView(stage: HTMLElement, app: App): void {
  const { store, actions, operations } = app;
  const parts = buildStage(stage);
  const { root, viewport } = parts;
  const measure = createMeasure(document.createElement('canvas').getContext('2d'));
  const drawing = createDrawing(viewport, measure);
  const alarmLayer = viewport.appendChild(svg('g', { class: 'layer-alarm', 'aria-hidden': 'true' }));
  const scrubMark = createScrubMark(viewport, measure);
  const tooltip = createTooltip(stage);
  const foot = createFoot(parts.hint, stage);
  const bar = zoomBar(parts.zoom, () => zoom);
  const zoom = createZoom(root, viewport, ({ k }) => {
    bar.show(k);
    tooltip.hide();
    field.place();
  });
  zoomKeys(zoom);
  emptyStage(stage, app);

  let scene: Scene | null = null;
  let reader: Reader | null = null;
  let dragged = false;
  let sentenceTimer = 0;

  const model = createModel(operations, measure, createLayoutRunner(() => new Worker(stage.dataset['layoutWorker'] ?? '', { type: 'module' })), {
    scene(next, picture, { animate, shift }) {
      scene = next;
      const moves = animate && !prefersStill();
      drawing.show(next, picture.figures, moves);
      zoom.follow(next, shift, moves);
      numbers(picture);
      highlight(store.get());
      keyboard.rove();
      field.place();
    },
    numbers,
    cleared() {
      scene = null;
      drawing.clear();
      drawAlarmNow();
      drawLegend(parts.legend, null);
      foot.hint('none');
    },
  });

  const nodeOf = (id: string): VisibleNode | null => model.picture?.graph.nodes.find((node) => node.id === id) ?? null;

  function numbers(picture: Picture): void {
    const state = store.get();
    drawing.numbers(picture.figures, picture.before);
    const { decimals } = state.view;
    drawLegend(parts.legend, { ...picture, layers: state.layers, decimals, operations });
    drawAlarmNow();
    showHint(state);
    window.clearTimeout(sentenceTimer);
    sentenceTimer = window.setTimeout(tellSentences, SENTENCES_AFTER_MS);
  }

  function drawAlarmNow(): void {
    const { picture } = model;
    if (!picture || !scene) {
      alarmLayer.replaceChildren();
      return;
    }
    const alarm = alarmOf(picture.answer, picture.graph.standsFor);
    drawing.alarm(alarm?.node ?? null);
    drawAlarm(alarmLayer, alarm, scene, picture.figures, measure);
  }

  function tellSentences(): void {
    const { picture } = model;
    if (!picture || !scene) return;
    reader = readerOf(picture.graph, operations, store.get().view.decimals);
    set(root, { 'aria-label': reader.graph });
    for (const node of picture.graph.nodes) {
      const element = drawing.node(node.id);
      if (element) set(element, { 'aria-label': reader.node(node) });
      const junction = drawing.junction(node.id);
      if (junction) set(junction, { 'aria-label': reader.junction(node) });
      const handle = isEditable(node) ? labelParts(drawing.label(node.id) ?? root)?.handle : undefined;
      if (!handle) continue;
      const text = picture.figures.values.get(node.id)?.text ?? '';
      set(handle, {
        role: 'spinbutton', tabindex: -1, 'aria-label': node.label, 'aria-valuetext': text,
        'aria-valuenow': Number.isFinite(node.value) ? node.value : null,
      });
    }
  }

  function highlight(state: State): void {
    const { picture } = model;
    if (!picture) return;
    const leaf = state.drag && picture.graph.nodes.find((node) => node.kind === 'leaf' && node.name === state.drag?.name);
    drawing.highlight(
      highlightOf(picture.graph, { selection: state.selection, hovered: state.hovered, dragged: leaf?.id ?? null }),
    );
    const label = leaf && scene?.labels.find(({ node }) => node.id === leaf.id);
    const value = state.drag && state.values.get(state.drag.name);
    const shown = state.drag && label && value !== undefined && value !== null;
    // A field over the number shows the new value itself.
    scrubMark.show(
      shown && state.drag && field.editing === null
        ? { at: label, value, from: state.drag.from, decimals: state.view.decimals }
        : null,
    );
    drawing.covered(shown && leaf ? leaf.id : null);
  }

  function showHint(state: State): void {
    const editable = model.picture?.graph.nodes.some(isEditable) ?? false;
    if (state.drag && field.editing === null) foot.hint({ back: state.drag.from, decimals: state.view.decimals });
    else foot.hint(!model.picture || dragged ? 'none' : editable ? 'first' : 'gates');
  }

  // ── typing and dragging values ─────────────────────────────────────────────────────────────────────────────────

  const field = createLeafField(stage, {
    actions,
    placeOf(node) {
      const label = scene?.labels.find((item) => item.node.id === node.id);
      if (!label) return null;
      const { k, x, y } = zoom.view;
      return { x: label.x * k + x, y: (label.y + VALUE_Y - 5) * k + y, scale: k };
    },
    neighbour(node, way) {
      const leaves = readingOrder().filter((item) => isEditable(item.node));
      const at = leaves.findIndex((item) => item.node.id === node.id);
      const next = at < 0 ? undefined : leaves[at + way];
      return next ? nodeOf(next.node.id) : null;
    },
    closed(node, toNode) {
      if (toNode) keyboard.focus(node.id);
      highlight(store.get());
    },
  });

  /** Column by column, from top to bottom. */
  function readingOrder(): Scene['nodes'] {
    return [...(scene?.nodes ?? [])].sort((one, other) => one.x - other.x || one.y - other.y);
  }

  function edit(node: VisibleNode): void {
    tooltip.hide();
    const place = scene?.labels.find((item) => item.node.id === node.id);
    if (place) zoom.reveal(boxAround(place.x, place.y, 90, 60));
    field.open(node);
    highlight(store.get());
  }

  enableScrub(root, {
    actions,
    leafAt(target) {
      const handle = target.closest('.editable');
      const id = handle?.closest('[data-label]')?.getAttribute('data-label');
      const node = id === null || id === undefined ? null : nodeOf(id);
      return handle && node ? { node, handle } : null;
    },
    click: edit,
    began() {
      dragged = true;
      tooltip.hide();
    },
  });

  // ── pointing and clicking ──────────────────────────────────────────────────────────────────────────────────────

  function tip(thing: Thing): TooltipLine[] {
    const node = nodeOf(thing.id);
    if (thing.kind === 'wire') {
      const edge = model.picture?.graph.edges.find(({ id }) => id === thing.id);
      if (!edge || edge.downstream === null || edge.local === null || edge.target.startsWith(OUTPUT)) return [];
      return [{ kind: 'gradient', text: fullNumber(edge.downstream) }, { kind: 'local', text: fullNumber(edge.local) }];
    }
    if (!node) return [];
    if (thing.kind === 'junction') return reader && node.gradient !== null ? [{ kind: null, text: reader.sum(node) }] : [];
    const lines: TooltipLine[] = [{ kind: 'value', text: fullNumber(node.value) }];
    if (node.gradient !== null) lines.push({ kind: 'gradient', text: fullNumber(node.gradient) });
    return lines;
  }

  function over(thing: Thing | null): void {
    const { picture } = model;
    if (store.get().drag || !picture) return;
    const owner = thing && thing.kind !== 'wire' ? nodeOf(thing.id) : null;
    actions.hover(owner?.node.id ?? null);
    if (thing) tooltip.plan(tip(thing), () => boundsOf(thing), thing.kind === 'junction');
    else tooltip.hide();
  }

  function boundsOf({ element, kind }: Thing): DOMRect | null {
    if (!element.isConnected) return null;
    if (kind === 'junction') {
      // Below the gradient of the rail, which is the sum that the note explains.
      const { left, top, width, height } = (element.querySelector('.dot') ?? element).getBoundingClientRect();
      const air = (GRADIENT_Y - 2) * zoom.view.k;
      return new DOMRect(left, top - air, width, height + 2 * air);
    }
    return ((kind === 'node' ? element.querySelector('.shape') : null) ?? element).getBoundingClientRect();
  }

  function choose(thing: Thing | null): void {
    const { picture } = model;
    if (!picture) return;
    tooltip.hide();
    const edge = thing?.kind === 'wire' ? picture.graph.edges.find(({ id }) => id === thing.id) : undefined;
    if (!thing) actions.select(null);
    else if (edge && !edge.target.startsWith(OUTPUT)) {
      const { source, target, operand } = edge;
      actions.select({ kind: 'edge', source, target, operand });
    } else {
      const id = edge?.source ?? thing.id;
      // The output shows the value of its gate, and the gate is what can be explained.
      actions.select({ kind: 'node', id: nodeOf(id)?.kind === 'output' ? (nodeOf(id)?.operands[0] ?? id) : id });
    }
  }

  enablePointer(root, {
    over,
    click(thing) {
      if (thing?.element.querySelector('.editable') && thing.kind === 'label') return;
      choose(thing);
    },
  });

  const JUNCTION = 'junction ';
  const elementOf = (spot: string): SVGGElement | null =>
    spot.startsWith(JUNCTION) ? drawing.junction(spot.slice(JUNCTION.length)) : drawing.node(spot);
  const keyboard = enableKeyboard(root, {
    spots: () => [
      ...readingOrder().map(({ node, x, y }) => ({ id: node.id, x, y })),
      ...(scene?.junctions ?? []).map(({ node, x, y }) => ({ id: `${JUNCTION}${node.id}`, x, y })),
    ],
    element: elementOf,
    spotOf: (element) => {
      const node = element.closest('[data-node]')?.getAttribute('data-node');
      const junction = element.closest('[data-junction]')?.getAttribute('data-junction');
      return node ?? (junction === null || junction === undefined ? null : `${JUNCTION}${junction}`);
    },
    open(spot) {
      const id = spot.startsWith(JUNCTION) ? spot.slice(JUNCTION.length) : spot;
      const node = nodeOf(id);
      if (node && isEditable(node) && id === spot) edit(node);
      else choose({ kind: 'node', id, element: root });
    },
    focused(spot) {
      const element = elementOf(spot);
      const id = spot.startsWith(JUNCTION) ? spot.slice(JUNCTION.length) : spot;
      const place = scene?.nodes.find((item) => item.node.id === id);
      if (place) zoom.reveal(boxAround(place.x, place.y, place.anatomy.width, place.anatomy.height));
      if (!element?.matches(':focus-visible')) return;
      actions.hover(nodeOf(id)?.node.id ?? null);
      if (spot.startsWith(JUNCTION)) {
        const thing: Thing = { kind: 'junction', id, element };
        tooltip.plan(tip(thing), () => boundsOf(thing), true);
      }
    },
    left() {
      actions.hover(null);
      tooltip.hide();
    },
  });

  // ── the state ──────────────────────────────────────────────────────────────────────────────────────────────────

  store.watch((state) => state.answer, () => model.update(store.get()));
  store.watch((state) => state.view, () => model.update(store.get()));
  store.watch((state) => state.openGroups, () => model.update(store.get()));
  store.watch(
    (state) => state.layers,
    (layers, state) => {
      root.classList.toggle('no-values', !layers.values);
      root.classList.toggle('no-gradients', !layers.gradients);
      drawing.locals(layers.local);
      model.update(state);
    },
  );
  store.watch((state) => state.selection, () => highlight(store.get()));
  store.watch((state) => state.hovered, () => highlight(store.get()));
  store.watch(
    (state) => state.drag,
    (drag, state) => {
      // Pill and old numbers appear and go with the drag itself, not with the next answer.
      if (model.picture) model.update(state);
      highlight(state);
      showHint(state);
      root.classList.toggle('dragging', drag !== null);
    },
  );
  store.watch((state) => state.values, () => highlight(store.get()));
  store.watch(
    (state) => state.status === 'unreadable' && state.answer !== null,
    (stale) => {
      root.classList.toggle('stale', stale);
      foot.stale(stale);
    },
  );
  void fontsLoaded().then(() => model.refresh(store.get()));
}
