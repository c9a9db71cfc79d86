"""One slip with tensors: the array that it gives in place of the right one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.engine.entries import Index, entry_label, entry_latex
from app.engine.trace import Trace
from app.explain.detective.flow import Wire
from app.explain.detective.slips.record import Slip, SlipKind, Term
from app.explain.detective.words import Name, Phrase, name_of, phrase

Array = NDArray[np.float64]
Make = Callable[[Array], Array]
"""From the gradient that arrives at a gate, what its operand receives."""


class Part(NamedTuple):
    """One summand of a gradient: what it is called, its entries, and the node that tells it from others."""

    name: Phrase
    array: Array
    node: int | None = None


@dataclass(frozen=True)
class TensorSlip:
    """What was done wrong and what comes of it, for every entry at once; fields as of `Slip`.

    array   what the slip gives; another shape than the gradient's where the slip gets the shape wrong, too
    """

    kind: SlipKind
    title: Phrase
    headline: str
    says: Phrase
    array: Array
    node: int | None = None
    kept: tuple[Part, ...] = ()
    left_out: tuple[Part, ...] = ()
    dropped: frozenset[Wire] = frozenset()

    def at(self, index: Index) -> Slip | None:
        """The same for one entry, where the array has it."""
        array = self.array
        if array.ndim != len(index) or any(at >= size for at, size in zip(index, array.shape, strict=True)):
            return None

        def terms(parts: tuple[Part, ...]) -> tuple[Term, ...]:
            return tuple(Term(part.name, float(part.array[index]), (), part.node) for part in parts)

        return Slip(
            self.kind, self.title, self.headline, self.says, float(array[index]), terms(self.kept),
            terms(self.left_out), self.node, self.dropped,
        )  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """One edge that passes on something else than it should, and how that is told.

    make    what the operand receives                loose   it may have another shape than the operand
    alike   what makes two turns the same slip at different gates, with its title and sentence; None: no such slip
    """

    wire: Wire
    make: Make
    kind: SlipKind
    title: Phrase
    headline: str
    says: Phrase
    alike: tuple[str, Phrase, Phrase] | None = None
    loose: bool = False


def entry_name(trace: Trace, node: int, index: Sequence[int]) -> Name:
    """What formulas call an entry of a node."""
    name = name_of(trace, node)
    return Name(entry_label(name.label, index), entry_latex(name.latex, index))


def plain(template: str) -> Phrase:
    """A sentence without names."""
    return phrase("{text}", text=template)
