"""Literals as they were typed, where the target can read them: `1/2` is `1 / 2`, and 0.1 + 0.2 stays a sum."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from app.errors import UserError
from app.export.code.brackets import fill
from app.export.code.trees import number_text
from app.language.constants import constant_text
from app.language.folding import evaluate
from app.language.parser import parse_unfolded
from app.language.positions import Positions
from app.language.program import Program

_LONGEST = 40
"""Characters of a literal that is still shown as typed."""

_DIGITS = re.compile(r"(?P<whole>[0-9]*)(?P<rest>(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)")
_MOST_DIGITS = 15  # with more, Python's whole numbers are no longer the float64 of the graph
_CONSTANTS = {"pi": "math.pi", "π": "math.pi", "e": "math.e"}
_CALL = re.compile(r"math\.\w+\(#x\)")
_ARITHMETIC = {"add", "sub", "mul", "div", "neg"}


def literal_code(program: Program, slot: int, positions: Positions) -> str:
    """The literal of a slot as Python."""
    value = program.slots[slot]
    assert value is not None
    return written_literal(constant_text(program, slot, positions), value)


@lru_cache(maxsize=4096)
def written_literal(text: str, value: float) -> str:
    """A literal as typed if that is Python for this very number, else the number."""
    found = _as_typed(text, value) if math.isfinite(value) and len(text) <= _LONGEST else None
    return number_text(value) if found is None else found


def _as_typed(text: str, value: float) -> str | None:
    try:
        program = parse_unfolded(text)
    except UserError:
        return None
    positions = Positions(program.prepared)
    texts: list[str] = []
    values: list[float] = []
    for node in range(len(program.ops)):
        operation = program.operation(node)
        if operation is None:
            found = None if program.is_leaf(node) else _one_literal(program, ~program.first[node], positions)
            number = program.slots[~program.first[node]] if found else None
        elif operation.name in _ARITHMETIC or _CALL.fullmatch(operation.code.get("python", "")):
            operands = program.operands(node)
            number = evaluate(operation, [values[operand] for operand in operands], {})
            filled = dict(zip(operation.operands, [texts[operand] for operand in operands], strict=True))
            found = fill(operation.code["python"], filled)
        else:
            found = number = None
        if found is None or number is None or not math.isfinite(number):
            return None
        texts.append(found)
        values.append(number)
    if len(program.roots) != 1 or values[program.roots[0]] != value:
        return None
    return texts[program.roots[0]]


def _one_literal(program: Program, slot: int, positions: Positions) -> str | None:
    text = constant_text(program, slot, positions)
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    digits = _DIGITS.fullmatch(text)
    if digits is None or len(text) > _MOST_DIGITS:
        return None
    whole = digits["whole"].lstrip("0")
    return f"{whole or '0'}{digits['rest']}"
