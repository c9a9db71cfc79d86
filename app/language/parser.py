"""From text to a program: quickly where that is sure to be right, else with care."""

from __future__ import annotations

from app.errors import UserError
from app.language import definitions, statements
from app.language.careful import read_carefully
from app.language.program import Program
from app.language.quick import read_quickly
from app.language.reader import Reader
from app.language.text import Prepared, prepare
from app.limits import DEFAULT_LIMITS, Limits


def parse(source: str, limits: Limits = DEFAULT_LIMITS) -> Program:
    """The program that a text says.

    Raises UserError: kind "program" with every problem found in one reading, kind "limit" when it is too large.
    """
    if len(source) > limits.max_source_chars:
        raise statements.too_long(source, limits)
    prepared = prepare(source)
    program = read_quickly(prepared, limits.max_name_chars) or _read_carefully(prepared, limits)
    statement_count = len(program.targets) + len(program.functions)
    if len(program.ops) > limits.max_nodes or statement_count > limits.max_statements:
        raise statements.too_large(program, limits)
    return program


def parse_unfolded(text: str) -> Program:
    """A text whose literals are nodes of their own, however they are joined: `1/2` is a quotient. For printing."""
    reader = Reader(prepare(text), DEFAULT_LIMITS, folding=False)
    read_carefully(reader)
    return reader.program


def _read_carefully(prepared: Prepared, limits: Limits) -> Program:
    reader = Reader(prepared, limits)
    read_carefully(reader)
    statements.finish_text(reader)
    output_pair = definitions.uncalled_output(reader)
    if output_pair >= 0:  # known only from the whole: that definition is read as a formula, its parameters as leaves
        reader = Reader(prepared, limits, output_pair=output_pair)
        read_carefully(reader)
        statements.finish_text(reader)
    if reader.problems:
        reader.problems.sort(key=lambda problem: problem.span.start if problem.span else 0)
        raise UserError(reader.problems)
    return reader.program
