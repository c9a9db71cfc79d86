/** Pan, zoom and fit of the stage: wheel, pinch, drag on the ground, buttons and keys. */
import { easeCubicOut } from 'd3-ease';
import { interpolate } from 'd3-interpolate';
import { select } from 'd3-selection';
import 'd3-transition';
import { zoom, zoomIdentity, zoomTransform, type D3ZoomEvent, type ZoomTransform } from 'd3-zoom';
import {
  fitView, LEAST_ZOOM, limitsFor, MOST_ZOOM, revealed, zoomAround, type Centre, type Insets, type Size, type View,
} from './fit';
import type { Box } from './geometry';
import { prefersStill } from './motion';

const FIT_MS = 240;
/** A press that moves less than this is a click. */
const CLICK_PX = 4;
/** Between what is selected and what covers the rest of the stage. */
const SIGHT_AIR = 10;
/** Below this scale numbers cannot be read and are left out. */
const TEXT_FROM = 0.35;

/** What is fitted; `tensors` says that some stand on the wires. */
type Fitted = Size & { nodes: readonly Centre[]; tensors?: boolean };

export interface Zoom {
  readonly view: View;
  /** Of the stage, without asking the browser for it. */
  readonly size: Size;
  /** Fits the graph unless the reader has moved it; `anchor` keeps it in place by the distance it was shifted. */
  follow(graph: Fitted, shift: { x: number; y: number }, animate: boolean): void;
  /** Fits, and fits again whenever graph or stage change, until the reader moves the graph. */
  fit(): void;
  zoomBy(factor: number): void;
  /** Puts a point of the graph into the middle of the stage. */
  centre(point: Centre): void;
  reveal(box: Box): void;
  /** The same for a box that must stay clear of what covers the stage; the graph is fitted again as before. */
  keepInSight(box: Box, covered: Covered): void;
}

/** How much of the stage something else lies over, px from its right and lower edge. */
export interface Covered {
  right: number;
  bottom: number;
}

export interface ZoomHost {
  changed(view: View): void;
  /** Room that a fit leaves around the graph. */
  insets(stage: Size): Insets;
  /** The stage has another size. */
  resized(): void;
}

export function createZoom(root: SVGSVGElement, viewport: SVGGElement, host: ZoomHost): Zoom {
  const target = select<SVGSVGElement, unknown>(root);
  let following = true;
  /** Where a move under way leads to. */
  let goal: View | null = null;
  let graph: Fitted = { width: 0, height: 0, nodes: [] };

  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([LEAST_ZOOM, MOST_ZOOM])
    .clickDistance(CLICK_PX)
    .interpolate(interpolate)
    .filter((event: Event) => {
      if (event.target instanceof Element && event.target.closest('.editable')) return event.type === 'wheel';
      return !(event instanceof MouseEvent && event.button !== 0) && !(event.type === 'mousedown' && (event as MouseEvent).ctrlKey);
    })
    .on('zoom', (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
      // Only what the reader does has a source; a fit has none.
      if (event.sourceEvent !== null && event.sourceEvent !== undefined) following = false;
      apply(event.transform);
    });
  target.call(behaviour).on('dblclick.zoom', null);

  function apply(transform: ZoomTransform): void {
    viewport.setAttribute('transform', transform.toString());
    root.classList.toggle('far', transform.k < TEXT_FROM);
    host.changed(view());
  }

  function view(): View {
    const { k, x, y } = zoomTransform(root);
    return { k, x, y };
  }

  function go({ k, x, y }: View, animate: boolean): void {
    const transform = zoomIdentity.translate(x, y).scale(k);
    target.interrupt();
    goal = null;
    if (animate && !prefersStill()) {
      goal = { k, x, y };
      target
        .transition()
        .duration(FIT_MS)
        .ease(easeCubicOut)
        .on('end interrupt', () => (goal = null))
        .call((way) => behaviour.transform(way, transform));
    } else behaviour.transform(target, transform);
  }

  const stageSize = (): Size => ({ width: root.clientWidth, height: root.clientHeight });
  const fitted = (): View => {
    const limits = limitsFor(window.innerWidth, document.documentElement.hasAttribute('data-present'), graph.tensors ?? false);
    // As observed: asking the browser in the middle of a drawing would make it lay out the page at once.
    const stage = known.width > 0 ? known : stageSize();
    return fitView(graph, stage, graph.nodes, host.insets(stage), limits);
  };
  let known = stageSize();
  new ResizeObserver(() => {
    const size = stageSize();
    if (size.width === known.width && size.height === known.height) return;
    const first = known.width === 0;
    known = size;
    if (size.width === 0) return;
    if (following) go(fitted(), !first);
    host.resized();
  }).observe(root);

  return {
    get view() {
      return view();
    },
    get size() {
      return known;
    },
    follow(next, shift, animate) {
      graph = next;
      if (following) go(fitted(), animate);
      else {
        const { k, x, y } = view();
        go({ k, x: x - shift.x * k, y: y - shift.y * k }, animate);
      }
    },
    fit() {
      following = true;
      go(fitted(), true);
    },
    zoomBy(factor) {
      following = false;
      const { width, height } = stageSize();
      go(zoomAround(view(), factor, { x: width / 2, y: height / 2 }), true);
    },
    centre(point) {
      following = false;
      const { k } = view();
      go({ k, x: known.width / 2 - point.x * k, y: known.height / 2 - point.y * k }, false);
    },
    reveal(box) {
      const now = view();
      const next = revealed(now, box, stageSize());
      if (next.x === now.x && next.y === now.y) return;
      following = false;
      go(next, true);
    },
    keepInSight(box, covered) {
      const now = goal ?? view();
      const { width, height } = stageSize();
      const free = { width: width - covered.right, height: height - covered.bottom };
      if (free.width <= 0 || free.height <= 0) return;
      const next = revealed(now, box, free, SIGHT_AIR);
      if (next.x !== now.x || next.y !== now.y) go(next, true);
    },
  };
}
