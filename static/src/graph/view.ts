/** The graph view: reads the state, draws, and sends what the reader does as actions. */
import type { App } from '../app';
import { leafAndPlace, leafName } from '../entries';
import type { State } from '../state';
import { momentOf, type Moment } from '../stepper/steps';
import { positionOf, storyOf } from '../stepper/story';
import { alarmOf } from './alarm';
import { labelOf, type GraphContext } from './context';
import { createDrawing, moveMs } from './draw';
import type { GroupFrames } from './group-frames';
import { insetsFor, LOW_STAGE } from './fit';
import { createFoot } from './foot';
import { placeOfCell } from './held-cells';
import { highlightOf } from './highlight';
import { isEditable } from './labels';
import { createLayoutRunner } from './layout-runner';
import type { Large } from './large';
import { drawLegend } from './legend';
import { createMeasure, fontsLoaded } from './measure';
import { steppedFigures, stepLook } from './stepped';
import { createModel, type Picture } from './model';
import { prefersStill } from './motion';
import { enablePointing } from './pointing';
import type { Scene } from './scene';
import { createScrubMark, pillOver } from './scrub-mark';
import type { Reader } from './sentences';
import type { Slides } from './slides';
import { buildStage } from './stage';
import type { StageLights } from './stage-lit';
import { svg } from './svg';
import { tensorTools } from './tensor-tools';
import { createTooltip } from './tooltip';
import { enableValues } from './values';
import { createZoom } from './zoom';
import { followZoomKeys, zoomBar } from './zoom-bar';

/** More gates and leaves than this are drawn only where they are in sight. */
const LARGE_ABOVE = 300;
const SENTENCES_AFTER_MS = 150;
const STALE_AFTER_MS = 250;
/** Length of a step at speed 1. */
const STEP_MS = 1200;

/** How a new scene takes the place of the one before. */
interface SceneMove {
  moves: boolean;
  slides: Slides;
  shift: { x: number; y: number };
}

const later = () => import('./later');

/** `drawn` is told of every new scene, just before it is drawn. */
export function graphView(stage: HTMLElement, app: App, drawn: (scene: Scene) => void = () => undefined): void {
  const { store, operations } = app;
  const parts = buildStage(stage);
  const { root, viewport } = parts;
  const measure = createMeasure(document.createElement('canvas').getContext('2d'));
  const groupLayer = viewport.appendChild(svg('g', { class: 'layer-groups' }));
  let frames: GroupFrames | null = null;
  const drawing = createDrawing(viewport, measure);
  const alarmLayer = viewport.appendChild(svg('g', { class: 'layer-alarm', 'aria-hidden': 'true' }));
  const scrubMark = createScrubMark(viewport, measure);
  const tooltip = createTooltip(stage);
  const foot = createFoot(parts.hint, stage);
  const bar = zoomBar(parts.zoom, () => zoom);
  const zoom = createZoom(root, viewport, {
    changed({ k }) {
      bar.show(k);
      if (isLarge()) large?.look();
      tooltip.hide();
      values.field.place();
    },
    insets(size) {
      const bare = store.get().step !== null || size.height < LOW_STAGE;
      stage.classList.toggle('bare', bare);
      return insetsFor(size, bare);
    },
    resized: keepInSight,
  });
  followZoomKeys(zoom);

  let scene: Scene | null = null;
  /** What draws large graphs, once one has been on the stage. */
  let large: Large | null = null;
  const isLarge = (): boolean => scene !== null && scene.nodes.length > LARGE_ABOVE;
  /** The newest scene waits for that. */
  let isWaiting = false;
  let reader: Reader | null = null;
  /** The hint has done its work. */
  let hasDragged = false;
  /** There once something has been lit (state.lit). */
  let lights: StageLights | null = null;
  let sentenceTimer = 0;
  let staleTimer = 0;

  const runner = createLayoutRunner(() => new Worker(stage.dataset['layoutWorker'] ?? '', { type: 'module' }));
  const model = createModel(operations, measure, runner, {
    scene(next, picture, { animate, slides, shift }) {
      scene = next;
      drawn(next);
      isWaiting = isLarge() && large === null;
      if (isWaiting) {
        void import('./large').then(({ createLarge }) => {
          large ??= createLarge({
            stage, root, drawing, view: () => zoom.view, size: () => zoom.size, centre: zoom.centre, changed: partChanged,
          });
          // By now another scene may be on the stage.
          if (scene === next && model.picture) showScene(next, model.picture, { moves: false, slides, shift });
        });
      } else showScene(next, picture, { moves: animate && !prefersStill(), slides, shift });
    },
    numbers: showNumbers,
    cleared() {
      scene = reader = null;
      large?.leave();
      drawing.clear();
      frames?.clear();
      alarmLayer.replaceChildren();
      drawLegend(parts.legend, null);
      tensorTools()?.drawTintLegend(parts.tints, null, store.get().layers);
      foot.hint('none');
      parts.zoom.hidden = true;
    },
  }, () => import('./open-groups'), (graph, { lit }) => (lit?.only && lights ? lights.narrow(graph, lit) : graph));

  function showScene(next: Scene, picture: Picture, { moves, slides, shift }: SceneMove): void {
    isWaiting = false;
    parts.zoom.hidden = false;
    if (!isLarge()) large?.leave();
    drawing.show(isLarge() && large ? large.take(next) : next, picture.figures, moves, slides);
    if (next.groups.length > 0) frames ??= model.groupTools?.createGroupFrames(groupLayer, measure) ?? null;
    frames?.show(next.groups, picture.groupTexts, { animate: moves, ms: moveMs(slides) });
    const hasTensors = picture.figures.tensors.size > 0;
    if (hasTensors) tensorTools()?.readCells(context);
    zoom.follow({ ...next, tensors: hasTensors }, shift, moves);
    showNumbers(picture);
    void showLocals(moves);
    showHighlight(store.get());
    lights?.show();
    keyboard.rove();
    values.field.place();
  }

  /** Another part of a large graph is on the stage: its names and local gradients come when the reader pauses. */
  function partChanged(): void {
    lights?.show();
    window.clearTimeout(sentenceTimer);
    sentenceTimer = window.setTimeout(() => {
      void tellSentences();
      void showLocals(false);
    }, SENTENCES_AFTER_MS);
  }

  const context: GraphContext = {
    app, parts, drawing, zoom, tooltip,
    picture: () => model.picture,
    scene: () => scene,
    reader: () => reader,
    keep: (id) => large?.keep('focus', [id]),
    frames: () => frames,
  };
  const values = enableValues(context, {
    changed: () => showHighlight(store.get()),
    focus: (node) => keyboard.focus(node),
    began: () => {
      hasDragged = true;
    },
  });
  const keyboard = enablePointing(context, values);

  function keepInSight(): void {
    void later().then(({ keepSelectionInSight }) => keepSelectionInSight(context));
  }

  function showNumbers(picture: Picture): void {
    if (isWaiting) return;
    const state = store.get();
    const { layers, view } = state;
    const moment = momentNow(state);
    if (moment) drawing.numbers(steppedFigures(picture.figures, moment, view.decimals), null, stepLook(picture.graph, moment));
    else drawing.numbers(picture.figures, picture.before, null);
    drawLegend(parts.legend, { ...picture, layers, decimals: view.decimals, operations });
    tensorTools()?.drawTintLegend(parts.tints, picture.figures, layers);
    frames?.numbers(picture.groupTexts);
    showAlarm(picture);
    showHint(store.get());
    window.clearTimeout(sentenceTimer);
    sentenceTimer = window.setTimeout(() => void tellSentences(), SENTENCES_AFTER_MS);
  }

  async function tellSentences(): Promise<void> {
    const { announce, readerOf } = await later();
    if (!model.picture) return;
    reader = readerOf(model.picture.graph, operations, store.get().view.decimals);
    announce(context, reader);
  }

  function showAlarm({ answer, graph }: Picture): void {
    const alarm = alarmOf(answer, graph.standsFor);
    drawing.alarm(alarm?.node ?? null);
    if (!alarm) alarmLayer.replaceChildren();
    else {
      void later().then(({ drawAlarm }) => {
        // By now another picture may be on the stage.
        if (scene && model.picture?.answer === answer) drawAlarm(alarmLayer, alarm, scene, model.picture.figures, measure);
      });
    }
  }

  /** Local gradients take the places that everything else has left free. */
  async function showLocals(animate: boolean): Promise<void> {
    if (!store.get().layers.local) {
      drawing.locals(new Map(), false);
      return;
    }
    const { placeLocals } = await later();
    if (scene && model.picture && store.get().layers.local) {
      drawing.locals(placeLocals(drawing.scene ?? scene, model.picture.figures, measure), animate);
    }
  }

  /** The step that is told; null when all of the story is shown. */
  function momentNow(state: State): Moment | null {
    const story = state.step === null ? null : storyOf(state, operations);
    return story && momentOf(story.graph, story.steps, positionOf(state, story));
  }

  function showHighlight(state: State): void {
    const { picture } = model;
    if (!picture) return;
    const { drag, selection, hovered, view } = state;
    large?.keep('selection', selection?.kind === 'node' ? [selection.id] : []);
    const leaf = drag && picture.graph.nodes.find((node) => node.kind === 'leaf' && node.name === leafName(drag.name));
    const highlight = highlightOf(picture.graph, { selection, hovered, dragged: leaf?.id ?? null });
    drawing.highlight(highlight);
    frames?.select(highlight.selectedNodes);
    const place = drag && leaf?.node.tensor && picture.answer ? leafAndPlace(picture.answer, drag.name)?.place : null;
    const at = leaf ? (place == null ? labelOf(context, leaf.id) : pillOver(placeOfCell(context, leaf.id, place))) : null;
    const value = drag ? state.values.get(drag.name) : undefined;
    // A field over the number shows the new value itself.
    const pill = drag && at && value !== undefined && values.field.editing === null;
    scrubMark.show(pill ? { at, value, from: drag.from, decimals: view.decimals } : null);
    drawing.covered(at && leaf && place == null ? leaf.id : null);
  }

  function showHint({ drag, view }: State): void {
    if (drag && values.field.editing === null) foot.hint({ back: drag.from, decimals: view.decimals });
    else if (!model.picture || hasDragged || store.get().lit?.only) foot.hint('none');
    else {
      const { nodes } = model.picture.graph;
      const hasCells = nodes.some(({ kind, name, node }) => kind === 'leaf' && name !== null && node.tensor);
      foot.hint(nodes.some(isEditable) ? 'first' : hasCells ? 'cells' : 'gates');
    }
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
      update();
      void showLocals(false);
    },
  );
  store.watch(
    (state) => state.step,
    (_, state) => {
      const { picture } = model;
      if (!picture || !scene) return;
      showNumbers(picture);
      const moment = momentNow(state);
      if (!moment) return;
      drawing.pulse(stepLook(picture.graph, moment), STEP_MS / state.speed);
      const active = moment.step?.node;
      if (active !== undefined) void later().then(({ keepNodeInSight }) => keepNodeInSight(context, active));
    },
  );
  store.watch(
    (state) => state.selection,
    (selection, state) => {
      showHighlight(state);
      // After the inspector has opened and the stage has its new size.
      if (selection) requestAnimationFrame(() => window.setTimeout(keepInSight));
    },
  );
  store.watch(
    (state) => state.lit,
    (lit) => {
      if (!lit && !lights) return;
      void later().then(({ createStageLights }) => {
        lights ??= createStageLights(context, measure);
        update();
        lights.show();
        showHint(store.get());
      });
    },
  );
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
      window.clearTimeout(staleTimer);
      const show = (): void => {
        root.classList.toggle('stale', stale);
        foot.stale(stale);
      };
      // While a word is being typed, most of its beginnings cannot be read: that is no news.
      if (stale) staleTimer = window.setTimeout(show, STALE_AFTER_MS);
      else show();
    },
  );
  store.watch(
    (state) => [state.theme, state.palette].join(),
    () => large?.repaint(),
  );
  void later().then(({ emptyStage, lightCells }) => {
    emptyStage(stage, app);
    lightCells(context);
  });
  void fontsLoaded().then(() => {
    if (measure.unsure) model.refresh(store.get());
  });
}
