"""Reads the printed numbers of a worked example: `h_a = 0.5868`, `dE/dw1 = -0.0010`, `new w1 = 0.1007`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import Problem, Span, UserError, quoted
from app.explain.detective.printed import Printed, read_printed
from app.explain.detective.slips.record import Quantity

_SEPARATOR = re.compile(r"[\n;]")
_COMMENT = re.compile(r"#.*")
_EQUALS = re.compile(r":=|≈|≃|\\approx|=|:|\|")
_AROUND = " |$&\\"
_COLUMNS = re.compile(r"(.*\S)\s+(\S+)")
_LATEX = (
    (re.compile(r"\\[dt]?frac\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}"), r"\1 / \2"),
    (re.compile(r"\\(?:text|mathrm|textrm)\s*\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\partial\b|∂|𝜕"), "d "),
    (re.compile(r"\\(?:left|right|,|;|!|quad|qquad)|[$&]|\\\\"), " "),
    (re.compile(r"\^\s*\{\s*(new|neu|\+)\s*\}|\^(new|\+)"), " new"),
    (re.compile(r"\\(?=[A-Za-z])"), ""),
)  # fmt: skip
_RATE = re.compile(r"(?:learning[ _-]?rate|eta|η|lr|rate|step size|step_size)", re.IGNORECASE)
_NAME = r"[^\s/=(){}]+(?:\{[^{}]*\})?[^\s/=(){}]*"
_QUOTIENT = re.compile(rf"d\s*({_NAME})\s*/\s*\(?\s*d\s*\(?\s*({_NAME})\s*\)?")
_GRADIENT = re.compile(
    rf"(?:grad(?:ient)?(?:\s+of|\s*_|\s)\s*|∇\s*_?\s*)({_NAME})|({_NAME})\s*\.\s*grad", re.IGNORECASE
)
_SHORT_GRADIENT = re.compile(rf"d\s*({_NAME})")
_NEW = re.compile(rf"(?:new|updated)\s+({_NAME})|({_NAME})[\s_]+new|({_NAME})(?:'|′|⁺)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number: what it is said to be, and where.

    name       as written                        of     the node that is differentiated, where it was named: E of dE/dw1
    whole      the left side as written: a program may have a name like `dw1`, which then means that
    """

    text: str
    span: Span
    quantity: Quantity
    name: str
    of: str | None
    whole: str
    printed: Printed


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that says no number of the program, and why."""

    text: str
    span: Span
    problem: Problem


@dataclass(frozen=True, slots=True)
class WorkedLines:
    """All lines in their order, and the learning rate if one of them gives it."""

    lines: tuple[Figure | Unread, ...]
    rate: float | None


def read_lines(text: str) -> WorkedLines:
    """Every line with something on it; a line that cannot be read tells its own problem and stops no other."""
    lines: list[Figure | Unread] = []
    rate: float | None = None
    for content, span in _pieces(text):
        try:
            left, number = _sides(content, span)
            printed = read_printed(number, "lines", span)
        except UserError as error:
            lines.append(Unread(content, span, error.problems[0]))
            continue
        if _RATE.fullmatch(_plain(left)):
            rate = printed.value
        else:
            lines.append(_figure(content, span, left, printed))
    return WorkedLines(tuple(lines), rate)


def _pieces(text: str) -> Iterator[tuple[str, Span]]:
    start = line = 0
    line_start = 0
    for end in [*(match.start() for match in _SEPARATOR.finditer(text)), len(text)]:
        piece = _COMMENT.sub("", text[start:end])
        content = piece.strip()
        if content.strip("|-: "):
            first = start + len(piece) - len(piece.lstrip())
            yield content, Span(first, first + len(content), line + 1, first - line_start + 1)
        if end < len(text) and text[end] == "\n":
            line, line_start = line + 1, end + 1
        start = end + 1


def _sides(content: str, span: Span) -> tuple[str, str]:
    """Name and number; of `dE/dw5 = a * b = -0.0533` what stands before the first sign and behind the last."""
    sides = [side.strip() for side in _EQUALS.split(content.lstrip(" |$&").rstrip(_AROUND + ".,")) if side.strip(" $&")]
    if len(sides) < 2:
        columns = _COLUMNS.fullmatch(sides[0]) if sides else None
        if columns is None:
            hint = "Write a name, `=` and its number, as in `dE/dw1 = -0.0010`."
            raise UserError([Problem("no-number", f"{quoted(content)} gives no number.", hint, span=span)], "value")
        sides = [columns[1], columns[2]]
    return sides[0], sides[-1].strip(_AROUND)


def _plain(left: str) -> str:
    for pattern, plain in _LATEX:
        left = pattern.sub(plain, left)
    return " ".join(left.split())


def _figure(content: str, span: Span, left: str, printed: Printed) -> Figure:
    plain = _plain(left)
    quantity: Quantity = "value"
    name, of = plain, None
    if found := _QUOTIENT.fullmatch(plain):
        quantity, name, of = "gradient", found[2], found[1]
    elif (found := _NEW.fullmatch(plain)) is not None:
        quantity, name = "updated", next(group for group in found.groups() if group)
    elif (found := _GRADIENT.fullmatch(plain)) is not None:
        quantity, name = "gradient", next(group for group in found.groups() if group)
    elif (found := _SHORT_GRADIENT.fullmatch(plain)) is not None:
        quantity, name = "gradient", found[1]
    return Figure(content, span, quantity, name, of, plain, printed)
