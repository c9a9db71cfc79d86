"""Slips at products of vectors and matrices: turned, the wrong way round, the wrong factor, a factor left out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.explain.detective.flow import Wire
from app.explain.detective.tensors.flow import TensorFlow
from app.explain.detective.tensors.record import Array, Make, Turn
from app.explain.detective.words import Name, Phrase, counted, name_of, phrase
from app.operations.convolution import correlate

_ROUND = "The outer product is the wrong way round."
_TURNED = "A matrix is not turned."


def product_turns(flow: TensorFlow, wire: Wire) -> Iterator[Turn]:
    """Every slip at one operand of a product."""
    operation = flow.program.operation(wire.target)
    name = "" if operation is None else operation.name
    if name == "matmul":
        yield from _matmul(flow, wire)
    elif name == "outer":
        yield from _outer(flow, wire)
    elif name == "transpose":
        yield Turn(
            wire, lambda g: g, "transpose", phrase("Not turned back at {gate}", gate=name_of(flow.trace, wire.target)),
            _TURNED, phrase("The gradient of a transpose is turned back; yours was left as it arrived."), loose=True,
        )  # fmt: skip
    elif name.startswith("conv"):
        yield from _convolution(flow, wire)


def _others(flow: TensorFlow, wire: Wire) -> tuple[int, Array, Array]:
    """The other operand, its value, and the value of this one."""
    other = flow.program.operands(wire.target)[1 - wire.operand]
    return other, flow.array(other), flow.array(wire.source)


def _matmul(flow: TensorFlow, wire: Wire) -> Iterator[Turn]:
    trace = flow.trace
    other, y, x = _others(flow, wire)
    own, factor, gate = (name_of(trace, node) for node in (wire.source, other, wire.target))
    if x.ndim == 1 and y.ndim == 1:
        yield _factor(wire, lambda g: g * x, own, factor)
        yield _left_out(wire, lambda g: g * np.ones_like(x), own, factor)
        return
    if (x.ndim, y.ndim) == (2, 1):  # an outer product
        yield Turn(
            wire, (lambda g: np.outer(y, g)) if wire.operand == 0 else (lambda g: np.outer(g, y)), "transpose",
            phrase("Outer product the wrong way round at {own}", own=own),
            _ROUND,
            phrase(
                "In the gradient of {own}, that of {gate} runs {way} and {factor} {other}; in your number they are "
                "exchanged, which gives the transpose.",
                own=own, gate=gate, factor=factor, way="down the rows" if wire.operand == 0 else "along the columns",
                other="along the columns" if wire.operand == 0 else "down the rows",
            ),
            loose=True,
        )  # fmt: skip
        yield _left_out(wire, lambda g: _spread(g, x.shape, wire.operand), own, factor)
        return
    yield from _matrices(flow, wire, x, y, own, factor, gate)


def _spread(g: Array, shape: tuple[int, ...], operand: int) -> Array:
    return np.broadcast_to(g[:, None] if operand == 0 else g[None, :], shape) + 0.0


def _matrices(flow: TensorFlow, wire: Wire, x: Array, y: Array, own: Name, factor: Name, gate: Name) -> Iterator[Turn]:
    """At least the other operand is a matrix."""
    first, shape = wire.operand == 0, x.shape
    sides = "{factor} turned" if first or x.ndim == 1 or y.ndim == 2 else "{factor}"
    if y.ndim == 2 and y.shape[0] == y.shape[1]:
        make: Make = (lambda g: g @ y) if first else (lambda g: y @ g)
        yield Turn(
            wire, make, "transpose", phrase("{factor} not turned", factor=factor), _TURNED,
            phrase(
                f"Going back to {{own}}, the gradient of {{gate}} is multiplied by {sides}; in your number {{factor}} "
                "was taken as it stands.",
                own=own, gate=gate, factor=factor,
            ),
        )  # fmt: skip
    gate_shape = flow.shape(wire.target)
    if x.ndim == 2 and y.ndim == 2:
        yield from _swapped(flow, wire, x, y, own, factor)
        if not first:
            rows = counted(gate_shape[0], "row", "rows")
            yield Turn(
                wire, lambda g: y.T @ g / gate_shape[0], "sum", phrase("Mean over the rows of {gate}", gate=gate),
                "A mean in place of a sum.",
                phrase("The gradient of {own} is the sum over the {rows} of {gate}; yours is their mean.",
                       own=own, rows=rows, gate=gate),
            )  # fmt: skip
    if gate_shape == shape:
        yield _left_out(wire, lambda g: g, own, factor)
    if gate_shape == shape == y.shape:
        yield Turn(
            wire, lambda g: g * y, "factor", phrase("Entry by entry with {factor}", factor=factor),
            "A product entry by entry.",
            phrase("Going back to {own}, the product with {factor} is a matrix product; yours is entry by entry.",
                   own=own, factor=factor),
        )  # fmt: skip


def _swapped(flow: TensorFlow, wire: Wire, x: Array, y: Array, own: Name, factor: Name) -> Iterator[Turn]:
    """Two matrices: in the wrong order, or with the operand itself in place of the other, wherever shapes allow it."""
    first, shape, gate = wire.operand == 0, x.shape, flow.shape(wire.target)
    yield Turn(
        wire, lambda g: ((g @ y.T) if first else (y.T @ g)).T, "transpose", phrase("Gradient of {own} turned", own=own),
        "That is the transpose.",
        phrase("Your matrix is the gradient of {own} with rows and columns exchanged.", own=own), loose=True,
    )  # fmt: skip
    if gate[0] == gate[1] == y.shape[0] == y.shape[1] == shape[0]:
        yield Turn(
            wire, (lambda g: y.T @ g) if first else (lambda g: g @ y.T), "factor",
            phrase("Factors in the wrong order at {own}", own=own), "The factors are in the wrong order.",
            phrase("{factor} turned stands on the {right} side of the gradient that arrives; yours is on the other.",
                   factor=factor, right="right" if first else "left"),
        )  # fmt: skip
    if x.shape == y.shape:
        yield _factor(wire, (lambda g: g @ x.T) if first else (lambda g: x.T @ g), own, factor)


def _outer(flow: TensorFlow, wire: Wire) -> Iterator[Turn]:
    other, y, x = _others(flow, wire)
    own, factor = name_of(flow.trace, wire.source), name_of(flow.trace, other)
    first = wire.operand == 0
    yield _left_out(wire, lambda g: g.sum(axis=1 if first else 0), own, factor)
    if x.shape == y.shape:
        yield _factor(wire, (lambda g: g @ x) if first else (lambda g: x @ g), own, factor)
        yield Turn(
            wire, (lambda g: y @ g) if first else (lambda g: g @ y), "transpose",
            phrase("Gradient of the outer product turned"), _TURNED,
            phrase("{factor} meets the {right} of the gradient that arrives; in your number it meets the other ones.",
                   factor=factor, right="columns" if first else "rows"),
        )  # fmt: skip


def _convolution(flow: TensorFlow, wire: Wire) -> Iterator[Turn]:
    other, k, x = _others(flow, wire)
    own, factor = name_of(flow.trace, wire.source), name_of(flow.trace, other)
    if wire.operand == 1:
        yield Turn(
            wire, lambda g: np.flip(correlate(k, g)), "place", phrase("Gradient of {own} turned around", own=own),
            "The kernel's gradient is turned around.",
            phrase("The window slides over {factor} the same way as before; your gradient of {own} is turned around.",
                   factor=factor, own=own),
        )  # fmt: skip
        yield _left_out(wire, lambda g: np.full(x.shape, g.sum()), own, factor)
        return
    pads = [(size - 1, size - 1) for size in k.shape]
    yield Turn(
        wire, lambda g: correlate(np.pad(g, pads), k), "place", phrase("{factor} not turned around", factor=factor),
        "The kernel is not turned around.",
        phrase("Going back to {own}, {factor} slides turned around; in your number it stands as it is.",
               own=own, factor=factor),
    )  # fmt: skip


def _factor(wire: Wire, make: Make, own: Name, factor: Name) -> Turn:
    return Turn(
        wire, make, "factor", phrase("{own} in place of {factor}", own=own, factor=factor),
        "The wrong factor of a product.",
        phrase("Going back to {own}, the gradient is multiplied by {factor}; in your number it was by {own}.",
               own=own, factor=factor),
    )  # fmt: skip


def _left_out(wire: Wire, make: Make, own: Name, factor: Name) -> Turn:
    return Turn(
        wire, make, "factor", phrase("Factor {factor} left out", factor=factor), "A factor is missing.",
        _missing(own, factor),
    )  # fmt: skip


def _missing(own: Name, factor: Name) -> Phrase:
    return phrase("Going back to {own}, the factor {factor} was left out.", own=own, factor=factor)
