"""The text cut into pairs: an operand, and the operator behind it.

Reading pairs halves the turns of the parser's loop. Positions are not kept while reading: the few callers that need
them (positions.py) cut the text again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

NAME = r"[^\W\d]\w*'*"
NUMBER = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"

# Every alternative begins with a different character or is empty, so the pattern never tries a character twice.
PAIR = re.compile(rf"[ \t]*({NAME}|{NUMBER}|)[ \t]*(\*\*|[<>=!]=|\.T(?!\w)|[^\w\s.]|\n|)")

Pair = tuple[str, str]
"""An operand, "" where none is, and the operator behind it: "" where the next operand follows at once."""

_BLOCK = 16_384
_CUT = "\0"
_CUTS = [(sign, f"{_CUT}{sign}{_CUT}") for sign in "+-*/^(),=;\n"]
_CLOSE_UP = [(spaced, spaced.strip()) for spaced in (" + ", " - ", " * ", " / ", " ^ ", " = ", ", ", "; ")]


def cut(text: str) -> list[Pair]:
    """The pairs of a text that ends with a newline; ("", "") stands for a character that fits nowhere."""
    pairs: list[Pair] = PAIR.findall(text)
    pairs.pop()  # the empty match at the very end
    return pairs


def cut_quickly(text: str) -> Iterator[str] | None:
    """The same pairs one behind the other, operand, operator, operand, …, at a quarter of the time.

    It cuts at every sign, so it is right only if each operand is one name or number: whoever takes it must check that.
    None for a text of which it is known at once that this will not do.
    """
    if not text.isascii() or _CUT in text:
        return None
    if " " in text:
        for spaced, sign in _CLOSE_UP:
            text = text.replace(spaced, sign)
        if " " in text:
            return None
    return iter(_pieces(text)) if len(text) <= _BLOCK else chain.from_iterable(map(_pieces, _blocks(text)))


def _pieces(text: str) -> list[str]:
    """The pieces of a text that ends with a newline."""
    for sign, apart in _CUTS:
        text = text.replace(sign, apart)
    pieces = text.split(_CUT)
    pieces.pop()  # what follows the last newline: nothing
    return pieces


def _blocks(text: str) -> Iterator[str]:
    """A long text in parts that end with a newline, so that not all its pieces stand in memory at once."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _BLOCK) + 1 or len(text)
        yield text[start:end]
        start = end
