"""Pages for people, and the files they load. Nothing that a person typed takes part in making a page."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app import built
from app.api.catalogue import cached_answer
from app.api.cheatsheet import FILE, cheat_sheet, graph_link, read_drawn
from app.api.start import read_start
from app.lessons.start import lesson_of, start_lesson

DIST = built.DIST

_HASHED = re.compile(r"-[A-Z0-9]{8}\.[a-z0-9]+(\.map|\.LEGAL\.txt)?$")
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"

_environment = jinja2.Environment(
    loader=jinja2.FileSystemLoader(built.TEMPLATES),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class BuiltFiles(StaticFiles):
    """The bundle. A file whose name carries the hash of its content may be kept for ever."""

    def __init__(self) -> None:
        # The folder may be built after the server has started, or never; a missing file is then an ordinary 404.
        super().__init__(directory=DIST, check_dir=False)
        self.config_checked = True

    async def get_response(self, path: str, scope: Scope) -> Response:
        if Path(path).name.startswith(".") or "\0" in path:
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOR_EVER if _HASHED.search(path) else _ASK_AGAIN
        return response


def render(template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any) -> Response:
    """A page from a template, told which built files exist."""
    text = _environment.get_template(template).render(assets=built.read_manifest(DIST), **context)
    found = {"Cache-Control": _ASK_AGAIN, **(headers or {})}
    return Response(text, status_code=status, headers=found, media_type="text/html")


def error_page(status: int, title: str, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A page that says in a sentence what went wrong, for addresses that people visit."""
    return render("error.html", status=status, headers=headers, title=title, detail=detail)


async def index(request: Request) -> Response:
    """The graph page, with the graph of the lesson that `?example=` names already in it, or of the first one."""
    lesson = lesson_of(request.query_params.get("example", "")) or start_lesson()
    assets = built.read_manifest(DIST)
    start = None if assets is None or "start.css" not in assets else read_start(DIST / "start", lesson)
    return render("index.html", start=start)


async def operations(request: Request) -> Response:
    """The cheat sheet. It is half a megabyte of formulas: written once for each build, and sent to each reader once."""
    content = _operations_page(DIST, *(_changed(DIST / name) for name in ("manifest.json", FILE)))
    return cached_answer(request, content, "text/html")


@lru_cache(maxsize=1)
def _operations_page(dist: Path, *_built: int) -> bytes:
    return bytes(render("operations.html", sheet=cheat_sheet(), pictures=read_drawn(dist), link=graph_link).body)


def _changed(file: Path) -> int:
    """When the file was written, 0 where there is none."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def install(app: FastAPI) -> None:
    """Mounts the pages and the built files."""
    app.add_route("/", index, methods=["GET"])
    app.add_route("/operations", operations, methods=["GET"])
    app.mount("/static/dist", BuiltFiles(), name="dist")
