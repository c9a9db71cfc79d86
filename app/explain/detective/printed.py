"""Numbers as people write them down: their digits, and whether a true value gives exactly those digits."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import Literal, NoReturn

from app.errors import Problem, Span, UserError, quoted
from app.explain.detective.words import counted
from app.numbers import LARGE, format_number

PrintedVerdict = Literal["exact", "rounded", "truncated", "rounded-on-the-way", "wrong"]
Manner = Literal["exact", "rounded", "truncated"]

# A source that carries intermediate results with three or four digits loses a unit or two of its last digit, or up to
# a thousandth of the value. A larger difference is a mistake. The second bound keeps "0.0002" for 0.0004 a mistake.
UNITS_LOST = 2
SHARE_LOST_WITHIN_UNITS = Decimal("0.01")
SHARE_LOST = Decimal("0.001")
# An exact number that floating point leaves at 0.35100000000000003 still is 0.351; a tie may be rounded either way.
HALF_UNIT = Decimal("0.500001")
# Numbers that agree so far are one number: floating point leaves that much, and nobody prints more by hand.
_SAME = 1e-12
_FULL_DIGITS = 15
_WIDE = Context(prec=1_500)  # every double has fewer digits than that, before and behind the point
_LONGEST = 80
_MOST_DECIMALS = 9
"""Numbers with more decimals are shown with a power of ten."""
_LARGEST_EXPONENT = 400

_SUPERSCRIPTS = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MINUSES = str.maketrans("−–", "--")
_SPACES = re.compile(r"[\s_'\u2019]+")
_POWER = re.compile(r"(?:[·⋅×x*]|\\cdot|\\times)10(?:\^|\*\*)?\{?([-+]?\d+)\}?$")
_NUMBER = re.compile(r"([-+]?)(\d+\.?\d*|\.\d+)(?:[eE]([-+]?\d{1,4}))?(?:\.\.\.|…)?")
_FRACTION = re.compile(r"([-+]?\d+(?:\.\d+)?)/(\d+(?:\.\d+)?)")
_WORDS = {"nan": math.nan, "inf": math.inf, "infinity": math.inf, "∞": math.inf}


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it was written.

    text      as typed, without the space around it
    value     the double nearest to it; NaN and infinity are numbers too
    shown     its digits as a decimal number, or None: a fraction, NaN, infinity
    decimals  digits behind the point, negative for `1.2e5`; None where `shown` is None
    digits    significant digits; 0 for a zero, None where `shown` is None
    """

    text: str
    value: float
    shown: Decimal | None
    decimals: int | None
    digits: int | None

    @property
    def unit(self) -> Decimal:
        """What one more in the last digit is worth."""
        return Decimal(1).scaleb(-(self.decimals or 0))


def read_printed(text: str, field: str = "printed", span: Span | None = None) -> Printed:
    """The number in `text`: `0.0012`, `-2.0e-3`, `5·10^-5`, `0,35`, `1/6`. Raises UserError "value"."""
    plain = _SPACES.sub("", text.translate(_MINUSES).translate(_SUPERSCRIPTS)).lstrip("≈~=")
    if not plain:
        _refuse("empty-number", "There is no number to check.", "Type the number you got, as in `0.0012`.", field, span)
    if len(plain) > _LONGEST:
        _refuse("not-a-number", f"This number has more than {_LONGEST} characters.", None, field, span)
    word = _WORDS.get(plain.lower().lstrip("+-"))
    if word is not None:
        return Printed(text.strip(), -word if plain[0] == "-" else word, None, None, None)
    if fraction := _FRACTION.fullmatch(plain):
        top, bottom = float(fraction[1]), float(fraction[2])
        if bottom == 0.0:
            _refuse("not-a-number", f"{quoted(text)} divides by zero.", None, field, span)
        return Printed(text.strip(), top / bottom, None, None, None)
    shown = _decimal(plain)
    if shown is None:
        hint = "Write digits, as in `0.0012`, `-2.0e-3`, `5·10^-5` or `1/6`."
        _refuse("not-a-number", f"{quoted(text.strip())} is not a number.", hint, field, span)
    digits = 0 if shown == 0 else len(shown.as_tuple().digits)
    return Printed(text.strip(), float(shown) + 0.0, shown, -int(shown.as_tuple().exponent), digits)


def _decimal(plain: str) -> Decimal | None:
    """The digits as a Decimal that keeps trailing zeros; None for what is no number, or beyond float64."""
    power = 0
    if found := _POWER.search(plain):
        plain, power = plain[: found.start()], int(found[1][:5])
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")  # a decimal comma; a comma between thousands is not read
    number = _NUMBER.fullmatch(plain)
    if number is None:
        return None
    sign, digits, exponent = number.groups()
    power += int(exponent or 0)
    if abs(power) > _LARGEST_EXPONENT:
        return None
    shown = Decimal(sign + digits).scaleb(power)
    return shown if math.isfinite(float(shown)) else None


def _refuse(code: str, message: str, hint: str | None, field: str, span: Span | None) -> NoReturn:
    raise UserError([Problem(code, message, hint, span=span, field=None if span else field)], "value")


def manner(printed: Printed, number: float) -> Manner | None:
    """How the number gives exactly the printed digits: as it is, by rounding, by cutting; None where it does not."""
    if printed.shown is None or not math.isfinite(number):
        same = number == printed.value or (number != number and printed.value != printed.value)
        return "exact" if same or is_near(number, printed.value) else None
    if is_near(number, printed.value):
        return "exact"
    if printed.shown == 0 and printed.decimals == 0:
        return None  # a bare 0 says that nothing flows; it is not 0.3 without its decimals
    exact, unit = Decimal(number), printed.unit
    if abs(printed.shown - exact) <= HALF_UNIT * unit:
        return "rounded"
    return "truncated" if _cut(exact, unit) == printed.shown else None


def judge_printed(printed: Printed, number: float) -> PrintedVerdict:
    """Whether what is printed is the number to its last digit, was cut, lost its last digit on the way, or is wrong."""
    gives = manner(printed, number)
    if gives is not None:
        return gives
    if printed.shown is None or not math.isfinite(number):
        return "wrong"
    exact = Decimal(number)
    distance, size = abs(printed.shown - exact), abs(exact)
    allowed = max(size * SHARE_LOST, min(UNITS_LOST * printed.unit, size * SHARE_LOST_WITHIN_UNITS))
    return "rounded-on-the-way" if distance <= allowed else "wrong"


def units_off(printed: Printed, number: float) -> int:
    """By how much of its last digit the printed number differs from this one, rounded to as many digits."""
    if printed.shown is None or not math.isfinite(number):
        return 0
    rounded = Decimal(number).quantize(printed.unit, ROUND_HALF_UP, _WIDE)
    return max(int(abs(printed.shown - rounded) / printed.unit), 1)


def as_printed(printed: Printed, number: float, how: Literal["rounded", "truncated"] = "rounded") -> str:
    """The number with as many decimals as were printed; in the usual form where that would be a row of zeros."""
    if printed.decimals is None or printed.decimals < 0 or not math.isfinite(number):
        return format_number(number, 4)
    if abs(number) >= 1e15:
        return format_number(number)
    exact, unit = Decimal(number), printed.unit
    digits = _cut(exact, unit) if how == "truncated" else exact.quantize(unit, ROUND_HALF_UP, _WIDE)
    return ("−" if number < 0 and digits else "") + f"{abs(digits):f}"


def precision(printed: Printed) -> str:
    """To what the number was printed, in words: "four decimals", "two digits", "whole numbers"."""
    if printed.decimals is None:
        return "the last digit"
    if printed.decimals > 0:
        return counted(printed.decimals, "decimal", "decimals")
    return "whole numbers" if printed.decimals == 0 else counted(printed.digits or 0, "digit", "digits")


def is_near(one: float, other: float) -> bool:
    """Whether both are one number but for what floating point leaves."""
    if one == other or not (math.isfinite(one) and math.isfinite(other)):
        return one == other
    return abs(one - other) <= _SAME * max(abs(one), abs(other))


def _cut(exact: Decimal, unit: Decimal) -> Decimal:
    """Cut towards zero; what floating point leaves behind 15 digits is not what a reader cuts off."""
    near = exact.quantize(Decimal(1).scaleb(exact.adjusted() + 1 - _FULL_DIGITS), ROUND_HALF_UP, _WIDE)
    return near.quantize(unit, ROUND_DOWN, _WIDE)


def longer(printed: Printed, number: float) -> str:
    """The number with more digits than were printed: enough to see why rounding or cutting gives what it gives."""
    if not math.isfinite(number) or number == 0.0:
        return format_number(number)
    if printed.decimals is None or not 0 <= printed.decimals <= _MOST_DECIMALS:
        return _scientific(number, 2 + max(printed.digits or 2, 2))
    gives = manner(printed, number)
    for more in range(2, 9):
        digits = Decimal(number).quantize(Decimal(1).scaleb(-printed.decimals - more), ROUND_HALF_UP, _WIDE)
        if digits and (gives is None or manner(printed, float(digits)) in (gives, "exact")):
            return _signed(digits)
    return _scientific(number, 6)


def add_up(numbers: list[float], decimals: int) -> list[str]:
    """The numbers and their sum, with so many digits that the sum of what is shown is the sum that is shown."""
    total = sum(numbers)
    if not math.isfinite(total):
        return [format_number(number, 4) for number in (*numbers, total)]
    first = decimals if 0 <= decimals <= _MOST_DECIMALS else 6
    for places in range(first, first + 7):
        unit = Decimal(1).scaleb(-places)
        shown = [Decimal(number).quantize(unit, ROUND_HALF_UP, _WIDE) for number in (*numbers, total)]
        if sum(shown[:-1]) == shown[-1] and all(shown):
            return [_signed(digits) for digits in shown]
    missing = shown[-1] - sum(shown[:-1])
    # Rounding alone moves a sum by half a unit a term; more comes from numbers that a float cannot add to the digit.
    if all(shown) and abs(missing) <= len(numbers) * unit:
        return [_signed(digits) for digits in _balanced(numbers, shown, unit)]
    return [_scientific(number, 6) for number in (*numbers, total)]


def _balanced(numbers: list[float], shown: list[Decimal], unit: Decimal) -> list[Decimal]:
    """The same with the terms that were nearest to the other side rounded to it, until they add up to the total."""
    *terms, total = shown
    missing = int((total - sum(terms)) / unit)
    sign = 1 if missing > 0 else -1
    residues = [(Decimal(number) - term) * sign for number, term in zip(numbers, terms, strict=True)]
    order = sorted(range(len(terms)), key=lambda index: residues[index], reverse=True)
    for turn in range(abs(missing)):
        terms[order[turn % len(order)]] += sign * unit
    return [*terms, total]


def digits_come_about(printed: Printed, number: float, gives: Manner) -> str | None:
    """How the printed digits come from the number: "0.001267 cut after four decimals is 0.0012; …"."""
    if gives == "exact" or printed.shown is None:
        return None
    shown = as_typed(printed)
    if gives == "truncated":
        rounded = as_printed(printed, number)
        return f"{longer(printed, number)} cut after {precision(printed)} is {shown}; rounded it would be {rounded}."
    return f"{longer(printed, number)} rounded to {precision(printed)} is {shown}."


def as_typed(printed: Printed) -> str:
    """The printed number with a true minus sign."""
    return printed.text.replace("-", "−") if printed.text[:1] == "-" else printed.text


def _signed(digits: Decimal) -> str:
    return ("−" if digits < 0 else "") + f"{abs(digits):f}"


def _scientific(number: float, digits: int) -> str:
    if 1e-4 <= abs(number) < LARGE:
        return f"{number:.{digits}g}".replace("-", "−")
    mantissa, _, exponent = f"{number:.{digits - 1}e}".partition("e")
    return f"{mantissa}·10{str(int(exponent)).translate(_RAISED)}".replace("-", "−")
