"""Tensors as code: in one line, or a line for each row; those of one value by a call, large ones from a file."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.export.code.dialects import Dialect, float_text

MOST_WRITTEN = 1_024
"""Entries of a tensor that is still written out."""

_FEW = 9
"""Entries of which even equal ones are written out, to be changed one by one."""

_WIDEST = 84
_WIDEST_MATRIX = 52
"""Characters of a line, and of a matrix that stands in one."""
_INDENT = "    "


def is_written(value: NDArray[np.float64]) -> bool:
    """Whether the code holds the numbers themselves, or a call that makes them."""
    return value.size <= MOST_WRITTEN or _of_one_value(value) is not None


def array_lines(dialect: Dialect, name: str, value: NDArray[np.float64], *, trainable: bool = False) -> list[str]:
    """`name = np.array([[1.0, 2.0], [3.0, 4.0]])` in as many lines as it takes."""
    wanted = ", requires_grad=True" if trainable and dialect.trainable else ""
    if not is_written(value):
        behind = ".requires_grad_()" if wanted else ""
        return [f"{name} = {dialect.loaded.replace('#n', name)}{behind}"]
    before, behind = dialect.array.split("#v")
    if value.size > _FEW and (made := _of_one_value(value)) is not None:
        return [f"{name} = {_made(dialect, made)[:-1]}{wanted})"]
    head, tail = f"{name} = {before}", f"{wanted}{behind}"
    text = list_text(value)
    if len(head) + len(text) + len(tail) <= (_WIDEST if value.ndim == 1 else _WIDEST_MATRIX):
        return [f"{head}{text}{tail}"]
    rows = _rows(value, _INDENT)
    return [f"{head}[", *rows, f"]{tail}"]


def inline_array(dialect: Dialect, value: NDArray[np.float64], typed: str) -> str | None:
    """The same as an operand, None where that would be long. `typed` is how the program writes it."""
    if typed.startswith(("zeros", "ones", "eye")) and (made := _of_one_value(value)) is not None:
        return _made(dialect, made)
    if value.size > _FEW:
        return None
    return dialect.array.replace("#v", list_text(value))


def list_text(value: NDArray[np.float64]) -> str:
    """Nested lists in one line."""
    if value.ndim > 1:  # as deep as a tensor may have axes
        return f"[{', '.join(map(list_text, value))}]"
    return f"[{', '.join(float_text(float(entry)) for entry in value)}]"


def _rows(value: NDArray[np.float64], indent: str) -> list[str]:
    """The entries of a list, each in lines of its own, or as many as go into one for a long vector."""
    if value.ndim == 1:
        return _wrapped([float_text(float(entry)) for entry in value], indent)
    lines: list[str] = []
    for row in value:
        text = f"{indent}{list_text(row)},"
        if len(text) <= _WIDEST or row.size < 2:
            lines.append(text)
        elif row.ndim == 1:
            lines += _wrapped([float_text(float(entry)) for entry in row], f"{indent}[", "],")
        else:
            lines += [f"{indent}[", *_rows(row, indent + _INDENT), f"{indent}],"]
    return lines


def _wrapped(texts: list[str], head: str, tail: str = ",") -> list[str]:
    """Entries in as many lines as they take, those below the first as far to the right."""
    lines, line, indent = [], head, " " * len(head)
    for text in texts:
        if len(line) + len(text) + 1 > _WIDEST and line not in (head, indent):
            lines.append(line.rstrip())
            line = indent
        line += f"{text}, "
    return [*lines, line.rstrip().removesuffix(",") + tail]


def _of_one_value(value: NDArray[np.float64]) -> str | None:
    """The call that makes a tensor of one value, or the identity, with `np.` before it."""
    sizes = f"({', '.join(map(str, value.shape))}{',' if value.ndim == 1 else ''})"
    first: Any = value.flat[0]
    if np.all(value == first):
        if first in (0, 1):
            return f"np.{'ones' if first else 'zeros'}({sizes})"
        return f"np.full({sizes}, {float_text(float(first))})"
    if value.ndim == 2 and value.shape[0] == value.shape[1] and np.array_equal(value, np.eye(len(value))):
        return f"np.eye({len(value)})"
    return None


def _made(dialect: Dialect, call: str) -> str:
    return dialect.translated(call)
