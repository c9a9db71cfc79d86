"""What operations on whole tensors pass back, as texts of our language where it can say it.

The registry gives products as texts. Its functions (`pull`) are told here for the shapes at hand: a sum along the rows
of a matrix passes back g 1ᵀ. Where nothing stands here, the registry's own LaTeX is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from app.explain.printed_tensors import MOST_COLUMNS, Number
from app.operations import Operation
from app.operations.shapes import Shape

_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?!\w*\s*\()")


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate as its rules are told.

    names       what its operands are called        out     what its result is called
    g           what its upstream gradient is called; None where that is the number 1
    values      of its operands
    """

    operation: Operation
    names: Sequence[str]
    out: str
    g: str | None
    values: Sequence[Number]
    attributes: Mapping[str, Any]

    @property
    def shapes(self) -> list[Shape]:
        """Of its operands."""
        return [np.shape(value) for value in self.values]

    @property
    def axis(self) -> int | None:
        """The axis that it works along, counted from 0; None for all, or for the last of softmax."""
        axis = self.attributes.get("axis")
        return None if axis is None else int(axis) % len(self.shapes[0])

    @property
    def keeps(self) -> bool:
        """Whether a reduction keeps its axis with size 1, so that what it gives meets the entries as it stands."""
        return bool(self.attributes.get("keepdims"))

    def times(self, rest: str) -> str:
        """The upstream gradient times something, which needs no brackets in a product."""
        return rest if self.g is None else f"{self.g} * {rest}"


def pull_text(gate: Gate, position: int) -> str | None:
    """What the gate passes to the operand at a position; None where our language cannot say it."""
    operation = gate.operation
    texts = operation.downstream.get(tuple(map(len, gate.shapes))) or operation.downstream.get(())
    if texts is not None:
        text = texts[position]
        return None if text is None else _named(text, gate)
    told = _TOLD.get(operation.name)
    return told(gate, position) if told else None


def _named(text: str, gate: Gate) -> str:
    """A rule text with the names of this gate. The rules' own names are single letters, `out` and `g`."""
    names = dict(zip(gate.operation.operands, gate.names, strict=True)) | {"out": gate.out}
    if gate.g is None:
        text = text.removeprefix("g * ")
        names["g"] = "1"
    else:
        names["g"] = gate.g
    return _NAME.sub(lambda match: names.get(match.group(), match.group()), text)


def _spread(gate: Gate, _position: int) -> str | None:
    """Of a sum: the gradient, repeated along the axis that went."""
    shape, axis = gate.shapes[0], gate.axis
    g = gate.g
    if axis is None or len(shape) == 1 or gate.keeps:
        sizes = ", ".join(map(str, shape))
        return gate.times(f"ones({sizes})")
    if len(shape) != 2:
        return None
    one = f"ones({shape[axis]})"
    return f"outer({one}, {g or 1})" if axis == 0 else f"outer({g or 1}, {one})"


def _spread_mean(gate: Gate, position: int) -> str | None:
    text = _spread(gate, position)
    shape, axis = gate.shapes[0], gate.axis
    count = prod(shape) if axis is None else shape[axis]
    return None if text is None else f"1/{count} * {text}"


def _beside(gate: Gate, text: str, axis: int) -> str:
    """A vector along an axis of a matrix, as it meets the entries: by rows as it stands, by columns repeated."""
    return text if axis == 0 or gate.keeps else f"outer({text}, ones({gate.shapes[0][1]}))"


def _norm(gate: Gate, _position: int) -> str | None:
    shape, axis = gate.shapes[0], gate.axis
    if axis is None or len(shape) == 1:
        return gate.times(f"({gate.names[0]} / {gate.out})")
    if len(shape) != 2 or gate.g is None:
        return None
    return f"{_beside(gate, f'{gate.g} / {gate.out}', axis)} * {gate.names[0]}"


def _over_axis(gate: Gate, text: str, axis: int) -> str:
    """The sums of a matrix or vector along an axis, put back beside what was summed."""
    shape = gate.shapes[0]
    if len(shape) == 1:
        return f"sum({text})"
    return f"sum({text}, axis=0)" if axis == 0 else f"outer(sum({text}, axis=1), ones({shape[1]}))"


def _softmax(gate: Gate, _position: int) -> str | None:
    shape, g = gate.shapes[0], gate.g
    if len(shape) > 2 or g is None:
        return None
    axis = len(shape) - 1 if gate.axis is None else gate.axis
    return f"{gate.out} * ({g} - {_over_axis(gate, f'{g} * {gate.out}', axis)})"


def _log_softmax(gate: Gate, _position: int) -> str | None:
    shape, g = gate.shapes[0], gate.g
    if len(shape) > 2 or g is None:
        return None
    axis = len(shape) - 1 if gate.axis is None else gate.axis
    return f"{g} - exp({gate.out}) * {_over_axis(gate, g, axis)}"


def _logsumexp(gate: Gate, _position: int) -> str | None:
    shape = gate.shapes[0]
    if len(shape) == 1:
        return gate.times(f"softmax({gate.names[0]})")
    if gate.axis is None:
        return gate.times(f"exp({gate.names[0]} - {gate.out})")
    if len(shape) != 2 or gate.g is None:
        return None
    return f"{_beside(gate, gate.g, gate.axis)} * exp({gate.names[0]} - {_beside(gate, gate.out, gate.axis)})"


def _cross_entropy(gate: Gate, position: int) -> str | None:
    logits, targets = gate.names
    share = _share(gate)
    if position == 1:
        return f"-{share}log_softmax({logits})"
    given = np.sum(np.asarray(gate.values[1]), axis=-1)
    if np.all(np.isclose(given, 1, rtol=1e-12, atol=0)):
        difference = f"softmax({logits}) - {targets}"
    elif len(gate.shapes[0]) == 1:
        difference = f"softmax({logits}) * sum({targets}) - {targets}"
    elif len(gate.shapes[0]) == 2:
        columns = gate.shapes[0][1]
        difference = f"outer(sum({targets}, axis=1), ones({columns})) * softmax({logits}) - {targets}"
    else:
        return None
    return f"{share}({difference})" if share else difference


def _nll(gate: Gate, position: int) -> str | None:
    return f"-{_share(gate)}{gate.names[1 - position]}"


def _share(gate: Gate) -> str:
    """`1/m * g * `, without what is 1: m rows share one mean."""
    rows = prod(gate.shapes[0][:-1])
    return (f"1/{rows} * " if rows > 1 else "") + gate.times("")


def _stack(gate: Gate, position: int) -> str | None:
    return None if gate.g is None else f"{gate.g}[{position}]"


def _index(gate: Gate, _position: int) -> str | None:
    """The gradient at its place, zeros elsewhere: e gᵀ, e being 1 at that place."""
    shape, index = gate.shapes[0], gate.attributes["index"]
    if len(shape) > 2 or max(shape) > MOST_COLUMNS:
        return None
    ones = [_one_at(size, at) for size, at in zip(shape, index, strict=False)]
    if len(index) == len(shape):
        return gate.times(ones[0] if len(shape) == 1 else f"outer({ones[0]}, {ones[1]})")
    return None if gate.g is None else f"outer({ones[0]}, {gate.g})"


def _one_at(size: int, at: int) -> str:
    return f"[{', '.join('1' if place == at % size else '0' for place in range(size))}]"


def _reshape(gate: Gate, _position: int) -> str | None:
    return None if gate.g is None else f"reshape({gate.g}, {', '.join(map(str, gate.shapes[0]))})"


def _trace(gate: Gate, _position: int) -> str | None:
    return gate.times(f"eye({gate.shapes[0][0]})")


def _convolution(gate: Gate, position: int) -> str | None:
    return None if position == 0 or gate.g is None else f"{gate.operation.name}({gate.names[0]}, {gate.g})"


_TOLD: Mapping[str, Callable[[Gate, int], str | None]] = {
    "sum": _spread,
    "mean": _spread_mean,
    "norm": _norm,
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "logsumexp": _logsumexp,
    "cross_entropy": _cross_entropy,
    "nll": _nll,
    "stack": _stack,
    "index": _index,
    "reshape": _reshape,
    "trace": _trace,
    "conv1d": _convolution,
    "conv2d": _convolution,
}
