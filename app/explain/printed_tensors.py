r"""Tensors as an equation prints them: a matrix entry by entry, a large one as its shape and what it reaches.

A vector stands as a column. The digits of the entries are chosen as those of numbers are (`digits.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.explain.digits import LEAST_DIGITS, Printed, follows, print_number, print_whole
from app.operations.shapes import Shape

MOST_ROWS = 12
MOST_COLUMNS = 8
MOST_ENTRIES = 64
"""A matrix with more rows, columns or entries than these is told by its shape, smallest and largest entry."""

Array = NDArray[np.float64]
Number = float | Array


@dataclass(frozen=True, slots=True)
class PrintedTensor:
    """A tensor as printed. `entries` are the printed entries in order, none where it is too large to be printed whole.

    value   what the text says: the rounded entries; of a large tensor the exact ones
    power   as of a number: it needs no brackets
    """

    text: str
    latex: str
    value: Array = field(compare=False)
    exact: Array = field(compare=False)
    shape: Shape
    entries: tuple[Printed, ...]
    power: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether every entry is printed."""
        return bool(self.entries) or self.exact.size == 0


Shown = Printed | PrintedTensor
"""A number or a tensor as printed."""


def is_printable(shape: Shape) -> bool:
    """Whether a tensor of this shape is printed entry by entry."""
    if len(shape) > 2:
        return False
    rows, columns = (*shape, 1, 1)[:2]
    return rows <= MOST_ROWS and columns <= MOST_COLUMNS and rows * columns <= MOST_ENTRIES


def print_value(value: Number, digits: int = LEAST_DIGITS) -> Shown:
    """A number or a tensor of an equation, with `digits` decimals."""
    if not isinstance(value, np.ndarray):
        return print_number(value, digits)
    return _tensor(value, lambda entry: print_number(_settled(entry), digits))


def print_value_whole(value: Number) -> Shown:
    """The same with every digit, as a problem gives it."""
    return _tensor(value, print_whole) if isinstance(value, np.ndarray) else print_whole(value)


def value_follows(recomputed: Number, result: Shown) -> bool:
    """Whether the printed result is the recomputed value, rounded to its digits, in every entry."""
    if isinstance(result, Printed):
        return np.ndim(recomputed) == 0 and follows(float(recomputed), result)
    if np.shape(recomputed) != result.shape:
        return False
    return all(map(follows, np.ravel(recomputed).tolist(), result.entries))


def reach(value: Array) -> str:
    """What a tensor reaches, for a sentence: `−0.31 to 0.87, mean 0.02`."""
    with np.errstate(all="ignore"):
        least, most, mean = (
            print_number(float(each), 2).text for each in (np.min(value), np.max(value), np.mean(value))
        )
    return f"{least} to {most}, mean {mean}"


def shape_latex(shape: Shape) -> str:
    r"""A shape as the dimensions of a matrix: `4 \times 1` for a vector of 4."""
    return r" \times ".join(map(str, (*shape, 1) if len(shape) == 1 else shape))


def _tensor(value: Array, print_one: Callable[[float], Printed]) -> PrintedTensor:
    shape = np.shape(value)
    if not is_printable(shape):
        sizes = " × ".join(map(str, shape))
        inside = r" \times ".join(map(str, shape))
        latex = rf"\left[\,{inside}\,\right]"
        return PrintedTensor(f"{sizes}: {reach(value)}", latex, value, value, shape, ())
    entries = tuple(print_one(entry) for entry in np.ravel(value).tolist())
    rounded = np.array([one.value for one in entries]).reshape(shape)
    columns = shape[1] if len(shape) == 2 else 1
    rows = [entries[at : at + columns] for at in range(0, len(entries), max(columns, 1))]
    body = r" \\ ".join(" & ".join(one.latex for one in row) for row in rows)
    latex = rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"
    return PrintedTensor(_text(entries, shape), latex, rounded, value, shape, entries)


def _settled(entry: float) -> float:
    """Without the last bits, which sums of decimals leave: 0.19999999999999998 stands as 0.2 among its neighbours."""
    return float(f"{entry:.14g}")


def _text(entries: tuple[Printed, ...], shape: Shape) -> str:
    if len(shape) < 2:
        return f"[{', '.join(one.text for one in entries)}]"
    columns = max(shape[1], 1)
    rows = (entries[at : at + columns] for at in range(0, len(entries), columns))
    return f"[{', '.join('[' + ', '.join(one.text for one in row) + ']' for row in rows)}]"
