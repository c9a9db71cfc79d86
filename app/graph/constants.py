"""Which nodes nothing is differentiated by, once a program says `const`."""

from __future__ import annotations

from app.language.program import Program
from app.language.vocabulary import CONSTANT, FIRST_CONSTANT, LEAF, SECOND_CONSTANT, WIDE


def mark_constants(program: Program) -> None:
    """Notes the leaves said to be constant, what is computed from constants alone, and the edges that end in them."""
    fixed = program.fixed
    for node, op in enumerate(program.ops):
        if op == LEAF:
            if program.roles.get(program.leaves[node]) == "constant":
                fixed.add(node)
            continue
        if op == CONSTANT:
            continue
        operands = [program.is_fixed(operand) for operand in program.operands(node)]
        if all(operands):
            fixed.add(node)
        if program.second[node] != WIDE:
            bits = (FIRST_CONSTANT, SECOND_CONSTANT)
            program.ops[node] |= sum(bit for bit, is_fixed in zip(bits, operands, strict=False) if is_fixed)
