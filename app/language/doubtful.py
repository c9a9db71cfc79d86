"""Implied products that many would read otherwise: `1/2x` and `e^2x`."""

from __future__ import annotations

from app.errors import Span, quoted
from app.language.places import places_of
from app.language.positions import Positions
from app.language.program import Program
from app.language.vocabulary import DIVIDE


def doubtful_products(program: Program, positions: Positions) -> list[tuple[str, Span]]:
    """For each doubtful product a sentence that names both readings, and where it stands."""
    text = program.prepared.text
    found: list[tuple[str, Span]] = []
    for pair, code, begin in places_of(program).products:
        start = positions.start(begin)
        first, behind, _, after = positions.bounds(pair)
        end = behind if behind > first else after
        right_start, right_end = _next_operand(text, positions, pair)
        if code != DIVIDE and (right_start > end or not text[first:behind].replace(".", "").isdigit()):
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


def _next_operand(text: str, positions: Positions, pair: int) -> tuple[int, int]:
    """Start and end of the factor behind a pair; of brackets, up to where they close."""
    first, behind, operator, _ = positions.bounds(pair + 1)
    if behind > first:
        return first, behind
    if positions.bounds(pair)[2] < positions.bounds(pair)[3] and text[positions.bounds(pair)[2]] == "(":
        operator = positions.bounds(pair)[2]
    depth = 0
    for at in range(operator, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth <= 0:
            return operator, at + 1
    return operator, len(text)


def _last_operator(text: str, signs: str) -> tuple[str, int]:
    """The last of these signs outside of brackets, and where it stands."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[at], 0)
        if depth == 0 and text[at] in signs:
            double = text[at - 1 : at + 1] == "**"
            return (text[at - 1 : at + 1], at - 1) if double else (text[at], at)
    return "", len(text)
