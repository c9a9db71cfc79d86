"""Slips of the sum over paths: a branch left out or taken alone, a unit or a row of a batch left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from app.explain.detective.flow import Wire
from app.explain.detective.tensors.flow import TensorFlow
from app.explain.detective.tensors.record import Array, Make, Part, TensorSlip, entry_name
from app.explain.detective.words import Name, Phrase, count_word, name_of, phrase

_UNITS = 12
"""So many entries or rows of a node are left out one by one; of larger ones none."""


def path_slips(flow: TensorFlow) -> Iterator[TensorSlip]:
    """Every branch of every fork left out and alone; then every unit of a layer, and every row of a batch."""
    for fork in flow.members:
        if len(flow.out_of[fork]) > 1:
            yield from _branches(flow, fork, flow.out_of[fork])
    for node in flow.members:
        if node != flow.output and node in flow.trace.graph.names and node != flow.start:
            yield from _units(flow, node)


def _nothing(shape: tuple[int, ...]) -> Make:
    return lambda _g: np.zeros(shape)


def _branches(flow: TensorFlow, fork: int, wires: Sequence[Wire]) -> Iterator[TensorSlip]:
    trace, own, shape = flow.trace, name_of(flow.trace, fork), flow.shape(fork)
    nothing = _nothing(shape)
    only = [flow.changed({other: nothing for other in wires if other is not wire}) for wire in wires]
    repeated = len({wire.target for wire in wires}) == 1
    # A part of the gradient that goes around the fork is in every one of them.
    around = flow.changed(dict.fromkeys(wires, nothing))
    parts = [part - around for part in only]
    for at, wire in enumerate(wires):
        gate = name_of(trace, wire.target)
        name = (
            phrase("through operand {n} of {gate}", n=str(wire.operand + 1), gate=gate)
            if repeated else phrase("through {gate}", gate=_through(flow, wire))
        )  # fmt: skip
        others = [(other, parts[place]) for place, other in enumerate(wires) if place != at]
        kept = tuple(Part(_named(flow, other, repeated), part, other.target) for other, part in others)
        rest = (Part(phrase("the other paths"), around),) if np.any(around) else ()
        said = (
            phrase("Your number is the path {kept} alone. The path {left} was left out of the sum.",
                   kept=kept[0].name, left=name)
            if len(kept) == 1 and not rest
            else phrase("Your number is the sum without the branch {left}.", left=name)
        )  # fmt: skip
        yield TensorSlip(
            "path", phrase("Path {left} left out", left=name), "One path is missing.", said,
            flow.changed({wire: nothing}), fork, (*kept, *rest), (Part(name, parts[at], wire.target),),
            frozenset([wire]),
        )  # fmt: skip
        if len(wires) > 2:
            yield TensorSlip(
                "path", phrase("Only the path {kept}", kept=name), "Only one path was taken.",
                phrase("Of the {count} branches from {own}, your number has only the one {kept}.",
                       count=count_word(len(wires)), own=own, kept=name),
                only[at], fork, (Part(name, parts[at], wire.target), *rest), kept,
                frozenset(other for other in wires if other is not wire),
            )  # fmt: skip


def _named(flow: TensorFlow, wire: Wire, repeated: bool) -> Phrase:
    gate = name_of(flow.trace, wire.target)
    if repeated:
        return phrase("through operand {n} of {gate}", n=str(wire.operand + 1), gate=gate)
    return phrase("through {gate}", gate=_through(flow, wire))


def _through(flow: TensorFlow, wire: Wire) -> Name:
    """The last named node on the stretch that begins with this edge, else its first gate."""
    node, through = wire.target, -1
    while len(flow.into[node]) == 1:
        through = node if node in flow.trace.graph.names or through < 0 else through
        if len(flow.out_of[node]) != 1:
            break
        node = flow.out_of[node][0].target
    return name_of(flow.trace, through if through >= 0 else wire.target)


def _units(flow: TensorFlow, node: int) -> Iterator[TensorSlip]:
    """The entries of a vector and the rows of a matrix: each is one way of the gradient to the output."""
    shape = flow.shape(node)
    if not shape or not 1 < shape[0] <= _UNITS:
        return
    exact = flow.slope(flow.start)
    start, what = name_of(flow.trace, flow.start), "unit" if len(shape) == 1 else "row"
    for at in range(shape[0]):
        unit = entry_name(flow.trace, node, (at,))
        alone = flow.changed({}, {node: _mask(at, alone=True)})
        without = flow.changed({}, {node: _mask(at, alone=False)})
        if not np.any(alone) or not np.any(without):
            continue
        through, others = phrase("through {unit}", unit=unit), phrase("through the others")
        yield TensorSlip(
            "path", phrase("{what} {unit} left out", what=what.capitalize(), unit=unit), "One path is missing.",
            phrase("The way from {start} through the {what} {unit} was left out of the sum.",
                   start=start, what=what, unit=unit),
            without, node, (Part(others, without),), (Part(through, exact - without),),
        )  # fmt: skip
        yield TensorSlip(
            "path", phrase("Only {what} {unit}", what=what, unit=unit), "Only one path was taken.",
            phrase("Of the {count} ways from {start} through {node}, your number has only the one through {unit}.",
                   count=count_word(shape[0]), start=start, node=name_of(flow.trace, node), unit=unit),
            alone, node, (Part(through, alone),), (Part(others, exact - alone),),
        )  # fmt: skip


def _mask(at: int, *, alone: bool) -> Make:
    """The gradient of a node with this unit alone, or without it."""

    def make(g: Array) -> Array:
        kept = np.full(g.shape, not alone)
        kept[at] = alone
        return np.where(kept, g, 0.0)

    return make
