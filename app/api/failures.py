"""Every error of every kind as one shape: RFC 9457 `application/problem+json`. Nothing else makes that shape."""

import difflib
import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.api import pages
from app.api.answers import span_entry
from app.errors import Problem, UserError, quoted, visible

log = logging.getLogger("chainrule")

MEDIA_TYPE = "application/problem+json"
_LONGEST_PATH = 120
_STATUS_200 = "status=200"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of error: its address under /problems, its status, its title, and a sentence for its page."""

    slug: str
    status: int
    title: str
    about: str


PROGRAM = Kind(
    "program", 422, "The program could not be read",
    "The text of the program has mistakes. Each entry of `errors` says what is wrong and where, "
    "as offsets into the program that was sent.",
)  # fmt: skip
FIELD = Kind(
    "field", 422, "A field of the request cannot be used",
    "The body is JSON, but a field has the wrong type, a value that cannot be used, or a name that is not known. "
    "Each entry of `errors` gives the path of the field.",
)  # fmt: skip
LIMIT = Kind(
    "limit", 413, "The request is over a limit",
    "Something is larger than this server allows. The message gives the number and the setting; "
    "`/api/v1/limits` lists all of them.",
)  # fmt: skip
NOT_JSON = Kind(
    "not-json", 400, "The request could not be read",
    "The body is not JSON in UTF-8, or the address is not well formed.",
)  # fmt: skip
NOT_FOUND = Kind(
    "not-found", 404, "There is nothing at this address",
    "The address does not belong to the API. `/docs` lists those that do.",
)  # fmt: skip
METHOD = Kind(
    "method", 405, "The address does not know this method",
    "The address exists, but not for this method. The header `Allow` lists those it knows.",
)  # fmt: skip
TOO_SLOW = Kind(
    "too-slow", 408, "The request did not arrive in time",
    "The body has to arrive within a limit of seconds from its first byte.",
)  # fmt: skip
MEDIA = Kind(
    "media-type", 415, "The body has a type that is not read here",
    "Bodies are `application/json` in UTF-8, without compression.",
)  # fmt: skip
BUSY = Kind(
    "busy", 503, "The server is busy",
    "Too many large computations wait already. The header `Retry-After` says when to ask again.",
)  # fmt: skip
TOO_LONG = Kind(
    "too-long", 504, "The computation took too long",
    "It was ended at the time limit. Nothing is wrong with the server: the program asks for too much.",
)  # fmt: skip
INTERNAL = Kind(
    "internal", 500, "Something went wrong on the server",
    "This is a mistake of the server, not of the request. The message has a short number that its log has too.",
)  # fmt: skip
OTHER = Kind("request", 400, "The request was refused", "The server could not work with the request.")

KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (PROGRAM, FIELD, LIMIT, NOT_JSON, NOT_FOUND, METHOD, TOO_SLOW, MEDIA, BUSY, TOO_LONG, INTERNAL, OTHER)
}
_OF_USER_ERROR = {"program": PROGRAM, "value": FIELD, "limit": LIMIT}


class RequestError(Exception):
    """A request that is answered with a problem document. Only the API raises it; the core raises UserError."""

    def __init__(self, kind: Kind, problems: Sequence[Problem], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problems[0].message)
        self.kind = kind
        self.problems = problems
        self.headers = headers


def problem_answer(
    kind: Kind, problems: Sequence[Problem], headers: Mapping[str, str] | None = None, status: int | None = None
) -> Response:
    """The problem document as an answer. A limit may be told by another status than its kind's own."""
    status = status or kind.status
    document = {
        "type": f"/problems/{kind.slug}",
        "title": kind.title,
        "status": status,
        "detail": problems[0].message,
        "errors": [problem_entry(problem) for problem in problems],
    }
    body = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # What a person typed may hold half of a surrogate pair; UTF-8 cannot.
    content = body.encode("utf-8", errors="replace")
    return Response(content, status_code=status, headers=headers, media_type=MEDIA_TYPE)


def problem_entry(problem: Problem) -> dict[str, Any]:
    """One mistake as JSON; what it does not have is left out."""
    entry: dict[str, Any] = {"code": problem.code, "message": problem.message}
    if problem.hint is not None:
        entry["hint"] = problem.hint
    if problem.span is not None:
        entry["span"] = span_entry(problem.span)
    if problem.field is not None:
        entry["field"] = _shown_path(problem.field)
    if problem.fix is not None:
        fix = problem.fix
        entry["fix"] = {"label": fix.label, "text": fix.text, "span": span_entry(fix.span)}
    return entry


def as_preferred(request: Request, answer: Response) -> Response:
    """The same document sent with status 200, for a client that says `Prefer: status=200` (RFC 7240).

    Browsers write every other status to the console, and a program that is being typed is wrong most of the time.
    The document keeps its own `status`.
    """
    if _STATUS_200 in request.headers.get("prefer", ""):
        answer.status_code = 200
        answer.headers["Preference-Applied"] = _STATUS_200
    return answer


def _shown_path(path: str) -> str:
    """A path whose names a stranger chose: cut, and with control characters by their number."""
    return "".join(map(visible, path[:_LONGEST_PATH])) + ("…" if len(path) > _LONGEST_PATH else "")


def crash_answer(error: BaseException) -> Response:
    """The answer to a mistake of ours: a short number that the log has too, and no details."""
    number = secrets.token_hex(4)
    log.error("internal error %s", number, exc_info=error)
    message = f"Something went wrong on the server. The log has it under {number}."
    return problem_answer(INTERNAL, [Problem("internal", message)])


def install(app: FastAPI) -> None:
    """Makes every error of the app a problem document under the API, and a page elsewhere."""

    async def on_failure(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestError)
        return as_preferred(request, problem_answer(error.kind, error.problems, error.headers))

    async def on_user_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, UserError)
        return as_preferred(request, problem_answer(_OF_USER_ERROR[error.kind], error.problems))

    async def on_http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _http_answer(request, error)

    app.add_exception_handler(RequestError, on_failure)
    app.add_exception_handler(UserError, on_user_error)
    app.add_exception_handler(HTTPException, on_http_error)


def _http_answer(request: Request, error: HTTPException) -> Response:
    """What the router refuses: an address or a method that does not exist."""
    routes, path = request.app.routes, request.scope["path"]
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = _allowed_methods(routes, path)
        if request.scope["method"] == "OPTIONS":
            return Response(status_code=204, headers=headers)
    kind, problem = _http_problem(error, path, routes, headers)
    if speaks_json(path):
        return problem_answer(kind, [problem], headers, error.status_code)
    return pages.error_page(error.status_code, kind.title, problem.message, headers)


def _http_problem(
    error: HTTPException, path: str, routes: Sequence[BaseRoute], headers: Mapping[str, str]
) -> tuple[Kind, Problem]:
    if error.status_code == 404:
        hint = _nearest_address(path, routes)
        return NOT_FOUND, Problem("not-found", f"There is nothing at {quoted(path)}.", hint)
    if error.status_code == 405:
        message = f"{quoted(path)} answers only {headers['Allow']}."
        return METHOD, Problem("method-not-allowed", message)
    phrase = HTTPStatus(error.status_code).phrase
    return OTHER, Problem("request-refused", f"The request was refused: {phrase.lower()}.")


def speaks_json(path: str) -> bool:
    """Whether an address belongs to programs, so that its errors are problem documents and not pages."""
    return path.startswith("/api/") or path in ("/api", "/healthz", "/openapi.json")


def _nearest_address(path: str, routes: Sequence[BaseRoute]) -> str:
    known = [route.path for route in routes if isinstance(route, Route) and speaks_json(route.path)]
    near = difflib.get_close_matches(path[:200].rstrip("/"), known, n=1, cutoff=0.75)
    return f"The nearest address is `{near[0]}`." if near else "The addresses of the API are listed at `/docs`."


def _allowed_methods(routes: Sequence[BaseRoute], path: str) -> str:
    """Every method that some route knows for the path, for the header `Allow`."""
    found: set[str] = set()
    for route in routes:
        if isinstance(route, Route) and route.path_regex.match(path):
            found |= set(route.methods or ())
    if not found or "GET" in found:  # mounted files answer GET
        found |= {"GET", "HEAD"}
    return ", ".join(sorted(found | {"OPTIONS"}))
