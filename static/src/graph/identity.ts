/**
 * Which node of a new program is which node of the last one. Ids count from the front of the text, so typing one term
 * renames all that follow; drawn nodes have keys instead, which survive an edit: the node stays where it was.
 */
import { OUTPUT, type VisibleGraph, type VisibleNode } from './visible';

interface Known {
  key: string;
  signature: number;
  /** What must agree for two nodes to be one: leaf or gate, and the operation. */
  sort: string;
  name: string | null;
  operands: readonly string[];
}

export interface Identities {
  /** Key by visible id. */
  keys: ReadonlyMap<string, string>;
  known: readonly Known[];
  /** Numbers of written-out subexpressions; equal text, equal number. */
  signatures: ReadonlyMap<string, number>;
  nextSignature: number;
  nextKey: number;
}

const NOTHING: Identities = { keys: new Map(), known: [], signatures: new Map(), nextSignature: 0, nextKey: 0 };

/** Keys for a graph: those of `before` where a node survives, new ones elsewhere. Linear in the size of the graph. */
export function identify(graph: VisibleGraph, before: Identities | null): Identities {
  const old = before ?? NOTHING;
  const { numbers, table, next } = sign(graph, old);
  const matcher = new Matcher(graph.nodes, old, numbers);
  matcher.bySignature();
  matcher.byName();
  matcher.byOperands();
  matcher.byUsers();
  const { keys, nextKey } = matcher.finish();
  const known = graph.nodes.map((node) => ({
    key: keys.get(node.id) ?? '',
    signature: numbers.get(node.id) ?? -1,
    sort: sortOf(node),
    name: node.name,
    operands: node.operands.map((id) => keys.get(id) ?? ''),
  }));
  return { keys, known, signatures: table, nextSignature: next, nextKey };
}

function sortOf(node: VisibleNode): string {
  if (node.kind === 'output') return node.id === OUTPUT ? 'output' : 'end';
  return node.kind === 'gate' ? `gate ${node.op ?? node.label}` : 'leaf';
}

function sign(graph: VisibleGraph, old: Identities): { numbers: Map<string, number>; table: Map<string, number>; next: number } {
  const numbers = new Map<string, number>();
  const table = new Map<string, number>();
  let next = old.nextSignature;
  for (const node of graph.nodes) {
    const below = node.operands.map((id) => numbers.get(id) ?? -1).join();
    const own = node.kind === 'leaf' ? (node.name ?? `=${node.label}`) : node.symbol;
    const text = `${sortOf(node)} ${own} ${below}`;
    const number = table.get(text) ?? old.signatures.get(text) ?? next++;
    table.set(text, number);
    numbers.set(node.id, number);
  }
  return { numbers, table, next };
}

/** Pairs the new nodes with the old ones, the surest ways first; each old node is taken once. */
class Matcher {
  private readonly pairs = new Map<string, string>();
  private readonly free: Set<Known>;
  private readonly oldByKey: Map<string, Known>;
  private readonly byId: Map<string, VisibleNode>;

  constructor(
    private readonly nodes: readonly VisibleNode[],
    private readonly old: Identities,
    private readonly numbers: ReadonlyMap<string, number>,
  ) {
    this.free = new Set(old.known);
    this.byId = new Map(nodes.map((node) => [node.id, node]));
    this.oldByKey = new Map(old.known.map((known) => [known.key, known]));
  }

  bySignature(): void {
    this.match(
      (known) => [String(known.signature)],
      (node) => [String(this.numbers.get(node.id))],
    );
  }

  byName(): void {
    this.match(
      (known) => (known.name === null ? [] : [`${known.sort} ${known.name}`]),
      (node) => (node.name === null ? [] : [`${sortOf(node)} ${node.name}`]),
    );
  }

  /** The same operation on at least one operand that survived: `x + y` after it became `x + u`. */
  byOperands(): void {
    this.match(
      (known) => known.operands.map((key) => `${known.sort} ${key}`),
      (node) => node.operands.map((id) => `${sortOf(node)} ${this.pairs.get(id) ?? '?'}`),
    );
  }

  /** What stands in the same place below a gate that survived: a renamed leaf, an exchanged operation. */
  byUsers(): void {
    for (const node of [...this.nodes].reverse()) {
      const key = node.id === OUTPUT ? OUTPUT : this.pairs.get(node.id);
      const user = key === undefined ? undefined : this.oldByKey.get(key);
      if (!user || user.operands.length !== node.operands.length) continue;
      node.operands.forEach((id, position) => {
        const candidate = this.oldByKey.get(user.operands[position] ?? '');
        const operand = this.byId.get(id);
        if (!candidate || !operand || this.pairs.has(id) || !this.free.has(candidate)) return;
        const sameKind = candidate.sort.startsWith('gate') === (operand.kind === 'gate');
        if (sameKind) this.take(id, candidate);
      });
    }
  }

  finish(): { keys: Map<string, string>; nextKey: number } {
    let nextKey = this.old.nextKey;
    const keys = new Map<string, string>();
    for (const { id, kind } of this.nodes) {
      const key = id === OUTPUT ? OUTPUT : this.pairs.get(id);
      keys.set(id, key ?? `${kind}-${String(nextKey++)}`);
    }
    return { keys, nextKey };
  }

  private match(marks: (known: Known) => string[], marksOf: (node: VisibleNode) => string[]): void {
    const pool = new Map<string, Known[]>();
    for (const known of this.free) {
      for (const mark of marks(known)) {
        const list = pool.get(mark);
        if (list) list.push(known);
        else pool.set(mark, [known]);
      }
    }
    const taken = new Map<string, number>();
    for (const node of this.nodes) {
      if (this.pairs.has(node.id)) continue;
      for (const mark of marksOf(node)) {
        const list = pool.get(mark) ?? [];
        let at = taken.get(mark) ?? 0;
        while (at < list.length && !this.free.has(list[at] as Known)) at += 1;
        taken.set(mark, at);
        const found = list[at];
        if (!found) continue;
        this.take(node.id, found);
        break;
      }
    }
  }

  private take(id: string, known: Known): void {
    this.pairs.set(id, known.key);
    this.free.delete(known);
  }
}
