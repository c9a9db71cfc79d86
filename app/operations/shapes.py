"""Shapes of results, from the shapes of operands: found before anything is computed, and refused in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Any

Shape = tuple[int, ...]
Attributes = Mapping[str, Any]
ShapeRule = Callable[[Sequence[Shape], Attributes], Shape]


class ShapeError(Exception):
    """Operands whose shapes do not go together.

    message   one sentence that says the shapes        operand   position of the guilty operand, or None
    hint      the likely repair, or None
    """

    def __init__(self, message: str, operand: int | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.operand = operand
        self.hint = hint


def shape_text(shape: Shape) -> str:
    """A shape for a sentence: `a number`, `a vector of 3`, `a 2 × 3 matrix`, `a 2 × 3 × 4 tensor`."""
    if not shape:
        return "a number"
    if len(shape) == 1:
        return f"a vector of {shape[0]:,}"
    return f"a {' × '.join(f'{size:,}' for size in shape)} {'matrix' if len(shape) == 2 else 'tensor'}"


def broadcast(shapes: Sequence[Shape], attributes: Attributes | None = None) -> Shape:  # noqa: ARG001  # a ShapeRule
    """NumPy's rules: shapes are aligned at their ends; sizes are equal or one of them is 1. Raises ShapeError."""
    if shapes and all(shape == shapes[0] for shape in shapes):
        return shapes[0]
    rank = max(map(len, shapes), default=0)
    result = [1] * rank
    for position, shape in enumerate(shapes):
        for at, size in enumerate(shape, rank - len(shape)):
            if size != 1 and result[at] not in (1, size):
                raise _cannot_broadcast(shapes, position)
            result[at] = max(result[at], size) if size else 0
    return tuple(result)


def _cannot_broadcast(shapes: Sequence[Shape], guilty: int) -> ShapeError:
    other = next(shape for shape in shapes if shape != shapes[guilty] and shape)
    message = f"{_capital(shape_text(other))} and {shape_text(shapes[guilty])} do not go together entry by entry."
    hint = None
    if len(shapes[guilty]) == 2 and shapes[guilty][::-1] == other:
        hint = "Write `.T` behind one of them to turn it."
    elif len(shapes[guilty]) == 1 and len(other) == 2 and shapes[guilty][0] == other[0]:
        hint = "A vector is added to every row; write `.T` behind the matrix to add it to every column."
    return ShapeError(message, guilty, hint)


def matrix_product(shapes: Sequence[Shape], attributes: Attributes) -> Shape:  # noqa: ARG001  # a ShapeRule
    """Of `x @ y`: vectors and matrices, the last axis of x against the first of y. Raises ShapeError."""
    left, right = shapes
    for position, shape in enumerate(shapes):
        if not shape:
            hint = "Write `*` to multiply by a number."
            raise ShapeError("`@` multiplies vectors and matrices, and this is a number.", position, hint)
        if len(shape) > 2:
            raise ShapeError(f"`@` multiplies vectors and matrices, and this is {shape_text(shape)}.", position)
    if left[-1] != right[0]:
        message = (
            f"`@` needs as many columns on the left as rows on the right: "
            f"{shape_text(left)} times {shape_text(right)} does not fit."
        )
        raise ShapeError(message, 1, _transpose_hint(left, right))
    return (*left[:-1], *right[1:])


def _transpose_hint(left: Shape, right: Shape) -> str | None:
    if len(right) == 2 and left[-1] == right[1]:
        return "Write `.T` behind the right operand."
    if len(left) == 2 and left[0] == right[0]:
        return "Write `.T` behind the left operand."
    return "Write `*` for a product entry by entry." if left == right else None


def vectors(shapes: Sequence[Shape], attributes: Attributes) -> Shape:  # noqa: ARG001  # a ShapeRule
    """Of `outer(x, y)`: two vectors. Raises ShapeError."""
    for position, shape in enumerate(shapes):
        if len(shape) != 1:
            raise ShapeError(f"`outer` takes two vectors, and this is {shape_text(shape)}.", position)
    return (shapes[0][0], shapes[1][0])


def turned(shapes: Sequence[Shape], attributes: Attributes) -> Shape:  # noqa: ARG001  # a ShapeRule
    """Of `x.T`: the axes in reverse."""
    return tuple(reversed(shapes[0]))


def reduced(shapes: Sequence[Shape], attributes: Attributes) -> Shape:
    """Of sums over all axes, or over the one that `axis` says; `keepdims` leaves them, of size 1. Raises ShapeError."""
    axis, kept = attributes.get("axis"), (1,) if attributes.get("keepdims") else ()
    if axis is None:
        return kept * len(shapes[0])
    at = axis_of(shapes[0], axis)
    return shapes[0][:at] + kept + shapes[0][at + 1 :]


def kept(shapes: Sequence[Shape], attributes: Attributes) -> Shape:
    """Of operations along the last axis that keep the shape. Raises ShapeError."""
    if not shapes[0]:
        raise ShapeError("This needs a vector or a matrix, and gets a number.", 0)
    if (axis := attributes.get("axis")) is not None:
        axis_of(shapes[0], axis)
    return shapes[0]


def stacked(shapes: Sequence[Shape], attributes: Attributes) -> Shape:  # noqa: ARG001  # a ShapeRule
    """Of a list in square brackets: its entries have one shape. Raises ShapeError."""
    for position, shape in enumerate(shapes):
        if shape != shapes[0]:
            here = shape_text(shape)
            message = f"The entries of a list have one shape: the first is {shape_text(shapes[0])}, this is {here}."
            raise ShapeError(message, position)
    return (len(shapes), *shapes[0])


def joined(shapes: Sequence[Shape], attributes: Attributes) -> Shape:
    """Of `concat(x, y, axis=0)`: equal sizes but along that axis. Raises ShapeError."""
    at = axis_of(shapes[0], attributes.get("axis", 0) or 0)
    for position, shape in enumerate(shapes):
        if len(shape) != len(shapes[0]) or shape[:at] + shape[at + 1 :] != shapes[0][:at] + shapes[0][at + 1 :]:
            message = f"{_capital(shape_text(shapes[0]))} and {shape_text(shape)} cannot be joined along axis {at}."
            raise ShapeError(message, position)
    return (*shapes[0][:at], sum(shape[at] for shape in shapes), *shapes[0][at + 1 :])


def reshaped(shapes: Sequence[Shape], attributes: Attributes) -> Shape:
    """Of `reshape(x, 2, 3)`: as many entries as before. Raises ShapeError."""
    wanted: Shape = tuple(attributes["shape"])
    if prod(wanted) != prod(shapes[0]):
        message = (
            f"{_capital(shape_text(shapes[0]))} has {prod(shapes[0]):,} entries; the new shape has {prod(wanted):,}."
        )
        raise ShapeError(message, 0)
    return wanted


def picked(shapes: Sequence[Shape], attributes: Attributes) -> Shape:
    """Of `x[1]`, `W[0, 2]`: one index for each of the first axes, from 0. Raises ShapeError."""
    shape, index = shapes[0], attributes["index"]
    if len(index) > len(shape):
        have = f"{len(index)} indices" if len(index) > 1 else "an index"
        raise ShapeError(f"{_capital(shape_text(shape))} cannot take {have}.", 0)
    for axis, (at, size) in enumerate(zip(index, shape, strict=False)):
        if not -size <= at < size:
            message = f"The index {at} is outside of {shape_text(shape)}: axis {axis} has {size:,} entries, from 0."
            raise ShapeError(message, 0)
    return shape[len(index) :]


def labelled(shapes: Sequence[Shape], attributes: Attributes) -> Shape:  # noqa: ARG001  # a ShapeRule
    """Of losses of logits against targets of the same shape: a number. Raises ShapeError."""
    if shapes[0] != shapes[1] or not shapes[0]:
        message = f"Logits and targets need one shape; these are {shape_text(shapes[0])} and {shape_text(shapes[1])}."
        raise ShapeError(message, 1)
    return ()


def square(shapes: Sequence[Shape], attributes: Attributes) -> Shape:  # noqa: ARG001  # a ShapeRule
    """Of `trace(x)`: a square matrix. Raises ShapeError."""
    shape = shapes[0]
    if len(shape) != 2 or shape[0] != shape[1]:
        raise ShapeError(f"`trace` takes a square matrix, and this is {shape_text(shape)}.", 0)
    return ()


def axis_of(shape: Shape, axis: float) -> int:
    """The axis counted from 0. Raises ShapeError for one that the shape does not have."""
    at = int(axis)
    if at != axis or not -len(shape) <= at < len(shape):
        raise ShapeError(f"{_capital(shape_text(shape))} has no axis {axis:g}.", 0, "Axes are counted from 0.")
    return at % len(shape)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
