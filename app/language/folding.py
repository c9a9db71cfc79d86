"""The value of an operation on given numbers: for literals in a program, and where the fast path raises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.limits import Limits
from app.operations import Operation
from app.operations.shapes import Shape, broadcast
from app.operations.sizes import check_size


def evaluate(operation: Operation, operands: Sequence[float], attributes: Mapping[str, float]) -> float:
    """The value as a Python float; NaN and infinity are results, never exceptions."""
    try:
        return float(operation.scalar(*operands, **attributes))
    except (ArithmeticError, ValueError):
        return evaluate_total(operation, operands, attributes)


def evaluate_total(operation: Operation, operands: Sequence[float], attributes: Mapping[str, float]) -> float:
    """The value by the operation's NumPy form, which has a result for every input."""
    with np.errstate(all="ignore"):
        return float(operation.forward(*(np.float64(operand) for operand in operands), **attributes))


def shape_of(operation: Operation, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> Shape:
    """Shape of an operation's result. Raises ShapeError."""
    if operation.shape is not None:
        return operation.shape(shapes, attributes)
    entries = broadcast(shapes)
    return () if operation.over else entries


def fold_tensors(
    operation: Operation, operands: Sequence[float | NDArray[np.float64]], attributes: Mapping[str, Any], limits: Limits
) -> float | NDArray[np.float64]:
    """The value of an operation on given numbers and tensors.

    Raises ShapeError; UserError "limit" for too large a result.
    """
    shapes = [np.shape(operand) for operand in operands]
    check_size(operation, shapes, shape_of(operation, shapes, attributes), limits)
    with np.errstate(all="ignore"):
        value = operation.forward(*(np.asarray(operand, dtype=np.float64) for operand in operands), **attributes)
        if operation.over:
            value = np.sum(value) if operation.over == "sum" else np.mean(value)
    return np.asarray(value, dtype=np.float64) if np.ndim(value) else float(value)
