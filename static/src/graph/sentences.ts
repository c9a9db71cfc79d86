/** What a screen reader is told of a node, a junction and the whole graph. Pure. */
import type { Operation } from '../api/model';
import { tensorWords } from '../explain/tensor-words';
import { graphNumber } from '../format';
import { branchSum } from './branch-sum';
import { listed, outputName } from './words';
import type { VisibleEdge, VisibleGraph, VisibleNode } from './visible';

const ROLES = { input: 'Input', parameter: 'Parameter', constant: 'Constant' } as const;

export interface Reader {
  graph: string;
  node(node: VisibleNode): string;
  junction(node: VisibleNode): string;
  /** The sum that a junction makes of its branches: "2.00 + 3.00 = 5.00". */
  sum(node: VisibleNode): string;
}

export function readerOf(graph: VisibleGraph, operations: ReadonlyMap<string, Operation>, decimals: number): Reader {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const [incoming, outgoing] = [edgesBy(graph, 'target'), edgesBy(graph, 'source')];
  const number = (value: number): string => graphNumber(value, decimals);
  const label = (id: string): string => nodes.get(id)?.label ?? id;

  const value = (node: VisibleNode): string => (node.node.tensor ? tensorWords(node.node.tensor.value, number) : number(node.value));
  const slope = (node: VisibleNode): string =>
    node.node.tensor?.gradient ? tensorWords(node.node.tensor.gradient, number) : number(node.gradient ?? NaN);
  const flow = ({ downstream, tensor }: VisibleEdge): string => (tensor ? tensorWords(tensor, number) : number(downstream ?? NaN));
  const gradientClause = (edge: VisibleEdge): string => (edge.downstream === null ? '' : `, gradient ${flow(edge)}`);

  function gate(node: VisibleNode): string {
    const operation = operations.get(node.op ?? '');
    const title = operation?.title ?? node.group?.title ?? node.label;
    const written = definition(node, operation, label);
    const inputs = (incoming.get(node.id) ?? []).map(
      (edge) => {
        const source = nodes.get(edge.source);
        return `${label(edge.source)}, ${source ? value(source) : ''}${gradientClause(edge)}`;
      },
    );
    const gradient = node.gradient === null ? '' : ` Gradient ${slope(node)}.`;
    const ends = inputs.length === 1 ? 'Input' : 'Inputs';
    return `${title} gate ${node.label}${written}. Value ${value(node)}.${gradient} ${ends} ${inputs.join('; ')}.`;
  }

  function leaf(node: VisibleNode): string {
    const role = ROLES[node.role ?? 'input'];
    const editable = node.name === null || node.node.tensor ? '' : ', editable';
    const unused = node.onPath ? '' : ', not used by the output';
    const gradient = node.gradient === null ? '' : `, gradient ${slope(node)}`;
    return `${role} ${node.label}, ${value(node)}${gradient}${unused}${editable}.`;
  }

  return {
    graph: `Computation graph of ${outputName(graph)}, ${plural(countNodes(graph), 'node')}`,
    node(node) {
      if (node.kind === 'leaf') return leaf(node);
      if (node.kind === 'gate') return gate(node);
      return `${node.onPath ? 'Output' : 'Unused result'} ${node.label}. Value ${value(node)}.${
        node.gradient === null ? '' : ` Gradient ${slope(node)}.`
      }`;
    },
    junction(node) {
      const parts = (outgoing.get(node.id) ?? []).map((edge) => number(edge.downstream ?? NaN));
      const times = plural(parts.length, 'time');
      if (node.gradient === null) return `${node.label} is used ${times}.`;
      return `${node.label} is used ${times}; ${node.node.tensor ? 'its gradients add up' : `gradients ${listed(parts)} add to ${number(node.gradient)}`}.`;
    },
    sum(node) {
      const parts = (outgoing.get(node.id) ?? []).map((edge) => edge.downstream ?? NaN);
      if (node.node.tensor) {
        const told = branchSum(outgoing.get(node.id) ?? [], 0, number);
        const where = node.node.shape.map(() => 0).join(', ');
        return `${plural(parts.length, 'branch', 'branches')}: their gradients add up${told === null ? '' : `, at [${where}] ${told}`}`;
      }
      return `${sumText(parts, number)} = ${number(node.gradient ?? NaN)}`;
    },
  };
}

export function countNodes(graph: VisibleGraph): number {
  return graph.nodes.filter((node) => node.kind !== 'output').length;
}

/** " = w1 times x1": the registry's notation with its operands, signs said as words. */
function definition(node: VisibleNode, operation: Operation | undefined, label: (id: string) => string): string {
  if (!operation || operation.variadic || operation.notation === '') {
    return operation?.variadic ? ` = ${operation.name} of ${listed(node.operands.map(label))}` : '';
  }
  const operands = [...node.operands.map(label)];
  if (node.folded) operands.splice(node.folded.operand, 0, node.folded.literal);
  let text = operation.notation;
  operation.operands.forEach((name, i) => {
    text = text.replaceAll(`#${name}`, () => operands[i] ?? '?');
  });
  const given = (name: string): unknown => node.attributes[name] ?? operation.attributes[name] ?? null;
  // Settings that say nothing are left out: `axis=#axis` of a sum over all entries.
  text = text.replace(/(, \w+=)?#(\w+)/g, (_, head: string | undefined, name: string) => {
    const value = given(name);
    return value === null || value === false ? '' : `${head ?? ''}${String(value)}`;
  });
  return ` = ${spoken(text)}`;
}

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/ \* /g, ' times '],
  [/ \+ /g, ' plus '],
  [/ - /g, ' minus '],
  [/ \/ /g, ' divided by '],
  [/\^/g, ' to the power of '],
  [/^-(?=\D)/g, 'minus '],
];

function spoken(text: string): string {
  return SIGNS.reduce((sentence, [sign, word]) => sentence.replace(sign, word), text);
}

function edgesBy(graph: VisibleGraph, end: 'source' | 'target'): Map<string, VisibleEdge[]> {
  const map = new Map<string, VisibleEdge[]>();
  for (const edge of graph.edges) {
    const list = map.get(edge[end]);
    if (list) list.push(edge);
    else map.set(edge[end], [edge]);
  }
  return map;
}

/** "2.00 + 3.00", "2.00 − 3.00": a negative term is subtracted. */
function sumText(terms: readonly number[], number: (value: number) => string): string {
  return terms
    .map((term, i) => {
      if (i === 0) return number(term);
      return term < 0 ? `− ${number(-term)}` : `+ ${number(term)}`;
    })
    .join(' ');
}

function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${String(count)} ${count === 1 ? noun : nouns}`;
}
