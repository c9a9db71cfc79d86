"""The text cut into pairs (operand, operator behind it), and where each pair stands.

Reading pairs halves the turns of the parser's loop. Positions are not kept while reading: the few callers that need
them (problems, the page's spans) cut the text again, once, with the same pattern.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from app.errors import Span
from app.language.text import Prepared

NAME = r"[^\W\d]\w*'*"
NUMBER = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"

# Every alternative begins with a different character or is empty, so the pattern never tries a character twice.
PAIR = re.compile(rf"[ \t]*({NAME}|{NUMBER}|)[ \t]*(\*\*|[<>=!]=|[^\w\s.]|\n|)")

Pair = tuple[str, str]
"""An operand, "" where none is, and the operator behind it: "" where the next operand follows at once."""


def read_pairs(text: str) -> list[Pair]:
    """The pairs of a text that ends with a newline; ("", "") stands for a character that fits nowhere."""
    pairs: list[Pair] = PAIR.findall(text)
    pairs.pop()  # the empty match at the very end
    return pairs


class Positions:
    """Spans in the source for tokens of the prepared text, told by pair number.

    A start is the number k of a pair: its first token; ~k is its operator. An end is 2k behind the operand of pair k,
    2k + 1 behind its operator.
    """

    __slots__ = ("_bounds", "_lines", "_prepared")

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self._bounds: list[tuple[int, int, int, int]] | None = None
        self._lines: list[int] | None = None

    def bounds(self, pair: int) -> tuple[int, int, int, int]:
        """Start and end of the operand, start and end of the operator, in the prepared text."""
        if self._bounds is None:
            self._bounds = [(*match.span(1), *match.span(2)) for match in PAIR.finditer(self._prepared.text)]
        return self._bounds[pair]

    def start(self, pair: int) -> int:
        """Where the first token of a pair begins, in the prepared text; ~k: where the operator of pair k begins."""
        first, behind, operator, _ = self.bounds(pair if pair >= 0 else ~pair)
        if pair < 0:
            return operator
        return first if behind > first else operator

    def end(self, end: int) -> int:
        """Where a stretch with this end code ends, in the prepared text; line ends before it do not count."""
        pair = end >> 1
        first, behind, operator, after = self.bounds(pair)
        if not end & 1:
            return behind
        while self._prepared.text[operator:after] in ("\n", "") and pair:
            if behind > first:
                return behind
            pair -= 1
            first, behind, operator, after = self.bounds(pair)
        return after

    def span(self, start: int, end: int) -> Span:
        """From the first token of pair `start` to the end code `end`."""
        return self.span_between(self.start(start), self.end(end))

    def operand(self, pair: int) -> Span:
        """The operand of a pair."""
        first, behind, _, _ = self.bounds(pair)
        return self.span_between(first, behind)

    def operator(self, pair: int) -> Span:
        """The operator of a pair; for a character that fits nowhere, that character."""
        first, behind, operator, after = self.bounds(pair)
        if after == operator and behind == first:
            after = min(operator + 1, len(self._prepared.text))
        return self.span_between(operator, after)

    def statement(self, first_pair: int, last_pair: int) -> Span:
        """From the first token at or behind one pair to what stands before the operator of another."""
        while first_pair < last_pair and self._is_blank(first_pair):
            first_pair += 1
        first, behind, _, _ = self.bounds(last_pair)
        return self.span_between(self.start(first_pair), behind if behind > first else self.end(2 * last_pair - 1))

    def _is_blank(self, pair: int) -> bool:
        first, behind, operator, after = self.bounds(pair)
        return behind == first and self._prepared.text[operator:after] in ("\n", ";")

    def span_between(self, start: int, end: int) -> Span:
        """The span in the source of two offsets into the prepared text."""
        start, end = self._prepared.in_source(start), self._prepared.in_source(max(start, end))
        if self._lines is None:
            source = self._prepared.source
            self._lines = [0] + [match.end() for match in re.finditer(r"\r\n?|[\n\u2028\u2029]", source)]
        line = bisect_right(self._lines, start)
        return Span(start, end, line, start - self._lines[line - 1] + 1)
