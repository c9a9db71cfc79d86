/** Pan, zoom and fit of the stage: wheel, pinch, drag on the ground, buttons and keys. */
import { easeCubicOut } from 'd3-ease';
import { interpolate } from 'd3-interpolate';
import { select } from 'd3-selection';
import 'd3-transition';
import { zoom, zoomIdentity, zoomTransform, type D3ZoomEvent, type ZoomTransform } from 'd3-zoom';
import { fitView, LEAST_ZOOM, MOST_ZOOM, revealed, zoomAround, type Centre, type Insets, type Size, type View } from './fit';
import type { Box } from './geometry';
import { prefersStill } from './motion';

const FIT_MS = 240;
/** A press that moves less than this is a click. */
const CLICK_PX = 4;
/** Below this scale numbers cannot be read and are left out. */
const TEXT_FROM = 0.35;

export interface Zoom {
  readonly view: View;
  /** Fits the graph unless the reader has moved it; `anchor` keeps it in place by the distance it was shifted. */
  follow(graph: Size & { nodes: readonly Centre[] }, shift: { x: number; y: number }, animate: boolean): void;
  /** Fits, and fits again whenever graph or stage change, until the reader moves the graph. */
  fit(): void;
  zoomBy(factor: number): void;
  reveal(box: Box): void;
}

export interface ZoomHost {
  changed(view: View): void;
  /** Room that a fit leaves around the graph. */
  insets(stage: Size): Insets;
}

export function createZoom(root: SVGSVGElement, viewport: SVGGElement, host: ZoomHost): Zoom {
  const target = select<SVGSVGElement, unknown>(root);
  let following = true;
  let graph: Size & { nodes: readonly Centre[] } = { width: 0, height: 0, nodes: [] };

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
    if (animate && !prefersStill()) {
      target.transition().duration(FIT_MS).ease(easeCubicOut).call((way) => behaviour.transform(way, transform));
    } else behaviour.transform(target, transform);
  }

  const stageSize = (): Size => ({ width: root.clientWidth, height: root.clientHeight });
  const fitted = (): View => fitView(graph, stageSize(), graph.nodes, host.insets(stageSize()));
  let known = stageSize();
  new ResizeObserver(() => {
    const size = stageSize();
    if (size.width === known.width && size.height === known.height) return;
    const first = known.width === 0;
    known = size;
    if (following && size.width > 0) go(fitted(), !first);
  }).observe(root);

  return {
    get view() {
      return view();
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
    reveal(box) {
      const now = view();
      const next = revealed(now, box, stageSize());
      if (next.x === now.x && next.y === now.y) return;
      following = false;
      go(next, true);
    },
  };
}
