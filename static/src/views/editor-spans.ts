/** From gates to places in the program, and back. Pure; places are UTF-16 ranges of the text that was answered. */
import type { Answer, GraphNode, Operation } from '../api/model';
import { OUTPUT, visibleGraph } from '../graph/visible';
import type { Selection, State } from '../state';
import { offsetsOf, type Offsets, type Range } from '../text';
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
  const standsFor = lazily(() => visibleGraph(answer, drawn.openGroups, drawn.view, operations).standsFor);
  const bySize = lazily(() => rangesBySize(answer.nodes, rangeOf));
  const byName = lazily(() => new Map(answer.nodes.flatMap((n) => (n.name === null ? [] : [[plainName(n.name), n.id]]))));

  const nodeOf = (id: string): GraphNode | null => nodes().get(answerNode(answer, id)) ?? null;

  // The last gate of a call stands in the definition; the call itself is the group's place.
  const spanOf = (id: string, node: GraphNode): GraphNode['span'] =>
    answer.groups.find((group) => group.id === id && group.op === null)?.span ?? node.span;

  function of(id: string): readonly Range[] {
    const node = nodeOf(id);
    if (!node) return [];
    const named = node.name === null ? [] : (uses().get(plainName(node.name)) ?? []);
    const own = rangeOf(spanOf(id, node));
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
      const gate = nodeOf(selection.target);
      const target = gate && rangeOf(spanOf(selection.target, gate));
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

/** Node of the answer that a visible id stands for: a closed group is its last gate, the output node its gate. */
export function answerNode(answer: Answer, id: string): string {
  if (id === OUTPUT) return answer.output;
  const plain = id.startsWith(`${OUTPUT}:`) ? id.slice(OUTPUT.length + 1) : id;
  return answer.groups.find((group) => group.id === plain)?.output ?? plain;
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
