"""Entries in the wrong places: two rows or columns exchanged, all of them in reverse."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from app.explain.detective.tensors.record import Array, TensorSlip
from app.explain.detective.words import counted, phrase

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip


def ordinal(place: int) -> str:
    """The place counted from 0 as a word: 0 is the first; a late one in digits."""
    return _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}th"


def order_slips(exact: Array, wrong: list[int]) -> Iterator[TensorSlip]:
    """The same entries in another order, as far as the wrong ones allow it."""
    if exact.ndim not in (1, 2):
        return
    places = np.unravel_index(wrong, exact.shape)
    for axis, what in enumerate(("row", "column") if exact.ndim == 2 else ("entry",)):
        touched = sorted({int(at) for at in places[axis]})
        if len(touched) == 2:
            one, other = touched
            order = list(range(exact.shape[axis]))
            order[one], order[other] = other, one
            whats = {"row": "rows", "column": "columns", "entry": "entries"}[what]
            yield TensorSlip(
                "order", phrase("Two {whats} exchanged", whats=whats), f"Two {whats} are exchanged.",
                phrase(f"Your {ordinal(one)} {what} is our {ordinal(other)}, and the other way round."),
                np.take(exact, order, axis),
            )  # fmt: skip
        if exact.shape[axis] > 2:
            whats = {"row": "Rows", "column": "Columns", "entry": "Entries"}[what]
            count = counted(exact.shape[axis], what, whats.lower())
            yield TensorSlip(
                "order", phrase("{whats} in reverse", whats=whats), f"The {whats.lower()} are in reverse.",
                phrase("Your {count} are ours, the last one first.", count=count), np.flip(exact, axis),
            )  # fmt: skip
