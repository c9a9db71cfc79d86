/** Answers of /paths made by hand: the graph from a list of wires, the paths as lists of nodes. */
import type { NamedEdge, PathNode, PathsAnswer } from '../../../static/src/api/model';

type Wire = readonly [source: string, target: string, local: number, operand?: number, valueOf?: string];

const count = (exact: number): { exact: number; text: string } => ({ exact, text: String(exact) });

export function answerOf(wires: readonly Wire[], ways: readonly string[], more: Partial<PathsAnswer> = {}): PathsAnswer {
  const edges = wires.map(([source, target, local, operand = 0, valueOf = undefined]): NamedEdge => ({
    source, target, operand, local, upstream: 1, downstream: local, value_of: valueOf ?? null,
  }));
  const ids = [...new Set(ways.flatMap((way) => way.split(' ')))];
  const [first = [], last = ''] = [ways[0]?.split(' '), ways[0]?.split(' ').at(-1)];
  const used = new Map<string, number>();
  const paths = ways.map((way) => {
    const nodes = way.split(' ');
    const taken = nodes.slice(1).map((target, step) => {
      const source = nodes[step] ?? '';
      const choices = edges.filter((edge) => edge.source === source && edge.target === target);
      const at = choices.length > 1 ? (used.get(source) ?? 0) : 0;
      used.set(source, at + 1);
      const found = choices[at];
      if (!found) throw new Error(`There is no wire from ${source} to ${target}.`);
      return found;
    });
    return {
      nodes,
      operands: taken.map(({ operand }) => operand),
      factors: taken.map(({ local }) => local ?? NaN),
      product: taken.reduceRight((product, { local }) => product * (local ?? NaN), 1),
    };
  });
  const visits = { paths: count(paths.length), path_by_path: count(paths.reduce((sum, { factors }) => sum + factors.length, 0)), edges: edges.length };
  return {
    start: first[0] ?? null,
    output: last,
    every_gate: false,
    total: paths.reduce((sum, { product }) => sum + product, 0),
    paths,
    ranked: false,
    nodes: ids.map((id): PathNode => ({
      id, kind: id === first[0] ? 'leaf' : id === last ? 'output-gate' : 'gate', role: id === first[0] ? 'parameter' : null,
      op: null, name: id, label: id, latex: id.replace(/(\d+)/, '_{$1}'), span: { start: 0, end: 1, line: 1, column: 1 },
      shown: 'ƒ', glyph: null, folded: true, gates: [], shape: [], value: 1, gradient: 1, hidden_operands: 0, left_out: 6,
    })),
    edges,
    visits,
    all_leaves: { ...visits, leaves: 1 },
    leaves: [{ id: first[0] ?? '', name: first[0] ?? '', latex: 'w_{1}', paths: count(paths.length) }],
    ...more,
  };
}

/** The two paths of w1 in the lecture's 3-2-2 network. */
export const NETWORK = answerOf(
  [
    ['w1', 'za', 1, 0, 'x1'], ['za', 'ha', 0.013207708258740227], ['ha', 'zc', 0.7, 0, 'w7'], ['ha', 'zd', 0.8, 0, 'w8'],
    ['zc', 'y1', 0.09825031915575579], ['zd', 'y2', 0.15976007547295876], ['y1', 'E', 0.789550613969795, 1],
    ['y2', 'E', 0.7503996080673895, 3],
  ],
  ['w1 za ha zc y1 E', 'w1 za ha zd y2 E'],
);
