/** Where an arrow key leads in a grid of cards. Pure. */

export interface CardBox {
  left: number;
  top: number;
  width: number;
}

/** Cards whose tops differ by less stand in one row. */
const SAME_ROW = 8;

/** Index of the card that the key leads to; null where the key means nothing here, -1 above the first row. */
export function cardAfterKey(key: string, boxes: readonly CardBox[], current: number): number | null {
  const last = boxes.length - 1;
  if (key === 'ArrowRight') return Math.min(last, current + 1);
  if (key === 'ArrowLeft') return Math.max(0, current - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === 'ArrowDown') return nearest(boxes, current, 1) ?? current;
  if (key === 'ArrowUp') return nearest(boxes, current, -1) ?? -1;
  return null;
}

/** The card of the next row that way which stands most nearly below or above. */
function nearest(boxes: readonly CardBox[], current: number, way: 1 | -1): number | null {
  const from = boxes[current];
  if (!from) return null;
  const middle = ({ left, width }: CardBox): number => left + width / 2;
  let best: { index: number; rows: number; aside: number } | null = null;
  for (const [index, box] of boxes.entries()) {
    const rows = (box.top - from.top) * way;
    if (rows < SAME_ROW) continue;
    const aside = Math.abs(middle(box) - middle(from));
    const closer = best === null || rows < best.rows - SAME_ROW || (rows < best.rows + SAME_ROW && aside < best.aside);
    if (closer) best = { index, rows, aside };
  }
  return best?.index ?? null;
}
