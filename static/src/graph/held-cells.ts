/** The cells of a leaf's value on the graph: which entry is under the pointer, and where an entry stands. */
import type { Point } from '../layout';
import type { GraphContext } from './context';

/** Cells stand in their group row by row; each has a ground. */
const GROUNDS = '.value-cells .cell';

/** Grounds of the cells of a node, row by row; none where it has another number of entries: of a large tensor one stands for all. */
function groundsOf({ drawing, picture }: GraphContext, node: string): readonly Element[] {
  const entries = picture()?.graph.nodes.find(({ id }) => id === node)?.node.tensor?.value.entries?.length;
  const grounds = [...(drawing.label(node)?.querySelectorAll(GROUNDS) ?? [])];
  return grounds.length === entries ? grounds : [];
}

/**
 * The node and the place of the cell at this point, inside what the pointer is over; null elsewhere. A card has its cells
 * before it, yet they let the pointer through to it: it stays one thing for the hand and for a screen reader.
 */
export function cellAt(
  context: GraphContext, target: Element, { clientX, clientY }: { clientX: number; clientY: number },
): { node: string; entry: number } | null {
  const owner = target.closest('[data-label], [data-node]');
  const node = owner?.getAttribute('data-label') ?? owner?.getAttribute('data-node');
  if (node === null || node === undefined) return null;
  const entry = groundsOf(context, node).findIndex((ground) => {
    const { left, right, top, bottom } = ground.getBoundingClientRect();
    return clientX >= left && clientX < right && clientY >= top && clientY < bottom;
  });
  return entry < 0 ? null : { node, entry };
}

/** Middle of a cell in the coordinates of the graph, and its height on the screen; null where it is not drawn. */
export function placeOfCell(context: GraphContext, node: string, entry: number): (Point & { height: number }) | null {
  const cell = groundsOf(context, node)[entry];
  if (!cell) return null;
  const box = cell.getBoundingClientRect();
  const stage = context.parts.root.getBoundingClientRect();
  const { k, x, y } = context.zoom.view;
  return { x: (box.left + box.width / 2 - stage.left - x) / k, y: (box.top + box.height / 2 - stage.top - y) / k, height: box.height };
}
