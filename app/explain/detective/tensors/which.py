"""Which entries of a typed tensor are wrong, in one sentence."""

from __future__ import annotations

import numpy as np

from app.engine.tensors.trace import TensorTrace
from app.explain.detective.printed import PrintedVerdict, precision
from app.explain.detective.tensors.order import ordinal
from app.explain.detective.tensors.record import entry_name
from app.explain.detective.tensors.typed import TypedTensor
from app.explain.detective.words import Phrase, count_word, counted, listed, phrase
from app.operations.shapes import Shape

_NAMED = 3


def which_wrong(trace: TensorTrace, node: int, shape: Shape, wrong: list[int]) -> Phrase:
    """ "5 of 12 entries are right; the second row is wrong." """
    count = int(np.prod(shape))
    if not wrong:
        return phrase(f"{count_text(count)} right.")
    if len(wrong) == count:
        return phrase(f"{'None' if count > 2 else 'Neither'} of the {counted(count, 'entry', 'entries')} is right.")
    right = count - len(wrong)
    told = phrase(
        "{right} of {count} entries {are} right", right=str(right), count=str(count), are="is" if right == 1 else "are"
    )
    return phrase("{told}; {wrong}.", told=told, wrong=_places(trace, node, shape, wrong))


def _places(trace: TensorTrace, node: int, shape: Shape, wrong: list[int]) -> Phrase:
    if len(shape) == 2:
        mask = np.zeros(shape, dtype=bool)
        mask.ravel()[wrong] = True
        for axis, what in ((1, "row"), (0, "column")):
            lines = np.flatnonzero(mask.all(axis=axis))
            if 0 < len(lines) <= _NAMED and len(lines) * shape[axis] == len(wrong):
                names = listed([phrase(ordinal(int(line))) for line in lines])
                is_one = len(lines) == 1
                return phrase(
                    "the {names} {what} {are} wrong", names=names, what=what if is_one else f"{what}s",
                    are="is" if is_one else "are",
                )  # fmt: skip
    first = [tuple(int(at) for at in np.unravel_index(place, shape)) for place in wrong[:_NAMED]]
    entries = [phrase("{name}", name=entry_name(trace, node, index)) for index in first]
    if len(wrong) > _NAMED:
        entries.append(phrase(f"{count_word(len(wrong) - _NAMED)} more"))
    return phrase("{names} {are} wrong", names=listed(entries), are="is" if len(wrong) == 1 else "are")


def count_text(count: int) -> str:
    """ "All 12 entries are", "Both entries are", "The entry is" """
    return "The entry is" if count == 1 else "Both entries are" if count == 2 else f"All {count} entries are"


def precision_text(typed: TypedTensor, verdict: PrintedVerdict) -> str:
    """To what they are right, where all were written alike."""
    said = {precision(cell) for cell in typed.cells if cell.decimals is not None}
    if verdict == "exact" or len(said) != 1:
        return ""
    return f" to {next(iter(said))}" if verdict == "rounded" else f", cut after {next(iter(said))}"
