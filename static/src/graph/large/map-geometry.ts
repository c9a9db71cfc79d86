/** Where the whole graph lies on the small map, and what a press on it means. Pure. */
import type { Size, View } from '../fit';
import type { Box } from '../geometry';
import { boxInSight } from './detail';

/** From this many gates and leaves on there is a map. */
export const MAP_FROM = 600;
const ROOM: Size = { width: 200, height: 132 };
/** A graph that is much longer than wide is stretched on the map, so that it does not become a line. */
const LEAST = 64;

export interface MapFit extends Size {
  /** Map px per graph px, across and down. */
  across: number;
  down: number;
}

export function fitMap(graph: Size): MapFit {
  const [wide, high] = [Math.max(1, graph.width), Math.max(1, graph.height)];
  const scale = Math.min(ROOM.width / wide, ROOM.height / high);
  const width = Math.max(LEAST, Math.round(wide * scale));
  const height = Math.max(LEAST, Math.round(high * scale));
  return { width, height, across: width / wide, down: height / high };
}

/** The frame of what the stage shows, in map px; never smaller than can be seen and never outside the map. */
export function frameOnMap(fit: MapFit, view: View, stage: Size): Box {
  const seen = boxInSight(view, stage);
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  const [left, right] = spread(clamp(seen.left * fit.across, fit.width), clamp(seen.right * fit.across, fit.width), fit.width);
  const [top, bottom] = spread(clamp(seen.top * fit.down, fit.height), clamp(seen.bottom * fit.down, fit.height), fit.height);
  return { left, top, right, bottom };
}

const LEAST_FRAME = 6;

function spread(low: number, high: number, most: number): [number, number] {
  if (high - low >= LEAST_FRAME) return [low, high];
  const start = Math.min(Math.max(0, (low + high - LEAST_FRAME) / 2), most - LEAST_FRAME);
  return [start, start + LEAST_FRAME];
}

/** The point of the graph under a point of the map; a press beside the map means its nearest edge. */
export function pointOnGraph(fit: MapFit, x: number, y: number): { x: number; y: number } {
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  return { x: clamp(x, fit.width) / fit.across, y: clamp(y, fit.height) / fit.down };
}
