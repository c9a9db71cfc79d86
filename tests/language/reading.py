"""Short ways to say what a text reads as, for tests."""

from __future__ import annotations

from app import Problem, UserError
from app.language.latex import Latex
from app.language.notation import Notation, print_program
from app.language.parser import parse
from app.language.printer import print_node
from app.language.program import Program


def notation(source: str) -> str:
    """The last statement's expression in our notation, with every bracket that is needed and no other."""
    program = parse(source)
    return print_node(Notation(program, program.node_names()), program.roots[-1])[0]


def latex(source: str) -> str:
    """The last statement's expression as LaTeX."""
    program = parse(source)
    return print_node(Latex(program, program.node_names()), program.roots[-1])[0]


def problems(source: str) -> tuple[Problem, ...]:
    """What is wrong with a text; nothing if it can be read."""
    try:
        parse(source)
    except UserError as error:
        return error.problems
    return ()


def codes(source: str) -> list[str]:
    """The codes of what is wrong."""
    return [problem.code for problem in problems(source)]


def marked(source: str, problem: Problem) -> str:
    """The part of the source that a problem's span marks."""
    assert problem.span is not None
    return source[problem.span.start : problem.span.end]


def same(one: Program, other: Program) -> bool:
    """Whether two programs have the same nodes, names, roles, values and statements."""
    return (
        one.ops == other.ops
        and one.first == other.first
        and one.second == other.second
        and one.wide == other.wide
        and repr(one.slots) == repr(other.slots)
        and one.names == other.names
        and one.leaves == other.leaves
        and one.roles == other.roles
        and one.targets == other.targets
        and one.roots == other.roots
        and one.only_values == other.only_values
        and one.constants == other.constants
    )


__all__ = ["codes", "latex", "marked", "notation", "print_program", "problems", "same"]
