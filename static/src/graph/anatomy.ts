/** Shape, size and lettering of every node: what section by section becomes SVG, as plain data. */
import type { CellPlan } from './cell-plan';
import { literalText } from './folding';
import { glyphPath, signPath } from './glyphs';
import type { Hang } from './hanging';
import { gateRuns, nameRuns, type Run } from './math-text';
import { SIZES, type Measure } from './measure';
import { tensorTools } from './tensor-tools';
import type { VisibleGraph, VisibleNode } from './visible';

export type Shape = 'circle' | 'stadium' | 'rectangle' | 'card' | 'output';

export interface Lettering {
  runs: readonly Run[];
  size: number;
  width: number;
}

export interface Anatomy {
  shape: Shape;
  width: number;
  height: number;
  /** Second ring of a composite. */
  ring: boolean;
  /** Strokes of a sign or curve, in the middle of the node; else lettering. */
  glyph: string | null;
  sign: boolean;
  text: Lettering | null;
  /** The name beside a gate; null where the name stands elsewhere. */
  name: Lettering | null;
  /** Of a tensor: where its cells stand, and whether it hangs at its gate. */
  cells?: CellPlan;
  hang?: Hang | null;
}

export const RADIUS = 22;
/** The second ring of a composite lies this far outside the first. */
export const RING = 3.5;
const LEAF_HEIGHT = 32;
const LEAST_WIDTH = 44;
const PADDING = 13;
/** Lettering in a gate is at most this wide, and never smaller than this. */
const GATE_ROOM = 32;
const GATE_SIZE = 20;
const LEAST_GATE_SIZE = 11.5;

export function anatomies(graph: VisibleGraph, measure: Measure): Map<string, Anatomy> {
  // A gate that has an end of its own behind it is named there.
  const named = new Set(graph.nodes.filter((node) => node.kind === 'output').flatMap((node) => node.operands));
  const tools = tensorTools();
  const hanging = tools?.hangingLeaves(graph);
  return new Map(graph.nodes.map((node) => {
    const plain = anatomy(node, named.has(node.id), measure);
    return [node.id, node.node.tensor && tools ? tools.tensorAnatomy(plain, node, hanging?.get(node.id) ?? null, measure) : plain];
  }));
}

function anatomy(node: VisibleNode, namedBehind: boolean, measure: Measure): Anatomy {
  if (node.kind === 'gate') return gate(node, namedBehind, measure);
  const text = lettering(leafRuns(node), SIZES.leaf, measure);
  const width = Math.max(LEAST_WIDTH, Math.ceil(text.width) + 2 * PADDING);
  const common = { width, ring: false, glyph: null, sign: false, text, name: null };
  if (node.kind === 'output') return { ...common, shape: 'output', height: 36 };
  if (node.role === 'constant') return { ...common, shape: 'stadium', height: 28 };
  return { ...common, shape: node.role === 'parameter' ? 'rectangle' : 'stadium', height: LEAF_HEIGHT };
}

function leafRuns(node: VisibleNode): Run[] {
  const literal = node.role === 'constant' && node.name === null;
  return literal ? [{ text: literalText(node), font: 'main', level: 'base' }] : nameRuns(node.latex, node.label);
}

function gate(node: VisibleNode, namedBehind: boolean, measure: Measure): Anatomy {
  const size = 2 * (RADIUS + (node.composite ? RING : 0));
  const curve = glyphPath(node.glyph);
  const sign = curve === null ? signPath(node.symbol) : null;
  return {
    shape: 'circle',
    width: size,
    height: size,
    ring: node.composite,
    glyph: curve ?? sign,
    sign: sign !== null,
    text: curve ?? sign ? null : gateLettering(node.symbol, measure),
    name: namedBehind ? null : lettering(nameRuns(node.latex, node.label), SIZES.name, measure),
  };
}

/** As large as fits: "×−1" is smaller than "+1". */
function gateLettering(symbol: string, measure: Measure): Lettering {
  const runs = gateRuns(symbol);
  const full = measure.runs(runs, GATE_SIZE);
  const size = Math.max(LEAST_GATE_SIZE, Math.min(GATE_SIZE, Math.floor((GATE_SIZE * GATE_ROOM * 2) / full) / 2));
  return lettering(runs, size, measure);
}

export function lettering(runs: readonly Run[], size: number, measure: Measure): Lettering {
  return { runs, size, width: measure.runs(runs, size) };
}
