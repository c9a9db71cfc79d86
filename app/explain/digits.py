"""Numbers as an equation prints them: the rules of static/src/format.ts, for texts that the server writes.

Four decimals, and more where the printed right side would not follow from the printed left one; numbers that are short
by themselves (0.7) stay short; below 0.01 significant digits count, and where those do not fit a power of ten.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.numbers import LARGE, superscript, to_json

LEAST_DIGITS = 4
MOST_DIGITS = 8
_SHORT_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed. `value` is what the text says: the rounded number, not the exact one.

    power   it has a power of ten, so it needs brackets below an exponent
    """

    text: str
    latex: str
    value: float
    exact: float
    power: bool = False


def print_number(value: float, digits: int = LEAST_DIGITS) -> Printed:
    """One number of an equation with `digits` decimals."""
    if not math.isfinite(value):
        return _not_finite(value)
    size = abs(value)
    own = _own_decimals(size)
    if _is_short(size, own):
        return _written(value, _fixed(value, int(own)), None)
    if size >= LARGE:
        return _scientific(value, digits)
    wanted = digits - 1 - math.floor(math.log10(size)) if size < 0.01 else digits
    if wanted > max(MOST_DIGITS, digits) or abs(Decimal(_fixed(value, wanted))) >= LARGE:
        return _scientific(value, digits)
    return _written(value, _fixed(value, int(min(wanted, own))), None)


def print_whole(value: float) -> Printed:
    """A number with every digit it has, as a problem gives it."""
    if not math.isfinite(value):
        return _not_finite(value)
    size = abs(value)
    own = _own_decimals(size)
    if (own <= 17 and size < LARGE) or size == int(size) < 1e7:
        return _written(value, _fixed(value, int(own)), None)
    mantissa, _, power = _shortest(value).partition("e")
    return _written(value, mantissa, int(power))


def last_place(number: Printed) -> float:
    """One unit in the last printed place: how much a reader can expect of the number."""
    mantissa = number.text.split("·")[0]
    decimals = len(mantissa.partition(".")[2])
    if not number.power:
        return 10.0**-decimals
    return 10.0 ** (math.floor(math.log10(abs(number.value))) - decimals)


def follows(recomputed: float, result: Printed) -> bool:
    """Whether the printed result is the recomputed number, rounded to its digits."""
    if not math.isfinite(recomputed) or not math.isfinite(result.value):
        return recomputed == result.value or (math.isnan(recomputed) and math.isnan(result.value))
    # The slack is for the rounding of the recomputation itself, when it falls on half a unit.
    return abs(recomputed - result.value) <= 0.5 * last_place(result) * (1 + 1e-6)


def _not_finite(value: float) -> Printed:
    if math.isnan(value):
        return Printed("NaN", r"\mathrm{NaN}", value, value)
    return Printed("∞", r"\infty", value, value) if value > 0 else Printed("−∞", r"-\infty", value, value)


def _own_decimals(size: float) -> float:
    """Decimals of the shortest text that reads back as this number; infinite where that text has a power of ten."""
    text = repr(size)
    if "e" in text:
        return math.inf
    decimals = text.partition(".")[2]
    return 0 if decimals == "0" else len(decimals)


def _is_short(size: float, own: float) -> bool:
    return own <= LEAST_DIGITS and len(repr(size).removesuffix(".0").replace(".", "")) <= _SHORT_DIGITS


def _fixed(value: float, decimals: int) -> str:
    return str(Decimal(value + 0.0).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _scientific(value: float, digits: int) -> Printed:
    rounded, exact = f"{value:.{digits - 1}e}", _shortest(value)
    chosen = exact if len(exact.partition("e")[0]) < len(rounded.partition("e")[0]) else rounded
    mantissa, _, power = chosen.partition("e")
    return _written(value, mantissa, int(power))


def _shortest(value: float) -> str:
    digits = Decimal(repr(value)).normalize()
    return f"{digits:e}"


def _written(value: float, digits: str, power: int | None) -> Printed:
    plain = digits.replace("-", "−")
    if power is None:
        return Printed(plain, digits, float(digits), value)
    return Printed(
        f"{plain}·10{superscript(power)}", rf"{digits} \cdot 10^{{{power}}}", float(f"{digits}e{power}"), value, True
    )


def json_numbers(number: Printed) -> dict[str, object]:
    """A printed number as JSON: its text, LaTeX, and the exact number."""
    return {"text": number.text, "latex": number.latex, "value": to_json(number.exact)}
