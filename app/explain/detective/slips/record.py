"""One usual slip: what was done, and the number it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.explain.detective.flow import Wire
from app.explain.detective.words import Phrase

SlipKind = Literal[
    "path", "derivative", "place", "factor", "sign", "constant", "power", "router", "value", "local", "upstream",
    "other", "term", "early", "step", "rounding", "transpose", "sum", "softmax", "order",
]  # fmt: skip
Quantity = Literal["value", "gradient", "updated"]


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a gradient: name, value, the edges it runs over, and the node that tells it from others."""

    name: Phrase
    value: float
    wires: tuple[Wire, ...] = ()
    node: int | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """What was done wrong and what comes of it.

    kind      for programs                 title   a few words for a list
    headline  one short sentence           says    what the number is, in one or two sentences
    value     what the slip gives
    kept, left_out   where terms of a sum were left out: those that are in the number, and those that are not
    node      the gate where it happened, or None
    dropped   edges that were left out
    """

    kind: SlipKind
    title: Phrase
    headline: str
    says: Phrase
    value: float
    kept: tuple[Term, ...] = ()
    left_out: tuple[Term, ...] = ()
    node: int | None = None
    dropped: frozenset[Wire] = frozenset()
