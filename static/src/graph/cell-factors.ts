/** Which cells an entry is made of: of a value the operands' entries, of a gradient what flows back and meets it. Pure. */
import type { VisibleGraph, VisibleNode } from './visible';
import { sizeOf } from './cell-sizes';

export interface CellPlace {
  row: number;
  column: number;
}

export interface Factor {
  /** Visible id, and which of its two blocks. */
  node: string;
  kind: 'value' | 'gradient';
  cells: (place: CellPlace) => boolean;
}

type Chosen = Factor['cells'];
const row = (at: number): Chosen => (place) => place.row === at;
const column = (at: number): Chosen => (place) => place.column === at;
const all: Chosen = () => true;

const shapeOf = (node: VisibleNode): readonly number[] => node.node.shape;

/** `isWhole` says of an operation that it works on whole tensors, not entry by entry. */
export function factorsAt(
  graph: VisibleGraph, id: string, kind: 'value' | 'gradient', at: CellPlace, isWhole: (op: string) => boolean,
): Factor[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const node = nodes.get(id);
  if (!node) return [];
  if (kind === 'value') {
    const operands = node.operands.flatMap((operand) => nodes.get(operand) ?? []);
    return operands.flatMap((operand, position) => {
      const cells = operandCells(node, operand, position, operands, at, isWhole);
      return cells ? [{ node: operand.id, kind: 'value' as const, cells }] : [];
    });
  }
  const uses = graph.edges.filter(({ source }) => source === id);
  const gate = uses.length === 1 && uses[0] ? nodes.get(uses[0].target) : undefined;
  return gate?.kind === 'gate' && gate.node.tensor ? backwards(node, gate, nodes, at, isWhole) : [];
}

function operandCells(
  gate: VisibleNode, operand: VisibleNode, position: number, operands: readonly VisibleNode[], at: CellPlace, isWhole: (op: string) => boolean,
): Chosen | null {
  const shape = shapeOf(operand);
  if (shape.length === 0) return null;
  if (gate.op === 'matmul') {
    const [first, second] = operands.map((one) => shapeOf(one).length);
    if ((first ?? 0) > 2 || (second ?? 0) > 2) return null;
    if (position === 0) return first === 2 ? row(at.row) : all;
    return second === 2 ? column(first === 2 ? at.column : at.row) : all;
  }
  return isWhole(gate.op ?? '') ? null : sameEntry(shape, shapeOf(gate), at);
}

/** Of an operand that is repeated along an axis, the entry that stands there. */
function sameEntry(shape: readonly number[], result: readonly number[], at: CellPlace): Chosen | null {
  if (shape.join() === result.join()) return (place) => place.row === at.row && place.column === at.column;
  const { columns } = sizeOf(result);
  return shape.length === 1 && result.length === 2 && shape[0] === columns ? row(at.column) : null;
}

/** Of a gradient: what arrives at the gate, and the entries of the other factor of a product. */
function backwards(
  node: VisibleNode, gate: VisibleNode, nodes: ReadonlyMap<string, VisibleNode>, at: CellPlace, isWhole: (op: string) => boolean,
): Factor[] {
  if (gate.op === 'matmul') {
    const [first, second] = gate.operands.flatMap((id) => nodes.get(id) ?? []);
    if (!first || !second || shapeOf(first).length !== 2) return [];
    const isFirst = first.id === node.id;
    const isMatrix = shapeOf(second).length === 2;
    const upstream = isFirst ? row(at.row) : isMatrix ? column(at.column) : all;
    const other = isFirst ? { node: second.id, cells: row(at.column) } : { node: first.id, cells: column(at.row) };
    return [{ node: gate.id, kind: 'gradient', cells: upstream }, { ...other, kind: 'value' }];
  }
  if (isWhole(gate.op ?? '') || shapeOf(node).join() !== shapeOf(gate).join()) return [];
  return [{ node: gate.id, kind: 'gradient', cells: (place) => place.row === at.row && place.column === at.column }];
}
