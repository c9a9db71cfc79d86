"""`serve`: the page and the API."""

from __future__ import annotations

import argparse
import os
from typing import Any


def add(commands: Any) -> argparse.ArgumentParser:
    """Registers the command."""
    command: argparse.ArgumentParser = commands.add_parser(
        "serve",
        help="serve the page and the API",
        description="Serve the page and the API. HOST and PORT are read from the environment where no option is given.",
    )
    command.add_argument("--host", default=None, help="address to listen on (default 127.0.0.1)")
    command.add_argument("--port", default=None, help="port to listen on, 0 for any free one (default 8000)")
    command.set_defaults(run=_run)
    return command


def _run(options: argparse.Namespace) -> int:
    """Serves until it is told to stop."""
    # Here, so that the other commands do not load a web server.
    from app.api.runner import serve
    from app.main import create_app

    host = options.host or os.environ.get("HOST") or "127.0.0.1"
    return serve(create_app(), host, options.port or os.environ.get("PORT") or "8000")
