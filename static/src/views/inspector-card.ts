/** Draws a close-up into an SVG element. */
import { letter, svg } from '../graph/svg';
import type { Card, Piece } from '../explain/closeup';

export function drawCard(root: SVGSVGElement, card: Card, label: string | null): void {
  root.setAttribute('viewBox', `0 0 ${String(card.width)} ${String(card.height)}`);
  root.setAttribute('width', String(card.width));
  root.setAttribute('height', String(card.height));
  if (label === null) root.setAttribute('aria-hidden', 'true');
  else {
    root.setAttribute('role', 'img');
    root.setAttribute('aria-label', label);
  }
  root.replaceChildren(...card.pieces.map(draw));
}

function draw(piece: Piece): SVGElement {
  if (piece.kind === 'circle') {
    return svg('circle', { class: piece.className, cx: piece.x, cy: piece.y, r: piece.r });
  }
  if (piece.kind === 'path') {
    const at = piece.at && `translate(${String(piece.at.x)} ${String(piece.at.y)}) scale(${piece.at.scale.toFixed(3)})`;
    return svg('path', { class: piece.className, d: piece.d, transform: at ?? null });
  }
  const text = svg('text', { class: piece.className, x: piece.x, y: piece.y, 'text-anchor': piece.anchor });
  letter(text, { ...piece, width: 0 });
  // The tooltip has every digit.
  if (piece.title !== undefined) text.append(svg('title', {}, piece.title));
  return text;
}
