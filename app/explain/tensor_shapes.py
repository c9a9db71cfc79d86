"""Small operands that an operation on whole tensors takes, found from its shape rule, for whoever looks it up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

from app.operations import Operation
from app.operations.shapes import Shape, ShapeError

_SIZES = (2, 3, 4)


@dataclass(frozen=True, slots=True)
class ShapeExample:
    """Shapes in and out; `attributes` are those that were chosen, such as an axis."""

    operands: tuple[Shape, ...]
    result: Shape
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """ "2×3, 3×4 → 2×4" """
        told = f"{', '.join(map(short_shape, self.operands))} → {short_shape(self.result)}"
        axis = self.attributes.get("axis")
        return told if axis is None else f"{told} for axis={axis}"


def short_shape(shape: Shape) -> str:
    """A shape as a badge: `2×3`, `3`, `number`."""
    return "×".join(map(str, shape)) if shape else "number"


def shape_examples(operation: Operation) -> tuple[ShapeExample, ...]:
    """One example for each combination of ranks that the operation treats in its own way; of a reduction its axes too.

    Of a loss that works entry by entry, how many entries make one number.
    """
    if operation.over is not None:
        return (ShapeExample(tuple((2, 3) for _ in operation.operands), ()),)
    if operation.shape is None:
        return ()
    found = [example for ranks in _ranks(operation) if (example := _smallest(operation, ranks)) is not None]
    return (*found, *(each for example in found for each in _along_axes(operation, example)))


def _ranks(operation: Operation) -> list[tuple[int, ...]]:
    count = 2 if operation.variadic else len(operation.operands)
    given = [ranks for ranks in operation.downstream if ranks]
    return given or [(rank,) * count for rank in ((1, 2) if operation.variadic else (2, 1))]


def _smallest(operation: Operation, ranks: Sequence[int]) -> ShapeExample | None:
    """The example whose sizes tell its axes apart, and of these the smallest."""
    return min(_fitting(operation, ranks), key=_order, default=None)


def _order(example: ShapeExample) -> tuple[bool, int, int]:
    sizes = {size for shape in example.operands for size in shape}
    return 1 in example.result, -len(sizes), sum(map(prod, example.operands))


def _fitting(operation: Operation, ranks: Sequence[int]) -> Iterator[ShapeExample]:
    for sizes in product(_SIZES, repeat=sum(ranks)):
        left = iter(sizes)
        shapes = tuple(tuple(next(left) for _ in range(rank)) for rank in ranks)
        chosen = _chosen(operation, shapes[0])
        attributes = {**operation.attributes, **chosen}
        try:
            assert operation.shape is not None
            yield ShapeExample(shapes, operation.shape(shapes, attributes), chosen)
        except ShapeError:
            continue


def _chosen(operation: Operation, shape: Shape) -> dict[str, Any]:
    """Attributes without which the operation does nothing."""
    if "index" in operation.attributes:
        return {"index": (0,) * (len(shape) - 1) + (1,)}
    return {"shape": shape[::-1]} if "shape" in operation.attributes else {}


def _along_axes(operation: Operation, example: ShapeExample) -> Iterator[ShapeExample]:
    """The same along one axis, where that gives another shape."""
    if operation.attributes.get("axis", 0) is not None or len(example.operands[0]) < 2:
        return
    for axis in range(len(example.operands[0])):
        chosen = {**example.attributes, "axis": axis}
        assert operation.shape is not None
        result = operation.shape(example.operands, {**operation.attributes, **chosen})
        if result != example.result:
            yield ShapeExample(example.operands, result, chosen)
