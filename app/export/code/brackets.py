"""Code put into templates with brackets only where Python needs them.

The texts are ours: templates of the registry, names of `identifiers`, numbers. A scanner of their operators is enough.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

ATOM = 100
_TERNARY, _COMPARISON, _SUM, _PRODUCT, _SIGN, _POWER = 1, 5, 10, 20, 25, 30

_TOKEN = re.compile(r"#?[A-Za-z_][A-Za-z_0-9.]*|#\*|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|\*\*|[<>=!]=|\S")
_PLACEHOLDER = re.compile(r"#(\*|[A-Za-z_][A-Za-z_0-9]*)")
_BINARY = {
    **dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), _COMPARISON),
    **dict.fromkeys("+-", _SUM),
    **dict.fromkeys("*/%@", _PRODUCT),
    "**": _POWER,
}
_OPENS, _CLOSES = "([", ")]"
# Behind these an operand starts, so a minus is a sign.
_BEFORE_OPERAND = {None, *_OPENS, ",", "=", "if", "else", "return", *_BINARY}


class _Place(NamedTuple):
    """A placeholder of a template: the text before it, its name, and how tightly its text has to bind."""

    before: str
    name: str
    need: int


@cache
def binding(code: str) -> int:
    """How tightly the loosest operator outside all brackets binds; ATOM for names, numbers and calls."""
    loosest, depth, previous = ATOM, 0, None
    for token in _TOKEN.findall(code):
        if token in _OPENS:
            depth += 1
        elif token in _CLOSES:
            depth -= 1
        elif depth == 0:
            if token in ("if", "else"):
                loosest = min(loosest, _TERNARY)
            elif token == "-" and previous in _BEFORE_OPERAND:
                loosest = min(loosest, _SIGN)
            elif token in _BINARY:
                loosest = min(loosest, _BINARY[token])
        previous = token
    return loosest


def fill(template: str, texts: Mapping[str, str]) -> str:
    """The template with every `#name` replaced by its code, in brackets where it would be torn apart."""
    places, rest = _places(template)
    pieces: list[str] = []
    for place in places:
        code = texts[place.name]
        pieces += [place.before, f"({code})" if place.need and binding(code) < place.need else code]
    return "".join([*pieces, rest])


@cache
def _places(template: str) -> tuple[tuple[_Place, ...], str]:
    found: list[_Place] = []
    done = 0
    for match in _PLACEHOLDER.finditer(template):
        before = _TOKEN.findall(template[: match.start()])
        behind = _TOKEN.match(template[match.end() :].lstrip())
        need = max(_need_left(before), _need_right(behind.group() if behind else None))
        found.append(_Place(template[done : match.start()], match.group(1), need))
        done = match.end()
    return tuple(found), template[done:]


def _need_left(before: list[str]) -> int:
    """What the operator on the left asks of its right side."""
    last = before[-1] if before else None
    if last == "-" and (before[-2] if len(before) > 1 else None) in _BEFORE_OPERAND:
        return _SIGN + 1
    if last == "**":
        return _POWER
    if last == "if":
        return _TERNARY + 1
    return _BINARY[last] + 1 if last in _BINARY else 0


def _need_right(behind: str | None) -> int:
    """What the operator on the right asks of its left side."""
    if behind == "**":
        return _POWER + 1
    if behind in ("if", "else"):
        return _TERNARY + 1
    if behind in _BINARY:
        return _BINARY[behind] + (_BINARY[behind] == _COMPARISON)
    return 0
