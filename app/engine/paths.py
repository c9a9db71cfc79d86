"""Every chain-rule path from a leaf to the output: its factors, its product, and the sum that is the gradient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.engine.named import NamedEdge, NamedGraph, named_graph
from app.engine.path_counts import PathCounts, Visits, count_paths, most_travelled
from app.engine.ranked_paths import rank_paths
from app.engine.tensors.trace import numbers_only
from app.engine.trace import Trace
from app.limits import DEFAULT_LIMITS, Limits

LISTED = 200
"""Paths that are listed unless more are asked for: more than anyone reads."""


@dataclass(frozen=True, slots=True)
class Path:
    """One path. nodes and factors run with the values, from the start to the output.

    operands   which edge of its target each step is, as NamedEdge counts them
    factors    local gradient of each step
    product    of the factors, multiplied from the output back, as the reverse pass does
    """

    nodes: tuple[str, ...]
    operands: tuple[int, ...]
    factors: tuple[float, ...]
    product: float


@dataclass(frozen=True, slots=True)
class Paths:
    """All paths from one node to another.

    graph      between named nodes, or of every gate; no edge of it stands for several paths
    between    ids of its nodes that lie on a path, and of start and output
    start      id of the node they start from; None in a program without leaves
    output     id of the node they lead to
    total      sum of all products, listed or not: the gradient of the output
    paths      those listed: all of them as operands stand in the program, or the largest by |product|
    ranked     they are the largest, the largest first
    counts     over single gates, whatever the graph folds
    """

    graph: NamedGraph
    between: frozenset[str]
    start: str | None
    output: str
    total: float
    paths: tuple[Path, ...]
    ranked: bool
    counts: PathCounts

    @property
    def visits(self) -> Visits:
        """What there is to visit between start and output."""
        return self.counts.start or Visits(0, 0, 0)


def find_paths(
    trace: Trace,
    start: int | None = None,
    output: int | None = None,
    *,
    every_gate: bool = False,
    most: int = LISTED,
    limits: Limits = DEFAULT_LIMITS,
) -> Paths:
    """The paths from one node to another; by default from the leaf with most paths to the output of the trace.

    With gates folded, each line of the program is one node, but where its paths part: folding merges no paths, so
    there are as many as over every gate. Their number and their sum are exact also where there are 10^30 of them.
    most   paths to list; no more than limits.max_paths_listed, and limits.max_path_steps edges in all
    Raises UserError for a trace with tensors.
    """
    numbers_only(trace)
    program = trace.program
    output = trace.output_nodes[0] if output is None else output
    counts = count_paths(program, output, start)
    if start is None:
        parameters = {leaf for leaf in counts.per_leaf if trace.graph.kind(leaf) == "parameter"}
        start = most_travelled(counts, parameters)
        counts = count_paths(program, output, start)
    also = () if start is None else (start,)
    graph = named_graph(trace, every_gate=every_gate, keep_paths=True, output=output, also=also, seed=1.0)
    first, last = None if start is None else f"n{start}", f"n{output}"
    if first is None or counts.start is None or counts.start.paths == 0:
        ends = frozenset({last} if first is None else {first, last})
        return Paths(graph, ends, first, last, 0.0, (), False, counts)
    return list_paths(graph, first, last, counts, most, limits)


def list_paths(graph: NamedGraph, first: str, last: str, counts: PathCounts, most: int, limits: Limits) -> Paths:
    """The paths between two nodes of a graph whose edges carry numbers; there is at least one."""
    assert counts.start is not None
    order, incoming = between(graph, first, last)
    most = min(most, limits.max_paths_listed)
    ranked = counts.start.paths > most or _steps(order, incoming, first)[last] > limits.max_path_steps
    found = rank_paths(order, incoming, first, last) if ranked else all_paths(incoming, first, last)
    listed = tuple(_bounded((_path(edges, last) for edges in islice(found, most)), limits.max_path_steps))
    total = graph.by_id[first].gradient
    assert total is not None
    return Paths(graph, frozenset(order), first, last, total + 0.0, listed, ranked, counts)


def between(graph: NamedGraph, start: str, output: str) -> tuple[list[str], dict[str, list[NamedEdge]]]:
    """The nodes on a path from the start to the output in topological order, and their edges from one another."""
    leads = {output}
    for edge in reversed(graph.edges):
        if edge.target in leads:
            leads.add(edge.source)
    order, incoming = [start], {start: list[NamedEdge]()}
    for edge in graph.edges:
        if edge.source in incoming and edge.target in leads and edge.target != start:
            if edge.target not in incoming:
                order.append(edge.target)
            incoming.setdefault(edge.target, []).append(edge)
    return order, incoming


def _steps(order: list[str], incoming: dict[str, list[NamedEdge]], start: str) -> dict[str, int]:
    """The lengths of all paths from the start to each node, added up."""
    paths, steps = {start: 1}, {start: 0}
    for node in order[1:]:
        paths[node] = sum(paths[edge.source] for edge in incoming[node])
        steps[node] = paths[node] + sum(steps[edge.source] for edge in incoming[node])
    return steps


def all_paths(incoming: dict[str, list[NamedEdge]], start: str, output: str) -> Iterator[list[NamedEdge]]:
    """Every path, as edges from the output back, in the order in which operands stand."""
    path: list[NamedEdge] = []
    branches: list[Iterator[NamedEdge]] = []
    node = output
    while True:
        if node == start:
            yield [*path]
        branches.append(iter(incoming[node]))
        while branches and (edge := next(branches[-1], None)) is None:
            branches.pop()
            if path:
                path.pop()
        if not branches:
            return
        assert edge is not None
        path.append(edge)
        node = edge.source


def _path(edges: list[NamedEdge], output: str) -> Path:
    product = 1.0
    for edge in edges:
        product *= edge.local
    forward = edges[::-1]
    return Path(
        nodes=(*(edge.source for edge in forward), output),
        operands=tuple(edge.operand for edge in forward),
        factors=tuple(edge.local for edge in forward),
        product=product + 0.0,
    )


def _bounded(paths: Iterator[Path], steps: int) -> Iterator[Path]:
    """Paths as long as they have no more edges in all; one in any case."""
    taken = 0
    for path in paths:
        taken += len(path.factors)
        if taken > steps and taken > len(path.factors):
            return
        yield path
