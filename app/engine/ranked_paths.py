"""The paths of a graph with the largest products, the largest first, without looking at the others.

Every path is the best one with some detours. The detours behind each node stand in a heap that it shares with the
node before it on its best path, so that k paths of a graph of m edges take O(m log m + k log k) steps and their length.

Source: D. Eppstein, Finding the k Shortest Paths, SIAM Journal on Computing 28 (1998), with leftist heaps.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.engine.named import NamedEdge

_ENDLESS = 1e9
"""Stands for the logarithm of infinity: more than the logarithms of any path add up to, and still a number."""


class _Heap(NamedTuple):
    """A heap of detours that is never changed: putting one in makes a new heap that shares most of the old one."""

    rank: int
    cost: float
    edge: NamedEdge
    left: _Heap | None
    right: _Heap | None


class _Detours(NamedTuple):
    """The detours of a path, the one nearest to the output at the bottom of the chain."""

    last: NamedEdge
    before: _Detours | None


def rank_paths(
    order: Sequence[str], incoming: Mapping[str, Sequence[NamedEdge]], start: str, output: str
) -> Iterator[list[NamedEdge]]:
    """Paths from the start to the output, as edges from the output back, the largest |product| first.

    order      nodes that lie between the two, in topological order
    incoming   their edges from one another; the start has none
    A product that is not a number counts as endless, one with a factor 0 comes last.
    """
    best: dict[str, NamedEdge] = {}
    heaps: dict[str, _Heap | None] = {start: None}
    costs = {start: 0.0}
    for node in order:
        if node == start:
            continue
        edges = incoming[node]
        lengths = [costs[edge.source] + _cost(edge.local) for edge in edges]
        costs[node] = shortest = min(lengths)
        chosen = lengths.index(shortest)
        best[node] = edges[chosen]
        heap = heaps[edges[chosen].source]
        for position, edge in enumerate(edges):
            if position != chosen:
                heap = _put(heap, lengths[position] - shortest, edge)
        heaps[node] = heap
    yield _follow(best, None, start, output)
    waiting: list[tuple[float, int, _Heap, _Detours | None]] = []
    number = 0

    def wait(cost: float, heap: _Heap | None, before: _Detours | None) -> None:
        nonlocal number
        if heap is not None:
            number += 1  # equal costs: the first found first, and heaps are never compared
            heapq.heappush(waiting, (cost + heap.cost, number, heap, before))

    wait(0.0, heaps[output], None)
    while waiting:
        cost, _, heap, before = heapq.heappop(waiting)
        detours = _Detours(heap.edge, before)
        yield _follow(best, detours, start, output)
        wait(cost - heap.cost, heap.left, before)
        wait(cost - heap.cost, heap.right, before)
        wait(cost, heaps[heap.edge.source], detours)


def _cost(local: float) -> float:
    """Small for a large factor: minus the logarithm of its size."""
    size = abs(local)
    if size == 0.0:
        return _ENDLESS
    return -math.log(size) if math.isfinite(size) else -_ENDLESS


def _put(heap: _Heap | None, cost: float, edge: NamedEdge) -> _Heap:
    """The heap with one more detour. The way down on the right is never longer than the logarithm of its size."""
    above: list[_Heap] = []
    while heap is not None and heap.cost <= cost:
        above.append(heap)
        heap = heap.right
    made = _Heap(1, cost, edge, heap, None)
    for one in reversed(above):
        first, second = one.left, made
        if _rank(first) < made.rank:
            made = _Heap(_rank(first) + 1, one.cost, one.edge, second, first)
        else:
            made = _Heap(second.rank + 1, one.cost, one.edge, first, second)
    return made


def _rank(heap: _Heap | None) -> int:
    return 0 if heap is None else heap.rank


def _follow(best: Mapping[str, NamedEdge], detours: _Detours | None, start: str, output: str) -> list[NamedEdge]:
    """The best way from the output back to the start, but for the detours."""
    ahead: list[NamedEdge] = []
    while detours is not None:
        ahead.append(detours.last)
        detours = detours.before
    path: list[NamedEdge] = []
    node = output
    while node != start:
        edge = ahead.pop() if ahead and ahead[-1].target == node else best[node]
        path.append(edge)
        node = edge.source
    return path
