/**
 * A graph of gates read as a network of neurons: a product with a parameter becomes an edge with that weight, the sum
 * of such products with its activation one unit, and what follows the last units (the loss) one end. Pure.
 */
import { OUTPUT, type VisibleGraph, type VisibleNode } from '../graph/visible';

export interface Unit {
  id: string;
  /** The gate whose sign the unit shows: its activation, else its sum; null for an input. */
  gate: VisibleNode | null;
}

export interface Connection {
  source: string;
  /** A unit, or `OUTPUT`. */
  target: string;
  weight: number | null;
}

export interface Network {
  units: readonly Unit[];
  connections: readonly Connection[];
}

interface Term {
  source: string;
  weight: number;
}

/** The network, or null for a graph that is none: no unit, or gates of another kind between its units. */
export function networkOf(graph: VisibleGraph): Network | null {
  const reader = new Reader(graph);
  const units = reader.units();
  if (units.length === 0) return null;
  const ids = new Set(units.map(({ id }) => id));
  const inputs = new Set<string>();
  const connections: Connection[] = [];
  for (const { id, terms } of units) {
    for (const { source, weight } of terms) {
      if (!ids.has(source)) {
        if (reader.node(source)?.kind !== 'leaf') return null;
        inputs.add(source);
      }
      connections.push({ source, target: id, weight });
    }
  }
  const fed = new Set(connections.map(({ source }) => source));
  for (const { id } of units) if (!fed.has(id)) connections.push({ source: id, target: OUTPUT, weight: null });
  return {
    units: [...[...inputs].map((id) => ({ id, gate: null })), ...units.map(({ id, gate }) => ({ id, gate }))],
    connections,
  };
}

class Reader {
  private readonly nodes: ReadonlyMap<string, VisibleNode>;
  private readonly users: ReadonlyMap<string, readonly VisibleNode[]>;

  constructor(private readonly graph: VisibleGraph) {
    this.nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const users = new Map<string, VisibleNode[]>();
    for (const node of graph.nodes) {
      if (node.kind !== 'gate') continue;
      for (const id of node.operands) users.set(id, [...(users.get(id) ?? []), node]);
    }
    this.users = users;
  }

  node(id: string): VisibleNode | undefined {
    return this.nodes.get(id);
  }

  /** In topological order. A sum that an activation takes alone is part of that activation's unit. */
  units(): { id: string; gate: VisibleNode; terms: readonly Term[] }[] {
    const found = new Map<string, { id: string; gate: VisibleNode; terms: readonly Term[] }>();
    for (const gate of this.graph.nodes) {
      if (gate.kind !== 'gate' || !isSum(gate) || this.isInnerSum(gate)) continue;
      const terms = this.terms(gate);
      if (terms.length === 0) continue;
      const [user, ...others] = this.users.get(gate.id) ?? [];
      const unit = user && others.length === 0 && isActivation(user) ? user : gate;
      found.set(unit.id, { id: unit.id, gate: unit, terms });
    }
    return this.graph.nodes.flatMap(({ id }) => found.get(id) ?? []);
  }

  /** A sum or a weighted signal that only adds to a larger sum. */
  private isInnerSum(gate: VisibleNode): boolean {
    const [user, ...others] = this.users.get(gate.id) ?? [];
    return user !== undefined && others.length === 0 && user.op === 'add';
  }

  /** The weighted signals that a sum adds up; none where it adds anything else than those and biases. */
  private terms(sum: VisibleNode): Term[] {
    const terms: Term[] = [];
    const open = [sum];
    for (let gate = open.pop(); gate; gate = open.pop()) {
      const weighted = this.weighted(gate);
      if (weighted) terms.push(weighted);
      if (weighted) continue;
      if (gate.op !== 'add') return [];
      for (const id of [...gate.operands].reverse()) {
        const operand = this.nodes.get(id);
        if (!operand || isParameter(operand) || operand.role === 'constant') continue;
        if (operand.kind !== 'gate' || !isSum(operand) || !this.isInnerSum(operand)) return [];
        open.push(operand);
      }
    }
    return terms;
  }

  private weighted(gate: VisibleNode): Term | null {
    if (gate.op !== 'mul' || gate.operands.length !== 2) return null;
    const [first, second] = gate.operands.map((id) => this.nodes.get(id));
    if (!first || !second || isParameter(first) === isParameter(second)) return null;
    return isParameter(first) ? { source: second.id, weight: first.value } : { source: first.id, weight: second.value };
  }
}

function isParameter(node: VisibleNode): boolean {
  return node.kind === 'leaf' && node.role === 'parameter';
}

function isSum(node: VisibleNode): boolean {
  return node.op === 'add' || node.op === 'mul';
}

/** Functions of one signal that have a curve of their own. */
function isActivation(node: VisibleNode): boolean {
  return node.operands.length === 1 && node.glyph !== null;
}
