"""Numbers as a reader sees them, and as JSON carries them.

The page formats numbers by the same rules (static/src/format.ts); tests/golden/numbers.json holds both to them.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

LARGE = 10_000.0
"""From here on a number is written with a power of ten."""

_MINUS = "−"
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_NAMES = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}

JsonNumber = float | str


def format_number(value: float, decimals: int = 2) -> str:
    """A number for graph and tables: fixed decimals, or two digits and a power of ten where those would mislead.

    Exactly zero is `0.00`, negative zero too; any other number never prints as zero. A half rounds away from zero,
    as a reader would round.
    """
    if not math.isfinite(value):
        return {"NaN": "NaN", "Infinity": "∞", "-Infinity": "−∞"}[str(to_json(value))]
    size = abs(value)
    sign = _MINUS if value < 0 else ""
    if size >= LARGE or 0 < size < 0.5 * 10.0**-decimals:
        return sign + _with_power_of_ten(size)
    return sign + str(Decimal(size).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


COUNT_IN_WORDS = 1_000_000
"""From here on a count is written with a power of ten: nobody reads seven digits."""


def format_count(count: int) -> str:
    """A number of things: `36`, `12,345`, `1.3·10¹²`; of any size, also beyond what a float holds."""
    if count < COUNT_IN_WORDS:
        return f"{count:,}"
    digits = count_digits(count)
    exponent, lead = len(digits) - 1, int(digits[:3])
    tenths = (lead + 5) // 10  # a half rounds up, as in format_number
    if tenths == 100:
        tenths, exponent = 10, exponent + 1
    return f"{tenths // 10}.{tenths % 10}·10{str(exponent).translate(_SUPERSCRIPTS)}"


_DIGITS_AT_ONCE = 4_000
"""Python refuses to write whole numbers of more than 4,300 digits at once."""


def count_digits(count: int) -> str:
    """The decimal digits of a count of any size."""
    parts: list[str] = []
    block = 10**_DIGITS_AT_ONCE
    while count >= block:
        count, part = divmod(count, block)
        parts.append(f"{part:0{_DIGITS_AT_ONCE}}")
    return str(count) + "".join(reversed(parts))


def _with_power_of_ten(size: float) -> str:
    exact = Decimal(size)
    exponent = exact.adjusted()
    digits = exact.scaleb(-exponent).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if digits == 10:
        digits, exponent = Decimal("1.0"), exponent + 1
    return f"{digits}·10{superscript(exponent)}"


def superscript(power: int) -> str:
    """A whole number as an exponent: 12 gives ¹²."""
    return str(power).translate(_SUPERSCRIPTS)


def to_json(value: float) -> JsonNumber:
    """The number itself, or the string that stands for what JSON cannot hold."""
    if math.isfinite(value):
        return value
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def from_json(value: JsonNumber) -> float:
    """The number that `to_json` gave. Raises ValueError for any other string."""
    if not isinstance(value, str):
        return float(value)
    if value not in _NAMES:
        raise ValueError('A number is a JSON number, "NaN", "Infinity" or "-Infinity".')
    return _NAMES[value]
