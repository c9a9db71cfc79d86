"""Numbers in comments: four decimals, more where a printed sum would not come out; short where they are short."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

from app.numbers import LARGE

_LEAST, _MOST = 4, 8
_SHORT = 2
_SMALL = 0.01
"""Below this, decimals would leave too few digits: four that count are shown."""


def number_comment(value: float) -> str:
    """`# 0.7311`."""
    return f"# {code_number(value)}"


def sum_comment(before: float, part: float) -> str:
    """`# 0.7311 + 0.1966 = 0.9277`, with as many decimals as the sum needs to come out; `~` where eight are too few."""
    total, sign = before + part, "-" if part < 0 else "+"
    written = [code_number(before), code_number(abs(part)), code_number(total)]
    relation = "="
    for digits in range(_LEAST, _MOST + 1):
        written = [code_number(before, digits), code_number(abs(part), digits), code_number(total, digits)]
        if _comes_out(written, sign):
            break
    else:
        relation = "~"
    return f"# {written[0]} {sign} {written[1]} {relation} {written[2]}"


def code_number(value: float, digits: int = _LEAST) -> str:
    """A number in plain ASCII. Exactly zero is 0.00; any other number never prints as zero."""
    if not math.isfinite(value):
        return "nan" if value != value else "inf" if value > 0 else "-inf"
    size = abs(value)
    if size == 0:
        return "0.00"
    exact = Decimal(value)
    if size < LARGE and _fixed(exact, digits) == (short := _fixed(exact, _SHORT)) and abs(short) > 0:
        return str(short)
    if size >= LARGE or size < 10.0**-digits:
        return f"{value:.{digits - 1}e}"
    if size < _SMALL:
        return str(_fixed(exact, digits - 1 - math.floor(math.log10(size))))
    return str(_fixed(exact, digits))


def _fixed(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _comes_out(written: list[str], sign: str) -> bool:
    """Whether the printed sum of the printed parts, rounded as the total is, is the printed total."""
    if any(not text.lstrip("-")[0].isdigit() for text in written):
        return True
    before, part, total = (Decimal(text) for text in written)
    found = before + part if sign == "+" else before - part
    last = min(int(total.as_tuple().exponent), -_LEAST)
    return abs(found - total) * 2 <= Decimal(1).scaleb(last)
