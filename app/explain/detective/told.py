"""What is said about a number once every slip was tried: the verdict in words, the matches, what else was tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from app.explain.detective.printed import (
    UNITS_LOST,
    Manner,
    Printed,
    PrintedVerdict,
    as_typed,
    digits_come_about,
    is_near,
    judge_printed,
    longer,
    manner,
    precision,
    units_off,
)
from app.explain.detective.slips.record import Quantity, Slip, SlipKind
from app.explain.detective.words import Name, Phrase, count_word, phrase

Telling = Literal["strong", "weak"]

LISTED = 60
"""Slips that were tried and give another number: so many are listed, the rest is counted."""
MATCHES = 20
TELLING_DIGITS = 3

_ORDER: tuple[SlipKind, ...] = (
    "transpose", "sign", "path", "sum", "softmax", "derivative", "constant", "factor", "step", "term", "place", "power",
    "early", "router", "local", "upstream", "order", "other", "value", "rounding",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A slip that gives exactly the printed digits, and how: as they are, rounded, or cut."""

    slip: Slip
    manner: Manner
    digits: str | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What can be said about a printed number.

    exact      our number                      verdict   right, rounded on the way, or wrong
    headline   one short sentence              says      one or two more
    digits     how the printed digits come from our number, or from the only slip that gives them
    matches    every slip that gives exactly these digits, none preferred; empty for a number that is right
    tried      slips that give another number, the first of them; tried_count counts all that were tried
    telling    "weak": so few digits that a slip can give them by chance; `caution` says so
    """

    node: int
    quantity: Quantity
    printed: Printed
    exact: float
    verdict: PrintedVerdict
    headline: Phrase
    says: Phrase | None
    digits: str | None
    matches: tuple[Match, ...]
    tried: tuple[Slip, ...]
    tried_count: int
    telling: Telling
    caution: str | None


def weigh(
    node: int, quantity: Quantity, printed: Printed, exact: float, slips: Iterable[Slip], rounded: Iterable[Slip],
    unreached: Callable[[], Phrase | None],
) -> Diagnosis:  # fmt: skip
    """The diagnosis of a number, each slip tried in its turn; `unreached` says why nothing flows back to the node."""
    verdict = judge_printed(printed, exact)
    if verdict in ("exact", "rounded", "truncated"):
        return _right(node, quantity, printed, exact, verdict)
    matches: list[Match] = []
    others: list[Slip] = []
    count = 0
    if units_off(printed, exact) <= UNITS_LOST and verdict == "rounded-on-the-way":
        slips = ()  # so near, no slip can be told from a lost last digit
    for slip in chain(slips, rounded):
        if is_near(slip.value, exact) or any(is_same_slip(slip, match.slip) for match in matches):
            continue
        count += 1
        gives = gives_digits(printed, slip.value)
        if gives is None:
            others.append(slip)
        elif len(matches) < MATCHES:
            matches.append(Match(slip, gives, digits_come_about(printed, slip.value, gives)))
    return _found(node, quantity, printed, exact, verdict, matches, others, count, unreached)


def gives_digits(printed: Printed, number: float) -> Manner | None:
    """How the number gives the printed digits; a zero is given by a zero alone."""
    gives = manner(printed, number)
    return None if printed.digits == 0 and gives != "exact" else gives


def _right(node: int, quantity: Quantity, printed: Printed, exact: float, verdict: PrintedVerdict) -> Diagnosis:
    headline = {
        "exact": "That is right.",
        "rounded": f"That is right to {precision(printed)}.",
        "truncated": f"That is right, cut after {precision(printed)}.",
    }[verdict]
    digits = digits_come_about(printed, exact, "truncated" if verdict == "truncated" else "rounded")
    return Diagnosis(
        node, quantity, printed, exact, verdict, phrase(headline), None, None if verdict == "exact" else digits,
        (), (), 0, "strong", None,
    )  # fmt: skip


def _found(
    node: int, quantity: Quantity, printed: Printed, exact: float, verdict: PrintedVerdict, matches: list[Match],
    others: list[Slip], count: int, unreached: Callable[[], Phrase | None],
) -> Diagnosis:  # fmt: skip
    headline, says = _told(quantity, printed, exact, verdict, matches, count, unreached)
    weak = bool(matches) and printed.digits is not None and printed.digits < TELLING_DIGITS
    return Diagnosis(
        node=node,
        quantity=quantity,
        printed=printed,
        exact=exact,
        verdict=verdict,
        headline=headline,
        says=says,
        digits=matches[0].digits if len(matches) == 1 else None,
        matches=tuple(matches),
        tried=tuple(mixed(others)[:LISTED]),
        tried_count=count,
        telling="weak" if weak else "strong",
        caution=caution_of(printed) if weak else None,
    )


def not_reached(own: Name, output: Name) -> Phrase:
    """Why a gradient is 0 where nothing flows back."""
    return phrase("{output} does not depend on {own}, so its gradient is 0.", output=output, own=own)


def _told(
    quantity: Quantity, printed: Printed, exact: float, verdict: PrintedVerdict, matches: list[Match],
    count: int, unreached: Callable[[], Phrase | None],
) -> tuple[Phrase, Phrase | None]:  # fmt: skip
    ours = f"Our number is {longer(printed, exact)}."
    if verdict == "rounded-on-the-way":
        off = f"{ours} Yours differs by {count_word(units_off(printed, exact))} in its last digit"
        if any(match.slip.kind != "rounding" for match in matches):
            both = phrase("{off}. Rounding on the way can do that, and so can what is listed here.", off=off)
            return phrase("Rounded on the way, or a slip."), both
        return phrase("Rounded on the way."), phrase("{off}, as it does when numbers are rounded on the way.", off=off)
    if not matches and not count:
        return phrase("That is not right."), phrase("{ours} No reason was looked for: the program is large.", ours=ours)
    if not matches:
        why = unreached() if quantity == "gradient" and exact == 0.0 else None
        return phrase("No usual slip gives {typed}.", typed=as_typed(printed)), why or phrase("{ours}", ours=ours)
    if len(matches) == 1:
        return phrase(matches[0].slip.headline), matches[0].slip.says
    many = count_word(len(matches)).capitalize()
    return (
        phrase("{many} slips give {typed}.", many=many, typed=as_typed(printed)),
        phrase("The number alone does not tell which one it was."),
    )


def caution_of(printed: Printed) -> str:
    """What is said of a number of one or two digits."""
    count = "One digit" if printed.digits == 1 else "Two digits"
    return f"{count} only: another slip may give them by chance. More digits tell more."


def mixed(slips: list[Slip]) -> list[Slip]:
    """The first of every kind, then the second of every kind, and so on: the first five show what is tried at all."""
    rows: dict[SlipKind, list[Slip]] = {kind: [] for kind in _ORDER}
    for slip in slips:
        if not any(is_same_slip(slip, other) for other in rows[slip.kind][:LISTED]):
            rows[slip.kind].append(slip)
    longest = max((len(row) for row in rows.values()), default=0)
    return [row[place] for place in range(min(longest, LISTED)) for row in rows.values() if place < len(row)]


def is_same_slip(one: Slip, other: Slip) -> bool:
    """Whether two slips of a kind give one number."""
    return one.kind == other.kind and is_near(one.value, other.value)
