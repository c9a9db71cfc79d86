/** The paths as a small graph: named nodes, and on every edge its local factor. Pure. */
import { miniEdgeId, type MiniEdge, type MiniModel, type MiniNode } from '../../mini/model';
import { equationNumber } from '../../format';
import type { PathsModel } from './model';

/** More nodes than can be read in a small picture: then only the path pointed at is drawn. */
export const MOST_NODES = 120;
/** One path alone, which the picture scrolls along. */
export const MOST_ON_A_PATH = 250;
/** More short strokes at a gate than can be told apart. */
const MOST_TICKS = 4;
const OUTPUT = 'output';

/** `path`: only this one. */
export function miniOf(model: PathsModel, path: number | null = null): MiniModel {
  const { answer, printed } = model;
  const kept = path === null ? null : new Set(model.nodesOf(path));
  const keptEdges = path === null ? null : new Set(model.edgesOf(path).map((edge) => miniEdgeId(...edge)));
  const shown = answer.nodes.filter(({ id }) => kept?.has(id) ?? true);
  const nodes = shown.map((node): MiniNode => {
    const { id, latex, label } = node;
    const shape = node.shape.length > 0 ? { shape: node.shape } : {};
    if (node.kind === 'leaf') return { id, kind: 'leaf', role: node.role, latex, label, ...shape };
    const name = id === answer.output ? {} : { name: latex };
    return {
      id, kind: 'gate', label, symbol: node.shown, glyph: node.glyph, double: node.folded,
      ticks: Math.min(MOST_TICKS, node.left_out), ...name, ...shape,
    };
  });
  const edges = answer.edges.flatMap(({ source, target, operand, local }): MiniEdge[] => {
    const id = miniEdgeId(source, target, operand);
    if (keptEdges && !keptEdges.has(id)) return [];
    if (local === null) return [{ id, source, target, operand }];
    return [{ id, source, target, operand, above: equationNumber(local, printed.digits).text, tone: 'plain' }];
  });
  const end = shown.find(({ id }) => id === answer.output);
  if (end) {
    nodes.push({ id: OUTPUT, kind: 'output', latex: end.latex, label: end.label });
    edges.push({ id: miniEdgeId(end.id, OUTPUT, 0), source: end.id, target: OUTPUT, operand: 0 });
  }
  return { nodes, edges };
}

/** What is lit of a path: its nodes and edges, and the box of the output behind it. */
export function litOf(model: PathsModel, path: number): { nodes: string[]; edges: string[] } {
  return {
    nodes: [...model.nodesOf(path), OUTPUT],
    edges: [...model.edgesOf(path).map((edge) => miniEdgeId(...edge)), miniEdgeId(model.answer.output, OUTPUT, 0)],
  };
}
