"""The known name nearest to one that is not known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import islice

_FAR = 3
_MOST = 1_000
_SHORT = 3
"""Shorter names than this are near to too many others."""

# Letters that look like Latin ones and are not.
_LOOKS_LIKE = dict(zip("аеорсхуіјѕһԁӏԛԝвкмнтАВЕКМНОРСТХουαρι", "aeopcxyijshdlqwbkmhtABEKMHOPCTXouapi", strict=True))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name with the fewest single-letter slips, or None when even that one is far off.

    Compares with the first thousand names of like length only, so that a large program takes no long time.
    """
    best, best_cost = None, float(_FAR)
    if len(name) < _SHORT:
        return None
    lowered = name.lower()
    alike = (candidate for candidate in known if abs(len(candidate) - len(name)) < _FAR)
    for candidate in islice(alike, _MOST):
        if abs(len(candidate) - len(name)) >= best_cost:
            continue
        cost = 0.5 if candidate.lower() == lowered else float(_distance(name, candidate))
        if cost < best_cost and cost <= len(name) / 3:
            best, best_cost = candidate, cost
    return best


def lookalike(name: str) -> tuple[str, str] | None:
    """The name with foreign letters replaced by the Latin ones they look like, and the first such letter told."""
    plain = "".join(_LOOKS_LIKE.get(letter, letter) for letter in name)
    for letter in name:
        if letter in _LOOKS_LIKE:
            return plain, f"`{letter}` (U+{ord(letter):04X}, {unicodedata.name(letter).lower()})"
    return None


def _distance(one: str, other: str) -> int:
    """Insertions, deletions, replacements and swaps of neighbours that lead from one to the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
