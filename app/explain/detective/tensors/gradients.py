"""Every slip that gives another gradient of a node, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from app.explain.detective.tensors.entries import entry_turns
from app.explain.detective.tensors.flow import TensorFlow
from app.explain.detective.tensors.losses import loss_turns
from app.explain.detective.tensors.numbers import number_slips, whole_slips
from app.explain.detective.tensors.paths import path_slips
from app.explain.detective.tensors.products import product_turns
from app.explain.detective.tensors.record import Array, TensorSlip, Turn

_SAME = ("other", "upstream", "local")
_KEPT = 1_000
"""Of larger tensors it is not asked whether two slips give the same one."""


def gradient_slips(flow: TensorFlow) -> Iterator[TensorSlip]:
    """Slips at every gate between the node and the output, then those of paths, then other numbers of the program."""
    told: list[Array] = []
    if flow.members:
        for slip in chain(_turned(flow), whole_slips(flow), path_slips(flow)):
            if slip.array.size <= _KEPT:
                told.append(slip.array)
            yield slip
    for slip in number_slips(flow):
        # The gradient of `a1` in place of that of `z1` is what a slope left out gives, which is told already.
        if slip.kind not in _SAME or not any(np.array_equal(slip.array, array) for array in told):
            yield slip


def _turned(flow: TensorFlow) -> Iterator[TensorSlip]:
    alike: dict[str, list[Turn]] = {}
    for wire in flow.wires:
        for rules in (product_turns, loss_turns, entry_turns):
            for turn in rules(flow, wire):
                slip = _slip(flow, turn)
                if slip is not None:
                    yield slip
                if turn.alike is not None:
                    alike.setdefault(turn.alike[0], []).append(turn)
    for turns in alike.values():
        if len({turn.wire.target for turn in turns}) > 1 and (told := turns[0].alike):
            array = flow.changed({turn.wire: turn.make for turn in turns})
            yield TensorSlip(turns[0].kind, told[1], turns[0].headline, told[2], array)


def _slip(flow: TensorFlow, turn: Turn) -> TensorSlip | None:
    """The gradient with one edge turned; None where it does not fit the shape of the operand."""
    wire = turn.wire
    with np.errstate(all="ignore"):
        received = np.asarray(turn.make(flow.slope(wire.target)))
        if received.shape == flow.shape(wire.source):
            array = flow.changed({wire: turn.make})
        elif turn.loose and wire.source == flow.start and len(flow.out_of[wire.source]) == 1:
            array = received
        else:
            return None
    return TensorSlip(turn.kind, turn.title, turn.headline, turn.says, array, wire.target)
