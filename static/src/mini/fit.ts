/** A mini graph fits its box; where it would become too small to read, the box scrolls. */
import type { Box } from '../graph/geometry';
import type { Scene } from '../graph/scene';

const AIR = 18;
/** What remains of the air at both sides before the box scrolls for a few pixels. */
const LEAST_AIR = 6;
/** Numbers are 16 px at 100 %, and nothing on the page is smaller than 11.5 px. */
const LEAST = 0.72;
const MOST = 1;

export interface MiniFit {
  /** `notes` are boxes beside the graph that are to be in sight too. */
  to(scene: Scene, notes?: readonly Box[]): void;
  /** Scrolls as little as needed for these nodes to be in sight. */
  reveal(scene: Scene, nodes: ReadonlySet<string>): void;
}

export interface Placed {
  k: number;
  x: number;
  y: number;
  /** Of the picture; larger than the box where the box scrolls. */
  width: number;
  height: number;
}

/** Scale and place of what is drawn in a box. Pure. */
export function placeIn(box: { width: number; height: number }, drawn: Box): Placed {
  const [across, down] = [drawn.right - drawn.left, drawn.bottom - drawn.top];
  const wanted = Math.min((box.width - 2 * AIR) / across, (box.height - 2 * AIR) / down);
  const k = Math.max(LEAST, Math.min(MOST, wanted));
  const needed = Math.ceil(across * k);
  const width = needed + 2 * LEAST_AIR <= box.width ? box.width : needed + 2 * AIR;
  const height = Math.max(box.height, Math.ceil(down * k + 2 * AIR));
  const x = (width - across * k) / 2 - drawn.left * k;
  const y = (height - down * k) / 2 - drawn.top * k;
  return { k, x, y, width, height };
}

/** The graph with its notes. */
function around({ width, height }: Scene, notes: readonly Box[]): Box {
  return notes.reduce(
    (all, box) => ({
      left: Math.min(all.left, box.left),
      top: Math.min(all.top, box.top),
      right: Math.max(all.right, box.right),
      bottom: Math.max(all.bottom, box.bottom),
    }),
    { left: 0, top: 0, right: width, bottom: height },
  );
}

export function fitMini(root: HTMLElement, picture: SVGSVGElement, viewport: SVGGElement, mostHeight: number | null): MiniFit {
  let shown: Box | null = null;
  let placed: Placed = { k: 1, x: 0, y: 0, width: 0, height: 0 };

  function place(): void {
    if (!shown || root.clientWidth === 0) return;
    if (mostHeight !== null) {
      const { k } = placeIn({ width: root.clientWidth, height: Infinity }, shown);
      // The style's height is with borders and a bar for scrolling sideways: without room for them the picture scrolls.
      const around = root.offsetHeight - root.clientHeight;
      root.style.height = `${String(Math.min(mostHeight, Math.ceil((shown.bottom - shown.top) * k + 2 * AIR) + around))}px`;
    }
    // What scrolls has bars that take room: measured without the picture.
    placed = placeIn({ width: root.clientWidth, height: root.clientHeight }, shown);
    picture.style.width = placed.width > root.clientWidth ? `${String(placed.width)}px` : '100%';
    picture.style.height = placed.height > root.clientHeight ? `${String(placed.height)}px` : '100%';
    // On paper the box has another width.
    picture.setAttribute('viewBox', `0 0 ${String(placed.width)} ${String(placed.height)}`);
    viewport.setAttribute('transform', `translate(${placed.x.toFixed(1)},${placed.y.toFixed(1)})scale(${placed.k.toFixed(4)})`);
  }

  let size = '';
  new ResizeObserver(() => {
    const now = `${String(root.clientWidth)} ${String(root.clientHeight)}`;
    if (now === size) return;
    size = now;
    place();
  }).observe(root);

  return {
    to(scene, notes = []) {
      shown = around(scene, notes);
      place();
    },
    reveal(scene, nodes) {
      const { clientWidth, clientHeight } = root;
      if (placed.width <= clientWidth && placed.height <= clientHeight) return;
      const found = scene.nodes.filter(({ node }) => nodes.has(node.id));
      if (found.length === 0) return;
      const span = (of: (node: Scene['nodes'][number]) => number, offset: number): [number, number] => {
        const places = found.map((node) => of(node) * placed.k + offset);
        return [Math.min(...places) - 60, Math.max(...places) + 60];
      };
      const [left, right] = span(({ x }) => x, placed.x);
      const [top, bottom] = span(({ y }) => y, placed.y);
      root.scrollTo({ left: into(root.scrollLeft, clientWidth, left, right), top: into(root.scrollTop, clientHeight, top, bottom) });
    },
  };
}

/** The scroll position nearest to the present one at which a stretch is in sight; its start where it is too long. Pure. */
export function into(at: number, room: number, start: number, end: number): number {
  if (end - start > room || start < at) return start;
  return end > at + room ? end - room : at;
}
