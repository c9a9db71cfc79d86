"""A literal as it was typed."""

from __future__ import annotations

import re

from app.language.places import places_of
from app.language.positions import Positions
from app.language.printer import ATOM
from app.language.program import Program
from app.language.vocabulary import OPERATION_OF

_NEEDLESS_BRACKETS = re.compile(r"(?<![\w)])\(([\w.]+)\)")
_PASSES = 4


def constant_text(program: Program, slot: int, positions: Positions) -> str:
    """The literal in this slot as typed, white space made single: `1/2`, `0.5`, `pi`."""
    given = program.slot_texts.get(slot)
    if given is not None:
        return given
    return written_between(program, *places_of(program).slot(slot), positions)


def written_between(program: Program, start: int, end: int, positions: Positions) -> str:
    """What stands from a start to an end, white space made single, without brackets that only a translation set."""
    text = " ".join(program.prepared.text[positions.start(start) : positions.end(end)].split())
    if program.prepared.translation is None or "(" not in text:
        return text
    for _ in range(_PASSES):  # `((1)/(2))`: brackets around one number or name change nothing
        text = _NEEDLESS_BRACKETS.sub(r"\1", text)
    return text


def constant_precedence(program: Program, slot: int) -> int:
    """How tightly its text binds: `1/2` as a quotient, `0.5` as a name."""
    folded = places_of(program).folded
    if slot not in folded:
        return ATOM
    operation = OPERATION_OF[folded[slot][2]]
    assert operation is not None
    if operation.infix:
        return operation.infix.precedence
    return operation.prefix.precedence if operation.prefix else ATOM
