/**
 * A graph with groups, taken apart: the outermost graph and the inside of every group, each a graph of its own in which
 * the groups right inside it are single nodes, and what comes from outside enters at ports.
 */

import type { LayoutEdge, LayoutGraph, LayoutGroup, LayoutNode } from './types';

export interface KeptGroup {
  group: LayoutGroup;
  /** The scope around it: a group, or null. */
  parent: string | null;
  /** The node that feeds what is outside. */
  exit: string;
}

/** A wire of one scope. Ids of nodes, of groups, and of ports: those have the id of the source outside. */
export interface Connection {
  id: string;
  from: string;
  to: string;
  /** It ends at a group. */
  enters: boolean;
  /** Edges of the graph that run along it: several only into a group. */
  carries: LayoutEdge[];
}

export interface Scope {
  /** Nodes and groups right inside; a group stands in the place of its exit. */
  members: ({ node: LayoutNode } | { group: KeptGroup })[];
  /** Sources outside that feed something inside, in the order of their first use. */
  ports: Set<string>;
  connections: Map<string, Connection>;
}

export interface Scopes {
  root: Scope;
  /** By group, outer ones before those inside them. */
  inside: Map<string, Scope>;
  groups: Map<string, KeptGroup>;
  /** The groups around a node, from the outermost to the innermost. */
  around(node: string): readonly string[];
}

const NONE: readonly string[] = [];

export function takeApart(graph: LayoutGraph, wanted: readonly LayoutGroup[]): Scopes {
  const groups = keepGroups(graph, wanted);
  const chains = chainsOf(groups);
  const around = (node: string): readonly string[] => chains.get(node) ?? NONE;
  const root = emptyScope();
  const inside = new Map([...groups.keys()].map((id) => [id, emptyScope()]));
  const scopeOf = (id: string | null): Scope => (id === null ? root : inside.get(id)!);
  for (const node of graph.nodes) {
    const chain = around(node.id);
    scopeOf(chain.at(-1) ?? null).members.push({ node });
    for (let i = chain.length - 1; i >= 0; i--) {
      const group = groups.get(chain[i]!)!;
      if (group.exit === node.id) scopeOf(group.parent).members.push({ group });
    }
  }
  for (const edge of graph.edges) {
    const sources = around(edge.source);
    const targets = around(edge.target);
    let common = 0;
    while (common < sources.length && sources[common] === targets[common]) common++;
    connect(scopeOf(targets[common - 1] ?? null), sources[common] ?? edge.source, targets[common], edge);
    for (let i = common; i < targets.length; i++) {
      const scope = scopeOf(targets[i]!);
      scope.ports.add(edge.source);
      connect(scope, edge.source, targets[i + 1], edge);
    }
  }
  return { root, inside, groups, around };
}

const emptyScope = (): Scope => ({ members: [], ports: new Set(), connections: new Map() });

/** Edges of one source into one group run along one wire. */
function connect(scope: Scope, from: string, group: string | undefined, edge: LayoutEdge): void {
  const id = group === undefined ? edge.id : connectionInto(from, group);
  const known = scope.connections.get(id);
  if (known) known.carries.push(edge);
  else scope.connections.set(id, { id, from, to: group ?? edge.target, enters: group !== undefined, carries: [edge] });
}

/** Two numbers apart, so that no two pairs of ids give the same text. */
const connectionInto = (from: string, group: string): string => `${String(from.length)} ${from} into ${group}`;

/** Groups that have one exit to which all of their nodes lead, outer ones first; the others are left out. */
function keepGroups(graph: LayoutGraph, wanted: readonly LayoutGroup[]): Map<string, KeptGroup> {
  const known = new Map(wanted.map((group) => [group.id, group]));
  if (known.size !== wanted.length) throw new Error('layout: two groups have the same id');
  for (const { id } of wanted) ancestors(id, known);
  const innermost = new Map<string, string>();
  for (const { id, nodes } of wanted) for (const node of nodes) innermost.set(node, id);
  const chain = (node: string): string[] => ancestors(innermost.get(node) ?? null, known);
  const users = new Map<string, string[]>();
  for (const { source, target } of graph.edges) {
    const list = users.get(source);
    if (list) list.push(target);
    else users.set(source, [target]);
  }
  const exits = new Map<string, Set<string>>();
  for (const { id } of graph.nodes) {
    const own = chain(id);
    if (own.length === 0) continue;
    const targets = users.get(id) ?? [];
    const shared = targets.map((target) => new Set(chain(target)));
    for (const group of own) {
      const stays = targets.length > 0 && shared.every((groups) => groups.has(group));
      if (stays) continue;
      const found = exits.get(group);
      if (found) found.add(id);
      else exits.set(group, new Set([id]));
    }
  }
  const isKept = (id: string): boolean => exits.get(id)?.size === 1;
  const kept = wanted
    .filter(({ id }) => isKept(id))
    .map((group): KeptGroup => ({
      group: { ...group, nodes: [] },
      parent: ancestors(group.parent, known).find(isKept) ?? null,
      exit: [...exits.get(group.id)!][0]!,
    }));
  const result = new Map(kept.map((one) => [one.group.id, one]));
  for (const node of graph.nodes) {
    const home = chain(node.id).find(isKept);
    const group = home === undefined ? undefined : result.get(home);
    if (group) group.group = { ...group.group, nodes: [...group.group.nodes, node.id] };
  }
  const depth = (one: KeptGroup): number => ancestors(one.group.id, known).length;
  return new Map([...result].sort(([, a], [, b]) => depth(a) - depth(b)));
}

/** A group and those around it, the innermost first. */
function ancestors(from: string | null, groups: ReadonlyMap<string, LayoutGroup>): string[] {
  const found: string[] = [];
  for (let at = from; at !== null; at = groups.get(at)?.parent ?? null) {
    if (found.includes(at)) throw new Error('layout: a group lies in itself');
    found.push(at);
  }
  return found;
}

function chainsOf(groups: ReadonlyMap<string, KeptGroup>): Map<string, string[]> {
  const chains = new Map<string, string[]>();
  for (const { group } of groups.values()) {
    const chain: string[] = [];
    for (let at: string | null = group.id; at !== null; at = groups.get(at)?.parent ?? null) chain.unshift(at);
    for (const node of group.nodes) chains.set(node, chain);
  }
  return chains;
}
