"""What flows between one node and the output: which edges, with how much of the gradient on each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.engine.reverse import local_gradients
from app.engine.rules import rules_for
from app.engine.trace import Trace

_COUNTED = 10**6
"""Paths are counted up to here; more are many."""


class Wire(NamedTuple):
    """One edge of the flow: d target / d source by this operand alone is `local`."""

    source: int
    target: int
    operand: int
    local: float


@dataclass(frozen=True, slots=True)
class Branch:
    """One way out of a node that has several: its first edge, what it adds to the gradient, and where it leads.

    wires    from the fork to where other ways join it
    through  the last named node on that stretch, else its first gate
    """

    wire: Wire
    part: float
    wires: tuple[Wire, ...]
    through: int


class _Way(NamedTuple):
    """A path so far: its last edge, and the path before it."""

    wire: Wire
    before: _Way | None

    def wires(self) -> tuple[Wire, ...]:
        """All its edges, from the start."""
        found, way = [self.wire], self.before
        while way is not None:
            found.append(way.wire)
            way = way.before
        return tuple(found[::-1])


class Flow:
    """The part of a trace between `start` and the output, both with it; empty where the output does not depend on it.

    members   its nodes in topological order       into   target -> wires       out_of   source -> wires
    """

    def __init__(self, trace: Trace, start: int) -> None:
        self.trace, self.program, self.start = trace, trace.program, start
        self.output = trace.output_nodes[0]
        self.rules = rules_for(trace.conventions)
        self.members: list[int] = []
        self.into: dict[int, list[Wire]] = {}
        self.out_of: dict[int, list[Wire]] = {}
        for node in self._between():
            self.members.append(node)
            self.out_of[node] = []
            self.into[node] = wires = self._wires(node) if node != start else []
            for wire in wires:
                self.out_of[wire.source].append(wire)

    def _between(self) -> list[int]:
        program, start, output = self.program, self.start, self.output
        below = {start}
        for node in range(start + 1, output + 1):
            if any(operand in below for operand in program.operands(node)):
                below.add(node)
        if output not in below:
            return []
        needed, members = {output}, []
        for node in range(output, start - 1, -1):
            if node in needed and node in below:
                members.append(node)
                needed.update(program.operands(node))
        return members[::-1]

    def _wires(self, node: int) -> list[Wire]:
        locals_of = local_gradients(self.program, self.trace.values, node, self.rules)
        return [
            Wire(operand, node, position, local)
            for position, (operand, local) in enumerate(zip(self.program.operands(node), locals_of, strict=True))
            if local is not None and operand in self.into
        ]

    def gradient(self, node: int) -> float:
        """d output / d node."""
        return self.trace.gradients[node] or 0.0

    def value(self, node: int) -> float:
        """The value of a node."""
        return self.trace.values[node]

    @property
    def wires(self) -> Iterable[Wire]:
        """All edges, by target in topological order."""
        return (wire for node in self.members for wire in self.into[node])

    @cached_property
    def tangent(self) -> dict[int, float]:
        """d node / d start for every member."""
        return self.sweep(lambda wire: wire.local)

    def sweep(self, local: Callable[[Wire], float]) -> dict[int, float]:
        """One forward sweep from the start with these local gradients."""
        tangents: dict[int, float] = {}
        for node in self.members:
            tangents[node] = 1.0 if node == self.start else _sum(
                tangents[wire.source] * local(wire) for wire in self.into[node]
            )  # fmt: skip
        return tangents

    def part(self, wire: Wire, local: float | None = None) -> float:
        """What the paths through this edge add to the gradient; with another local gradient, what they would add."""
        slope = wire.local if local is None else local
        return self.tangent[wire.source] * slope * self.gradient(wire.target)

    @cached_property
    def forks(self) -> list[tuple[int, list[Branch]]]:
        """Nodes with several ways to the output, each with its branches."""
        return [
            (node, [self._branch(wire) for wire in self.out_of[node]])
            for node in self.members
            if len(self.out_of[node]) > 1
        ]

    def _branch(self, wire: Wire) -> Branch:
        """The branch that begins with this edge, followed while no other way joins it and it does not fork."""
        names = self.trace.graph.names
        wires, node, through = [wire], wire.target, -1
        while len(self.into[node]) == 1:
            through = node if node in names or through < 0 else through
            if len(self.out_of[node]) != 1:
                break
            wires.append(self.out_of[node][0])
            node = wires[-1].target
        return Branch(wire, self.part(wire), tuple(wires), through if through >= 0 else wire.target)

    @cached_property
    def paths(self) -> int:
        """The number of paths from the start to the output, by dynamic programming."""
        counts: dict[int, int] = {}
        for node in self.members:
            found = sum(counts[wire.source] for wire in self.into[node])
            counts[node] = 1 if node == self.start else min(found, _COUNTED)
        return counts.get(self.output, 0)

    def list_paths(self, most: int) -> list[tuple[Wire, ...]]:
        """Every path as its edges; none where there are more than `most`."""
        if self.paths > most:
            return []
        found: list[tuple[Wire, ...]] = []
        waiting = [_Way(wire, None) for wire in reversed(self.out_of[self.start])]
        while waiting:
            way = waiting.pop()
            if way.wire.target == self.output:
                found.append(way.wires())
            else:
                waiting += [_Way(wire, way) for wire in reversed(self.out_of[way.wire.target])]
        return found

    def without(self, dropped: frozenset[Wire]) -> frozenset[Wire]:
        """The edges on a path from start to output that avoids these."""
        ahead = {self.start}
        for node in self.members:
            if any(wire.source in ahead and wire not in dropped for wire in self.into[node]):
                ahead.add(node)
        behind, kept = {self.output}, set()
        for node in reversed(self.members):
            if node in behind:
                for wire in self.into[node]:
                    if wire not in dropped and wire.source in ahead:
                        behind.add(wire.source)
                        kept.add(wire)
        return frozenset(kept)


def product(path: Iterable[Wire]) -> float:
    """The product of the local gradients along a path."""
    return math.prod(wire.local for wire in path)


def _sum(numbers: Iterable[float]) -> float:
    total = 0.0
    for number in numbers:
        total += number
    return total
