"""What is said about all entries of a tensor at once: which are wrong, and the slip that gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from app.engine.tensors.trace import TensorTrace
from app.explain.detective.printed import PrintedVerdict, judge_printed
from app.explain.detective.slips.record import Quantity, Slip
from app.explain.detective.tensors.order import order_slips
from app.explain.detective.tensors.record import Array, TensorSlip
from app.explain.detective.tensors.typed import TypedTensor, fitted
from app.explain.detective.tensors.which import count_text, precision_text, which_wrong
from app.explain.detective.told import LISTED, MATCHES, TELLING_DIGITS, Telling, gives_digits, mixed
from app.explain.detective.words import Phrase, count_word, name_of, phrase
from app.numbers import format_number
from app.operations.shapes import shape_text

_SOME = 4
"""So many slips are told that give a part of the wrong entries."""
_WORST: tuple[PrintedVerdict, ...] = ("wrong", "rounded-on-the-way", "truncated", "rounded", "exact")


@dataclass(frozen=True)
class WholeMatch:
    """A slip that gives typed entries: all of them, or the wrong ones at these places, counted row by row."""

    slip: TensorSlip
    gives_all: bool
    cells: tuple[int, ...]


@dataclass(frozen=True)
class TensorDiagnosis:
    """What can be said about a typed tensor.

    exact      our tensor                verdicts   of every entry, row by row; None where the shape is another one
    which      which entries are wrong, in a sentence; None where the shape is another one
    matches    the slips that give every entry; else those that give every wrong one; else some that give a part
    tried      slips that give other numbers, each with its number at the first wrong entry
    """

    node: int
    quantity: Quantity
    typed: TypedTensor
    exact: Array
    verdict: PrintedVerdict
    verdicts: tuple[PrintedVerdict, ...] | None
    which: Phrase | None
    headline: Phrase
    says: Phrase | None
    matches: tuple[WholeMatch, ...]
    tried: tuple[Slip, ...]
    tried_count: int
    telling: Telling
    caution: str | None


def weigh_all(
    trace: TensorTrace, node: int, quantity: Quantity, typed: TypedTensor, exact: Array, slips: Iterable[TensorSlip],
    rounded: Iterable[TensorSlip],
) -> TensorDiagnosis:  # fmt: skip
    """The diagnosis of a tensor of the right shape."""
    verdicts = tuple(judge_printed(cell, float(ours)) for cell, ours in zip(typed.cells, np.ravel(exact), strict=True))
    verdict = next(one for one in _WORST if one in verdicts)
    wrong = [place for place, one in enumerate(verdicts) if one == "wrong"]
    which = which_wrong(trace, node, exact.shape, wrong)
    if verdict in ("exact", "rounded", "truncated"):
        headline = phrase(f"{count_text(len(verdicts))} right{precision_text(typed, verdict)}.")
        return TensorDiagnosis(
            node, quantity, typed, exact, verdict, verdicts, which, headline, None, (), (), 0, "strong", None
        )  # fmt: skip
    found = _Found(typed, exact, wrong)
    for slip in chain(chain(slips, order_slips(exact, wrong)) if wrong else (), rounded):
        found.tell(slip)
    matches = found.matches()
    headline, says = _told(matches, exact, typed, wrong)
    digits = sum(typed.cells[place].digits or 0 for place in wrong)
    weak = bool(matches) and bool(wrong) and digits < TELLING_DIGITS
    caution = "So few digits another slip may give by chance. More digits tell more." if weak else None
    return TensorDiagnosis(
        node, quantity, typed, exact, verdict, verdicts, which, headline, says, tuple(matches),
        tuple(mixed(found.others)[:LISTED]), found.count, "weak" if weak else "strong", caution,
    )  # fmt: skip


class _Found:
    """What the slips that were tried give of the typed entries."""

    def __init__(self, typed: TypedTensor, exact: Array, wrong: list[int]) -> None:
        self.typed, self.exact, self.wrong = typed, exact, wrong
        self.all: list[WholeMatch] = []
        self.every: list[WholeMatch] = []
        self.some: list[WholeMatch] = []
        self.others: list[Slip] = []
        self.count = 0
        first = wrong[0] if wrong else 0
        self._first = tuple(int(at) for at in np.unravel_index(first, exact.shape))

    def tell(self, slip: TensorSlip) -> None:
        """Tries one slip."""
        if slip.array.shape != self.exact.shape or _is_near(slip.array, self.exact):
            return
        self.count += 1
        close = _is_close(slip.array, self.typed)
        gives = [place for place in self.wrong if close[place] and self._gives(slip, place)]
        if len(gives) == len(self.wrong) and np.all(close) and self._gives_the_rest(slip):
            _keep(self.all, WholeMatch(slip, True, tuple(gives)))
        elif self.wrong and len(gives) == len(self.wrong):
            _keep(self.every, WholeMatch(slip, False, tuple(gives)))
        elif slip.kind != "rounding" and sum(self.typed.cells[place].digits or 0 for place in gives) >= TELLING_DIGITS:
            _keep(self.some, WholeMatch(slip, False, tuple(gives)))
        elif (one := slip.at(self._first)) is not None:
            self.others.append(one)

    def _gives(self, slip: TensorSlip, place: int) -> bool:
        return gives_digits(self.typed.cells[place], float(np.ravel(slip.array)[place])) is not None

    def _gives_the_rest(self, slip: TensorSlip) -> bool:
        wrong = set(self.wrong)
        return all(place in wrong or self._gives(slip, place) for place in range(len(self.typed.cells)))

    def matches(self) -> list[WholeMatch]:
        """The best of what was found: each of several slips adds entries that those before it do not give."""
        if best := self.all or self.every:
            reasons = [match for match in best if match.slip.kind != "order"]  # the order of entries explains least
            return (reasons or best)[:MATCHES]
        told: list[WholeMatch] = []
        left = set(self.wrong)
        for match in sorted(self.some, key=lambda match: -len(match.cells)):
            if len(told) < _SOME and not left.isdisjoint(match.cells):
                told.append(match)
                left.difference_update(match.cells)
        return told


def _is_near(one: Array, other: Array) -> bool:
    with np.errstate(all="ignore"):
        return bool(np.all((one == other) | (np.abs(one - other) <= 1e-12 * np.maximum(np.abs(one), np.abs(other)))))


def _is_close(array: Array, typed: TypedTensor) -> Array:
    """Where the digits may be those of the array: it differs by no more than one in the last digit."""
    values = typed.values
    with np.errstate(all="ignore"):
        near = np.abs(array - values) <= 1.000001 * typed.units + 1e-12 * np.abs(values)
        return np.ravel(near | (array == values) | (np.isnan(array) & np.isnan(values)))


def _keep(matches: list[WholeMatch], match: WholeMatch) -> None:
    """Adds it, unless another slip of the same kind gives the same tensor."""
    slip = match.slip
    if not any(other.slip.kind == slip.kind and _is_near(other.slip.array, slip.array) for other in matches):
        matches.append(match)


def _told(
    matches: list[WholeMatch], exact: Array, typed: TypedTensor, wrong: list[int]
) -> tuple[Phrase, Phrase | None]:
    if not wrong:
        way = matches[0].slip.says if matches else phrase("Your numbers differ by a little in their last digits.")
        return phrase("Rounded on the way."), way
    if not matches:
        return phrase("No usual slip gives these numbers."), _one_factor(exact, typed, wrong)
    if not matches[0].gives_all and len(matches[0].cells) < len(wrong):
        explained = len({cell for match in matches for cell in match.cells})
        said = (
            "{n} of the {all} wrong entries {come} from a usual slip; the others do not." if explained < len(wrong)
            else "Each of the {all} wrong entries comes from a usual slip, but from different ones."
        )  # fmt: skip
        come = "comes" if explained == 1 else "come"
        n = count_word(explained).capitalize()
        return phrase("No one slip gives all of it."), phrase(said, n=n, all=count_word(len(wrong)), come=come)
    if len(matches) == 1:
        return phrase(matches[0].slip.headline), matches[0].slip.says
    many = count_word(len(matches)).capitalize()
    what = "all of these numbers" if matches[0].gives_all else "all that is wrong"
    says = phrase("The numbers alone do not tell which one it was.")
    return phrase("{many} slips give {what}.", many=many, what=what), says


def _one_factor(exact: Array, typed: TypedTensor, wrong: list[int]) -> Phrase | None:
    """Whether each wrong entry is ours times one number."""
    ours, theirs = np.ravel(exact)[wrong], np.ravel(typed.values)[wrong]
    if len(wrong) < 2 or not np.all(np.isfinite(theirs)) or not np.all(np.isfinite(ours)) or not np.all(ours):
        return None
    largest = int(np.argmax(np.abs(ours)))
    factor = float(theirs[largest] / ours[largest])
    if factor and np.all(np.abs(factor * ours - theirs) <= 2 * np.ravel(typed.units)[wrong] + 1e-9 * np.abs(theirs)):
        return phrase("Each of the wrong entries is {factor} times ours.", factor=format_number(factor, 3))
    return None


def other_shape(
    trace: TensorTrace, node: int, quantity: Quantity, typed: TypedTensor, exact: Array, slips: Iterator[TensorSlip]
) -> TensorDiagnosis:
    """The diagnosis of a tensor of another shape than ours, told in words."""
    own = name_of(trace, node)
    what = {
        "gradient": "the gradient of {own} is {ours}, as {own} is itself", "value": "{own} is {ours}",
        "updated": "{own} is {ours} before and after the step",
    }[quantity]  # fmt: skip
    shapes = phrase(
        f"You typed {{theirs}}; {what}.", theirs=shape_text(typed.shape), own=own, ours=shape_text(exact.shape)
    )  # fmt: skip
    found: list[WholeMatch] = []
    count = 0
    for slip in slips:
        fit = None if slip.array.shape == exact.shape else fitted(typed, slip.array.shape)
        if fit is not None:
            count += 1
            gives = (gives_digits(cell, float(one)) for cell, one in zip(fit.cells, np.ravel(slip.array), strict=True))
            if np.all(_is_close(slip.array, fit)) and all(one is not None for one in gives):
                _keep(found, WholeMatch(slip, True, ()))
    headline, says = phrase("The shape does not fit."), shapes
    if len(found) == 1:
        headline, says = phrase(found[0].slip.headline), shapes + found[0].slip.says
    elif found:
        headline = phrase("{many} slips give all of these numbers.", many=count_word(len(found)).capitalize())
    elif len(typed.shape) == 2 and typed.shape[::-1] == exact.shape:
        turned = typed.turned()
        judged = (judge_printed(cell, float(ours)) for cell, ours in zip(turned.cells, np.ravel(exact), strict=True))
        right = sum(one != "wrong" for one in judged)
        headline = phrase("Rows and columns are exchanged.")
        says = shapes + phrase("Turned, {right} of {all} entries are right.", right=str(right), all=str(exact.size))
    return TensorDiagnosis(
        node, quantity, typed, exact, "wrong", None, None, headline, says, tuple(found), (), count, "strong", None
    )  # fmt: skip
