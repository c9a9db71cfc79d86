"""Formulas as small records in a normal form: what derivatives are composed and simplified in.

A term is made by the functions of `algebra.py` alone, which keep the normal form; two terms that are equal as records
are equal as formulas. Terms are bounded (`MAX_SIZE`), so walking one may recurse.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

MAX_SIZE = 120
"""Names and numbers in one term. A textbook prints a tenth of it; the bound is for compositions under way."""


class TermTooLargeError(Exception):
    """A composition has grown beyond `MAX_SIZE`."""


@dataclass(frozen=True, slots=True)
class Number:
    """A rational number; `decimal`: it is written with a point, as in 0.5, where that is exact."""

    value: Fraction
    decimal: bool = field(default=False, compare=False)

    @property
    def size(self) -> int:
        """One number."""
        return 1


@dataclass(frozen=True, slots=True)
class Name:
    """A node of the program, or a constant of mathematics such as pi."""

    text: str

    @property
    def size(self) -> int:
        """One name."""
        return 1


@dataclass(frozen=True, slots=True)
class Sum:
    """Two or more terms, none of them a sum, no two alike but for their number in front."""

    terms: tuple[Term, ...]
    size: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Product:
    """A number times powers of different bases, never zero; x / y is x times y to the power −1."""

    number: Number
    powers: tuple[tuple[Term, Term], ...]
    size: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """An operation of the registry that the algebra knows nothing about."""

    operation: str
    operands: tuple[Term, ...]
    attributes: tuple[tuple[str, float], ...]
    size: int = field(compare=False)


Term = Number | Name | Sum | Product | Call

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))
MINUS_ONE = Number(Fraction(-1))
