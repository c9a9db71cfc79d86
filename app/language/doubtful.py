"""Implied products that many would read otherwise: `1/2x` and `e^2x`."""

from __future__ import annotations

from app.errors import MAX_PROBLEMS, Span, quoted
from app.language.places import places_of
from app.language.positions import Positions
from app.language.program import Program
from app.language.vocabulary import DIVIDE

_LONGEST = 60
"""Characters of a factor in brackets that are shown at most."""


def doubtful_products(program: Program, positions: Positions) -> list[tuple[str, Span]]:
    """For each doubtful product a sentence that names both readings, and where it stands."""
    if program.places is None:
        return []  # a quick reading knows no implied products
    text = program.prepared.text
    found: list[tuple[str, Span]] = []
    for end_code, code, begin in places_of(program).products:
        if len(found) == MAX_PROBLEMS:
            break
        start, end = positions.start(begin), positions.end(end_code)
        right_start, right_end = _next_operand(text, positions, end_code)
        if code != DIVIDE and (right_start > end or not _ends_with_number(text, positions, end_code)):
            continue  # `x^2 y` and `x^n y` are read one way by everyone
        left, right = text[start:end], text[right_start:right_end]
        sign, split = _last_operator(left, "/" if code == DIVIDE else "^*")
        one, other = left[:split].rstrip(), left[split + len(sign) :].lstrip()
        gap = "" if right_start == end else " "
        reading = f"{one}{sign}({other}{gap}{right})"
        message = (
            f"{quoted(text[start:right_end])} is read as {quoted(f'({left}){gap}{right}')}; "
            f"the other reading is {quoted(reading)}."
        )
        found.append((message, positions.span_between(start, right_end)))
    return found


def _next_operand(text: str, positions: Positions, end_code: int) -> tuple[int, int]:
    """Start and end of the factor behind; of brackets, up to where they close."""
    pair = end_code if end_code >= 0 else ~end_code
    _, _, operator, _ = positions.bounds(pair)
    if end_code < 0 or text[operator : operator + 1] != "(":
        first, behind, operator, _ = positions.bounds(pair + 1)
        if behind > first:
            return first, behind
    depth = 0
    for at in range(operator, min(operator + _LONGEST, len(text))):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth <= 0:
            return operator, at + 1
    return operator, min(operator + _LONGEST, len(text))


def _ends_with_number(text: str, positions: Positions, end_code: int) -> bool:
    if end_code < 0:
        return False
    first, behind, _, _ = positions.bounds(end_code)
    return text[first:behind].replace(".", "").isdigit()


def _last_operator(text: str, signs: str) -> tuple[str, int]:
    """The last of these signs outside of brackets, and where it stands."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[at], 0)
        if depth == 0 and text[at] in signs:
            double = text[at - 1 : at + 1] == "**"
            return (text[at - 1 : at + 1], at - 1) if double else (text[at], at)
    return "", len(text)
