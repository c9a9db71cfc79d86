"""From text to a program: quickly where that is sure to be right, else with care; other notations by translation."""

from __future__ import annotations

from app.errors import Problem, UserError
from app.language import definitions, statements
from app.language.careful import read_carefully
from app.language.detect import is_latex, is_python, may_be_latex, may_be_python
from app.language.latex_input import read_latex
from app.language.program import Program
from app.language.python_input import read_python
from app.language.quick import read_quickly
from app.language.reader import Reader
from app.language.text import Prepared, prepare
from app.limits import DEFAULT_LIMITS, Limits


def parse(source: str, limits: Limits = DEFAULT_LIMITS) -> Program:
    """The program that a text says, in our notation, LaTeX or Python.

    Raises UserError: kind "program" with every problem found in one reading, kind "limit" when it is too large.
    """
    if len(source) > limits.max_source_chars:
        raise statements.too_long(source, limits)
    program = None
    if "\\" not in source:
        prepared = prepare(source)
        program = read_quickly(prepared, limits.max_name_chars)
    if program is None:
        program = _read(source, limits)
    statement_count = len(program.targets) + len(program.functions)
    if len(program.ops) > limits.max_nodes or statement_count > limits.max_statements:
        raise statements.too_large(program, limits)
    return program


def parse_unfolded(text: str) -> Program:
    """A text whose literals are nodes of their own, however they are joined: `1/2` is a quotient. For printing."""
    reader = Reader(prepare(text), DEFAULT_LIMITS, folding=False)
    read_carefully(reader)
    return reader.program


def _read(source: str, limits: Limits) -> Program:
    """The program of a text that is not read quickly, in the notation it is written in.

    A text that our notation understands is ours, unless a sign says that it cannot be.
    """
    if is_python(source):
        return _read_carefully(read_python(source, limits), limits)
    if is_latex(source):
        return _read_carefully(read_latex(source, limits), limits)
    try:
        return _read_carefully(prepare(source), limits)
    except UserError as error:
        if error.kind == "program" and may_be_latex(source):
            return _read_carefully(read_latex(source, limits), limits)
        if error.kind == "program" and may_be_python(source):
            return _read_carefully(read_python(source, limits), limits)
        raise


def _read_carefully(prepared: Prepared, limits: Limits) -> Program:
    reader = Reader(prepared, limits)
    read_carefully(reader)
    statements.finish_text(reader)
    output_pair = definitions.uncalled_output(reader)
    if output_pair >= 0:  # known only from the whole: that definition is read as a formula, its parameters as leaves
        reader = Reader(prepared, limits, output_pair=output_pair)
        read_carefully(reader)
        statements.finish_text(reader)
    problems = reader.problems
    if prepared.translation is not None and prepared.translation.problems:
        problems = _joined(prepared.translation.problems, problems)
    if problems:
        problems.sort(key=lambda problem: problem.span.start if problem.span else 0)
        raise UserError(problems)
    return reader.program


def _joined(first: list[Problem], second: list[Problem]) -> list[Problem]:
    """The problems of a translation, and those of its reading that are no echo of them."""
    taken = [(one.span.start, one.span.end) for one in first if one.span]
    others = [
        one
        for one in second
        if one.span
        and one.code != "empty-program"
        and not any(one.span.start <= end and start <= one.span.end for start, end in taken)
    ]
    return [*first, *others]
