"""Terms in our own language: what is printed here reads back as the same formula."""

from __future__ import annotations

from fractions import Fraction

from app.explain.algebra import negate
from app.explain.terms import ONE, Call, Name, Number, Product, Sum, Term
from app.operations import BY_FUNCTION_NAME, Operation

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = 10, 20, 25, 30, 100
"""How tightly a text binds: those of the registry's own operators."""

Bound = tuple[str, int]
"""A text, and how tightly it binds."""


def term_text(term: Term) -> str:
    """The term as one expression of our language."""
    return _bound(term)[0]


def _bound(term: Term) -> Bound:
    if isinstance(term, Name):
        return term.text, _ATOM
    if isinstance(term, Number):
        return _number(term)
    if isinstance(term, Sum):
        return _sum(term), _SUM
    if isinstance(term, Product):
        return _product(term)
    return _call(term)


def _number(term: Number) -> Bound:
    value = term.value
    if value < 0:
        text, binds = _number(Number(-value, term.decimal))
        return f"-{text}", min(binds, _SIGN)
    if value.denominator == 1:
        return str(value.numerator), _ATOM
    decimal = decimal_text(value) if term.decimal else None
    return (decimal, _ATOM) if decimal else (f"{value.numerator}/{value.denominator}", _PRODUCT)


def decimal_text(value: Fraction) -> str | None:
    """A positive fraction with a point, where that is exact and short; else None."""
    scaled, places = value, 0
    while scaled.denominator != 1:
        scaled, places = scaled * 10, places + 1
        if places > 12:
            return None
    digits = str(scaled.numerator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _sum(term: Sum) -> str:
    pieces: list[str] = []
    first = next((index for index, each in enumerate(term.terms) if not _is_negative(each)), 0)
    for each in (term.terms[first], *term.terms[:first], *term.terms[first + 1 :]):  # a sum begins without a sign
        if pieces and _is_negative(each):
            text, binds = _bound(negate(each))
            pieces.append(f" - {_bracketed(text, binds, _SUM + 1)}")
        else:
            text, binds = _bound(each)
            pieces.append((" + " if pieces else "") + _bracketed(text, binds, _SUM + (1 if pieces else 0)))
    return "".join(pieces)


def _product(term: Product) -> Bound:
    if term.number.value < 0:
        return _negative(term)
    above = [(base, exponent) for base, exponent in term.powers if not _is_below(exponent)]
    below = [(base, negate(exponent)) for base, exponent in term.powers if _is_below(exponent)]
    front = term.number
    top, bottom = _number_parts(front, with_line=bool(below) or front.value.numerator != 1 or not above)
    text = _factors(top, above)
    if not below and bottom == 1:
        return text
    under, binds = _factors(Number(Fraction(bottom)), below)
    return f"{_bracketed(*text, _PRODUCT)} / {_bracketed(under, binds, _PRODUCT + 1)}", _PRODUCT


def _number_parts(front: Number, *, with_line: bool) -> tuple[Number, int]:
    """The number above and the one below the line: 3/4 x is 3x over 4, but 1/2 x stays, and 0.5 is no fraction."""
    if front.value.denominator == 1 or (front.decimal and decimal_text(abs(front.value))):
        return front, 1
    if not with_line:
        return front, 1
    return Number(Fraction(front.value.numerator)), front.value.denominator


def _negative(term: Product) -> Bound:
    rest = negate(term)
    text, binds = _bound(rest)
    if binds == _PRODUCT and _has_line(rest):
        return f"-({text})", _SIGN
    if binds == _PRODUCT:
        return f"-{text}", _PRODUCT  # the sign belongs to the first factor, which is the same number
    return f"-{_bracketed(text, binds, _SIGN + 1)}", _SIGN


def _has_line(term: Term) -> bool:
    """Whether it prints as a quotient."""
    if not isinstance(term, Product):
        return False
    value = term.number.value
    return any(_is_below(exponent) for _, exponent in term.powers) or (value.denominator != 1 and value.numerator != 1)


def _factors(front: Number, powers: list[tuple[Term, Term]]) -> Bound:
    if not powers:
        return _number(front)
    if front.value == 1 and len(powers) == 1:
        return _power(*powers[0])
    texts = [] if front.value == 1 else [_bracketed(*_number(front), _PRODUCT)]
    for base, exponent in powers:
        text, binds = _power(base, exponent)
        texts.append(_bracketed(text, binds, _PRODUCT + 1))
    return " * ".join(texts), _PRODUCT


def _power(base: Term, exponent: Term) -> Bound:
    if exponent == ONE:
        return _bound(base)
    text, binds = _bound(base)
    above, above_binds = _bound(exponent)
    return f"{_bracketed(text, binds, _POWER + 1)}^{_bracketed(above, above_binds, _ATOM)}", _POWER


def _call(term: Call) -> Bound:
    operation: Operation = BY_FUNCTION_NAME[term.operation]
    texts = [_bound(operand) for operand in term.operands]
    if operation.infix:
        own = operation.infix.precedence
        left, right = (_bracketed(text, binds, own + 1) for text, binds in texts)
        return f"{left} {operation.infix.symbols[0]} {right}", own
    inside = [text for text, _ in texts] + [f"{name}={value!r}" for name, value in term.attributes]
    return f"{operation.name}({', '.join(inside)})", _ATOM


def _is_below(exponent: Term) -> bool:
    return isinstance(exponent, Number) and exponent.value < 0


def _is_negative(term: Term) -> bool:
    return (isinstance(term, Number) and term.value < 0) or (isinstance(term, Product) and term.number.value < 0)


def _bracketed(text: str, binds: int, need: int) -> str:
    return text if binds >= need else f"({text})"
