/**
 * A graph as a picture for paper: the page's own layout and drawing, without a page. Runs wherever there is a
 * JavaScript engine (app/export/engine.py): numbers and names in, one SVG text out.
 */
import { readAnswer } from '../api/client';
import { withTensors } from '../api/tensors';
import type { Answer, Operation } from '../api/model';
import { anatomies } from '../graph/anatomy';
import { arrange } from '../graph/arrange';
import { figuresOf } from '../graph/figures';
import { identify } from '../graph/identity';
import { createMeasure } from '../graph/measure';
import { buildScene } from '../graph/scene';
import { setTensorTools } from '../graph/tensor-tools';
import * as tensors from '../graph/tensors';
import { visibleGraph } from '../graph/visible';
import { layout } from '../layout';
import { escapeXml, tag } from './markup';
import { PAPER, UI_FONT } from './paper';
import { branchPart, groupPart, groupRoom, junctionPart, labelPart, nodePart, wirePart } from './parts';

export interface PictureRequest {
  answer: Answer;
  operations: readonly Operation[];
  /** Digits after the point. */
  decimals: number;
  /** What the picture shows, in a sentence. */
  title: string;
}

setTensorTools(tensors);

/** Air around the drawing, px. */
const MARGIN = 20;

export function picture({ answer: given, operations: all, decimals, title }: PictureRequest): string {
  const answer = given.nodes.some(({ shape }) => shape && shape.length > 0) ? withTensors(given) : given;
  const operations = new Map(all.map((operation) => [operation.name, operation]));
  const measure = createMeasure(null);
  const openGroups = new Set(answer.groups.map(({ id }) => id));
  const graph = visibleGraph(answer, openGroups, { foldConstants: true }, operations);
  const figures = figuresOf(graph, answer, { decimals, ribbons: false }, operations);
  const [identities, anatomy] = [identify(graph, null), anatomies(graph, measure)];
  const frames = new Map(graph.groups.map((open) => [open.group.id, groupRoom(open, answer, operations, decimals, measure)]));
  const question = arrange({ graph, identities, anatomy, figures, operations, patterns: false, measure, frames }, new Map());
  const scene = buildScene({ graph, identities, anatomy, layout: layout(question), patterns: false, operations });
  const [width, height] = [scene.width + 2 * MARGIN, scene.height + 2 * MARGIN];
  return tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${String(Math.round(10 * width) / 10)} ${String(Math.round(10 * height) / 10)}`,
      role: 'img',
      'aria-label': title,
      'font-family': UI_FONT,
    },
    tag('title', {}, escapeXml(title)),
    tag('rect', { width: '100%', height: '100%', rx: 8, fill: PAPER.canvas }),
    tag(
      'g',
      { transform: `translate(${String(MARGIN)},${String(MARGIN)})` },
      ...scene.groups.map((group) => groupPart(group, answer, operations, decimals)),
      ...scene.nodes.map(nodePart),
      ...scene.wires.map((wire) => wirePart(wire, figures)),
      ...scene.junctions.map(junctionPart),
      ...scene.labels.map((label) => labelPart(label, figures, measure)),
      ...scene.branches.map((branch) => branchPart(branch, figures)),
    ),
  );
}

/** The same from and to text, as other languages call it. */
export function drawPicture(request: string): string {
  return picture(readAnswer(request) as PictureRequest);
}
