"""What the circle of a gate, or of a whole line of a program, shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from app.language.program import Program

SUM = "Σ"
LINE = "ƒ"

_MOST_CHARACTERS = 6
_PLAIN = re.compile(r"−?(\d+\.?\d*|\.\d+)")


def gate_lettering(
    program: Program, labels: Mapping[int, str], node: int, *, folded: bool, tensors: Collection[int] = ()
) -> tuple[str, str | None]:
    """Text and glyph of a node's circle; of a leaf its label.

    tensors  the nodes that are tensors
    folded   the node stands for several gates: a sum is Σ, everything else ƒ
    """
    operation = program.operation(node)
    if operation is None:
        return labels[node], None
    if folded:
        return (SUM if operation.name == "add" else LINE), None
    literals = [position for position, operand in enumerate(program.operands(node)) if program.is_constant(operand)]
    if len(literals) == 1 and literals[0] < len(operation.folded):
        literal = labels[program.operands(node)[literals[0]]].strip().replace("-", "−")
        if text := _filled(operation.folded[literals[0]], literal):
            return text, None
    if operation.tensor_symbol and any(operand in tensors for operand in program.operands(node)):
        return operation.tensor_symbol, operation.glyph
    return operation.symbol, operation.glyph


def _filled(template: str | None, literal: str) -> str | None:
    """A template of the registry with its literal, as in "+1" and "x^2"; None where that would be hard to read."""
    if template is None or not _PLAIN.fullmatch(literal):
        return None
    text = template.replace("#c", literal)
    text = re.sub("^−−", "+", re.sub(r"^\+−", "−", text))
    return text if len(text) <= _MOST_CHARACTERS else None
