/** The cell under the pointer is read out in full, and the cells it is made of are framed. */
import { fullNumber } from '../format';
import { entryName } from '../tensor-zoom/scale';
import { factorsAt, type CellPlace } from './cell-factors';
import { BAR, type Block } from './cell-sizes';
import { labelOf, nodeOf, type GraphContext } from './context';
import type { SceneLabel } from './scene';
import { svg } from './svg';

type Kind = 'value' | 'gradient';
const FRAMES = 'cell-frames';

const watched = new WeakSet<Element>();

/** From the first tensor on; a second call for the same stage does nothing. */
export function readCells(context: GraphContext): void {
  const { root } = context.parts;
  if (watched.has(root)) return;
  watched.add(root);
  let last = '';

  function clear(): void {
    if (last === '') return;
    last = '';
    context.tooltip.hide();
    for (const old of root.querySelectorAll(`.${FRAMES}`)) old.remove();
  }

  root.addEventListener('pointermove', (event) => {
    const isBusy = event.buttons !== 0 || context.app.store.get().drag !== null;
    const found = isBusy ? null : cellUnder(context, event);
    if (!found) {
      clear();
      return;
    }
    const { id, kind, place, label, entry } = found;
    const key = `${id} ${kind} ${String(place.row)} ${String(place.column)}`;
    if (key === last) return;
    clear();
    last = key;
    const { shape, label: name } = label.node.node;
    const index = place.row * found.block.columns + place.column;
    context.tooltip.plan([{ kind, text: `${fullNumber(entry)}  ${entryName(name, shape, index)}` }], () => cellBox(context, found), true);
    const graph = context.picture()?.graph;
    if (!graph) return;
    frame(id, kind, (one) => one.row === place.row && one.column === place.column, true);
    const isWhole = (op: string): boolean => context.app.operations.get(op)?.whole ?? true;
    for (const factor of factorsAt(graph, id, kind, place, isWhole)) frame(factor.node, factor.kind, factor.cells, false);
  });
  root.addEventListener('pointerleave', clear);

  /** Frames cells of one block; nothing where it is told by a summary. */
  function frame(id: string, kind: Kind, chosen: (place: CellPlace) => boolean, isResult: boolean): void {
    const label = labelOf(context, id);
    const root = context.drawing.label(id);
    if (!label?.cells || !root?.querySelector(`.${kind}-cells`) || label.cells.block.drawn === 'summary') return;
    const { block, ...plan } = label.cells;
    let d = '';
    for (let row = 0; row < block.rows; row += 1) {
      for (let column = 0; column < block.columns; column += 1) {
        if (!chosen({ row, column })) continue;
        const { width, height } = block.cell;
        d += `M${String(plan[kind].x + BAR.room + column * width)},${String(plan[kind].y + row * height)}h${String(width)}v${String(height - 1)}h${String(-width)}z`;
      }
    }
    root.append(svg('path', { class: `cells ${FRAMES}${isResult ? ' is-result' : ''}`, d, 'aria-hidden': 'true' }));
  }
}

interface Found {
  id: string;
  label: SceneLabel;
  kind: Kind;
  block: Block;
  place: CellPlace;
  entry: number;
}

/** Cells let the pointer through to what lies under them, so where they are is computed. */
function cellUnder(context: GraphContext, { clientX, clientY }: PointerEvent): Found | null {
  const { left, top } = context.parts.root.getBoundingClientRect();
  const { k, x, y } = context.zoom.view;
  const at = { x: (clientX - left - x) / k, y: (clientY - top - y) / k };
  for (const label of context.scene()?.labels ?? []) {
    if (!label.cells || label.cells.block.drawn === 'summary') continue;
    const { block, ...plan } = label.cells;
    for (const kind of ['value', 'gradient'] as const) {
      const place = {
        row: Math.floor((at.y - label.y - plan[kind].y) / block.cell.height),
        column: Math.floor((at.x - label.x - plan[kind].x - BAR.room) / block.cell.width),
      };
      if (place.row < 0 || place.column < 0 || place.row >= block.rows || place.column >= block.columns) continue;
      const entry = nodeOf(context, label.node.id)?.node.tensor?.[kind]?.entries?.[place.row * block.columns + place.column];
      // What is not reached yet, or switched off, is not there.
      const drawn = context.drawing.label(label.node.id)?.querySelector(`.${kind}-cells`);
      if (entry === undefined || !drawn?.checkVisibility()) return null;
      return { id: label.node.id, label, kind, block, place, entry };
    }
  }
  return null;
}

function cellBox(context: GraphContext, { label, kind, block, place }: Found): DOMRect | null {
  if (!label.cells) return null;
  const { left, top } = context.parts.root.getBoundingClientRect();
  const { k, x, y } = context.zoom.view;
  const corner = { x: label.x + label.cells[kind].x + BAR.room + place.column * block.cell.width, y: label.y + label.cells[kind].y + place.row * block.cell.height };
  return new DOMRect(left + x + k * corner.x, top + y + k * corner.y, k * block.cell.width, k * block.cell.height);
}
