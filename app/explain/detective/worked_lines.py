"""Reads the printed numbers of a worked example: `h_a = 0.5868`, `dE/dw1 = -0.0010`, `new w1 = 0.1007`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.engine.entries import Index
from app.errors import Problem, Span, UserError, quoted
from app.explain.detective.printed import Printed, read_printed
from app.explain.detective.slips.record import Quantity
from app.explain.detective.tensors.typed import TypedTensor, read_typed
from app.limits import DEFAULT_LIMITS, Limits

_SEPARATOR = re.compile(r"[\n;]")
_COMMENT = re.compile(r"#.*")
_EQUALS = re.compile(r":=|≈|≃|\\approx|=|:|\|")
_AROUND = " |$&\\"
_LISTED = re.compile(r"(\S+(?:\[[^\[\]]*\])?)\s+((?:\w[\w.]*\()?\[.*)", re.DOTALL)
_KEYWORD = re.compile(r"(?:dtype|requires_grad|grad_fn|device)\s*$")
_MOST_OPEN = 8
_ENTRY = re.compile(r"\s*\[\s*([-−\d][-−\d\s,]*)\]")
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
    index      which entry of it, where one is named: (0, 1) of `dE/dW1[0, 1]`
    """

    text: str
    span: Span
    quantity: Quantity
    name: str
    of: str | None
    whole: str
    printed: Printed | TypedTensor
    index: Index | None = None

    @property
    def number(self) -> Printed:
        """What is printed, of a line with one number."""
        assert isinstance(self.printed, Printed), "this line has several numbers"
        return self.printed

    def named(self, name: str, whole: str, index: Index) -> Figure:
        """The same of one entry."""
        return replace(self, name=name, whole=whole, index=index)


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


def read_lines(text: str, limits: Limits = DEFAULT_LIMITS) -> WorkedLines:
    """Every line with something on it; a line that cannot be read tells its own problem and stops no other."""
    lines: list[Figure | Unread] = []
    rate: float | None = None
    for content, span in _pieces(text):
        try:
            left, number = _sides(content, span)
            printed = _read(number, span, limits)
        except UserError as error:
            lines.append(Unread(content, span, error.problems[0]))
            continue
        if _RATE.fullmatch(_plain(left)) and isinstance(printed, Printed):
            rate = printed.value
        else:
            lines.append(_figure(content, span, left, printed))
    return WorkedLines(tuple(lines), rate)


def _pieces(text: str) -> Iterator[tuple[str, Span]]:
    start = line = 0
    line_start = 0
    inside = _inside_lists(text)
    for end in [*(at for match in _SEPARATOR.finditer(text) if not inside[at := match.start()]), len(text)]:
        piece = _COMMENT.sub("", text[start:end])
        content = piece.strip()
        if content.strip("|-: "):
            first = start + len(piece) - len(piece.lstrip())
            yield content, Span(first, first + len(content), line + 1, first - line_start + 1)
        for at in range(start, min(end + 1, len(text))):
            if text[at] == "\n":
                line, line_start = line + 1, at + 1
        start = end + 1


def _inside_lists(text: str) -> bytearray:
    """For each character whether a pair of square brackets stands around it: a matrix may take several lines."""
    inside = bytearray(len(text))
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign == "[":
            opened.append(at)
        elif sign == "]" and opened:
            start = opened.pop()
            if not opened or len(opened) <= _MOST_OPEN:
                inside[start:at] = b"\1" * (at - start)
    return inside


def _listed(content: str) -> tuple[str, str] | None:
    """Name and tensor, where one stands behind the last sign, or behind the name."""
    if "[" not in content and "matrix" not in content:
        return None
    inside = _inside_lists(content)
    signs = [
        sign for sign in _EQUALS.finditer(content)
        if not inside[sign.start()] and not _KEYWORD.search(content[max(0, sign.start() - 20) : sign.start()])
    ]  # fmt: skip
    if not signs:
        apart = _LISTED.fullmatch(content)
        return None if apart is None else (apart[1], apart[2])
    left, right = content[: signs[0].start()], content[signs[-1].end() :]
    return (left, right.strip(" $.,")) if "[" in right or "matrix" in right else None


def _read(number: str, span: Span, limits: Limits) -> Printed | TypedTensor:
    if "[" in number or "matrix" in number:
        return read_typed(number, limits, "lines", span)
    return read_printed(number, "lines", span)


def _sides(content: str, span: Span) -> tuple[str, str]:
    """Name and number; of `dE/dw5 = a * b = -0.0533` what stands before the first sign and behind the last."""
    if listed := _listed(content):
        return listed
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
    left = _ENTRY.sub(lambda found: "[" + "".join(found[1].split()) + "]", left)
    return " ".join(left.split())


def _figure(content: str, span: Span, left: str, printed: Printed | TypedTensor) -> Figure:
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
