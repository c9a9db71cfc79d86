"""Where the output has kinks and jumps while one node varies.

Between neighbouring points of a curve some gate changes from one of its pieces to another. The place is closed in on
by asking only on which piece the gate is, and kept when the output's slope or value really differs on its two sides:
a kink of a gate that is multiplied by zero further on shows nowhere.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from app.engine.branches import has_pieces, pieces_of
from app.engine.reverse import run_reverse
from app.engine.rules import rules_for
from app.engine.varied import Array, Truths, run_varied

if TYPE_CHECKING:
    from app.engine.trace import Trace

MAX_KINKS = 24
"""Kinks of one curve, those next to the present point: more could not be told apart in a small plot."""

_CLOSE = 1e-12
"""Width, relative to the range, to which a kink is closed in: far below a pixel, far above the spacing of floats."""

_SIDE = 1e-9
"""Distance, relative to the range, of the points to both sides of a kink at which slopes and values are compared."""

_DIFFERENT = 1e-6
"""Relative difference of slopes or values across a kink that counts. Along 2e-9 of the range a smooth curve, bent
as sharply as a small plot can show, changes its slope by less."""

_SECTIONS = 64
"""Parts into which an interval is cut in one round of closing in; one pass over the gates serves them all."""

_MOST_NUMBERS = 4_000_000
"""Numbers held at one time while kinks are closed in, about 32 MB."""


@dataclass(frozen=True, slots=True)
class Kink:
    """A point at which the slope of the output jumps, or the output itself.

    node    id of the gate whose kink it is          jump    whether the output jumps
    before, after   slope of the output to the left and to the right
    sides   the points of the curve right before and after it
    message what the registry says of it
    """

    x: float
    node: str
    jump: bool
    before: float
    after: float
    sides: tuple[tuple[float, float], tuple[float, float]]
    message: str


class Varying(Protocol):
    """What is asked of a node that takes other values, here called places: the node itself, or one entry of a tensor.

    A run holds what is computed again: of every node its values at all places.
    """

    present: float
    most: int

    def run(self, places: Array, nodes: Sequence[int]) -> Mapping[int, Array]:
        """The values of these nodes at these places."""

    def own(self, run: Mapping[int, Array], gate: int, stretch: slice) -> Mapping[int, Array]:
        """The part of a run that says on which piece a gate is, at some of the places."""

    def gates(self, nodes: Sequence[int]) -> list[int]:
        """Those with kinks."""

    def pieces(self, gate: int, run: Mapping[int, Array]) -> Iterator[tuple[Hashable, Array]]:
        """Numbers that are constant between kinks, one for each place; each with what it is called."""

    def piece(self, gate: int, run: Mapping[int, Array], part: Hashable) -> Array:
        """One of them."""

    def outputs(self, run: Mapping[int, Array]) -> Array:
        """The output at all places."""

    def slope(self, run: Mapping[int, Array], place: int) -> float:
        """d output / d node at a place."""

    def numbers(self, nodes: Sequence[int]) -> int:
        """How many numbers are held for one place."""

    def sentence(self, gate: int) -> str:
        """What the registry says of the gate's kink."""


class VaryingNode:
    """A node of a program with numbers."""

    def __init__(self, trace: Trace, node: int) -> None:
        self._trace, self._node = trace, node
        self.present = trace.values[node]
        self.most = MAX_KINKS

    def run(self, places: Array, nodes: Sequence[int]) -> Mapping[int, Array]:
        return run_varied(self._trace.program, self._trace.values, {self._node: places}, nodes)

    def own(self, run: Mapping[int, Array], gate: int, stretch: slice) -> Mapping[int, Array]:
        return {each: run[each][stretch] for each in (*self._trace.program.operands(gate), gate) if each in run}

    def gates(self, nodes: Sequence[int]) -> list[int]:
        return [gate for gate in nodes if has_pieces(self._trace.program.operation(gate))]

    def pieces(self, gate: int, run: Mapping[int, Array]) -> Iterator[tuple[Hashable, Array]]:
        yield from enumerate(_pieces(self._trace, gate, run))

    def piece(self, gate: int, run: Mapping[int, Array], part: Hashable) -> Array:
        assert isinstance(part, int)
        return _pieces(self._trace, gate, run)[part]

    def outputs(self, run: Mapping[int, Array]) -> Array:
        output = self._trace.output_nodes[0]
        return run[output] if output in run else np.full_like(run[self._node], self._trace.values[output])

    def slope(self, run: Mapping[int, Array], place: int) -> float:
        return _slope(self._trace, self._node, {each: float(values[place]) for each, values in run.items()})

    def numbers(self, nodes: Sequence[int]) -> int:
        return len(nodes)

    def sentence(self, gate: int) -> str:
        operation = self._trace.program.operation(gate)
        assert operation is not None
        return operation.kink_sentence or ""


@dataclass(slots=True)
class _Change:
    """An interval in which a gate changes its piece: `part` of its pieces is `left` at `low` and differs at `high`."""

    gate: int
    part: Hashable
    left: float
    low: float
    high: float


def locate_kinks(varying: Varying, nodes: Sequence[int], xs: Array, run: Mapping[int, Array]) -> list[Kink]:
    """The kinks within the range of a run, in order.

    nodes   what is computed again     xs, run   the points of a curve, and the values there
    """
    gates = varying.gates(nodes)
    span = float(xs[-1] - xs[0])
    if not gates or not span > 0.0 or not math.isfinite(span):
        return []
    changes = [change for gate in gates for change in _changes(varying, gate, xs, run)]
    changes.sort(key=lambda change: abs((change.low + change.high) / 2 - varying.present))
    # A gate may change twice in one place, left of it and right of it.
    changes = changes[: 2 * varying.most]
    _close_in(varying, nodes, changes, _CLOSE * span)
    found: list[tuple[float, int]] = []
    for change in changes:
        x = _tidy((change.low + change.high) / 2, span)
        if xs[0] <= x <= xs[-1] and all(abs(x - other) > 2 * _SIDE * span for other, _ in found):
            found.append((x, change.gate))
    kinks = _compare_sides(varying, nodes, found[: varying.most], span, _height(varying.outputs(run)))
    return sorted(kinks, key=lambda kink: kink.x)


def _changes(varying: Varying, gate: int, xs: Array, run: Mapping[int, Array]) -> list[_Change]:
    """Neighbouring points between which a gate changes its piece, each pair once."""
    found: dict[int, _Change] = {}
    for part, piece in varying.pieces(gate, run):
        for left in np.flatnonzero(_differ(piece[:-1], piece[1:])).tolist():
            found.setdefault(left, _Change(gate, part, float(piece[left]), float(xs[left]), float(xs[left + 1])))
    return list(found.values())


def _pieces(trace: Trace, gate: int, run: Mapping[int, Array]) -> list[Array]:
    program = trace.program
    operation = program.operation(gate)
    assert operation is not None
    operands = [
        run[operand] if operand in run else np.full_like(run[gate], trace.values[operand])
        for operand in program.operands(gate)
    ]
    return pieces_of(operation, operands, run[gate], program.attributes(gate), trace.conventions)


def _differ(one: Array, other: Array) -> Truths:
    return np.asarray((one != other) & ~(np.isnan(one) & np.isnan(other)))


def _close_in(varying: Varying, nodes: Sequence[int], changes: Sequence[_Change], width: float) -> None:
    """Narrows every interval to the width by cutting all of them into sections, round after round."""
    if not changes:
        return
    last = max(change.gate for change in changes)
    needed = [each for each in nodes if each <= last]
    sections = max(2, min(_SECTIONS, _MOST_NUMBERS // (varying.numbers(needed) * len(changes))))
    rounds = math.ceil(math.log(max(change.high - change.low for change in changes) / width, sections))
    for _ in range(max(rounds, 0)):
        cuts = np.array([np.linspace(change.low, change.high, sections + 1) for change in changes])
        run = varying.run(cuts.ravel(), needed)
        for index, change in enumerate(changes):
            stretch = slice(index * (sections + 1), (index + 1) * (sections + 1))
            piece = varying.piece(change.gate, varying.own(run, change.gate, stretch), change.part)
            first = int(np.argmax(_differ(piece[1:], np.full_like(piece[1:], change.left)))) + 1
            change.low, change.high = float(cuts[index, first - 1]), float(cuts[index, first])


def _tidy(x: float, span: float) -> float:
    """x without the digits that closing in left open: 0 instead of 2.6e-17."""
    return round(x, max(0, 11 - math.floor(math.log10(span)))) + 0.0


def _height(values: Array) -> float:
    """How far the output moves over the range."""
    finite = values[np.isfinite(values)]
    return float(np.ptp(finite)) if finite.size else 0.0


def _compare_sides(
    varying: Varying, nodes: Sequence[int], places: Sequence[tuple[float, int]], span: float, height: float
) -> list[Kink]:
    """The kinks at these places and gates that show in the output."""
    if not places:
        return []
    side = _SIDE * span
    xs = np.array([[x - side, x + side] for x, _ in places]).ravel()
    run = varying.run(xs, nodes)
    outputs = varying.outputs(run)
    slopes = [varying.slope(run, place) for place in range(xs.size)]
    kinks = []
    for index, (x, gate) in enumerate(places):
        left, right = 2 * index, 2 * index + 1
        before, after = slopes[left], slopes[right]
        y_before, y_after = float(outputs[left]), float(outputs[right])
        jump = abs(y_after - y_before) > _DIFFERENT * height
        bend = abs(after - before) > _DIFFERENT * max(abs(before), abs(after), height / span)
        if jump or bend or math.isnan(before) != math.isnan(after):
            sides = ((float(xs[left]), y_before), (float(xs[right]), y_after))
            kinks.append(Kink(x, f"n{gate}", jump, before, after, sides, varying.sentence(gate)))
    return kinks


def _slope(trace: Trace, node: int, changed: Mapping[int, float]) -> float:
    """d output / d node by the reverse pass where these nodes have these values."""
    values = [*trace.values]
    for each, value in changed.items():
        values[each] = value
    program, output = trace.program, trace.output_nodes[0]
    return run_reverse(program, values, output, 1.0, rules_for(trace.conventions))[node]
