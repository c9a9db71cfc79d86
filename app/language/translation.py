"""Another way to write a program, brought to our notation: what a reader of LaTeX or Python hands on.

Such a reader does not build nodes. It writes our notation, and beside each character where in the source it comes
from. The one careful reading does the rest, so a program means the same however it is written, and every span,
problem and edit speaks of the text as it was sent.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from app.errors import MAX_PROBLEMS, Fix, Problem, Span

NotationName = Literal["chainrule", "latex", "python"]

Rope = list[Any]
"""Pieces (text, start, end) in order, or ropes of them: start and end are offsets into the source."""


@dataclass(slots=True)
class Remarked:
    """Something worth a word that is no mistake: how a doubtful text is read, what is passed over."""

    code: str
    message: str
    span: Span


@dataclass(slots=True)
class Translation:
    """What a reader of another notation found beside the text: mistakes and remarks, with places in the source."""

    notation: NotationName
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remarked] = field(default_factory=list)


class Lines:
    """Spans of a source from offsets."""

    __slots__ = ("_starts",)

    def __init__(self, source: str) -> None:
        self._starts = [0] + [match.end() for match in re.finditer(r"\r\n?|[\n\x85\u2028\u2029]", source)]

    def span(self, start: int, end: int) -> Span:
        """The span from one offset to another."""
        line = bisect_right(self._starts, start)
        return Span(start, end, line, start - self._starts[line - 1] + 1)


class Notes:
    """Collects the problems and remarks of one translation."""

    def __init__(self, source: str, notation: NotationName) -> None:
        self._lines = Lines(source)
        self.source = source
        self.length = len(source)
        self.translation = Translation(notation)

    def span(self, start: int, end: int) -> Span:
        """A span inside the source."""
        start = min(start, self.length)
        return self._lines.span(start, min(max(start, end), self.length))

    def complain(
        self, code: str, message: str, start: int, end: int, hint: str | None = None, fix: Fix | None = None
    ) -> None:
        """Notes one problem; those beyond the number that is told are dropped."""
        if len(self.translation.problems) < MAX_PROBLEMS:
            self.translation.problems.append(Problem(code, message, hint, self.span(start, end), fix))

    def remark(self, code: str, message: str, start: int, end: int) -> None:
        """Notes one remark; those beyond the number that is told are dropped."""
        if len(self.translation.remarks) < MAX_PROBLEMS:
            self.translation.remarks.append(Remarked(code, message, self.span(start, end)))

    def fix(self, label: str, text: str, start: int, end: int) -> Fix:
        """A repair in the source."""
        return Fix(label, text, self.span(start, end))


def brief(rope: Rope, most: int = 3) -> str:
    """The text of a rope of a few pieces; "" for a longer one, whose reading would take long."""
    found: list[str] = []
    work: list[Any] = [rope]
    while work and len(found) <= most:
        item = work.pop()
        if isinstance(item, list):
            if len(item) > most:
                return ""
            work.extend(reversed(item))
        else:
            found.append(item[0])
    return "".join(found) if len(found) <= most else ""


def flatten(rope: Sequence[Any]) -> list[tuple[str, int, int]]:
    """The pieces of a rope in order, however deep it is nested."""
    found: list[tuple[str, int, int]] = []
    work: list[Any] = [rope]
    while work:
        item = work.pop()
        if isinstance(item, list):
            work.extend(reversed(item))
        else:
            found.append(item)
    return found
