"""`derive`: the worked solution of a program, as Markdown, as LaTeX, or as the answer of the API."""

from __future__ import annotations

import argparse
from typing import Any

from app.commands.program import Outcome, add_program_options, finite_number, print_answer, trace_any
from app.explain.derivation import derive
from app.explain.latex_document import derivation_latex
from app.explain.markdown import derivation_markdown
from app.limits import Limits


def add(commands: Any) -> argparse.ArgumentParser:
    """Registers the command."""
    command: argparse.ArgumentParser = commands.add_parser(
        "derive",
        help="print the worked solution of a program",
        description="Print the worked solution: given, forward pass, local derivatives, chain rule, update.",
        epilog='Example: python -m app derive "q = x + y; f = q z" x=-2 y=5 z=-4 --leaf x',
    )
    add_program_options(command)
    command.add_argument("--leaf", metavar="NAME", help="leaf (or any node) to solve for (default: every leaf)")
    command.add_argument("--latex", action="store_true", help="print a LaTeX document instead of Markdown")
    command.add_argument(
        "--learning-rate", type=finite_number, metavar="RATE", help="also take one step of gradient descent"
    )
    command.add_argument(
        "--update", action="append", metavar="NAME", help="leaf that takes the step (default: every parameter)"
    )
    command.set_defaults(run=lambda options: print_answer(options, _answer))
    return command


def _answer(source: str, options: argparse.Namespace, limits: Limits) -> Outcome:
    if options.json:
        from app.api.derivation_call import derivation_json
        from app.api.schemas.derivation import DerivationRequest
        from app.commands.api_answer import api_answer

        return api_answer(
            DerivationRequest, derivation_json, source, options, limits,
            leaf=options.leaf, learning_rate=options.learning_rate, parameters=options.update,
        )  # fmt: skip
    found = derive(
        trace_any(source, options, limits),
        options.leaf,
        learning_rate=options.learning_rate,
        parameters=options.update or (),
        limits=limits,
    )
    text = derivation_latex(found) if options.latex else derivation_markdown(found)
    return Outcome(text.rstrip("\n"))
