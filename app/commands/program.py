"""What every command that reads a program has in common: its options, its text, and how mistakes are told."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from app.commands.exits import MISTAKE, OK
from app.commands.minus import without_guard
from app.engine.tensors.trace import numbers_only
from app.engine.trace import Trace, trace
from app.errors import Problem, UserError, quoted, render_text
from app.language.parser import parse
from app.limits import Limits, read_limits
from app.operations.conventions import TIES, Conventions

NO_LEAF = "The program has no leaf to differentiate by."


def add_program_options(command: argparse.ArgumentParser) -> None:
    """The program itself, values of its leaves, and everything else that says how it is read and differentiated."""
    command.add_argument("source", help="the program, or - to read it from standard input")
    command.add_argument(
        "values",
        nargs="*",
        metavar="name=value",
        help="numbers and tensors for leaves, such as x=-2 or 'W=[[1, 2], [3, 4]]'",
    )
    command.add_argument("--output", action="append", metavar="NAME", help="node to differentiate (may be repeated)")
    command.add_argument("--share", action="store_true", help="merge equal sub-expressions")
    command.add_argument(
        "--expand", action="append", default=[], metavar="NAME", help="composite to open, * for all (may be repeated)"
    )
    command.add_argument("--relu-at-zero", type=slope(0.0), default=0.0, metavar="SLOPE", help="slope of relu at 0")
    command.add_argument("--abs-at-zero", type=slope(-1.0), default=0.0, metavar="SLOPE", help="slope of abs at 0")
    command.add_argument("--ties", choices=TIES, default="split", help="who receives the gradient among equals")
    command.add_argument("--json", action="store_true", help="print the answer of the API instead of text")


class Outcome(NamedTuple):
    """What a command prints, and its exit code."""

    text: str
    code: int = OK


def print_answer(options: argparse.Namespace, answer: Callable[[str, argparse.Namespace, Limits], Outcome]) -> int:
    """Prints what `answer` makes of the program's text, or draws the mistakes in it on standard error."""
    source = without_guard(options.source)
    source = sys.stdin.read() if source == "-" else source
    try:
        text, code = answer(source, options, read_limits())
    except UserError as error:
        print(render_text(source, error.problems), file=sys.stderr)
        return MISTAKE
    print(text)
    sys.stdout.flush()
    return code


def trace_program(source: str, options: argparse.Namespace, limits: Limits, **more: Any) -> Trace:
    """The trace that the options ask for, of a program with numbers only; `more` are further arguments of `trace`.

    Raises UserError.
    """
    found = trace_any(source, options, limits, **more)
    numbers_only(found)
    return found


def trace_any(source: str, options: argparse.Namespace, limits: Limits, **more: Any) -> Trace:
    """The same, also of a program with tensors. Raises UserError."""
    return trace(
        source,
        values=values_of(options),
        output=options.output,
        share=options.share,
        expand=options.expand,
        conventions=Conventions(options.relu_at_zero, options.ties, options.abs_at_zero),
        limits=limits,
        **more,
    )


def finite_number(text: str) -> float:
    """The number that an option is given; for argparse."""
    number = _number(without_guard(text))
    if math.isfinite(number):
        return number
    raise argparse.ArgumentTypeError(f"needs a number, not {quoted(without_guard(text))}")


def slope(least: float) -> Callable[[str], float]:
    """Reads a slope from `least` to 1, as the API allows it: no other is one of the gate's subgradients."""

    def read(text: str) -> float:
        number = finite_number(text)
        if least <= number <= 1:
            return number
        raise argparse.ArgumentTypeError(f"needs a slope from {least:g} to 1, not {number:g}")

    return read


def positive_count(text: str) -> int:
    """The whole number from 1 on that an option is given; for argparse."""
    if text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"needs a whole number from 1 on, not {quoted(without_guard(text))}")


def values_of(options: argparse.Namespace) -> dict[str, Any]:
    """The numbers and tensors given for leaves, by name. Raises UserError."""
    return dict(_value(without_guard(text)) for text in options.values)


def _value(text: str) -> tuple[str, Any]:
    """Name and value of `x=-2` or `W=[[1, 2], [3, 4]]`. Raises UserError for anything else."""
    name, equals, digits = text.partition("=")
    name = name.strip()
    if name.startswith("--"):
        raise UserError([Problem("option", f"There is no option {quoted(name)}.", "`--help` lists them.")], "value")
    if not equals or not name:
        hint = "Write the whole program as one text in quotes." if not equals else None
        raise UserError([Problem("value", f"{quoted(text)} is not of the form name=value.", hint)], "value")
    if digits.strip().startswith("["):
        return name, _tensor(name, digits)
    number = _number(digits)
    if not math.isfinite(number):
        raise UserError([Problem("value", f"{quoted(name)} needs a number, not {quoted(digits)}.")], "value")
    return name, number


def _tensor(name: str, text: str) -> Any:
    """The array that a list of numbers says, in our notation: `[1/2, .5]`. Raises UserError."""
    try:
        program = parse(text)
    except UserError:
        program = None
    tensor = program and program.first[program.roots[-1]] < 0 and program.tensors.get(~program.first[program.roots[-1]])
    if not isinstance(tensor, np.ndarray):
        hint = "Write lists of numbers, all rows of one length, as in [[1, 2], [3, 4]]."
        raise UserError([Problem("value", f"{quoted(name)} needs a tensor, not {quoted(text)}.", hint)], "value")
    return tensor


def _number(text: str) -> float:
    """NaN where the text is no number."""
    try:
        return float(text.strip().replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        return math.nan
