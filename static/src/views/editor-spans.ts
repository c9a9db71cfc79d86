/** From gates to places in the program, and back. Pure; places are UTF-16 ranges of the text that was answered. */
import type { Answer, GraphNode, Operation } from '../api/model';
import { OUTPUT, visibleGraph } from '../graph/visible';
import type { Selection, State } from '../state';
import { offsetsOf, type Change, type Offsets, type Range } from '../text';
import { namesIn, plainName } from './editor-tokens';

export interface ProgramSpans {
  /** Places of a gate, leaf, closed group or the output: its expression and every use of its name. */
  of(id: string): readonly Range[];
  /** Places of the operand that an edge carries, inside the gate it enters. */
  ofSelection(selection: Selection | null): readonly Range[];
  /** The visible gate or leaf that the character at this offset belongs to. */
  at(offset: number): string | null;
}

const inside = (inner: Range, outer: Range): boolean => inner.from >= outer.from && inner.to <= outer.to;
const sizeOf = ({ from, to }: Range): number => to - from;

/** What of the state decides which gates are drawn. */
export type Drawn = Pick<State, 'openGroups'> & { view: Pick<State['view'], 'foldConstants'> };

export function programSpans(
  answer: Answer,
  source: string,
  drawn: Drawn,
  operations: ReadonlyMap<string, Operation>,
): ProgramSpans {
  let offsets: Offsets | null = null;
  const rangeOf = (span: GraphNode['span']): Range | null => span && (offsets ??= offsetsOf(source)).range(span);

  const uses = lazily(() => usesByName(source));
  const nodes = lazily(() => new Map(answer.nodes.map((node) => [node.id, node])));
  const groups = lazily(() => new Map(answer.groups.map((group) => [group.id, group])));
  const standsFor = lazily(() => visibleIds(answer, drawn, operations));
  const bySize = lazily(() => rangesBySize(answer.nodes, rangeOf));
  const byName = lazily(() => new Map(answer.nodes.flatMap((n) => (n.name === null ? [] : [[plainName(n.name), n.id]]))));

  function nodeOf(id: string): GraphNode | null {
    const plainId = id === OUTPUT ? answer.output : id.startsWith(`${OUTPUT}:`) ? id.slice(OUTPUT.length + 1) : id;
    const group = groups().get(plainId);
    return nodes().get(group ? group.output : plainId) ?? null;
  }

  function of(id: string): readonly Range[] {
    const node = nodeOf(id);
    if (!node) return [];
    const named = node.name === null ? [] : (uses().get(plainName(node.name)) ?? []);
    const own = rangeOf(node.span);
    // A leaf is its name wherever it stands; a gate is its expression too.
    if (!own || named.some((range) => range.from === own.from && range.to === own.to)) return named;
    return [own, ...named.filter((range) => !inside(range, own))].sort((one, other) => one.from - other.from);
  }

  return {
    of,
    ofSelection(selection) {
      if (!selection) return [];
      if (selection.kind === 'node') return of(selection.id);
      const ranges = of(selection.source);
      const target = rangeOf(nodeOf(selection.target)?.span ?? null);
      const within = target ? ranges.filter((range) => inside(range, target)) : [];
      return within.length > 0 ? within : ranges;
    },
    at(offset) {
      const hit = (range: Range): boolean => range.from <= offset && offset < range.to;
      for (const [name, ranges] of uses()) {
        const id = ranges.some(hit) ? byName().get(name) : undefined;
        if (id !== undefined) return standsFor().get(id) ?? null;
      }
      for (const { range, id } of bySize()) {
        const visible = hit(range) ? standsFor().get(id) : undefined;
        if (visible !== undefined) return visible;
      }
      return null;
    },
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function usesByName(source: string): Map<string, Range[]> {
  const uses = new Map<string, Range[]>();
  for (const { text, range } of namesIn(source)) {
    const name = plainName(text);
    const known = uses.get(name);
    if (known) known.push(range);
    else uses.set(name, [range]);
  }
  return uses;
}

function rangesBySize(
  nodes: readonly GraphNode[],
  rangeOf: (span: GraphNode['span']) => Range | null,
): { range: Range; id: string }[] {
  const found: { range: Range; id: string }[] = [];
  for (const node of nodes) {
    for (const span of [node.span, node.value_span]) {
      const range = rangeOf(span);
      if (range) found.push({ range, id: node.id });
    }
  }
  return found.sort((one, other) => sizeOf(one.range) - sizeOf(other.range));
}

/** For each node of the answer the id under which the graph shows it; none for literals that no drawn gate holds. */
export function visibleIds(
  answer: Answer,
  { openGroups, view }: Drawn,
  operations: ReadonlyMap<string, Operation>,
): Map<string, string> {
  const graph = visibleGraph(answer, openGroups, view, operations);
  const shown = new Set(graph.nodes.map(({ id }) => id));
  const parents = new Map(answer.groups.map(({ id, group }) => [id, group]));
  const ids = new Map<string, string>();
  for (const node of answer.nodes) {
    let id: string | null = node.id;
    for (let group = node.group; !shown.has(id) && group !== null; group = parents.get(group) ?? null) id = group;
    if (shown.has(id)) ids.set(node.id, id);
  }
  for (const { id, folded } of graph.nodes) if (folded && !ids.has(folded.node)) ids.set(folded.node, id);
  return ids;
}

/** Where a range of the old text stands after one change; null when nothing is left of it. */
export function mapRange(range: Range, change: Change | null): Range | null {
  if (!change) return range;
  const shift = change.insert.length - sizeOf(change);
  let { from, to } = range;
  if (from >= change.to) from += shift;
  else if (from > change.from) from = change.from + change.insert.length;
  if (to >= change.to && to > change.from) to += shift;
  else if (to > change.from) to = change.from;
  if (to < from || (to === from && range.to > range.from)) return null;
  return { from, to };
}
