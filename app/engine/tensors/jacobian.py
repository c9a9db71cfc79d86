"""Jacobians in a program with tensors: rows are entries of the outputs, columns entries of what they are taken by.

Filled by whichever mode needs fewer sweeps. Sizes and work are checked first: where they are too much no matrix is
built, and its size is told in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.engine.entries import Index, entries_of, entry_label, entry_latex
from app.engine.jacobian import Mode
from app.engine.rules import rules_for
from app.engine.tensors.choice import Varied
from app.engine.tensors.forward import Plan
from app.engine.tensors.reverse import run_reverse
from app.engine.tensors.tangent import run_tangent
from app.engine.tensors.trace import TensorTrace
from app.engine.tensors.ways import EntryWays
from app.engine.zeros import Reason
from app.limits import DEFAULT_LIMITS, Limits, setting_name

Array = NDArray[np.float64]

MOST_EXPLAINED = 4_096
"""Zeros of a larger matrix, 64 × 64, are not explained one by one."""

_LEAST_NUMBERS = 50
"""Of a small tensor: a gate takes its time, however few entries it has."""


class Place(NamedTuple):
    """One entry of a node; of a number the empty index."""

    node: int
    entry: Index

    def flat(self, trace: TensorTrace) -> int:
        """Its place among all entries, row by row."""
        return int(np.ravel_multi_index(self.entry, np.shape(trace.values[self.node]))) if self.entry else 0

    def label(self, trace: TensorTrace) -> str:
        """What formulas call it: `W1[0, 1]`."""
        return entry_label(trace.graph.labels[self.node], self.entry)

    def latex(self, trace: TensorTrace) -> str:
        """The same as LaTeX."""
        return entry_latex(trace.graph.latex(self.node), self.entry)


def count_places(trace: TensorTrace, chosen: Sequence[Varied]) -> int:
    """How many entries they have together."""
    return sum(1 if one.entry is not None else prod(np.shape(trace.values[one.node])) for one in chosen)


def places_of(trace: TensorTrace, chosen: Sequence[Varied]) -> Iterator[Place]:
    """The entries one by one, of each node row by row."""
    for one in chosen:
        indices = [one.entry] if one.entry is not None else entries_of(np.shape(trace.values[one.node]))
        yield from (Place(one.node, index) for index in indices)


@dataclass(frozen=True)
class TensorJacobian:
    """d entry of an output / d entry of a node, each varied alone.

    outputs, nodes   what was asked for: whole nodes, or single entries of them
    shape            rows and columns, built or not
    rows, columns    the entries; empty where the matrix is not built
    matrix           None where it is not built; `note` says why
    """

    trace: TensorTrace
    outputs: tuple[Varied, ...]
    nodes: tuple[Varied, ...]
    shape: tuple[int, int]
    rows: tuple[Place, ...]
    columns: tuple[Place, ...]
    matrix: Array | None
    mode: Mode
    note: str | None
    limits: Limits

    @cached_property
    def ways(self) -> EntryWays | None:
        """The paths from every column to every row, entry by entry; None where there would be too many places."""
        if self.matrix is None:
            return None
        rows = [(place.node, place.flat(self.trace)) for place in self.rows]
        return EntryWays.between(self.trace, rows, {place.node for place in self.columns}, self.limits)

    @cached_property
    def paths(self) -> Array | None:
        """How many paths each entry of the matrix sums over, gates closed and single; exact to 2**53. None where there
        would be too many places."""
        if self.ways is None:
            return None
        counts = np.zeros(self.shape)
        for column, place in enumerate(self.columns):
            counts[:, column] = self.ways.counts_from(place.node, place.flat(self.trace))
        return counts

    def why(self, row: int, column: int) -> tuple[Reason, str] | None:
        """Why an entry of the matrix is zero; None for one that is not, and where that is not known."""
        if self.matrix is None or self.matrix[row, column] != 0.0 or self.ways is None:
            return None
        if self.matrix.size > MOST_EXPLAINED:
            return None
        start, end = self.columns[column], self.rows[row]
        return self.ways.why_zero(
            row, start.node, start.flat(self.trace), start.label(self.trace), end.label(self.trace)
        )

    def block(self, output: Varied, node: Varied) -> Array | None:
        """The part of the matrix that is d output / d node."""
        return (
            None
            if self.matrix is None
            else self.matrix[self.slice_of(self.rows, output), self.slice_of(self.columns, node)]
        )

    def slice_of(self, places: Sequence[Place], chosen: Varied) -> slice:
        """Where the entries of what was asked for stand among the rows or the columns."""
        first = next(
            at for at, place in enumerate(places) if place.node == chosen.node and chosen.entry in (None, place.entry)
        )
        return slice(first, first + count_places(self.trace, [chosen]))


def find_tensor_jacobian(
    trace: TensorTrace,
    outputs: Sequence[Varied],
    nodes: Sequence[Varied],
    mode: Mode | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> TensorJacobian:
    """The Jacobian of these outputs by these nodes; without its matrix where that would be too large.

    mode   which sweeps fill it; None takes those of which there are fewer. Both give the same numbers.
    """
    shape = (count_places(trace, outputs), count_places(trace, nodes))
    chosen: Mode = mode or ("reverse" if shape[0] <= shape[1] else "forward")
    note = _too_large(trace, shape, shape[0] if chosen == "reverse" else shape[1], limits)
    if note is not None:
        return TensorJacobian(trace, (*outputs,), (*nodes,), shape, (), (), None, chosen, note, limits)
    rows, columns = tuple(places_of(trace, outputs)), tuple(places_of(trace, nodes))
    fill = _by_rows if chosen == "reverse" else _by_columns
    matrix = fill(trace, rows, columns)
    return TensorJacobian(trace, (*outputs,), (*nodes,), shape, rows, columns, matrix, chosen, None, limits)


def _by_rows(trace: TensorTrace, rows: Sequence[Place], columns: Sequence[Place]) -> Array:
    """One reverse sweep for each row, seeded with 1 at its entry."""
    rules, matrix = rules_for(trace.conventions), np.zeros((len(rows), len(columns)))
    nodes = dict.fromkeys(place.node for place in columns)
    where = {
        node: [(at, place.flat(trace)) for at, place in enumerate(columns) if place.node == node] for node in nodes
    }
    plan = Plan.of_values(trace.program, trace.values)
    for at, place in enumerate(rows):
        gradients = run_reverse(trace.program, trace.values, place.node, unit(trace, place), rules, plan=plan)
        for node, places in where.items():
            flat = np.ravel(np.asarray(gradients[node], dtype=np.float64))
            matrix[at, [column for column, _ in places]] = flat[[entry for _, entry in places]]
    return matrix + 0.0


def _by_columns(trace: TensorTrace, rows: Sequence[Place], columns: Sequence[Place]) -> Array:
    """One forward sweep for each column, in which its entry moves by 1 and everything else follows."""
    rules, matrix = rules_for(trace.conventions), np.zeros((len(rows), len(columns)))
    last = max((place.node for place in rows), default=0)
    for at, place in enumerate(columns):
        tangents = run_tangent(trace.program, trace.values, {place.node: unit(trace, place)}, rules, last)
        for row, end in enumerate(rows):
            matrix[row, at] = np.ravel(tangents[end.node])[end.flat(trace)]
    return matrix + 0.0


def unit(trace: TensorTrace, place: Place) -> float | Array:
    """1 at this entry, 0 at all others of its node."""
    if not place.entry:
        return 1.0
    seed = np.zeros(np.shape(trace.values[place.node]))
    seed[place.entry] = 1.0
    return seed


def _too_large(trace: TensorTrace, shape: tuple[int, int], sweeps: int, limits: Limits) -> str | None:
    """Why no matrix of this shape is built; None where it may be."""
    entries, most = shape[0] * shape[1], limits.max_jacobian_entries
    size = f"{shape[0]:,} × {shape[1]:,}"
    if entries > most:
        setting = setting_name("max_jacobian_entries")
        return (
            f"This Jacobian is {size}, {entries:,} entries. It is not built: the limit is {most:,}, set by {setting}. "
            "Backpropagation never builds it either."
        )
    program, values = trace.program, trace.values
    numbers = sum(max(int(np.size(value)), _LEAST_NUMBERS) for value in values)
    steps = sum(
        operation.flops([np.shape(values[one]) for one in program.operands(node)])
        for node in range(len(program.ops))
        if (operation := program.operation(node)) is not None and operation.flops is not None
    )
    for count, field in ((numbers, "max_gate_runs"), (2 * steps, "max_flops")):
        if sweeps * count > getattr(limits, field):
            return (
                f"This Jacobian is {size}. Its {sweeps:,} sweeps over {count:,} "
                f"{'numbers' if field == 'max_gate_runs' else 'additions and multiplications'} each are more than "
                f"{getattr(limits, field):,}, the limit set by {setting_name(field)}."
            )
    return None
