"""`check`: gradients beside central differences."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from app.commands.program import NO_LEAF, add_program_options, print_answer, trace_program
from app.engine.check import Check, check_gradients
from app.engine.choice import choose_nodes
from app.export.table import columns, number_text
from app.limits import Limits


def add(commands: Any) -> argparse.ArgumentParser:
    """Registers the command."""
    command: argparse.ArgumentParser = commands.add_parser(
        "check",
        help="compare gradients with small steps",
        description="Compare every gradient with a central difference: each leaf is varied alone, by a small step.",
        epilog='Example: python -m app check "f = sigmoid(w x)" w=2 x=-1',
    )
    add_program_options(command)
    command.add_argument("--leaf", action="append", metavar="NAME", help="leaf to check (may be repeated; default all)")
    command.set_defaults(run=lambda options: print_answer(options, _answer))
    return command


def _answer(source: str, options: argparse.Namespace, limits: Limits) -> str:
    if options.json:
        from app.api.computations import check_json
        from app.api.schemas import CheckRequest
        from app.commands.api_answer import api_answer

        return api_answer(CheckRequest, check_json, source, options, limits, leaf=options.leaf)
    trace = trace_program(source, options, limits)
    return render_checks(check_gradients(trace, choose_nodes(trace.graph, options.leaf, None), limits))


def render_checks(checks: Sequence[Check]) -> str:
    """One row for each node, then every outcome that is no plain agreement."""
    if not checks:
        return NO_LEAF
    rows = [(check.label, check.verdict, number_text(check.gradient), number_text(check.numeric)) for check in checks]
    told = [f"{check.label}: {check.message}" for check in checks if check.verdict != "agrees"]
    table = columns(("leaf", "outcome", "gradient", "by small steps"), rows, left=2)
    return "\n\n".join(part for part in (table, "\n".join(told)) if part)
