"""The derivatives of the registry as LaTeX, as a textbook writes them."""

from __future__ import annotations

from functools import cache

from app.language.latex import Latex
from app.language.parser import parse
from app.language.printer import print_node
from app.operations import Operation


def local_latex(operation: Operation) -> list[str | None]:
    """Per operand, the local gradient as a reader is shown it; None where there is no gradient.

    Operands, attributes and the result are placeholders, `#x` and `#out`, which the page replaces.
    """
    return [None if text is None else rule_latex(text) for text in operation.shown]


@cache
def rule_latex(text: str) -> str:
    """A rule text of the registry as LaTeX with placeholders for its names."""
    program = parse(text)
    style = Latex(program, {node: f"#{name}" for node, name in program.leaves.items()}, textbook=True)
    return print_node(style, program.roots[-1])[0]
