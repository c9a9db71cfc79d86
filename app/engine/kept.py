"""Programs read lately: training and dragging run one text over and over with other values."""

from __future__ import annotations

from functools import lru_cache

from app.language.parser import parse
from app.language.program import Program
from app.limits import Limits

_LONGEST_KEPT = 4_000
"""Characters: with the number of programs kept it bounds what is held, at some 20 MB in the worst case."""


def read(source: str, limits: Limits) -> Program:
    """The program of a text, to be changed as the caller likes. Raises UserError, as `parse` does."""
    if len(source) > _LONGEST_KEPT:
        return parse(source, limits)
    return _read(source, limits).with_own_values()


@lru_cache(maxsize=64)
def _read(source: str, limits: Limits) -> Program:
    program = parse(source, limits)
    program.plans = {}
    return program


def forget() -> None:
    """Keeps nothing, so that a text that was read before is read anew."""
    _read.cache_clear()
