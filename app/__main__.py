"""The command line: `python -m app trace "(x+y)*z" x=-2 y=5 z=-4`, and one more command for each view of a program."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from app.commands import check, code, derive, jacobian, paths, serve, trace
from app.commands.exits import MISTAKE, OK
from app.commands.minus import guard_minus, option_words
from app.limits import SettingError

COMMANDS = (trace, code, derive, paths, jacobian, check, serve)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows its number; it never ends the command.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(prog="python -m app", description="Computational graphs and backpropagation.")
    commands = parser.add_subparsers(required=True, metavar="command")
    added = [command.add(commands) for command in COMMANDS]
    given = sys.argv[1:] if arguments is None else arguments
    options = parser.parse_args(guard_minus(given, option_words(added)))
    try:
        return int(options.run(options))
    except SettingError as error:
        print(error, file=sys.stderr)
        return MISTAKE
    except BrokenPipeError:
        # The reader of our output left, as `head` does. Nothing more can be written, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


if __name__ == "__main__":
    sys.exit(main())
