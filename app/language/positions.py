"""Where tokens stand in the source: found by cutting the text a second time, when somebody asks."""

from __future__ import annotations

from app.errors import Span
from app.language.text import Prepared
from app.language.tokens import PAIR
from app.language.translation import Lines


class Positions:
    """Spans in the source for tokens of the prepared text, told by pair number.

    A start k is the first token of pair k, ~k its operator. An end k is what stands before the operator of pair k,
    ~k is that operator itself.
    """

    __slots__ = ("_bounds", "_lines", "_prepared")

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self._bounds: list[tuple[int, int, int, int]] | None = None
        self._lines: Lines | None = None

    def bounds(self, pair: int) -> tuple[int, int, int, int]:
        """Start and end of the operand, start and end of the operator, in the prepared text."""
        if self._bounds is None:
            self._bounds = [(*match.span(1), *match.span(2)) for match in PAIR.finditer(self._prepared.text)]
        return self._bounds[pair]

    def start(self, start: int) -> int:
        """Where this start is, in the prepared text."""
        first, behind, operator, _ = self.bounds(start if start >= 0 else ~start)
        return first if start >= 0 and behind > first else operator

    def end(self, end: int) -> int:
        """Where this end is, in the prepared text; line ends before it do not count."""
        if end < 0:
            return self.bounds(~end)[3]
        while True:
            first, behind, _, _ = self.bounds(end)
            if behind > first or end == 0:
                return behind
            end -= 1
            _, _, operator, after = self.bounds(end)
            if self._prepared.text[operator:after] not in ("\n", ""):
                return after

    def span(self, start: int, end: int) -> Span:
        """From a start to an end."""
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
        return self.span(first_pair, last_pair)

    def span_between(self, start: int, end: int) -> Span:
        """The span in the source of two offsets into the prepared text."""
        start, end = self._prepared.in_source(start, end)
        if self._lines is None:
            self._lines = Lines(self._prepared.source)
        return self._lines.span(start, end)

    def _is_blank(self, pair: int) -> bool:
        first, behind, operator, after = self.bounds(pair)
        return behind == first and self._prepared.text[operator:after] in ("\n", ";")
