"""Paths from entry to entry: how many there are, and why the derivative along all of them is zero."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from app.engine.entries import entry_label
from app.engine.tensors.links import Links, count_links, gate_links
from app.engine.tensors.trace import TensorTrace
from app.engine.varied import nodes_between
from app.engine.zeros import Reason, is_router
from app.limits import Limits

Array = NDArray[np.float64]

TABLES = 16
"""Times the limit for one Jacobian: what the tables of all gates between its ends may have together."""

Blocked = tuple[int, int, int]
"""Gate, position of its operand, and entry of the operand to which it passes nothing."""


class EntryWays:
    """The paths to some entries, the rows of a Jacobian.

    counts   node -> for every row and entry of the node, how many paths lead from that entry to the row
    open     the same, whether one of these paths meets no slope that is 0
    """

    def __init__(
        self, trace: TensorTrace, rows: Sequence[tuple[int, int]], gates: Sequence[int], starts: Collection[int]
    ):
        self._trace = trace
        self._gates = gates
        self._tables: dict[tuple[int, int], Links] = {}
        self._blocked: dict[tuple[int, int], list[tuple[Blocked, NDArray[np.int_]]]] = {}
        self._size = len(rows)
        self._starts = frozenset(starts)
        self.counts: dict[int, Array] = {}
        self.open: dict[int, NDArray[np.bool_]] = {}
        for row, (node, entry) in enumerate(rows):
            self._at(node)
            self.counts[node][row, entry] = 1.0
            self.open[node][row, entry] = True
        self._pass_back()

    @classmethod
    def between(
        cls, trace: TensorTrace, rows: Sequence[tuple[int, int]], starts: Collection[int], limits: Limits
    ) -> EntryWays | None:
        """None where the tables of the gates between would be too large."""
        found: set[int] = set()
        for output in {node for node, _ in rows}:
            for start in starts:  # each varies alone: another start may lie on its way
                found.update(nodes_between(trace.program, [start], output) if start <= output else ())
        gates = sorted(found)
        held = sum(int(np.size(trace.values[node])) for node in gates) * len(rows)
        if max(count_links(trace, gates), held) > TABLES * limits.max_jacobian_entries:
            return None
        return cls(trace, rows, gates, starts)

    @property
    def gates(self) -> Sequence[int]:
        """The gates between, operands first."""
        return self._gates

    def lengths(self) -> tuple[dict[int, Array], int]:
        """The lengths of all paths to the rows from every entry, added up; and how many edges lie on a path."""
        found = {node: np.zeros(counts.shape) for node, counts in self.counts.items()}
        edges = 0
        for gate in reversed(self._gates):
            counts, steps = self.counts[gate], found[gate]
            leads = counts.any(axis=0)
            for position, operand in enumerate(self._trace.program.operands(gate)):
                if (gate, position) not in self._tables:
                    continue
                there = self._tables[gate, position].there
                found[operand] += (counts + steps) @ there
                edges += int(there[leads].sum())
        return found, edges

    def counts_from(self, node: int, entry: int) -> Array:
        """How many paths lead from an entry to each of the rows."""
        counts = self.counts.get(node)
        return np.zeros(self._size) if counts is None else counts[:, entry]

    def _at(self, node: int) -> None:
        if node not in self.counts:
            size = int(np.size(self._trace.values[node]))
            self.counts[node] = np.zeros((self._size, size))
            self.open[node] = np.zeros((self._size, size), dtype=bool)

    def table(self, gate: int, position: int) -> Links:
        """The table of a gate, made when it is first needed."""
        key = (gate, position)
        if key not in self._tables:
            self._tables[key] = gate_links(self._trace, gate, position)
        return self._tables[key]

    def _pass_back(self) -> None:
        program, depends = self._trace.program, {*self._starts, *self._gates}
        for gate in reversed(self._gates):
            self._at(gate)
            counts, is_open = self.counts[gate], self.open[gate]
            for position, operand in enumerate(program.operands(gate)):
                if operand not in depends or program.is_fixed(operand):
                    continue
                self._at(operand)
                links = self.table(gate, position)
                self.counts[operand] += counts @ links.there
                passes = links.there & (links.local != 0)
                self.open[operand] |= (is_open.astype(float) @ passes) > 0

    def why_zero(self, row: int, node: int, entry: int, name: str, output: str) -> tuple[Reason, str]:
        """Why the derivative of a row by an entry is zero, of one that is."""
        count = self.counts_from(node, entry)[row]
        if not count:
            return "no-path", f"No path leads from {name} to {output}."
        if self.open[node][row, entry]:
            if count > 1:
                return "cancels", f"The paths from {name} to {output} cancel: their products add up to 0."
            return "underflow", f"The product along the path from {name} to {output} is too small for a 64-bit float."
        candidates = self._blockers(node, entry)
        found = [
            blocked for blocked, reached in candidates if any(self.counts[blocked[0]][row, at] > 0 for at in reached)
        ]
        program, graph = self._trace.program, self._trace.graph
        routers = [one for one in found if is_router(program.operation(one[0]))]
        gate, position, at = (routers or found)[0]
        operation, operand = program.operation(gate), program.operands(gate)[position]
        symbol = operation.symbol if operation else graph.labels[gate]
        shape = np.shape(self._trace.values[operand])
        place = entry_label(graph.labels[operand], [int(one) for one in np.unravel_index(at, shape)] if shape else ())
        if routers:
            return "router", f"{symbol} passes nothing back to {place} here, so {name} receives 0."
        return "flat", f"The slope of {symbol} for {place} is 0 here, so {name} receives 0."

    def _blockers(self, node: int, entry: int) -> list[tuple[Blocked, NDArray[np.int_]]]:
        """The first gates on the ways from an entry that pass nothing back, and the entries they pass nothing from."""
        if (node, entry) in self._blocked:
            return self._blocked[node, entry]
        program = self._trace.program
        reached = {node: np.arange(int(np.size(self._trace.values[node]))) == entry}
        found: list[tuple[Blocked, NDArray[np.int_]]] = []
        for gate in self._gates:
            for position, operand in enumerate(program.operands(gate)):
                mask = reached.get(operand)
                if mask is None or program.is_fixed(operand):
                    continue
                links = self.table(gate, position)
                passes = links.there & (links.local != 0)
                here = passes[:, mask].any(axis=1)
                reached[gate] = here | reached.get(gate, np.zeros(len(here), dtype=bool))
                blocked = (links.there & (links.local == 0))[:, mask]
                if blocked.any():
                    at = int(np.flatnonzero(mask)[np.flatnonzero(blocked.any(axis=0))[0]])
                    found.append(((gate, position, at), np.flatnonzero(blocked.any(axis=1))))
        self._blocked[node, entry] = found
        return found
