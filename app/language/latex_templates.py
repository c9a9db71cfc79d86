"""The LaTeX templates of the registry, cut at their placeholders, with where an operand needs brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from app.language.printer import ATOM, LOOSEST
from app.language.vocabulary import OPERATION_OF, OWN_CALL, POWER, STACK_PRECEDENCE
from app.operations import Operation

_PLACEHOLDER = re.compile(r"#(\*|[A-Za-z_][A-Za-z_0-9]*)")
_OPENS = re.compile(r"(?:[(,|\[&]|[A-Za-z\]^_}]\{|\\lfloor|\\lceil|\\\\|\{cases\}|\{if \})\s*\{?$")
_CLOSES = re.compile(r"\}?\s*(?:\\right)?\s*(?:[),|\]}&]|\\rfloor|\\rceil|\\\\|\\end|$)")
_ENDS_WITH_POWER = re.compile(r"\^\{[^{}]*\}$")

POWER_PRECEDENCE = STACK_PRECEDENCE[POWER]
FRACTION = ATOM - 1
"""Precedence of a fraction: needs brackets only as the base of a power."""


class Place(NamedTuple):
    """An operand or attribute in a template; written without brackets if it binds at least as tightly as `need`."""

    name: str
    need: int


class Template(NamedTuple):
    """A template cut at its placeholders, and how tightly what it makes binds."""

    pieces: tuple[str | Place, ...]
    precedence: int


def tensor_form(code: int, tensors: Sequence[bool]) -> bool:
    """Whether an operation is typeset as one of tensors; `tensors` says which operands are."""
    operation = OPERATION_OF[code]
    return operation is not None and operation.is_typeset_for(tensors)


@cache
def template_of(code: int, *, tensors: bool = False) -> Template:
    """The template of an operation, that of tensors if asked. Calls of own functions have none, and bind as calls."""
    if code == OWN_CALL:
        return Template((), ATOM)
    operation = OPERATION_OF[code]
    assert operation is not None
    text = (operation.tensor_latex or operation.latex) if tensors else operation.latex
    precedence = _precedence(operation, text)
    pieces: list[str | Place] = []
    done = 0
    for match in _PLACEHOLDER.finditer(text):
        before, behind, name = text[: match.start()], text[match.end() :], match.group(1)
        enclosed = _OPENS.search(before) is not None and _CLOSES.match(behind) is not None
        pieces += [text[done : match.start()], Place(name, LOOSEST if enclosed else _need(operation, name, precedence))]
        done = match.end()
    return Template((*pieces, text[done:]), precedence)


def _precedence(operation: Operation, text: str) -> int:
    if re.match(r"\\t?frac\b.*\}$", text):
        return FRACTION
    if operation.infix:
        return operation.infix.precedence
    if operation.prefix:
        return operation.prefix.precedence
    if r"\begin{cases}" in text:
        return LOOSEST + 1
    return POWER_PRECEDENCE if _ENDS_WITH_POWER.search(text) else ATOM


def _need(operation: Operation, name: str, precedence: int) -> int:
    """How tightly an operand must bind to stand in this place without brackets."""
    if operation.prefix:
        return precedence + 1
    if not operation.infix or precedence == POWER_PRECEDENCE:
        return ATOM
    inner = "left" if name == operation.operands[0] else "right"
    return precedence if operation.infix.associativity == inner else precedence + 1
