"""The command line: `python -m app trace "(x+y)*z" x=-2 y=5 z=-4` and `python -m app serve`."""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Sequence
from typing import Any

from app.engine.trace import Trace, trace
from app.errors import Problem, UserError, quoted, render_text
from app.export.table import render_table
from app.limits import SettingError, read_limits
from app.operations.conventions import TIES, Conventions

OK, CRASHED, MISTAKE = 0, 1, 2
"""Exit codes: done; the machine said no; what was typed was wrong, as argparse itself says it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows its number; it never ends the command.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    options = parser.parse_args(_guard_minus(given))
    try:
        return int(options.run(options))
    except SettingError as error:
        print(error, file=sys.stderr)
        return MISTAKE
    except BrokenPipeError:
        # The reader of our output left, as `head` does. Nothing more can be written, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app", description="Computational graphs and backpropagation.")
    commands = parser.add_subparsers(required=True, metavar="command")
    _add_trace(commands)
    _add_serve(commands)
    return parser


def _add_trace(commands: Any) -> None:
    command = commands.add_parser(
        "trace",
        help="print every value and every gradient of a program",
        description="Print every value and every gradient of a program.",
        epilog='Example: python -m app trace "(x+y)*z" x=-2 y=5 z=-4',
    )
    command.add_argument("source", help="the program, or - to read it from standard input")
    command.add_argument("values", nargs="*", metavar="name=value", help="numbers for leaves, such as x=-2")
    command.add_argument("--output", action="append", metavar="NAME", help="node to differentiate (may be repeated)")
    command.add_argument("--seed", type=float, default=1.0, help="gradient that arrives at the output (default 1)")
    command.add_argument("--share", action="store_true", help="merge equal sub-expressions")
    command.add_argument(
        "--expand", action="append", default=[], metavar="NAME", help="composite to open, * for all (may be repeated)"
    )
    command.add_argument("--relu-at-zero", type=float, default=0.0, metavar="SLOPE", help="slope of relu at 0")
    command.add_argument("--abs-at-zero", type=float, default=0.0, metavar="SLOPE", help="slope of abs at 0")
    command.add_argument("--ties", choices=TIES, default="split", help="who receives the gradient among equals")
    command.add_argument("--json", action="store_true", help="print the answer of the API instead of tables")
    command.set_defaults(run=run_trace)


def _add_serve(commands: Any) -> None:
    command = commands.add_parser(
        "serve",
        help="serve the page and the API",
        description="Serve the page and the API. HOST and PORT are read from the environment where no option is given.",
    )
    command.add_argument("--host", default=None, help="address to listen on (default 127.0.0.1)")
    command.add_argument("--port", default=None, help="port to listen on, 0 for any free one (default 8000)")
    command.set_defaults(run=run_serve)


def run_trace(options: argparse.Namespace) -> int:
    """Prints a trace as tables or JSON; mistakes are drawn on standard error."""
    source = options.source.removeprefix(_MINUS_GUARD)
    source = sys.stdin.read() if source == "-" else source
    try:
        found = _trace(source, options)
        text = _json(found) if options.json else render_table(found)
    except UserError as error:
        print(render_text(source, error.problems), file=sys.stderr)
        return MISTAKE
    print(text)
    sys.stdout.flush()
    return OK


def _trace(source: str, options: argparse.Namespace) -> Trace:
    return trace(
        source,
        values=dict(_value(text.removeprefix(_MINUS_GUARD)) for text in options.values),
        output=options.output,
        seed=options.seed,
        share=options.share,
        expand=options.expand,
        conventions=Conventions(options.relu_at_zero, options.ties, options.abs_at_zero),
        limits=read_limits(),
    )


def _json(found: Trace) -> str:
    from app.api.answers import write_answer  # here, so that tables need nothing of the API

    return write_answer(found, read_limits()).decode("utf-8")


def _value(text: str) -> tuple[str, float]:
    """Name and number of `x=-2`. Raises UserError for anything else."""
    name, equals, digits = text.partition("=")
    name = name.strip()
    if name.startswith("--"):
        raise UserError([Problem("option", f"There is no option {quoted(name)}.", "`--help` lists them.")], "value")
    if not equals or not name:
        hint = "Write the whole program as one text in quotes." if not equals else None
        raise UserError([Problem("value", f"{quoted(text)} is not of the form name=value.", hint)], "value")
    try:
        number = float(digits.strip().replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UserError([Problem("value", f"{quoted(name)} needs a number, not {quoted(digits)}.")], "value")
    return name, number


_MINUS_GUARD = " "


def _guard_minus(arguments: list[str]) -> list[str]:
    """The arguments with a space before each that starts with a minus and is no option, as the program `-x^2` does.

    argparse takes whatever starts with `-` for an option, but not what holds a space.
    """
    return [
        _MINUS_GUARD + text if text[:1] == "-" and text != "-" and not _is_option(text) else text for text in arguments
    ]


def _is_option(text: str) -> bool:
    """Whether the text has the form of an option: `-h`, or two dashes and a word. `--x` is a program; `-x` too."""
    word = text.partition("=")[0]
    return word == "-h" or word == "--" or any(name.startswith(word) for name in _OPTIONS if len(word) > 3)


_OPTIONS = (
    "--help", "--output", "--seed", "--share", "--expand", "--relu-at-zero", "--abs-at-zero", "--ties", "--json",
    "--host", "--port",
)  # fmt: skip


def run_serve(options: argparse.Namespace) -> int:
    """Serves until it is told to stop."""
    # Here, so that `trace` does not load a web server.
    from app.api.runner import serve
    from app.main import create_app

    host = options.host or os.environ.get("HOST") or "127.0.0.1"
    return serve(create_app(), host, options.port or os.environ.get("PORT") or "8000")


if __name__ == "__main__":
    sys.exit(main())
