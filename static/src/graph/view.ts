/** The graph view: reads the state, draws, and sends what the reader does as actions. */
import type { App } from '../app';
import type { State } from '../state';
import { alarmOf, drawAlarm } from './alarm';
import { announce } from './announce';
import { labelOf, type GraphContext } from './context';
import { createDrawing } from './draw';
import { emptyStage } from './empty';
import { createFoot } from './foot';
import { highlightOf } from './highlight';
import { isEditable } from './labels';
import { createLayoutRunner } from './layout-runner';
import { drawLegend } from './legend';
import { createMeasure, fontsLoaded } from './measure';
import { createModel, type Picture } from './model';
import { prefersStill } from './motion';
import { enablePointing } from './pointing';
import type { Scene } from './scene';
import { createScrubMark } from './scrub-mark';
import { readerOf, type Reader } from './sentences';
import { buildStage } from './stage';
import { svg } from './svg';
import { createTooltip } from './tooltip';
import { enableValues } from './values';
import { createZoom } from './zoom';
import { zoomBar, zoomKeys } from './zoom-bar';

const SENTENCES_AFTER_MS = 150;

export function graphView(stage: HTMLElement, app: App): void {
  const { store, operations } = app;
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
    values.field.place();
  });
  zoomKeys(zoom);
  emptyStage(stage, app);

  let scene: Scene | null = null;
  let reader: Reader | null = null;
  /** The hint has done its work. */
  let hasDragged = false;
  let sentenceTimer = 0;

  const runner = createLayoutRunner(() => new Worker(stage.dataset['layoutWorker'] ?? '', { type: 'module' }));
  const model = createModel(operations, measure, runner, {
    scene(next, picture, { animate, shift }) {
      scene = next;
      const moves = animate && !prefersStill();
      drawing.show(next, picture.figures, moves);
      zoom.follow(next, shift, moves);
      showNumbers(picture);
      showHighlight(store.get());
      keyboard.rove();
      values.field.place();
    },
    numbers: showNumbers,
    cleared() {
      scene = reader = null;
      drawing.clear();
      alarmLayer.replaceChildren();
      drawLegend(parts.legend, null);
      foot.hint('none');
    },
  });

  const context: GraphContext = {
    app, parts, drawing, zoom, tooltip,
    picture: () => model.picture,
    scene: () => scene,
    reader: () => reader,
  };
  const values = enableValues(context, {
    changed: () => showHighlight(store.get()),
    focus: (node) => keyboard.focus(node),
    began: () => {
      hasDragged = true;
    },
  });
  const keyboard = enablePointing(context, values.edit);

  function showNumbers(picture: Picture): void {
    const { layers, view } = store.get();
    drawing.numbers(picture.figures, picture.before);
    drawLegend(parts.legend, { ...picture, layers, decimals: view.decimals, operations });
    const alarm = alarmOf(picture.answer, picture.graph.standsFor);
    drawing.alarm(alarm?.node ?? null);
    if (scene) drawAlarm(alarmLayer, alarm, scene, picture.figures, measure);
    showHint(store.get());
    window.clearTimeout(sentenceTimer);
    sentenceTimer = window.setTimeout(() => {
      if (!model.picture) return;
      reader = readerOf(model.picture.graph, operations, store.get().view.decimals);
      announce(context, reader);
    }, SENTENCES_AFTER_MS);
  }

  function showHighlight(state: State): void {
    const { picture } = model;
    if (!picture) return;
    const { drag, selection, hovered, view } = state;
    const leaf = drag && picture.graph.nodes.find((node) => node.kind === 'leaf' && node.name === drag.name);
    drawing.highlight(highlightOf(picture.graph, { selection, hovered, dragged: leaf?.id ?? null }));
    const at = leaf ? labelOf(context, leaf.id) : null;
    const value = drag ? state.values.get(drag.name) : undefined;
    // A field over the number shows the new value itself.
    const pill = drag && at && value !== undefined && values.field.editing === null;
    scrubMark.show(pill ? { at, value, from: drag.from, decimals: view.decimals } : null);
    drawing.covered(at && leaf ? leaf.id : null);
  }

  function showHint({ drag, view }: State): void {
    if (drag && values.field.editing === null) foot.hint({ back: drag.from, decimals: view.decimals });
    else if (!model.picture || hasDragged) foot.hint('none');
    else foot.hint(model.picture.graph.nodes.some(isEditable) ? 'first' : 'gates');
  }

  const update = (): void => model.update(store.get());
  store.watch((state) => state.answer, update);
  store.watch((state) => state.view, update);
  store.watch((state) => state.openGroups, update);
  store.watch(
    (state) => state.layers,
    (layers) => {
      root.classList.toggle('no-values', !layers.values);
      root.classList.toggle('no-gradients', !layers.gradients);
      drawing.locals(layers.local);
      update();
    },
  );
  store.watch((state) => state.selection, (_, state) => showHighlight(state));
  store.watch((state) => state.hovered, (_, state) => showHighlight(state));
  store.watch((state) => state.values, (_, state) => showHighlight(state));
  store.watch(
    (state) => state.drag,
    (drag, state) => {
      root.classList.toggle('dragging', drag !== null);
      // Pill and old numbers come and go with the drag itself, not with the next answer.
      if (model.picture) update();
      showHighlight(state);
      showHint(state);
    },
  );
  store.watch(
    (state) => state.status === 'unreadable' && state.answer !== null,
    (stale) => {
      root.classList.toggle('stale', stale);
      foot.stale(stale);
    },
  );
  void fontsLoaded().then(() => model.refresh(store.get()));
}
