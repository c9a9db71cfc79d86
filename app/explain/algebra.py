"""Sums, products and powers of terms, simplified as they are made.

Constants fold; 0, 1, double signs and powers of one base disappear; like terms of a sum join. Brackets stay as they
are: −(t − y) is not multiplied out, for that is how a textbook writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce

from app.explain.terms import (
    MAX_SIZE,
    MINUS_ONE,
    ONE,
    ZERO,
    Call,
    Number,
    Product,
    Sum,
    Term,
    TermTooLargeError,
)

_LARGEST_POWER = 64
"""Powers of numbers are worked out up to this exponent, and digits."""
_LONGEST_NUMBER = 4096
"""Bits of a numerator or denominator: room for the product of two literals of any size, and no more."""


def number(value: Fraction | int, *, decimal: bool = False) -> Number:
    """A rational number."""
    return Number(Fraction(value), decimal)


def call(operation: str, operands: tuple[Term, ...], attributes: Mapping[str, float] | None = None) -> Call:
    """An operation on terms."""
    size = _checked(1 + sum(operand.size for operand in operands))
    return Call(operation, operands, tuple((attributes or {}).items()), size)


def add(*terms: Term) -> Term:
    """The sum. Sums among the terms are taken apart, like terms join where the first of them stands."""
    parts: dict[Term, Number] = {}  # what stands behind the number in front -> that number
    for term in _flat(terms):
        amount, rest = split(term)
        before = parts.get(rest)
        parts[rest] = amount if before is None else _plus(before, amount)
    kept = [multiply(amount, rest) for rest, amount in parts.items() if amount.value != 0]
    if not kept:
        return ZERO
    if len(kept) == 1:
        return kept[0]
    return Sum(tuple(kept), _checked(sum(term.size for term in kept)))


def negate(term: Term) -> Term:
    """The term with its sign turned; of a bracket, the sign in front of it."""
    return multiply(MINUS_ONE, term)


def multiply(*factors: Term) -> Term:
    """The product. Powers of one base join, also of brackets that differ by their sign alone."""
    front = ONE
    powers: dict[Term, Term] = {}
    for base, exponent in _flat_powers(factors):
        if isinstance(base, Number) and exponent == ONE:
            front = _times(front, base)
            continue
        sign, known = _same_base(base, exponent, powers)
        front = _times(front, sign)
        powers[known] = add(powers[known], exponent) if known in powers else exponent
    if front.value == 0:
        return ZERO
    kept = [(base, exponent) for base, exponent in powers.items() if exponent != ZERO]
    if not kept:
        return front
    if front.value == 1 and len(kept) == 1 and kept[0][1] == ONE:
        return kept[0][0]
    kept.sort(key=lambda item: _is_last(*item))
    size = sum(base.size + (exponent.size if not isinstance(exponent, Number) else 0) for base, exponent in kept)
    return Product(front, tuple(kept), _checked(size + (abs(front.value) != 1)))


def power(base: Term, exponent: Term) -> Term:
    """base to the exponent; a whole exponent goes into a product and onto another whole exponent."""
    if exponent == ZERO or base == ONE:
        return ONE
    if exponent == ONE:
        return base
    if isinstance(exponent, Number) and exponent.value.denominator == 1:
        if isinstance(base, Number) and (base.value != 0 or exponent.value > 0):
            return _number_power(base, int(exponent.value))
        if isinstance(base, Product) and all(_is_whole(each) for _, each in base.powers):
            inner = [power(one, multiply(each, exponent)) for one, each in base.powers]
            return multiply(power(base.number, exponent), *inner)
    size = base.size + (0 if isinstance(exponent, Number) else exponent.size)
    return Product(ONE, ((base, exponent),), _checked(size))


def divide(top: Term, bottom: Term) -> Term:
    """The quotient."""
    return multiply(top, power(bottom, MINUS_ONE))


def split(term: Term) -> tuple[Number, Term]:
    """A term as a number times the rest; of a number alone the rest is 1."""
    if isinstance(term, Number):
        return term, ONE
    if isinstance(term, Product) and term.number.value != 1:
        return term.number, multiply(*(Product(ONE, ((base, each),), base.size) for base, each in term.powers))
    return ONE, term


def factored(term: Term) -> Term:
    """A sum with what all its terms share in front, where that is shorter; a sum of negative terms as −( … ).

    2wx + 2wy gives 2w(x + y), but 2xy + 3y⁴ stays. Any other term comes back as it is.
    """
    if not isinstance(term, Sum):
        return term
    amounts, rests = zip(*(split(each) for each in term.terms), strict=True)
    shared = MINUS_ONE if all(amount.value < 0 for amount in amounts) else ONE
    if len({abs(amount.value) for amount in amounts}) == 1:
        shared = _times(shared, Number(abs(amounts[0].value), amounts[0].decimal))
    common = reduce(_common, (dict(_powers_of(rest)) for rest in rests))
    front = multiply(shared, *(power(base, exponent) for base, exponent in common.items()))
    if front == ONE:
        return term
    under = power(front, MINUS_ONE)
    found = multiply(front, add(*(multiply(under, each) for each in term.terms)))
    return found if found.size < term.size or front == MINUS_ONE else term


def _common(one: dict[Term, Term], other: dict[Term, Term]) -> dict[Term, Term]:
    """Bases that stand above (or below) the line in both, with the smaller exponent."""
    found: dict[Term, Term] = {}
    for base, exponent in one.items():
        match = other.get(base)
        if not isinstance(exponent, Number) or not isinstance(match, Number):
            continue
        if exponent.value * match.value > 0:
            found[base] = exponent if abs(exponent.value) <= abs(match.value) else match
    return found


def _flat(terms: tuple[Term, ...]) -> list[Term]:
    return [part for term in terms for part in (term.terms if isinstance(term, Sum) else (term,))]


def _powers_of(term: Term) -> tuple[tuple[Term, Term], ...]:
    if isinstance(term, Product):
        return term.powers
    return () if isinstance(term, Number) else ((term, ONE),)


def _flat_powers(factors: tuple[Term, ...]) -> list[tuple[Term, Term]]:
    flat: list[tuple[Term, Term]] = []
    for factor in factors:
        if isinstance(factor, Product):
            flat.append((factor.number, ONE))
            flat.extend(factor.powers)
        else:
            flat.append((factor, ONE))
    return flat


def _same_base(base: Term, exponent: Term, powers: Mapping[Term, Term]) -> tuple[Number, Term]:
    """The base as it stands among the powers already, and the sign that takes: (t − y)(y − t) is −(y − t)²."""
    if isinstance(base, Sum) and base not in powers and _is_whole(exponent):
        turned = _turned(base)
        if turned in powers:
            assert isinstance(exponent, Number)
            return (ONE if exponent.value % 2 == 0 else MINUS_ONE), turned
    return ONE, base


def _turned(term: Sum) -> Term:
    return add(*reversed([negate(each) for each in term.terms])) if len(term.terms) == 2 else term


def _is_last(base: Term, exponent: Term) -> bool:
    """Functions stand behind names in a product: r s sin(t)."""
    return isinstance(base, Call) or not isinstance(exponent, Number)


def _is_whole(exponent: Term) -> bool:
    return isinstance(exponent, Number) and exponent.value.denominator == 1


def _plus(one: Number, other: Number) -> Number:
    return Number(one.value + other.value, one.decimal or other.decimal)


def _times(one: Number, other: Number) -> Number:
    value = one.value * other.value
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _LONGEST_NUMBER:
        raise TermTooLargeError
    return Number(value, one.decimal or other.decimal)


def _number_power(base: Number, exponent: int) -> Term:
    large = max(abs(base.value.numerator), base.value.denominator).bit_length() * abs(exponent)
    if large > _LARGEST_POWER:
        return Product(ONE, ((base, number(exponent)),), base.size)
    return Number(base.value**exponent, base.decimal and exponent > 0)


def _checked(size: int) -> int:
    if size > MAX_SIZE:
        raise TermTooLargeError
    return size
