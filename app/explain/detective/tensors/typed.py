"""Tensors as people write them down: nested lists, rows of a spreadsheet, what NumPy and PyTorch print, LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from app.errors import Problem, Span, UserError
from app.explain.detective.printed import Printed, read_printed
from app.limits import Limits, setting_name
from app.operations.shapes import Shape

_BRACKETS = str.maketrans("()", "[]")
_WRAPPER = re.compile(r"^\s*(?:(?:np|numpy|torch|jnp|jax\.numpy)\.)?(?:array|tensor|matrix|Array|DeviceArray)\s*\(")
_KEYWORDS = re.compile(r",\s*(?:dtype|requires_grad|grad_fn|device|shape)\s*=[^\[\]]*?(?=,\s*\w+\s*=|\)*\s*$)")
_LATEX = re.compile(r"\\(?:begin|end)\s*\{[a-zA-Z]*matrix\}|\\left\W|\\right\W|\$")
_CELL = re.compile(r"[\s,;|&]+")
_LISTS = re.compile(r"[\[\]]|[^\[\]]+")
_DECIMAL_COMMA = re.compile(r"[-+−]?\d+,\d+")
_MOST_AXES = 8


@dataclass(frozen=True)
class TypedTensor:
    """Numbers as they were written, entry by entry, row by row.

    text   as typed, without the space around it
    """

    text: str
    shape: Shape
    cells: tuple[Printed, ...]

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """The numbers as an array of its shape."""
        return np.array([cell.value for cell in self.cells]).reshape(self.shape)

    @cached_property
    def units(self) -> NDArray[np.float64]:
        """What one more in the last digit of each is worth; 0 where no digits were written."""
        units = [0.0 if cell.shown is None else float(cell.unit) for cell in self.cells]
        return np.array(units).reshape(self.shape)

    def shaped(self, shape: Shape) -> TypedTensor:
        """The same numbers in another shape."""
        return TypedTensor(self.text, shape, self.cells)

    def turned(self) -> TypedTensor:
        """Of a matrix, its transpose."""
        rows, columns = self.shape
        cells = tuple(self.cells[row * columns + column] for column in range(columns) for row in range(rows))
        return TypedTensor(self.text, (columns, rows), cells)


def is_tensor_text(text: str) -> bool:
    """Whether several numbers are written: in brackets, in rows or side by side."""
    plain = _LATEX.sub(" ", text).strip()
    if any(sign in plain for sign in "[\n\t;&") or _WRAPPER.match(plain):
        return True
    try:
        read_printed(plain)
    except UserError:
        return len([cell for cell in _CELL.split(plain) if cell]) > 1
    return False


def read_typed(text: str, limits: Limits, field: str = "printed", span: Span | None = None) -> TypedTensor:
    """The tensor in `text`. Raises UserError: kind "value" for no numbers or ragged rows, "limit" for too many."""
    plain = _KEYWORDS.sub("", _LATEX.sub(" ", text).strip())
    plain = _WRAPPER.sub("", plain).strip().rstrip(");, ").strip()
    if "..." in plain or "…" in plain:
        _refuse("entries-left-out", "Some entries are left out with `...`.", "Print every entry.", field, span)
    lists = plain.translate(_BRACKETS)
    rows: object = _nested(lists, field, span) if "[" in lists else _rows(plain.replace("\\\\", ";"))
    shape, cells = _flat(rows, field, span)
    if not cells:
        hint = "Type a list such as `[[1, 2], [3, 4]]`, or paste rows."
        _refuse("empty-number", "There are no numbers to check.", hint, field, span)
    if len(cells) > limits.max_tensor_elements:
        message = f"A tensor has at most {limits.max_tensor_elements:,} entries; this one has {len(cells):,}."
        hint = f"The setting {setting_name('max_tensor_elements')} allows more."
        raise UserError([Problem("too-many-entries", message, hint, span=span, field=None if span else field)], "limit")
    return TypedTensor(text.strip(), shape, tuple(read_printed(cell, field, span) for cell in cells))


def _rows(plain: str) -> list[object]:
    """Rows on lines of their own or apart by `;`; one row alone is a vector."""
    rows = [_cells(row) for row in re.split(r"[\n;]", plain)]
    kept: list[object] = [row for row in rows if row]
    return kept if len(kept) != 1 else list(kept[0])  # type: ignore[call-overload]  # a row is a list


def _cells(row: str) -> list[str]:
    apart = row.replace("|", " ").replace("&", " ").split()
    if all(_DECIMAL_COMMA.fullmatch(cell) for cell in apart) and len(apart) > 1:
        return apart  # decimal commas, since the space tells the numbers apart
    if "\t" in row:
        return [cell.strip() for cell in row.split("\t") if cell.strip()]
    return [cell for cell in _CELL.split(row) if cell]


def _nested(text: str, field: str, span: Span | None) -> object:
    """Lists in lists as their brackets say, on a stack of their own."""
    stack: list[list[object]] = [[]]
    for token in _LISTS.findall(text):
        if token == "[":
            stack.append([])
            if len(stack) > _MOST_AXES + 1:
                _refuse("not-a-tensor", f"A tensor has at most {_MOST_AXES} axes.", None, field, span)
        elif token == "]":
            if len(stack) < 2:
                _refuse("not-a-tensor", "There is a `]` without its `[`.", None, field, span)
            done = stack.pop()
            stack[-1].append(done)
        elif len(stack) == 2 and ";" in token:  # rows as MATLAB writes them
            stack[-1] += [_cells(row) for row in token.split(";") if row.strip()]
        else:
            stack[-1] += _cells(token.replace("\n", " "))
    if len(stack) > 1:
        _refuse("not-a-tensor", "A `[` is not closed.", "Write `]` at the end of each list.", field, span)
    if len(stack[0]) != 1:
        _refuse("not-a-tensor", "This is more than one list.", "Put one pair of brackets around it.", field, span)
    return stack[0][0]


def _flat(rows: object, field: str, span: Span | None) -> tuple[Shape, list[str]]:
    """Shape and cells row by row. Raises UserError where the rows differ in length."""
    shape: list[int] = []
    level: list[object] = [rows]
    while level and all(isinstance(one, list) for one in level):
        lengths = [len(one) for one in level if isinstance(one, list)]
        if len(set(lengths)) > 1:
            at = next(place for place, length in enumerate(lengths) if length != lengths[0])
            message = f"The rows differ in length: the first has {lengths[0]}, row {at} has {lengths[at]} entries."
            _refuse("ragged", message.replace("row 0", "one"), "Rows are counted from 0.", field, span)
        shape.append(lengths[0])
        level = [inner for one in level if isinstance(one, list) for inner in one]
    if any(isinstance(one, list) for one in level):
        _refuse("ragged", "Some entries are lists and others are numbers.", None, field, span)
    return tuple(shape), [str(one) for one in level]


def fitted(typed: TypedTensor, shape: Shape) -> TypedTensor | None:
    """The same as a tensor of this shape, where it is one but for axes of size 1; else None."""
    if typed.shape == shape:
        return typed
    same = _without_ones(typed.shape) == _without_ones(shape) and len(shape) + len(typed.shape) <= 3
    return typed.shaped(shape) if same else None


def _without_ones(shape: Sequence[int]) -> list[int]:
    return [size for size in shape if size != 1]


def _refuse(code: str, message: str, hint: str | None, field: str, span: Span | None) -> NoReturn:
    raise UserError([Problem(code, message, hint, span=span, field=None if span else field)], "value")
