"""The wrong-answer detective: which usual slip gives exactly the number that someone got."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Literal

from app.engine.trace import Trace
from app.explain.detective.flow import Flow
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
from app.explain.detective.slips.gates import gate_slips
from app.explain.detective.slips.numbers import number_slips
from app.explain.detective.slips.paths import path_slips
from app.explain.detective.slips.record import Quantity, Slip, SlipKind
from app.explain.detective.slips.rounding import ROUNDINGS, SCOPES, Rounding, Roundings, Scope
from app.explain.detective.slips.stems import Stems
from app.explain.detective.slips.steps import early_slips, later_value_slips, leaf_step_slips
from app.explain.detective.slips.values import value_slips
from app.explain.detective.truth import Numbers, Step
from app.explain.detective.words import Phrase, count_word, name_of, phrase
from app.language.vocabulary import LEAF
from app.limits import DEFAULT_LIMITS, Limits

Telling = Literal["strong", "weak"]

LISTED = 60
"""Slips that were tried and give another number: so many are listed, the rest is counted."""
MATCHES = 20
_TELLING_DIGITS = 3
_RUNS_OF_A_SEARCH = 100

_ORDER: tuple[SlipKind, ...] = (
    "sign", "path", "derivative", "constant", "factor", "step", "term", "place", "power", "early", "router", "local",
    "upstream", "other", "value", "rounding",
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


class Detective:
    """Diagnoses numbers of one trace; what several numbers share is computed once."""

    def __init__(self, trace: Trace, step: Step | None = None, limits: Limits = DEFAULT_LIMITS) -> None:
        self.trace, self.limits = trace, limits
        self.numbers = Numbers(trace, step)
        self.roundings = Roundings(trace)

    @cached_property
    def stems(self) -> Stems:
        """Which names are mistaken for each other."""
        return Stems(self.trace)

    @property
    def effort(self) -> int:
        """Gates that looking for slips runs, about: every way of rounding runs the program forward and back."""
        return _RUNS_OF_A_SEARCH * len(self.trace.program.ops)

    def diagnose(self, node: int, quantity: Quantity, printed: Printed, *, search: bool = True) -> Diagnosis:
        """What gives the printed number of this node; without `search` the verdict alone. `updated` needs a step."""
        exact = self.numbers.of(quantity, node)
        verdict = judge_printed(printed, exact)
        if verdict in ("exact", "rounded", "truncated"):
            return _right(node, quantity, printed, exact, verdict)
        matches: list[Match] = []
        others: list[Slip] = []
        count = 0
        slips = islice(self._slips(node, quantity), self.limits.max_slips)
        if units_off(printed, exact) <= UNITS_LOST and verdict == "rounded-on-the-way":
            slips = islice(slips, 0)  # so near, no slip can be told from a lost last digit
        for slip in chain(slips, self._rounded(node, quantity, printed)) if search else ():
            if is_near(slip.value, exact) or any(_is_same_slip(slip, match.slip) for match in matches):
                continue
            count += 1
            gives = manner(printed, slip.value)
            if gives is None or (printed.digits == 0 and gives != "exact"):
                others.append(slip)
            elif len(matches) < MATCHES:
                matches.append(Match(slip, gives, digits_come_about(printed, slip.value, gives)))
        return _found(node, quantity, printed, exact, verdict, matches, others, count, self.trace)

    def _slips(self, node: int, quantity: Quantity) -> Iterator[Slip]:
        if quantity == "value":
            return value_slips(self.trace, node, self.stems)
        if quantity == "gradient":
            return self._gradient_slips(node)
        if node in self.numbers.changed:
            return leaf_step_slips(self.numbers, node, self._gradient_slips(node))
        return chain(later_value_slips(self.numbers, node), value_slips(self.numbers.after, node, self.stems))

    def _gradient_slips(self, node: int) -> Iterator[Slip]:
        flow = Flow(self.trace, node)
        if not flow.members:
            return number_slips(flow)
        return chain(
            path_slips(flow), gate_slips(flow, self.stems), early_slips(flow, self.numbers), number_slips(flow)
        )

    def _rounded(self, node: int, quantity: Quantity, printed: Printed) -> Iterator[Slip]:
        """One slip for every way of rounding: at the steps with which it gives the printed digits, if there are."""
        for way in ROUNDINGS:
            found = [(scope, value) for scope, value in self._rounded_numbers(node, quantity, way)]
            scope, value = next((each for each in found if manner(printed, each[1]) is not None), found[-1])
            yield Slip("rounding", way.title(), f"{way.how.capitalize()} on the way.", way.says(scope), value)

    def _rounded_numbers(self, node: int, quantity: Quantity, way: Rounding) -> Iterator[tuple[Scope, float]]:
        roundings = self.roundings
        if quantity == "value":
            yield "values", roundings.values(way)[node]
            return
        for scope in SCOPES:
            gradients = roundings.gradients(way, scope)
            if quantity == "gradient":
                yield scope, gradients[node]
                continue
            assert self.numbers.step is not None, "nothing is updated without a step"
            rate = self.numbers.step.rate
            new = {
                leaf: self.trace.values[leaf] - rate * way.apply(gradients[leaf])
                for leaf in ([node] if self.trace.program.ops[node] == LEAF else self.numbers.changed)
            }
            if node in new:
                yield scope, new[node]
            else:
                leaves = {leaf: way.apply(value) for leaf, value in new.items()}
                yield scope, roundings.values(way, leaves)[node]


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
    others: list[Slip], count: int, trace: Trace,
) -> Diagnosis:  # fmt: skip
    headline, says = _told(node, quantity, printed, exact, verdict, matches, count, trace)
    weak = bool(matches) and printed.digits is not None and printed.digits < _TELLING_DIGITS
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
        tried=tuple(_mixed(others)[:LISTED]),
        tried_count=count,
        telling="weak" if weak else "strong",
        caution=_caution(printed) if weak else None,
    )


def _told(
    node: int, quantity: Quantity, printed: Printed, exact: float, verdict: PrintedVerdict, matches: list[Match],
    count: int, trace: Trace,
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
        if quantity == "gradient" and exact == 0.0 and not Flow(trace, node).members:
            own, output = name_of(trace, node), name_of(trace, trace.output_nodes[0])
            says = phrase("{output} does not depend on {own}, so its gradient is 0.", output=output, own=own)
        else:
            says = phrase("{ours}", ours=ours)
        return phrase("No usual slip gives {typed}.", typed=as_typed(printed)), says
    if len(matches) == 1:
        return phrase(matches[0].slip.headline), matches[0].slip.says
    many = count_word(len(matches)).capitalize()
    return (
        phrase("{many} slips give {typed}.", many=many, typed=as_typed(printed)),
        phrase("The number alone does not tell which one it was."),
    )


def _caution(printed: Printed) -> str:
    count = "One digit" if printed.digits == 1 else "Two digits"
    return f"{count} only: another slip may give them by chance. More digits tell more."


def _mixed(slips: list[Slip]) -> list[Slip]:
    """The first of every kind, then the second of every kind, and so on: the first five show what is tried at all."""
    rows: dict[SlipKind, list[Slip]] = {kind: [] for kind in _ORDER}
    for slip in slips:
        if not any(_is_same_slip(slip, other) for other in rows[slip.kind][:LISTED]):
            rows[slip.kind].append(slip)
    longest = max((len(row) for row in rows.values()), default=0)
    return [row[place] for place in range(min(longest, LISTED)) for row in rows.values() if place < len(row)]


def _is_same_slip(one: Slip, other: Slip) -> bool:
    return one.kind == other.kind and is_near(one.value, other.value)
