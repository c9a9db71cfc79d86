"""Tensors in comments: their shape and their first entries, in plain ASCII, never longer than a line."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.export.code.comments import code_number, sum_comment

_WIDEST = 44
_MOST_SUMMED = 3
"""Entries of a sum of which every one is shown."""


def tensor_comment(value: Any) -> str:
    """`# (2, 3) [[0.13, 0.07, -0.13], [0.00, ...`."""
    return f"# {shape_of(value)} {entries_of(value)}"


def tensor_sum_comment(before: Any, part: Any) -> str:
    """`# [0.10, 0.20] + [0.01, 0.02] = [0.11, 0.22]`; of more entries the first, as one sum."""
    total = before + part
    if total.size <= _MOST_SUMMED and total.ndim == 1:
        return f"# {entries_of(before)} + {entries_of(part)} = {entries_of(total)}"
    first = sum_comment(float(before.flat[0]), float(part.flat[0])).removeprefix("# ")
    return f"# {shape_of(total)}, of the first entry {first}"


def shape_of(value: Any) -> str:
    """`(2, 3)`, as NumPy writes it."""
    return str(tuple(int(size) for size in np.shape(value)))


def entries_of(value: NDArray[np.float64]) -> str:
    """The entries from the first on, in the brackets of nested lists, as many as fit."""
    text = ""
    for at, place in enumerate(np.ndindex(value.shape)):
        opened = _ends(place) if at else value.ndim
        entry = "[" * opened + code_number(float(value[place]))
        closed = "]" * opened if at else ""
        if len(text) + len(closed) + len(entry) > _WIDEST:
            return f"{text}{closed}, ..."
        text += f"{closed}{', ' if at else ''}{entry}"
    return text + "]" * value.ndim


def _ends(place: tuple[int, ...]) -> int:
    """How many lists start at a place: one for each index that is 0 from the last axis on."""
    count = 0
    for index in reversed(place):
        if index:
            break
        count += 1
    return count
