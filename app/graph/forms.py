"""What a composite opens into: a text of the registry, chosen by the shapes of its operands, as a program."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import prod
from typing import Any, NamedTuple

from app.graph.share import share
from app.language.constants import constant_text
from app.language.parser import parse
from app.language.positions import Positions
from app.language.program import Program
from app.operations import Operation
from app.operations.shapes import Shape, axis_of

COUNT = "n"
"""The name in a text that stands for how many entries are reduced to one."""

HELD = ("shift", "shift_back")
"""Names of gates in a text by which nothing is differentiated: shifts that change nothing, held as libraries do."""

_SETTING = re.compile(r", ([a-z]+)=([a-z]+)\b")


class Form(NamedTuple):
    """An open form; the leaves of its program are operands, attributes and COUNT.

    literals   slot -> text          held   gates by which nothing is differentiated
    """

    program: Program
    literals: Mapping[int, str]
    held: frozenset[int]


@lru_cache(maxsize=1_024)
def read_form(text: str) -> Form:
    """A text of the registry as a program."""
    body = parse(text)
    if all(name in body.names for name in HELD):
        body = share(body)  # with `keepdims` both are one gate
    positions = Positions(body.prepared)
    slots = (~body.first[node] for node in body.constants)
    held = frozenset(body.names[name] for name in HELD if name in body.names)
    return Form(body, {slot: constant_text(body, slot, positions) for slot in slots}, held)


def form_of(operation: Operation, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> Form:
    """The open form of a composite on operands of these shapes."""
    text = operation.open_form(shapes, attributes)
    assert text is not None
    settings = {**operation.attributes, **attributes}

    def setting(match: re.Match[str]) -> str:
        name, given = match.groups()
        if given not in settings:
            return match.group()
        value = settings[given]
        if value is None or value is False:
            return ""
        return f", {name}={value if value is True else format(value, 'g')}"

    return read_form(_SETTING.sub(setting, text))


def bare_forms(operation: Operation) -> list[Form]:
    """All open forms of a composite with every setting left at its default."""
    return [read_form(without_settings(text)) for text in operation.open_forms]


def without_settings(text: str) -> str:
    """The text of an open form with every setting that it hands on left out."""
    return _SETTING.sub("", text)


def count_of(shape: Shape, attributes: Mapping[str, Any]) -> int:
    """How many entries of an operand are reduced to one: all, or those along the axis that is given."""
    axis = attributes.get("axis")
    return prod(shape) if axis is None else shape[axis_of(shape, axis)]
