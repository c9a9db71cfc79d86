/** What the mini graph beside the matrix shows: the graph between leaves and outputs, or the backward pass. Pure. */
import type { Answer, Operation } from '../../api/model';
import type { NamedGraph } from '../../api/types';
import { graphNumber } from '../../format';
import { between, miniFromAnswer, miniFromNamed } from '../../mini/from';
import { usesIn, type MiniModel } from '../../mini/model';

/** Up to so many nodes the whole graph is drawn; beyond, what lies between the leaf and the output of the entry. */
const MOST_NODES = 14;
/** The same in a narrow box, in px. */
const MOST_NODES_NARROW = 6;
const NARROW = 560;
/** The same of the backward pass, whose nodes are smaller steps. */
const MOST_BACKWARD_NODES = 24;

/** Whether in a box of this width only what lies between the leaf and the output of the entry is drawn. */
export function isPart({ nodes }: NamedGraph, width: number): boolean {
  return nodes.length > (width < NARROW ? MOST_NODES_NARROW : MOST_NODES);
}

/**
 * Values above, below the gradients of the output that the graph carries, where it depends on the node; beside each
 * branch of a fan-out what that passes on. The operand that a router did not choose is dashed. With a leaf only what lies
 * between it and the output.
 */
export function matrixFigure(
  graph: NamedGraph,
  leaf: string | null,
  operations: ReadonlyMap<string, Operation>,
  decimals: number,
): MiniModel {
  const leading = leadingTo(graph.edges, graph.output);
  const operationOf = new Map(graph.nodes.map((node) => [node.id, node.folded ? '' : (node.op ?? '')]));
  const uses = usesIn(graph.edges.map((edge) => ({ ...edge, id: '' })));
  const records = new Map(graph.edges.map((edge) => [keyOf(edge), edge]));
  const isUnchosen = ({ target, local }: { target: string; local: number | string | null }): boolean =>
    local !== null && Number(local) === 0 && operations.get(operationOf.get(target) ?? '')?.pattern?.name === 'router';
  const model = miniFromNamed(graph, {
    numbers: 'values',
    ...(leaf === null ? {} : { from: leaf, to: graph.output }),
    text: (edge) =>
      (uses.get(edge.source) ?? 0) > 1 && edge.downstream !== null && leading.has(edge.target) && !isUnchosen(edge)
        ? { below: graphNumber(Number(edge.downstream), decimals) }
        : null,
  });
  return {
    nodes: model.nodes.map((node) => (leading.has(node.id) || node.kind === 'output' ? node : { ...node, gradient: null })),
    edges: model.edges.map((edge) => {
      const record = records.get(keyOf(edge));
      return record && isUnchosen(record) ? { ...edge, unchosen: true } : edge;
    }),
  };
}

const keyOf = ({ source, target, operand }: { source: string; target: string; operand: number }): string =>
  `${source} ${target} ${String(operand)}`;

/** A node, and all that it is computed from. */
function leadingTo(edges: readonly { source: string; target: string }[], node: string): Set<string> {
  const operands = new Map<string, string[]>();
  for (const { source, target } of edges) operands.set(target, [...(operands.get(target) ?? []), source]);
  const found = new Set([node]);
  for (const id of found) for (const operand of operands.get(id) ?? []) found.add(operand);
  return found;
}

/** Nodes and edges on the ways from a leaf to an output, the output's box among them. */
export function waysIn({ edges }: MiniModel, leaf: string, output: string): { nodes: Set<string>; edges: Set<string> } {
  const box = `output:${output}`;
  const end = edges.some(({ target }) => target === box) ? box : output;
  const nodes = between(edges, leaf, end);
  const lit = edges.filter(({ source, target }) => nodes.has(source) && nodes.has(target) && !hasNoChoice(edges, source, target));
  return { nodes, edges: new Set(lit.map(({ id }) => id)) };
}

const hasNoChoice = (edges: MiniModel['edges'], source: string, target: string): boolean =>
  edges.filter((edge) => edge.source === source && edge.target === target).every(({ unchosen }) => unchosen ?? false);

/**
 * The backward pass as the API writes it, in the form of an evaluation: its gradients stand below, in red, what it
 * reuses of the forward pass above, in green. Of a large one only what the gradient of the leaf is computed from.
 */
export function backwardFigure(
  answer: Answer,
  leaf: string,
  operations: ReadonlyMap<string, Operation>,
  decimals: number,
): MiniModel {
  const { nodes, edges } = miniFromAnswer(answer, operations, new Set(), decimals);
  const gradients = gradientsIn(answer);
  const end = gradientOf(answer, leaf);
  const kept = end !== null && !isWhole(answer) ? leadingTo(edges, end) : null;
  const box = edges.find(({ source, target }) => source === end && nodes.some(({ id, kind }) => id === target && kind === 'output'));
  if (box) kept?.add(box.target);
  const isKept = (id: string): boolean => kept?.has(id) ?? true;
  return {
    nodes: nodes
      .filter(({ id }) => isKept(id))
      .map((node) => (gradients.has(node.id) && node.value !== undefined ? { ...withoutValue(node), gradient: node.value } : node)),
    edges: edges.filter(({ source, target }) => isKept(source) && isKept(target)).map(({ below: _, ...edge }) => edge),
  };
}

/** Whether the whole backward pass is drawn. */
export function isWhole({ nodes }: Answer): boolean {
  return nodes.filter(({ kind }) => kind !== 'constant').length <= MOST_BACKWARD_NODES;
}

/** The node of the backward pass that is the gradient of a leaf. */
export function gradientOf({ nodes }: Answer, leaf: string): string | null {
  return nodes.find(({ name }) => name === `grad_${leaf}`)?.id ?? null;
}

function withoutValue<T extends { value?: number }>({ value: _, ...rest }: T): Omit<T, 'value'> {
  return rest;
}

/** The nodes that are gradients: the one that arrives, and all that is computed from a gradient. */
function gradientsIn({ nodes }: Answer): Set<string> {
  const found = new Set<string>();
  for (const { id, name, operands, kind } of nodes) {
    const isSeed = kind !== 'operation' && name !== null && id === nodes[0]?.id;
    if (isSeed || operands.some((operand) => found.has(operand))) found.add(id);
  }
  return found;
}
