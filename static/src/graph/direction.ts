/** The nearest item in the direction of an arrow key. Pure. */

export interface Spot {
  id: string;
  x: number;
  y: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

const AHEAD: Readonly<Record<Direction, (dx: number, dy: number) => [number, number]>> = {
  left: (dx, dy) => [-dx, dy],
  right: (dx, dy) => [dx, dy],
  up: (dx, dy) => [-dy, dx],
  down: (dx, dy) => [dy, dx],
};
/** Sideways distance counts more, so that the way goes along rows and columns where there are any. */
const SIDEWAYS = 2;
/** What lies further aside than ahead by this factor is not in that direction. */
const WIDEST = 3;

export function nearest(spots: readonly Spot[], from: Spot, direction: Direction): Spot | null {
  let best: Spot | null = null;
  let least = Infinity;
  for (const spot of spots) {
    if (spot.id === from.id) continue;
    const [ahead, aside] = AHEAD[direction](spot.x - from.x, spot.y - from.y);
    if (ahead <= 1 || Math.abs(aside) > WIDEST * ahead) continue;
    const distance = Math.hypot(ahead, SIDEWAYS * aside);
    if (distance < least) [best, least] = [spot, distance];
  }
  return best;
}
