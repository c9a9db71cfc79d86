/**
 * Large graphs: only what is in sight becomes elements, far away a canvas takes their place, and a map shows the whole.
 * A chunk of its own, loaded with the first graph that needs it.
 */
import type { Drawing } from '../draw';
import type { Size, View } from '../fit';
import type { Scene } from '../scene';
import { boxInSight, type Detail } from './detail';
import { cellsOf, sameCells, type Cells } from './grid';
import { createMinimap } from './minimap';
import { createOverview } from './overview';
import { indexOf, partOf, type Index } from './part';

/** Cells drawn around those in sight, so that nothing is missing at the edge while the next are made. */
const MARGIN = 1;

export interface LargeHost {
  stage: HTMLElement;
  root: SVGSVGElement;
  drawing: Drawing;
  view(): View;
  size(): Size;
  centre(point: { x: number; y: number }): void;
  /** Other elements are on the stage now. */
  changed(): void;
}

export interface Large {
  /** Takes a new scene; the part to be drawn is returned. */
  take(scene: Scene): Scene;
  /** The view has moved: draws what has come into sight. */
  look(): void;
  /** Draws a node wherever it is, as long as it is one of these. */
  keep(reason: 'focus' | 'selection', ids: readonly string[]): void;
  /** Colours have changed. */
  repaint(): void;
  /** A small graph has taken the place. */
  leave(): void;
}

export function createLarge(host: LargeHost): Large {
  const { stage, root, drawing } = host;
  const overview = createOverview(stage);
  const minimap = createMinimap(stage, { view: () => host.view(), stage: () => host.size(), centre: (point) => host.centre(point) });
  const kept = { focus: [] as readonly string[], selection: [] as readonly string[] };
  let index: Index | null = null;
  let drawn: { cells: Cells; detail: Detail; scale: number } | null = null;

  const always = (): Set<string> => new Set([...kept.focus, ...kept.selection]);
  const cellsNow = (): Cells => cellsOf(boxInSight(host.view(), host.size()), MARGIN);

  function choose(on: Index): Scene {
    const cells = cellsNow();
    const scale = host.view().k;
    const { part, detail } = partOf(on, cells, scale, always());
    drawn = { cells, detail, scale };
    root.classList.toggle('shapes-only', detail !== 'full');
    if (detail !== 'overview') overview.hide();
    return part;
  }

  function redraw(): void {
    if (!index) return;
    drawing.part(choose(index));
    host.changed();
  }

  function showOverview(): void {
    if (index && drawn?.detail === 'overview') overview.show(index, host.view(), host.size(), minimap.picture);
  }

  return {
    take(scene) {
      index = indexOf(scene);
      overview.forget();
      minimap.show(index);
      const part = choose(index);
      showOverview();
      return part;
    },
    look() {
      if (!index || !drawn) return;
      minimap.follow();
      const zoomed = drawn.scale !== host.view().k;
      if (zoomed || !sameCells(drawn.cells, cellsNow())) redraw();
      showOverview();
    },
    keep(reason, ids) {
      const before = kept[reason];
      if (before.length === ids.length && ids.every((id, i) => id === before[i])) return;
      kept[reason] = ids;
      redraw();
    },
    repaint() {
      if (!index) return;
      overview.forget();
      minimap.show(index);
      showOverview();
    },
    leave() {
      index = drawn = null;
      kept.focus = kept.selection = [];
      overview.hide();
      overview.forget();
      minimap.hide();
      root.classList.remove('shapes-only');
    },
  };
}
