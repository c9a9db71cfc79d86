/** The zoomed-out picture of a large graph: a canvas behind the SVG, put together from tiles that are painted once. */
import type { Size, View } from '../fit';
import { boxInSight } from './detail';
import { cellsOf } from './grid';
import { inksOf, paint, type Inks } from './paint';
import type { Index } from './part';

/** Side of a tile, in device px. */
const TILE = 512;
const MOST_TILES = 48;
/** Tiles painted in one frame; the small map stands in for the others. */
const TILES_A_FRAME = 3;

export interface Overview {
  show(index: Index, view: View, stage: Size, standIn: HTMLCanvasElement): void;
  hide(): void;
  /** Colours or the graph have changed: nothing painted can be used again. */
  forget(): void;
}

export function createOverview(stage: HTMLElement): Overview {
  const canvas = document.createElement('canvas');
  canvas.className = 'overview';
  canvas.setAttribute('aria-hidden', 'true');
  canvas.hidden = true;
  stage.prepend(canvas);
  const tiles = new Map<string, HTMLCanvasElement>();
  let inks: Inks | null = null;
  let frame = 0;

  function tile(index: Index, scale: number, column: number, row: number): HTMLCanvasElement {
    const made = document.createElement('canvas');
    made.width = made.height = TILE;
    const side = TILE / scale;
    const box = { left: column * side, top: row * side, right: (column + 1) * side, bottom: (row + 1) * side };
    const cells = cellsOf(box);
    const items = { nodes: index.nodes.within(cells), wires: index.wires.within(cells) };
    const context = made.getContext('2d');
    inks ??= inksOf(stage);
    const place = { across: scale, down: scale, x: -column * TILE, y: -row * TILE };
    if (context) paint(context, index.scene, items, place, inks);
    return made;
  }

  function draw(index: Index, view: View, { width, height }: Size, standIn: HTMLCanvasElement): void {
    const ratio = window.devicePixelRatio;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
    const context = canvas.getContext('2d');
    if (!context) return;
    const [k, x, y] = [view.k * ratio, view.x * ratio, view.y * ratio];
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, wide, high);
    const { width: graphWide, height: graphHigh } = index.scene;
    // Tiles are painted at every second power of two and stretched in between.
    const scale = 2 ** (Math.ceil(2 * Math.log2(k)) / 2);
    const side = TILE / scale;
    const seen = boxInSight(view, { width, height });
    const clamp = (value: number, most: number): number => Math.min(Math.ceil(most / side), Math.max(0, Math.floor(value / side)));
    let budget = TILES_A_FRAME;
    let missing = false;
    for (let column = clamp(seen.left, graphWide); column <= clamp(seen.right, graphWide); column += 1) {
      for (let row = clamp(seen.top, graphHigh); row <= clamp(seen.bottom, graphHigh); row += 1) {
        const key = `${String(scale)} ${String(column)} ${String(row)}`;
        let found = tiles.get(key);
        if (!found && budget > 0) {
          budget -= 1;
          found = tile(index, scale, column, row);
        }
        const [left, top, reach] = [column * side * k + x, row * side * k + y, side * k];
        if (found) {
          tiles.delete(key);
          tiles.set(key, found);
          context.drawImage(found, left, top, reach, reach);
          continue;
        }
        missing = true;
        const [across, down] = [standIn.width / graphWide, standIn.height / graphHigh];
        context.drawImage(standIn, column * side * across, row * side * down, side * across, side * down, left, top, reach, reach);
      }
    }
    for (const key of tiles.keys()) {
      if (tiles.size <= MOST_TILES) break;
      tiles.delete(key);
    }
    window.cancelAnimationFrame(frame);
    if (missing) frame = window.requestAnimationFrame(() => draw(index, view, { width, height }, standIn));
  }

  return {
    show(index, view, size, standIn) {
      canvas.hidden = false;
      draw(index, view, size, standIn);
    },
    hide() {
      window.cancelAnimationFrame(frame);
      canvas.hidden = true;
    },
    forget() {
      window.cancelAnimationFrame(frame);
      tiles.clear();
      inks = null;
    },
  };
}
