"""One entry of a tensor, as a reader names it: `W1[0, 1]`, indices from 0; a negative one counts from the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NoReturn

from app.errors import Problem, UserError, quoted
from app.operations.shapes import Shape, shape_text

Index = tuple[int, ...]

_ENTRY = re.compile(r"(.*\S)\s*\[\s*([-−]?\d{1,9}(?:\s*,\s*[-−]?\d{1,9})*)\s*\]", re.DOTALL)


def split_entry(text: str) -> tuple[str, Index | None]:
    """`W1[0, 1]` as the name `W1` and the index (0, 1); a text that ends in no index as itself and None."""
    found = _ENTRY.fullmatch(text.strip())
    if found is None:
        return text, None
    return found[1], tuple(int(at.replace("−", "-")) for at in found[2].split(","))


def check_entry(shape: Shape, index: Sequence[int], label: str, field: str) -> Index:
    """The index, every number counted from 0, of an entry that a tensor of this shape has. Raises UserError "value"."""
    if not shape:
        _refuse(f"{quoted(label)} is a number: it has no entries.", f"Write {quoted(label)} alone.", field)
    if len(index) != len(shape):
        indices = "one index" if len(shape) == 1 else f"{len(shape)} indices"
        example = quoted(entry_label(label, (0,) * len(shape)))
        _refuse(f"{quoted(label)} is {shape_text(shape)}: an entry has {indices}.", f"Write {example}.", field)
    for at, size in zip(index, shape, strict=True):
        if not -size <= at < size:
            last = quoted(entry_label(label, tuple(size - 1 for size in shape)))
            message = f"{quoted(label)} is {shape_text(shape)}: it has no entry {quoted(entry_label(label, index))}."
            _refuse(message, f"Indices count from 0; the last entry is {last}.", field)
    return tuple(at % size for at, size in zip(index, shape, strict=True))


def entries_of(shape: Shape) -> Iterator[Index]:
    """Every index of a shape, row by row; of a number the one empty index."""
    return product(*(range(size) for size in shape))


def entry_label(label: str, index: Sequence[int]) -> str:
    """What an entry is called; a number keeps its own name."""
    return f"{label}[{', '.join(map(str, index))}]" if index else label


def entry_latex(latex: str, index: Sequence[int]) -> str:
    """The same as LaTeX."""
    return f"{latex}[{','.join(map(str, index))}]" if index else latex


def _refuse(message: str, hint: str | None, field: str) -> NoReturn:
    raise UserError([Problem("entry", message, hint, field=field)], "value")
