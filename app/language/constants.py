"""A literal as it was typed."""

from __future__ import annotations

from app.language.printer import ATOM
from app.language.program import Program
from app.language.tokens import Positions
from app.language.vocabulary import OPERATION_OF


def constant_text(program: Program, slot: int, positions: Positions) -> str:
    """The literal in this slot as typed, white space made single: `1/2`, `0.5`, `pi`."""
    given = program.slot_texts.get(slot)
    if given is not None:
        return given
    start, end = positions.start(program.slot_starts[slot]), positions.end(program.slot_ends[slot])
    return " ".join(program.prepared.text[start:end].split())


def constant_precedence(program: Program, slot: int) -> int:
    """How tightly its text binds: `1/2` as a quotient, `0.5` as a name."""
    code = program.slot_codes.get(slot)
    operation = OPERATION_OF[code] if code is not None else None
    if operation is None:
        return ATOM
    if operation.infix:
        return operation.infix.precedence
    return operation.prefix.precedence if operation.prefix else ATOM
