"""`code`: both passes of a program as flat code that runs, in one of four languages."""

from __future__ import annotations

import argparse
from typing import Any

from app.commands.program import Outcome, add_program_options, print_answer, trace_any
from app.export.code import DIALECTS, usual_language, write_code
from app.limits import Limits


def add(commands: Any) -> argparse.ArgumentParser:
    """Registers the command."""
    command: argparse.ArgumentParser = commands.add_parser(
        "code",
        help="print both passes as code that runs",
        description="Print both passes as straight-line code that runs: one gate a line, then every gradient.",
        epilog='Example: python -m app code "f = (x + y) * z" x=-2 y=5 z=-4 --language numpy',
    )
    add_program_options(command)
    command.add_argument(
        "--language", choices=tuple(DIALECTS), help="default: plain Python, or NumPy where there are tensors"
    )
    command.add_argument("--no-comments", action="store_true", help="leave out the present values")
    command.set_defaults(run=lambda options: print_answer(options, _answer))
    return command


def _answer(source: str, options: argparse.Namespace, limits: Limits) -> Outcome:
    comments = not options.no_comments
    if options.json:
        from app.api.code_call import code_json
        from app.api.schemas.code import CodeRequest
        from app.commands.api_answer import api_answer

        more = {"language": options.language, "comments": comments}
        return api_answer(CodeRequest, code_json, source, options, limits, **more)
    traced = trace_any(source, options, limits)
    found = write_code(traced, options.language or usual_language(traced), comments=comments)
    return Outcome(found.text.rstrip("\n"))
