"""What a person typed or chose wrongly, as records; and the caret picture that shows where."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

ErrorKind = Literal["program", "value", "limit"]

MAX_PROBLEMS = 20
"""Problems told in one answer: more than a reader works through before reading the program again."""

_MAX_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source: code-point offsets from 0, end excluded; line and column of the start, from 1."""

    start: int
    end: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair the page can offer as a button: put `text` in place of `span`."""

    label: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: what is wrong, what to try, and where.

    code     stable, for programs; never shown alone
    span     in the source; None when the mistake lies in another field of the request
    field    path of that field, as in `values.x`
    """

    code: str
    message: str
    hint: str | None = None
    span: Span | None = None
    fix: Fix | None = None
    field: str | None = None


class UserError(Exception):
    """The one exception of the core: all problems found in one reading, the first first.

    kind "program": the text is wrong, problems have spans. "value": another field is wrong, problems have field
    paths. "limit": something is larger than a setting allows.
    """

    def __init__(self, problems: Sequence[Problem], kind: ErrorKind = "program") -> None:
        if not problems:
            raise ValueError("A UserError carries at least one problem.")
        self.problems = tuple(problems[:MAX_PROBLEMS])
        self.kind: ErrorKind = kind
        super().__init__(self.problems[0].message)

    def __reduce__(self) -> tuple[type[UserError], tuple[tuple[Problem, ...], ErrorKind]]:
        """Made anew from its own arguments where it goes from one process to another."""
        return type(self), (self.problems, self.kind)


def quoted(text: str) -> str:
    """User text for a message, in backticks."""
    return f"`{shown(text)}`"


def shown(text: str) -> str:
    """User text as a reader may see it: cut to 60 characters, control characters by their code."""
    short = text if len(text) <= _MAX_QUOTED else text[: _MAX_QUOTED - 1] + "…"
    return "".join(visible(character) for character in short)


def visible(character: str) -> str:
    """The character itself, or its code point where it would not be seen or would change how text is laid out."""
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return f"U+{ord(character):04X}"
    return "'" if character == "`" else character


def render_text(source: str, problems: Sequence[Problem]) -> str:
    """The problems as text for a terminal, each with the line it stands in and carets under its span."""
    return "\n".join(_render_problem(source, problem) for problem in problems)


def _render_problem(source: str, problem: Problem) -> str:
    says = problem.message if problem.hint is None else f"{problem.message} {problem.hint}"
    span = problem.span
    if span is None:
        return says if problem.field is None else f"{problem.field}: {says}"
    start = span.start - (span.column - 1)
    line = source[start:].split("\n", 1)[0].rstrip("\r")
    letters = [" " if character == "\t" else visible(character) for character in line]
    at = span.column - 1
    number = f"line {span.line}: " if "\n" in source.rstrip("\n") else ""
    before = " " * len(number + "".join(letters[:at]))
    under = "^" * max(len("".join(letters[at : at + span.end - span.start])), 1)
    return f"{number}{''.join(letters)}\n{before}{under}  {says}"
