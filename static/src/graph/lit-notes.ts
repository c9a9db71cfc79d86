/** Short notes on parts that are lit, as "left out 0.000717": on a soft ground beside the wire or node they are about. */
import type { Point } from '../layout';
import { boxAround, overlap, type Box } from './geometry';
import { SIZES, type Measure } from './measure';
import type { Scene } from './scene';
import { svg } from './svg';

export interface LitNote {
  /** Edge id or node id. */
  at: string;
  /** Words, and the number they introduce in bold. */
  text: string;
  number?: string;
  tone: 'accent' | 'plain' | 'value' | 'gradient';
}

export interface Notes {
  /** `about`: the nodes that are told of; a note stands on the outer side of them. Returns what the notes cover. */
  show(notes: readonly LitNote[], scene: Scene, about: ReadonlySet<string>): Box[];
}

const HEIGHT = 28;
const PADDING = 12;
const GAP = 6;
/** From the wire to the middle of a note, past the number that stands there. */
const FROM_WIRE = 50;
/** A note that meets something goes on outward in such steps. */
const STEP = 6;
const MOST_STEPS = 20;

export function createNotes(viewport: SVGGElement, measure: Measure): Notes {
  const layer = viewport.appendChild(svg('g', { class: 'layer-notes' }));
  return {
    show(notes, scene, about) {
      layer.replaceChildren();
      const placed = placeNotes(notes, scene, about, measure);
      for (const { note, x, y, width } of placed) {
        const words = svg('text', { class: 'note-text', y: 5, 'text-anchor': 'middle', 'font-size': SIZES.caption + 1.5 }, note.text);
        if (note.number !== undefined) words.append(' ', svg('tspan', { class: 'note-number' }, note.number));
        const ground = svg('rect', { x: -width / 2, y: -HEIGHT / 2, width, height: HEIGHT, rx: 7 });
        const place = `translate(${x.toFixed(1)},${y.toFixed(1)})`;
        layer.append(svg('g', { class: `note ${note.tone}`, transform: place }, ground, words));
      }
      return placed.map(({ x, y, width }) => boxAround(x, y, width, HEIGHT));
    },
  };
}

export interface PlacedNote extends Point {
  note: LitNote;
  width: number;
}

/** Where the notes stand: over what they are about in the upper half, below it in the lower one, clear of nodes. Pure. */
export function placeNotes(notes: readonly LitNote[], scene: Scene, about: ReadonlySet<string>, measure: Measure): PlacedNote[] {
  const told = scene.nodes.filter(({ node }) => about.has(node.id));
  const middle = mean((told.length > 0 ? told : scene.nodes).map(({ y }) => y));
  const taken: Box[] = scene.nodes.map(({ x, y, name, anatomy }) => ({
    ...boxAround(x, y, anatomy.width + 8, anatomy.height + 8),
    ...(name && name.y < 0 ? { top: y + name.y - 12 } : {}),
    ...(name && name.y > 0 ? { bottom: y + name.y + 12 } : {}),
  }));
  return notes.flatMap((note): PlacedNote[] => {
    const at = placeOf(note.at, scene);
    if (!at) return [];
    const text = note.number === undefined ? note.text : `${note.text} ${note.number}`;
    const width = measure.width(text, 'caption', SIZES.caption + 1.5) + 2 * PADDING;
    const up = at.y < middle - 1;
    let y = at.y + (up ? -FROM_WIRE : FROM_WIRE);
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const box = boxAround(at.x, y, width + GAP, HEIGHT + GAP);
      if (!taken.some((other) => overlap(box, other) > 0)) break;
      y += up ? -STEP : STEP;
    }
    taken.push(boxAround(at.x, y, width + GAP, HEIGHT + GAP));
    return [{ note, x: at.x, y, width }];
  });
}

/** Where the numbers of an edge stand, or the middle of a node. */
function placeOf(id: string, scene: Scene): Point | null {
  const wire = scene.wires.find((one) => one.edge?.id === id);
  if (wire?.edge) {
    const { source } = wire.edge;
    const label = wire.forked ? scene.branches.find(({ edge }) => edge.id === id) : scene.labels.find(({ node }) => node.id === source);
    const [start, end] = [wire.points[0], wire.points.at(-1)];
    return label ?? (start && end ? { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 } : null);
  }
  const node = scene.nodes.find((one) => one.node.id === id);
  return node ? { x: node.x, y: node.y } : null;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
