"""`trace`: every value and every gradient of a program, as tables or as the answer of the API."""

from __future__ import annotations

import argparse
from typing import Any

from app.commands.program import Outcome, add_program_options, print_answer, trace_any
from app.export.table import render_table
from app.limits import Limits


def add(commands: Any) -> argparse.ArgumentParser:
    """Registers the command."""
    command: argparse.ArgumentParser = commands.add_parser(
        "trace",
        help="print every value and every gradient of a program",
        description="Print every value and every gradient of a program.",
        epilog='Example: python -m app trace "(x+y)*z" x=-2 y=5 z=-4',
    )
    add_program_options(command)
    command.add_argument("--seed", type=float, default=1.0, help="gradient that arrives at the output (default 1)")
    command.set_defaults(run=lambda options: print_answer(options, _answer))
    return command


def _answer(source: str, options: argparse.Namespace, limits: Limits) -> Outcome:
    found = trace_any(source, options, limits, seed=options.seed)
    if not options.json:
        return Outcome(render_table(found))
    from app.api.computations import answer_json  # here, so that tables need nothing of the API

    return Outcome(answer_json(found, limits).decode("utf-8"))
