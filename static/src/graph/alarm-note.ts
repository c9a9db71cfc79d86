/** The reason why a number is not finite, beside the first node where it arises. */
import type { Alarm } from './alarm';
import { crowdOf } from './crowd';
import type { Figures } from './figures';
import { boxAround } from './geometry';
import type { Measure } from './measure';
import type { Scene } from './scene';
import { svg } from './svg';

const LINE = 18;
const SIZE = 13.5;
const WIDEST = 230;
const PADDING = 10;

/** Draws the sentence where the least is in its way, with a line to its node. */
export function drawAlarm(layer: SVGGElement, alarm: Alarm, scene: Scene, figures: Figures, measure: Measure): void {
  const item = scene.nodes.find(({ node }) => node.id === alarm.node);
  if (!item) {
    layer.replaceChildren();
    return;
  }
  const lines = wrapped(alarm.sentence, (text) => measure.width(text, 'caption', SIZE));
  const width = Math.max(...lines.map((text) => measure.width(text, 'caption', SIZE))) + 2 * PADDING;
  const height = lines.length * LINE + 2 * PADDING - 4;
  const crowd = crowdOf(scene, figures, measure);
  const reach = item.anatomy.height / 2 + 30 + height / 2;
  const places = [1, -1, 1.5, -1.5, 2, -2].flatMap((down) =>
    [0, 0.4, -0.4].map((aside) => ({ x: item.x + aside * width, y: item.y + down * reach })),
  );
  const cost = ({ x, y }: { x: number; y: number }): number =>
    crowd.cost(boxAround(x, y, width + 8, height + 8)) + 0.5 * Math.hypot(x - item.x, y - item.y);
  const best = places.reduce((least, place) => (cost(place) < cost(least) ? place : least));
  const below = best.y > item.y;
  const edge = best.y + (below ? -1 : 1) * (height / 2);
  const named = item.name !== null && item.name.y > 0 === below;
  const from = item.y + (below ? 1 : -1) * (item.anatomy.height / 2 + (named ? 24 : 6));
  layer.replaceChildren(
    ...(Math.abs(edge - from) > 4 ? [svg('line', { class: 'alarm-line', x1: item.x, y1: from, x2: item.x, y2: edge })] : []),
    svg('rect', { class: 'alarm-box', x: best.x - width / 2, y: best.y - height / 2, width, height, rx: 8 }),
    ...lines.map((text, i) =>
      svg(
        'text',
        {
          class: 'alarm-text', x: best.x, y: best.y - height / 2 + PADDING + 11 + i * LINE, 'text-anchor': 'middle',
          'font-size': SIZE,
        },
        text,
      ),
    ),
  );
}

/** Lines of words, none wider than the box. */
function wrapped(sentence: string, width: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of sentence.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && width(`${last} ${word}`) <= WIDEST) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
