/** The small map of a large graph: all of it, and a frame around what the stage shows. Press, drag or arrow keys move. */
import { element } from '../../views/elements';
import type { Size, View } from '../fit';
import { fitMap, frameOnMap, MAP_FROM, pointOnGraph, type MapFit } from './map-geometry';
import { inksOf, paint } from './paint';
import type { Index } from './part';

/** Of the stage's width or height, by which an arrow key moves the view. */
const STRIDE = 0.5;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

export interface MinimapHost {
  view(): View;
  stage(): Size;
  /** Puts a point of the graph into the middle of the stage. */
  centre(point: { x: number; y: number }): void;
}

export interface Minimap {
  /** The whole graph as it is painted on the map; also the stand-in of tiles that are still to come. */
  readonly picture: HTMLCanvasElement;
  show(index: Index): void;
  /** The view has moved. */
  follow(): void;
  hide(): void;
}

export function createMinimap(stage: HTMLElement, host: MinimapHost): Minimap {
  const picture = document.createElement('canvas');
  picture.setAttribute('aria-hidden', 'true');
  const frame = element('div', 'minimap-frame');
  const root = element(
    'div', 'minimap',
    { role: 'group', tabindex: '0', 'aria-label': 'Map of the graph. Arrow keys move the view, Home and End go to its ends.' },
    picture, frame,
  );
  root.hidden = true;
  stage.append(root);
  let fit: MapFit | null = null;
  let graph: Size = { width: 1, height: 1 };

  function follow(): void {
    if (!fit || root.hidden) return;
    const { left, top, right, bottom } = frameOnMap(fit, host.view(), host.stage());
    frame.style.setProperty('transform', `translate(${left.toFixed(1)}px,${top.toFixed(1)}px)`);
    frame.style.setProperty('width', `${(right - left).toFixed(1)}px`);
    frame.style.setProperty('height', `${(bottom - top).toFixed(1)}px`);
  }

  function go({ clientX, clientY }: PointerEvent): void {
    if (!fit) return;
    const { left, top } = picture.getBoundingClientRect();
    host.centre(pointOnGraph(fit, clientX - left, clientY - top));
  }

  root.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    root.focus({ preventScroll: true });
    root.setPointerCapture(event.pointerId);
    go(event);
  });
  root.addEventListener('pointermove', (event) => {
    if (root.hasPointerCapture(event.pointerId)) go(event);
  });
  root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { k, x, y } = host.view();
    const { width, height } = host.stage();
    const middle = { x: (width / 2 - x) / k, y: (height / 2 - y) / k };
    const way = ARROWS[event.key];
    if (way) {
      const [across, down] = way;
      const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
      host.centre({
        x: clamp(middle.x + (across * STRIDE * width) / k, graph.width),
        y: clamp(middle.y + (down * STRIDE * height) / k, graph.height),
      });
    } else if (event.key === 'Home') host.centre({ ...middle, x: 0 });
    else if (event.key === 'End') host.centre({ ...middle, x: graph.width });
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    picture,
    show(index) {
      const { scene } = index;
      graph = scene;
      fit = fitMap(scene);
      const ratio = window.devicePixelRatio;
      [picture.width, picture.height] = [fit.width * ratio, fit.height * ratio];
      picture.style.setProperty('width', `${String(fit.width)}px`);
      picture.style.setProperty('height', `${String(fit.height)}px`);
      const context = picture.getContext('2d');
      const all = { nodes: [...scene.nodes.keys()], wires: [...scene.wires.keys()] };
      const place = { across: fit.across * ratio, down: fit.down * ratio, x: 0, y: 0 };
      if (context) paint(context, scene, all, place, inksOf(stage));
      root.hidden = scene.nodes.length < MAP_FROM;
      follow();
    },
    follow,
    hide() {
      root.hidden = true;
    },
  };
}
