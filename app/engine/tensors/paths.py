"""Paths in a program with tensors: of a whole tensor, whose parts are tensors, or of one entry, as among numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from app.engine.named import NamedEdge, NamedGraph, named_graph
from app.engine.path_counts import PathCounts, Visits, count_paths, most_travelled
from app.engine.paths import LISTED, Paths, all_paths, between, list_paths
from app.engine.rules import rules_for
from app.engine.tensors.choice import Varied
from app.engine.tensors.entry_graph import entry_graph
from app.engine.tensors.forward import Value
from app.engine.tensors.jacobian import Place, unit
from app.engine.tensors.links import count_links
from app.engine.tensors.products import Chain, chain_rule
from app.engine.tensors.reverse import pass_back, run_reverse
from app.engine.tensors.trace import TensorTrace
from app.engine.tensors.ways import TABLES, EntryWays
from app.limits import DEFAULT_LIMITS, Limits
from app.operations.shapes import Shape


@dataclass(frozen=True, slots=True)
class Step:
    """One factor of a path. rows x columns of its Jacobian, which is not built; `rule` is how its gate passes the
    gradient on, in LaTeX, None where it runs through several gates or the rule is no formula."""

    rows: int
    columns: int
    rule: str | None


@dataclass(frozen=True, slots=True)
class TensorPath:
    """One path; `steps` from the start to the output, `product` its part of the gradient, in the shape of the start."""

    nodes: tuple[str, ...]
    operands: tuple[int, ...]
    steps: tuple[Step, ...]
    product: Value


@dataclass(frozen=True, slots=True)
class TensorPaths:
    """All paths from a whole tensor. `total` is the gradient, the sum of all products, listed or not; the paths stand
    as operands stand in the program. Counts are of gates, a tensor being one node."""

    graph: NamedGraph
    between: frozenset[str]
    start: str
    output: str
    shape: Shape
    total: Value
    paths: tuple[TensorPath, ...]
    counts: PathCounts

    @property
    def visits(self) -> Visits:
        """What there is to visit between start and output."""
        return self.counts.start or Visits(0, 0, 0)


def find_tensor_paths(
    trace: TensorTrace,
    start: Varied | None = None,
    output: Varied | None = None,
    *,
    every_gate: bool = False,
    most: int = LISTED,
    limits: Limits = DEFAULT_LIMITS,
) -> Paths | TensorPaths:
    """The paths from a whole node or from one entry; by default from the leaf with most paths to the trace's output.

    An end that is a tensor without an index is the sum of its entries. Raises UserError "limit" where paths of one
    entry pass too many entries.
    """
    program = trace.program
    end = Varied(trace.output_nodes[0]) if output is None else output
    if start is None:
        counts = count_paths(program, end.node, None)
        parameters = {leaf for leaf in counts.per_leaf if trace.graph.kind(leaf) == "parameter"}
        found = most_travelled(counts, parameters)
        if found is None:
            graph = named_graph(trace, every_gate=every_gate, keep_paths=True, output=end.node, seed=1.0)
            return Paths(graph, frozenset({f"n{end.node}"}), None, f"n{end.node}", 0.0, (), False, counts)
        start = Varied(found)
    if start.entry is not None:
        start_place, end_place = Place(start.node, start.entry), Place(end.node, end.entry or ())
        return _of_entry(trace, start_place, end_place, every_gate, most, limits)
    return _of_tensor(trace, start.node, end, every_gate, most, limits)


def _of_entry(trace: TensorTrace, start: Place, end: Place, every_gate: bool, most: int, limits: Limits) -> Paths:
    found = entry_graph(trace, start, end, limits, every_gate=every_gate)
    counts = PathCounts({}, Visits(0, 0, 0), found.visits)
    if len(trace.program.leaves) and (whole := _all_leaves(trace, end, limits)):
        counts = replace(whole, start=found.visits)
    if found.visits.paths == 0:
        ends = frozenset({found.start, found.output})
        return Paths(found.graph, ends, found.start, found.output, 0.0, (), False, counts)
    return list_paths(found.graph, found.start, found.output, counts, most, limits)


def _all_leaves(trace: TensorTrace, end: Place, limits: Limits) -> PathCounts | None:
    """Paths of every entry of every leaf, and their lengths; None where the gates have too many places for it, or the
    counts are no longer exact."""
    program = trace.program
    leaves = [leaf for leaf in program.leaves if not program.is_fixed(leaf) and leaf <= end.node]
    size = int(np.size(trace.values[end.node]))
    rows = [(end.node, end.flat(trace))] if end.entry or size == 1 else [(end.node, at) for at in range(size)]
    ways = EntryWays.between(trace, rows, set(leaves), limits)
    if ways is None or count_links(trace, ways.gates) > TABLES * limits.max_jacobian_entries:
        return None
    steps, edges = ways.lengths()
    per_leaf = {}
    for leaf in leaves:
        counts, lengths = ways.counts.get(leaf), steps.get(leaf)
        pair = (0.0, 0.0) if counts is None or lengths is None else (float(counts.sum()), float(lengths.sum()))
        if max(pair) > 2**53:
            return None
        per_leaf[leaf] = (int(pair[0]), int(pair[1]))
    every = Visits(sum(one for one, _ in per_leaf.values()), sum(one for _, one in per_leaf.values()), edges)
    return PathCounts(per_leaf, every, None)


def _of_tensor(trace: TensorTrace, start: int, end: Varied, every_gate: bool, most: int, limits: Limits) -> TensorPaths:
    output = end.node
    seed = unit(trace, Place(output, end.entry)) if end.entry else _ones(trace.values[output])
    program, rules = trace.program, rules_for(trace.conventions)
    counts = count_paths(program, output, start)
    graph = named_graph(trace, every_gate=every_gate, keep_paths=True, output=output, also=(start,), seed=1.0)
    first, last, shape = f"n{start}", f"n{output}", np.shape(trace.values[start])
    gradient = run_reverse(program, trace.values, output, seed, rules)[start]
    total: Value = 0.0 if gradient is None else gradient
    if counts.start is None or counts.start.paths == 0:
        return TensorPaths(graph, frozenset({first, last}), first, last, shape, total, (), counts)
    order, incoming = between(graph, first, last)
    chains = {node: _chains(graph, node) for node in order[1:]}
    flops = 2 * sum(int(np.size(value)) for value in trace.values) + _flops(trace)
    listed: list[TensorPath] = []
    steps = 0
    count = min(most, limits.max_paths_listed, _affordable(flops, limits))
    for edges in islice(all_paths(incoming, first, last), count):
        steps += len(edges)
        if listed and steps > limits.max_path_steps:
            break
        listed.append(_path(trace, edges, chains, output, seed))
    return TensorPaths(graph, frozenset(order), first, last, shape, total, tuple(listed), counts)


def _affordable(flops: int, limits: Limits) -> int:
    """How many paths may be multiplied out, each at most as costly as a whole pass back."""
    return max(1, min(limits.max_flops // (4 * max(flops, 1)), 4 * limits.max_gate_runs // max(flops, 1)))


def _flops(trace: TensorTrace) -> int:
    program, values = trace.program, trace.values
    return sum(
        operation.flops([np.shape(values[one]) for one in program.operands(node)])
        for node in range(len(program.ops))
        if (operation := program.operation(node)) is not None and operation.flops is not None
    )


def _ones(value: Value) -> Value:
    return np.ones(np.shape(value)) if np.ndim(value) else 1.0


def _path(
    trace: TensorTrace, edges: Sequence[NamedEdge], chains: dict[str, list[Chain]], output: int, seed: Value
) -> TensorPath:
    """`edges` from the output back."""
    program, values, rules = trace.program, trace.values, rules_for(trace.conventions)
    carried = seed
    steps = []
    for edge in edges:
        chain = chains[edge.target][edge.operand]
        for gate, position in chain:
            carried = pass_back(program, values, gate, position, carried, rules).downstream
        sizes = [int(np.size(values[int(end[1:])])) for end in (edge.target, edge.source)]
        steps.append(Step(sizes[0], sizes[1], chain_rule(trace, chain)[1]))
    forward = edges[::-1]
    return TensorPath(
        nodes=(*(edge.source for edge in forward), f"n{output}"),
        operands=tuple(edge.operand for edge in forward),
        steps=tuple(reversed(steps)),
        product=carried + 0.0,
    )


def _chains(graph: NamedGraph, target: str) -> list[Chain]:
    """The gates of every edge into a node, in the order of its edges."""
    program = graph.trace.program
    inside = {int(gate[1:]) for gate in graph.by_id[target].gates}
    found: list[Chain] = []
    root = int(target[1:])
    stack, positions = [root], [iter(enumerate(program.operands(root)))]
    taken: list[int] = []
    while stack:
        entry = next(positions[-1], None)
        if entry is None:
            stack.pop()
            positions.pop()
            if taken:
                taken.pop()
            continue
        position, operand = entry
        if program.is_fixed(operand):
            continue
        if operand in inside:
            stack.append(operand)
            positions.append(iter(enumerate(program.operands(operand))))
            taken.append(position)
        else:
            found.append((*zip(stack, [*taken, position], strict=True),))
    return found
