"""The value of an operation on given numbers: for literals in a program, and where the fast path raises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.limits import Limits
from app.operations import Operation
from app.operations.shapes import Shape, broadcast
from app.operations.sizes import check_flops, check_shape, check_size

_FLOAT = np.dtype(np.float64)


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


def _check_between(operation: Operation, shapes: Sequence[Shape], limits: Limits) -> None:
    """What is computed on the way to the result: the entries of a loss, and ties of many operands, each with each."""
    if operation.over:
        check_shape(broadcast(shapes), limits)
    elif operation.variadic and not operation.whole:
        check_flops("This gate", len(shapes) ** 2 * prod(broadcast(shapes)), limits)


def checked_shape(
    operation: Operation, shapes: Sequence[Shape], attributes: Mapping[str, Any], limits: Limits
) -> Shape:
    """Shape of an operation's result, not too large. Raises ShapeError; UserError "limit"."""
    shape = shape_of(operation, shapes, attributes)
    check_size(operation, shapes, shape, limits)
    if operation.over or operation.variadic:
        _check_between(operation, shapes, limits)
    return shape


def value_of(
    operation: Operation, operands: Sequence[float | NDArray[np.float64]], attributes: Mapping[str, Any]
) -> float | NDArray[np.float64]:
    """The value of an operation whose shape has been checked; to be called under np.errstate(all="ignore")."""
    numbers = [one if type(one) is np.ndarray else np.asarray(one, dtype=np.float64) for one in operands]
    value = operation.forward(*numbers, **attributes)
    if operation.over:
        value = np.add.reduce(value, axis=None) if operation.over == "sum" else np.mean(value)
    if type(value) is np.ndarray and value.ndim and value.dtype == _FLOAT:
        return value
    return np.asarray(value, dtype=np.float64) if np.ndim(value) else float(value)


def fold_tensors(
    operation: Operation, operands: Sequence[float | NDArray[np.float64]], attributes: Mapping[str, Any], limits: Limits
) -> float | NDArray[np.float64]:
    """The value of an operation on given numbers and tensors.

    Raises ShapeError; UserError "limit" for too large a result.
    """
    checked_shape(operation, [np.shape(operand) for operand in operands], attributes, limits)
    with np.errstate(all="ignore"):
        return value_of(operation, operands, attributes)
