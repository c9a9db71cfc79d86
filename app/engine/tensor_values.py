"""Tensors as values of leaves: nested lists of numbers, all rows of one length."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.errors import Problem, UserError, quoted, shown
from app.language.program import Program
from app.operations.shapes import shape_text

_MOST_AXES = 32


def give_tensor(program: Program, leaf: int, name: str, value: Any, problems: list[Problem]) -> None:
    """Puts a tensor into the slot of a leaf; notes a problem where the lists hold something else or are ragged."""
    slot = ~program.first[leaf]
    program.slots[slot] = math.nan
    wrong = None if isinstance(value, np.ndarray) else _first_stranger(value) or _too_deep(value)
    if wrong is None:
        try:
            array = np.asarray(value, dtype=np.float64)
        except (ValueError, OverflowError):
            wrong = "Its rows differ in length, or a number is larger than a 64-bit float holds."
        else:
            if array.size:
                program.tensors[slot] = array
                return
            wrong = "It has no entries."
    message = f"The value of {quoted(name)} is not a tensor. {wrong}"
    hint = "Write nested lists of numbers, all rows of one length, as in [[1, 2], [3, 4]]."
    problems.append(Problem("not-a-tensor", message, hint, field=f"values.{shown(name)}"))


def _too_deep(value: Any) -> str | None:
    """That it has more axes than any tensor: NumPy knows no more than 64, and fewer in older versions."""
    depth = 0
    while isinstance(value, list | tuple) and value:
        value, depth = value[0], depth + 1
        if depth > _MOST_AXES:
            return f"Its lists are nested more than {_MOST_AXES} deep."
    return None


def _first_stranger(value: Any) -> str | None:
    """What is no number among the entries, in words."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list | tuple):
            waiting.extend(one)
        elif isinstance(one, bool) or not isinstance(one, int | float):
            return "One of its entries is not a number."
    return None


def tensor_of(value: Any, shape: tuple[int, ...], label: str, field: str) -> float | NDArray[np.float64]:
    """Lists as a tensor of this shape; a number alone for every entry. Raises UserError "value"."""
    wrong = _first_stranger(value)
    array = None
    if wrong is None:
        try:
            array = np.asarray(value, dtype=np.float64)
        except (ValueError, OverflowError):
            wrong = "Its rows differ in length, or a number is larger than a 64-bit float holds."
    if array is None or array.shape not in ((), shape):
        wrong = wrong or f"It is {shape_text(np.shape(array))}."  # type: ignore[arg-type]  # there is an array
        message = f"{quoted(label)} is {shape_text(shape)}, and this does not have its shape. {wrong}"
        hint = "Write nested lists of numbers, or one number for every entry."
        raise UserError([Problem("not-a-tensor", message, hint, field=field)], "value")
    return np.broadcast_to(array, shape).copy() if shape else float(array)


def number_of(value: Any, field: str) -> float:
    """The number, where lists stand for nothing. Raises UserError "value"."""
    if isinstance(value, list):
        raise UserError(
            [Problem("not-a-number", "This is a number, and lists are given for it.", field=field)], "value"
        )
    return float(value)
