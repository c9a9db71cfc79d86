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
    own = shapes[guilty]
    other = next(shape for shape in shapes[:guilty] if not _fit(shape, own))
    message = f"{_capital(shape_text(other))} and {shape_text(own)} do not go together entry by entry."
    return ShapeError(message, guilty, _broadcast_hint(other, own))


def _fit(one: Shape, other: Shape) -> bool:
    return all(1 in sizes or sizes[0] == sizes[1] for sizes in zip(reversed(one), reversed(other), strict=False))


def _broadcast_hint(other: Shape, own: Shape) -> str:
    if len(own) == len(other) == 2 and own[::-1] == other:
        return "Write `.T` behind one of them to turn it."
    if len(own) == len(other) == 1:
        return "Give both as many entries, or make one of them a number, as with `sum(…)`."
    matrix, vector = (other, own) if len(own) == 1 else (own, other)
    if len(vector) == 1 and len(matrix) == 2:
        if vector[0] == matrix[0]:
            turn = "write `.T` behind the matrix for every column, or `sum(…, axis=1)` around it"
            return f"A vector goes to every row: {turn}."
        return f"A vector goes to every row, so it needs {matrix[1]:,} entries."
    rule = "Sizes are compared from the last axis on: they are equal, or one of them is 1"
    return f"{rule}. `sum(…, axis=0)` takes an axis away."


def implied_product(shapes: Sequence[Shape]) -> tuple[str, str] | None:
    """Why a product written without a sign is refused, and the repair; None where it means one thing.

    `W x` is a matrix product on paper and an entry by entry product in our language: it has to be said which.
    """
    if min(map(len, shapes)) == 0 or max(map(len, shapes)) < 2:
        return None
    left, right = map(shape_text, shapes)
    text = f"A product without a sign is not clear here: {left} and {right}."
    return text, "Write `@` for the matrix product, or `*` for one entry by entry."


def matrix_product(shapes: Sequence[Shape], attributes: Attributes) -> Shape:  # noqa: ARG001  # a ShapeRule
    """Of `x @ y`: vectors and matrices, the last axis of x against the first of y. Raises ShapeError."""
    left, right = shapes
    for position, shape in enumerate(shapes):
        if 1 <= len(shape) <= 2:
            continue
        message = f"`@` multiplies vectors and matrices; here are {shape_text(left)} and {shape_text(right)}."
        hint = "Take one matrix of it, as in `x[0]`." if shape else "Write `*` to multiply by a number."
        raise ShapeError(message, position, hint)
    if left[-1] != right[0]:
        message = (
            f"`@` needs as many columns on the left as rows on the right: "
            f"{shape_text(left)} times {shape_text(right)} does not fit."
        )
        raise ShapeError(message, 1, _transpose_hint(left, right))
    return (*left[:-1], *right[1:])


def _transpose_hint(left: Shape, right: Shape) -> str:
    if len(right) == 2 and left[-1] == right[1]:
        return "Write `.T` behind the right operand."
    if len(left) == 2 and left[0] == right[0]:
        return "Write `.T` behind the left operand."
    if len(left) == len(right) == 2 and left[0] == right[1]:
        return "Write the factors the other way round."
    if left == right:
        return "Write `*` for a product entry by entry."
    if len(left) == len(right) == 1:
        return "Give both as many entries, or write `outer(x, y)` for the matrix of all their products."
    what = "entry" if len(right) == 1 else "row"
    many = what if left[-1] == 1 else {"entry": "entries", "row": "rows"}[what]
    return f"The right side needs {left[-1]:,} {many}."


def vectors(shapes: Sequence[Shape], attributes: Attributes) -> Shape:  # noqa: ARG001  # a ShapeRule
    """Of `outer(x, y)`: two vectors. Raises ShapeError."""
    for position, shape in enumerate(shapes):
        if len(shape) != 1:
            message = f"`outer` takes two vectors; here are {shape_text(shapes[0])} and {shape_text(shapes[1])}."
            hint = "Write `@` for the product of matrices, or take one row, as in `x[0]`."
            raise ShapeError(message, position, hint if shape else "Write `*` to multiply by a number.")
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
        hint = "Write its entries in a list, as in `[1, 2, 3]`; of a single number `sigmoid` makes a share."
        raise ShapeError("This needs a vector or a matrix, and gets a number.", 0, hint)
    if (axis := attributes.get("axis")) is not None:
        axis_of(shapes[0], axis)
    return shapes[0]


def stacked(shapes: Sequence[Shape], attributes: Attributes) -> Shape:  # noqa: ARG001  # a ShapeRule
    """Of a list in square brackets: its entries have one shape. Raises ShapeError."""
    for position, shape in enumerate(shapes):
        if shape != shapes[0]:
            here = shape_text(shape)
            message = f"The entries of a list have one shape: the first is {shape_text(shapes[0])}, this is {here}."
            hint = "`concat` joins vectors of different lengths." if len(shape) == len(shapes[0]) == 1 else None
            raise ShapeError(message, position, hint or "Give every entry the shape of the first one.")
    return (len(shapes), *shapes[0])


def joined(shapes: Sequence[Shape], attributes: Attributes) -> Shape:
    """Of `concat(x, y, axis=0)`: equal sizes but along that axis. Raises ShapeError."""
    at = axis_of(shapes[0], attributes.get("axis", 0) or 0)
    for position, shape in enumerate(shapes):
        if len(shape) != len(shapes[0]) or shape[:at] + shape[at + 1 :] != shapes[0][:at] + shapes[0][at + 1 :]:
            message = f"{_capital(shape_text(shapes[0]))} and {shape_text(shape)} cannot be joined along axis {at}."
            raise ShapeError(message, position, _join_hint(shapes[0], shape, at))
    return (*shapes[0][:at], sum(shape[at] for shape in shapes), *shapes[0][at + 1 :])


def _join_hint(first: Shape, shape: Shape, at: int) -> str:
    if not shape:
        return "Write a number in a list of its own, as in `[1]`."
    if len(shape) == len(first):
        others = [axis for axis in range(len(first)) if axis != at]
        for axis in others:
            if first[:axis] + first[axis + 1 :] == shape[:axis] + shape[axis + 1 :]:
                return f"They fit along axis {axis}: write `axis={axis}`."
        return f"All sizes but that along axis {at} have to be equal."
    return f"Bring both to {len(first)} {'axis' if len(first) == 1 else 'axes'}, as with `reshape`."


def reshaped(shapes: Sequence[Shape], attributes: Attributes) -> Shape:
    """Of `reshape(x, 2, 3)`: as many entries as before. Raises ShapeError."""
    wanted: Shape = tuple(attributes["shape"])
    have = prod(shapes[0])
    entries = f"{_capital(shape_text(shapes[0]))} has {'1 entry' if have == 1 else f'{have:,} entries'}"
    hint = f"Write sizes whose product is {have:,}."
    if min(wanted, default=1) < 1:
        raise ShapeError(f"{entries}, and the sizes of its new shape are counts from 1.", 0, hint)
    if prod(wanted) != have:
        raise ShapeError(f"{entries}; {shape_text(wanted)} has {prod(wanted):,}.", 0, hint)
    return wanted


def picked(shapes: Sequence[Shape], attributes: Attributes) -> Shape:
    """Of `x[1]`, `W[0, 2]`: one index for each of the first axes, from 0. Raises ShapeError."""
    shape, index = shapes[0], attributes["index"]
    if len(index) > len(shape):
        have = f"{len(index)} indices" if len(index) > 1 else "an index"
        most = "one index" if len(shape) == 1 else f"at most {len(shape)} indices"
        hint = f"Write {most}, one for each axis." if shape else "Write the number alone."
        raise ShapeError(f"{_capital(shape_text(shape))} cannot take {have}.", 0, hint)
    for axis, (at, size) in enumerate(zip(index, shape, strict=False)):
        if not -size <= at < size:
            entries = "1 entry" if size == 1 else f"{size:,} entries"
            shown = str(at).replace("-", "−")
            message = f"The index {shown} is outside of {shape_text(shape)}: axis {axis} has {entries}, from 0."
            raise ShapeError(message, 0, f"The last index is {size - 1:,}.")
    return shape[len(index) :]


def labelled(shapes: Sequence[Shape], attributes: Attributes) -> Shape:  # noqa: ARG001  # a ShapeRule
    """Of losses of logits against targets of the same shape: a number. Raises ShapeError."""
    if shapes[0] != shapes[1] or not shapes[0]:
        message = f"Logits and targets need one shape; these are {shape_text(shapes[0])} and {shape_text(shapes[1])}."
        if shapes[0] and shapes[0] == shapes[1][::-1]:
            hint = "Write `.T` behind the targets."
        else:
            hint = (
                "A target is a vector of shares, 1 for the right class and 0 for all others; of a batch one row each."
            )
        raise ShapeError(message, 1 if shapes[0] else 0, hint)
    return ()


def square(shapes: Sequence[Shape], attributes: Attributes) -> Shape:  # noqa: ARG001  # a ShapeRule
    """Of `trace(x)`: a square matrix. Raises ShapeError."""
    shape = shapes[0]
    if len(shape) != 2 or shape[0] != shape[1]:
        hint = "`x @ x.T` is square, for one." if len(shape) == 2 else "Write `sum(…)` to add all entries."
        raise ShapeError(f"`trace` takes a square matrix, and this is {shape_text(shape)}.", 0, hint)
    return ()


def axis_of(shape: Shape, axis: float) -> int:
    """The axis counted from 0. Raises ShapeError for one that the shape does not have."""
    at = int(axis)
    if at != axis or not -len(shape) <= at < len(shape):
        last = len(shape) - 1
        have = (
            "Remove `axis`." if not shape else "It has axis 0 alone." if not last else f"It has the axes 0 to {last}."
        )
        shown = f"{axis:g}".replace("-", "−")
        hint = f"Axes are counted from 0. {have}"
        raise ShapeError(f"{_capital(shape_text(shape))} has no axis {shown}.", 0, hint)
    return at % len(shape)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
