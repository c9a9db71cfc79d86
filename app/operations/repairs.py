"""What to write where an operand has no tensor yet: a shape that fits beside the others, and a list of that shape."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from app.operations.record import Operation
from app.operations.shapes import Shape

_MOST_WRITTEN = 12
"""Entries of an example that is written out; a larger one is `ones(…)`."""

_ALONE: dict[str, Shape] = {"trace": (2, 2), "conv1d": (5,), "conv2d": (3, 3)}
_KERNELS: dict[str, Shape] = {"conv1d": (2,), "conv2d": (2, 2)}


def likely_shape(operation: Operation, position: int, others: Sequence[Shape]) -> Shape:
    """A shape with which the operand at this position would fit beside the others."""
    given = [shape for shape in others if shape]
    if operation.name in _KERNELS:
        return (_KERNELS if position else _ALONE)[operation.name]
    if operation.name == "matmul" and given:
        return (2, given[0][0]) if position == 0 else (given[0][-1],)
    if operation.name == "outer" or not given:
        return _ALONE.get(operation.name, (3,))
    return given[0]


def list_text(shape: Shape) -> str:
    """A list of that shape in our notation, its entries counted from 1; `ones(20, 30)` where that would be long."""
    if prod(shape) > _MOST_WRITTEN:
        return f"ones({', '.join(map(str, shape))})"
    items = [str(number) for number in range(1, prod(shape) + 1)]
    for size in reversed(shape):
        items = [f"[{', '.join(items[at : at + size])}]" for at in range(0, len(items), size)]
    return items[0]
