/** The drawing of a graph gate by gate, with as many of its numbers as there is room for. */
import type { Answer, Operation } from '../api/model';
import { figuresOf, usesOf } from '../graph/figures';
import { literalText } from '../graph/folding';
import type { Measure } from '../graph/measure';
import type { VisibleGraph, VisibleNode } from '../graph/visible';
import { layout, type Layout, type LayoutGraph, type LayoutNode, type LayoutOptions } from '../layout';
import { BOX, fitScale, isEnd, scaled, showsSign, type Drawing, type Label, type Shape, type ShapeKind, type Wire } from './drawing';
import { cardNumber } from './number';

/** Which numbers are drawn: of every wire, of gates and forks, of the output, or none. */
const LEVELS = ['all', 'gates', 'output', 'none'] as const;
type Level = (typeof LEVELS)[number];

/** Sizes at 100 %, px: the proportions of a graph. */
const GATE = 44;
const RING = 7;
const LEAF = { width: 42, height: 27 };
const CONSTANT = { width: 38, height: 24 };
const END = { width: 42, height: 34 };

/** How nodes and the room between them are measured for the layout engine. */
interface Spacing {
  /** Nodes are laid out this much larger, and drawn smaller by as much: the engine's own least distances shrink. */
  enlarged: number;
  options: Partial<LayoutOptions>;
}

const ROOMY: Spacing = {
  enlarged: 1,
  options: { rail: 22, layerGap: 34, nodeGap: 14, groupGap: 6, wireGap: 8, partGap: 24, labelHeight: 28 },
};
const TIGHT: Spacing = {
  enlarged: 2.2,
  options: { rail: 4, layerGap: 36, nodeGap: 22, groupGap: 4, wireGap: 10, partGap: 30 },
};
/** Numbers are 11.5 px on the card, whatever the scale: that wide they are at the scale they need. */
const TEXT = 11.5;
const LEAST_WITH_NUMBERS = 0.44;
const LABEL_GAP = 10;
/** A drawing lower than this part of its box is spread, up to this factor, unless its gates shrink by more than that. */
const LOW = 0.75;
const MOST_SPREAD = 3;
const LEAST_KEPT = 0.94;

export interface GateInput {
  graph: VisibleGraph;
  answer: Answer;
  operations: ReadonlyMap<string, Operation>;
  measure: Measure;
}

export function drawGates(input: GateInput): Drawing {
  const bare = arrange(input, 'none', ROOMY);
  if (fitScale(bare.layout, bare.enlarged) < LEAST_WITH_NUMBERS) return drawn(input, spread(input, arrange(input, 'none', TIGHT)), 'none');
  for (const level of LEVELS) {
    const arranged = level === 'none' ? bare : arrange(input, level, ROOMY);
    if (level === 'none' || fitScale(arranged.layout, arranged.enlarged) >= LEAST_WITH_NUMBERS) return drawn(input, arranged, level);
  }
  return drawn(input, bare, 'none');
}

interface Arranged {
  layout: Layout;
  enlarged: number;
  sizes: ReadonlyMap<string, { width: number; height: number }>;
}

/** A long, low graph takes the height that it would leave empty. */
function spread(input: GateInput, low: Arranged): Arranged {
  const height = low.layout.height * fitScale(low.layout, low.enlarged);
  if (height > LOW * BOX.height) return low;
  const more = Math.min(MOST_SPREAD, (LOW * BOX.height) / height);
  const nodeGap = (TIGHT.options.nodeGap ?? 0) + (more - 1) * GATE * TIGHT.enlarged;
  const high = arrange(input, 'none', { ...TIGHT, options: { ...TIGHT.options, nodeGap } });
  return fitScale(high.layout, high.enlarged) < LEAST_KEPT * fitScale(low.layout, low.enlarged) ? low : high;
}

function arrange({ graph, operations, measure }: GateInput, level: Level, { enlarged, options }: Spacing): Arranged {
  const uses = usesOf(graph);
  const width = (value: number | null): number =>
    value === null ? 0 : measure.width(cardNumber(value), 'number', TEXT / LEAST_WITH_NUMBERS) + LABEL_GAP;
  const nodes = graph.nodes.map((node): LayoutNode => {
    const { value, gradient } = numbersAt(node, level, graph, uses);
    return {
      id: node.id,
      ...sizeOf(node, enlarged),
      kind: node.kind,
      fixedOrder: node.operands.length > 1 && !['+', '×'].includes(operations.get(node.op ?? '')?.symbol ?? ''),
      label: Math.max(width(value), width(gradient)),
      name: 0,
    };
  });
  const forks = level === 'all' || level === 'gates';
  const edges = graph.edges.map((edge) => ({
    id: edge.id,
    source: edge.source,
    target: edge.target,
    operand: edge.operand,
    label: forks && (uses.get(edge.source) ?? 0) > 1 ? width(edge.downstream) : 0,
  }));
  const request: LayoutGraph = { nodes, edges };
  return { layout: layout(request, options), enlarged, sizes: new Map(nodes.map((node) => [node.id, node])) };
}

/** Value and gradient on the wire that leaves a node; null where none is drawn. */
function numbersAt(
  node: VisibleNode,
  level: Level,
  { output }: VisibleGraph,
  uses: ReadonlyMap<string, number>,
): { value: number | null; gradient: number | null } {
  const literal = node.role === 'constant' && node.name === null;
  const chosen =
    level === 'all' ||
    (level === 'gates' && (node.kind === 'gate' || (uses.get(node.id) ?? 0) > 1)) ||
    (level === 'output' && node.id === output);
  if (!chosen || literal || node.kind === 'output' || node.node.tensor) return { value: null, gradient: null };
  return { value: node.value, gradient: node.gradient };
}

function sizeOf(node: VisibleNode, enlarged: number): { width: number; height: number } {
  const gate = GATE + (node.composite ? RING : 0);
  const leaf = node.role === 'constant' ? CONSTANT : LEAF;
  const { width, height } = node.kind === 'output' ? END : node.kind === 'leaf' ? leaf : { width: gate, height: gate };
  return { width: width * enlarged, height: height * enlarged };
}

function drawn(input: GateInput, { layout: placed, sizes, enlarged }: Arranged, level: Level): Drawing {
  const { graph, answer, operations } = input;
  const scale = fitScale(placed, enlarged);
  const uses = usesOf(graph);
  const { unchosen } = figuresOf(graph, answer, { decimals: 2, ribbons: false }, operations);
  const shapes: Shape[] = [];
  const wires: Wire[] = [];
  const labels: Label[] = [];
  const dots = [];
  for (const node of graph.nodes) {
    const at = placed.nodes.get(node.id);
    const size = sizes.get(node.id);
    if (!at || !size) continue;
    const [width, height] = [size.width * scale, size.height * scale];
    const sign = showsSign(width) ? signOf(node) : null;
    shapes.push({ id: node.id, kind: kindOf(node), x: at.x * scale, y: at.y * scale, width, height, sign });
    const trunk = placed.trunks.get(node.id);
    if (!trunk || isEnd(node.id)) continue;
    if (trunk.junction) {
      wires.push({ points: scaled(trunk.points, scale), kind: 'edge', width: 1 });
      dots.push({ x: trunk.junction.x * scale, y: trunk.junction.y * scale });
    }
    const { value, gradient } = numbersAt(node, level, graph, uses);
    const [x, y] = [trunk.label.x * scale, trunk.label.y * scale];
    if (value !== null) labels.push({ text: cardNumber(value), x, y: y - 4, kind: 'value' });
    if (gradient !== null) labels.push({ text: cardNumber(gradient), x, y: y + TEXT + 1, kind: 'gradient' });
  }
  for (const edge of graph.edges) {
    const route = placed.edges.get(edge.id);
    if (!route) continue;
    wires.push({ points: scaled(route.points, scale), kind: unchosen.has(edge.id) ? 'unchosen' : 'edge', width: 1 });
    const forks = level === 'all' || level === 'gates';
    if (!forks || !route.label || edge.downstream === null) continue;
    labels.push({
      text: cardNumber(edge.downstream),
      x: route.label.x * scale,
      y: route.label.y * scale + TEXT * 0.36,
      kind: 'gradient',
    });
  }
  return { width: placed.width * scale, height: placed.height * scale, scale: scale * enlarged, shapes, wires, dots, labels };
}

function signOf(node: VisibleNode): Shape['sign'] {
  if (node.kind === 'gate') return { symbol: node.symbol, glyph: node.glyph };
  return node.role === 'constant' && node.name === null ? { symbol: literalText(node), glyph: null } : null;
}

function kindOf(node: VisibleNode): ShapeKind {
  if (node.kind === 'output') return 'output';
  if (node.kind === 'gate') return node.composite ? 'composite' : 'gate';
  return node.role ?? 'input';
}
