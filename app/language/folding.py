"""The value of an operation on given numbers: for literals in a program, and where the fast path raises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from app.operations import Operation


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
