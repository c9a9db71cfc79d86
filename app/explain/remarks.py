"""Sentences of a worked solution: kinks, numbers that are not finite, and why more digits are shown than usual."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from app.engine.trace import Trace
from app.explain.digits import LEAST_DIGITS
from app.explain.figures import Figures, Key

_WORDS = {4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
_CODES = ("not-finite", "infinite-slope")


def find_notes(trace: Trace, gates: Collection[int]) -> tuple[str, ...]:
    """What a reader has to know of these gates: choices of a derivative, and where a number stops being finite."""
    inside = {f"n{gate}" for gate in gates}
    found = [notice.message for notice in trace.kinks if notice.node in inside]
    found += [notice.message for notice in trace.warnings if notice.code in _CODES]
    return tuple(dict.fromkeys(found))


def digits_sentence(figures: Figures, results: Sequence[Key], names: Mapping[Key, str] | None = None) -> str | None:
    """Why factors have more decimals than usual, with `$…$` around the number; None where they have not.

    results   the gradients that are shown; the one that asks for most is named
    names     what they are called as LaTeX, where their own text would be a whole matrix
    """
    asking = [(figures.asked(result) or 0, result) for result in results]
    digits, result = max(asking, key=lambda pair: pair[0], default=(0, None))
    if result is None or digits <= LEAST_DIGITS:
        return None
    return (
        f"{_WORDS[digits].capitalize()} decimals are shown in the factors because {_WORDS[LEAST_DIGITS]} would not "
        f"give ${names[result] if names else figures.printed(result).latex}$ back."
    )
