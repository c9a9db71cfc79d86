"""Gradients in which much cancels, simplified by hand: put in, multiplied, multiplied out, collected.

The derivative of a logistic loss is a difference of quotients; times h (1 − h) it is h − y. Each line is a text of our
language and one step away from the line before, as on the title page of the lecture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from app.explain.algebra import add, factored, multiply, negate, power
from app.explain.term_text import term_text
from app.explain.terms import MINUS_ONE, ONE, Name, Number, Product, Sum, Term, TermTooLargeError

MOST_PARTS = 24
"""Terms of a sum that is multiplied out; more is no simplification."""


@dataclass(frozen=True, slots=True)
class Line:
    """A formula of the gradient, and what was done to the line before."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Simplified:
    """All lines, and the last of them as a term."""

    lines: tuple[Line, ...]
    term: Term


def simplified(above: Term, local: Term) -> Simplified | None:
    """The product of a gradient and a derivative, step by step; None where nothing to speak of cancels."""
    try:
        return _simplified(above, local)
    except TermTooLargeError:
        return None


def _simplified(above: Term, local: Term) -> Simplified | None:
    front, inner = _taken_apart(above)
    if inner is None or _divisors([above]):
        return _quotient(above, local)
    inner = Sum(tuple(sorted(inner.terms, key=_has_minus)), inner.size)
    below = _divisors(inner.terms)
    meeting = [(base, exponent) for base, exponent in _powers(local) if base in below]
    if not meeting:
        return None
    met = multiply(*(power(base, exponent) for base, exponent in meeting))
    outside = multiply(front, local, power(met, MINUS_ONE))
    once = [multiply(each, met) for each in inner.terms]
    out = [part for each in once for part in expanded(each)]
    if len(out) > MOST_PARTS:
        return None
    left = factored(add(*out))
    if left.size >= inner.size:
        return None
    start = Line(_around(outside, f"({term_text(inner)}) * {_factor_text(met)}"), "the derivatives put in")
    steps = [
        Line(_around(outside, _bracketed(once, outside)), "each term multiplied"),
        Line(_around(outside, _bracketed(out, outside)), "multiplied out"),
        Line(_around(outside, _bracketed([left], outside)), "what is left"),
    ]
    kept = [start]
    for step in steps:
        if step.text != kept[-1].text:
            kept.append(step)
    return Simplified(tuple(kept), multiply(outside, left))


def _quotient(above: Term, local: Term) -> Simplified | None:
    """A quotient whose divisors are factors of the derivative: (h − y) / (h (1 − h)) times h (1 − h)."""
    below = _divisors([above])
    met = [power(base, exponent) for base, exponent in _powers(local) if base in below]
    left = multiply(above, local)
    if not met or not isinstance(above, Product) or len(below) != len(met) or left.size >= above.size:
        return None
    outside = multiply(local, power(multiply(*met), MINUS_ONE))
    start = Line(_around(outside, f"({term_text(above)}) * {_factor_text(multiply(*met))}"), "the derivatives put in")
    return Simplified((start, Line(term_text(left), "what is left")), left)


def _divisors(terms: Sequence[Term]) -> set[Term]:
    return {base for each in terms for base, exponent in _powers(each) if _is_negative(exponent)}


def expanded(term: Term) -> list[Term]:
    """The terms of a product of sums multiplied out, like terms not yet joined."""
    if isinstance(term, Sum):
        return [part for each in term.terms for part in expanded(each)]
    if not isinstance(term, Product):
        return [term]
    choices: list[Sequence[Term]] = [[term.number]]
    for base, exponent in term.powers:
        is_sum = isinstance(base, Sum) and exponent == ONE
        choices.append(expanded(base) if is_sum else [power(base, exponent)])
    return [multiply(*chosen) for chosen in product(*choices)]


def _taken_apart(term: Term) -> tuple[Term, Sum | None]:
    """A product as what stands before its one sum, and that sum."""
    if isinstance(term, Sum):
        return ONE, term
    if not isinstance(term, Product):
        return term, None
    sums = [base for base, exponent in term.powers if isinstance(base, Sum) and exponent == ONE]
    if len(sums) != 1:
        return term, None
    inner = sums[0]
    front = multiply(term.number, *(power(base, exponent) for base, exponent in term.powers if base != inner))
    return front, inner


def _powers(term: Term) -> Sequence[tuple[Term, Term]]:
    if isinstance(term, Product):
        return term.powers
    return () if isinstance(term, Number) else ((term, ONE),)


def _is_negative(exponent: Term) -> bool:
    return isinstance(exponent, Number) and exponent.value < 0


def _has_minus(term: Term) -> bool:
    return term_text(term).startswith("-")


def _bracketed(terms: Sequence[Term], outside: Term) -> str:
    """The terms added, also where like ones stand side by side; in brackets where something stands around them."""
    text = term_text(Sum(tuple(terms), sum(term.size for term in terms)) if len(terms) > 1 else terms[0])
    is_sum = len(terms) > 1 or isinstance(terms[0], Sum) or "/" in text
    return f"({text})" if is_sum and outside != ONE else text


def _factor_text(term: Term) -> str:
    text = term_text(term)
    return f"({text})" if isinstance(term, Sum) or "/" in text or text.startswith("-") else text


def _around(outside: Term, text: str) -> str:
    """The formula with the factors that have no part in the cancelling: a number before it, names behind it."""
    number = outside.number if isinstance(outside, Product) else outside if isinstance(outside, Number) else ONE
    names = multiply(outside, power(number, MINUS_ONE))
    found = text if names == ONE else f"{text} * {_factor_text(names)}"
    if number.value == -1:
        return f"-{found}"
    return found if number == ONE else f"{term_text(number)} * {found}"


def softmax_lines(out: str, above: Term, sums_to_one: Callable[[str], bool]) -> Simplified | None:
    """The gradient behind a softmax, out * (g - sum(g * out)), for a g in which out is a divisor: p − t.

    sums_to_one   whether the entries of a text add up to 1
    """
    try:
        together = multiply(Name(out), above)
        if together.size >= above.size or isinstance(together, Sum):
            return None
        kept = negate(together)
        start = Line(f"{out} * ({term_text(above)} - sum({_factor_text(above)} * {out}))", "the gradient put in")
        total = term_text(kept)
        once = Line(f"{out} * sum({total}) - {_factor_text(kept)}", "the divisor cancels")
        if not sums_to_one(total):
            return None
        last = add(Name(out), together)
        return Simplified((start, once, Line(term_text(last), "the entries that are added make 1")), last)
    except TermTooLargeError:
        return None


def times(above: Term, local: Term) -> str:
    """A gradient times a derivative, in this order."""
    if local == ONE:
        return term_text(above)
    number = above.number if isinstance(above, Product) else ONE
    rest = multiply(above, power(number, MINUS_ONE))
    return _around(multiply(number, local), _factor_text(rest))
