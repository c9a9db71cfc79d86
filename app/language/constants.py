"""A literal as it was typed."""

from __future__ import annotations

from app.language.places import places_of
from app.language.positions import Positions
from app.language.printer import ATOM
from app.language.program import Program
from app.language.vocabulary import OPERATION_OF


def constant_text(program: Program, slot: int, positions: Positions) -> str:
    """The literal in this slot as typed, white space made single: `1/2`, `0.5`, `pi`."""
    given = program.slot_texts.get(slot)
    if given is not None:
        return given
    start, end = places_of(program).slot(slot)
    return " ".join(program.prepared.text[positions.start(start) : positions.end(end)].split())


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
