"""Errors of every kind have one shape, say what is wrong, and give nothing of the inside away."""

import asyncio
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.routing import Route
from starlette.types import Message

from app.api import computations
from app.api.failures import KINDS
from app.api.guard import SECURITY_HEADERS
from app.api.schemas import ProblemDocument
from app.limits import Limits
from app.main import create_app
from tests.api.client import Client

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
INSIDE = re.compile(
    r"Traceback|\.py\b|pydantic|starlette|fastapi|uvicorn|jiter|line \d+, in |object at 0x", re.IGNORECASE
)


def problem_of(response: httpx.Response) -> dict[str, Any]:
    """The problem document of an answer, checked against its schema and for what it must not hold."""
    assert response.headers["content-type"] == "application/problem+json"
    assert not INSIDE.search(response.text), response.text
    found = json.loads(response.content, parse_constant=_no_constant)
    document = ProblemDocument.model_validate(found)
    assert document.status == response.status_code
    assert document.detail == document.errors[0].message
    for entry in document.errors:
        assert entry.message.endswith((".", "!", "?", "…", "`")), entry.message
        assert not entry.message[0].islower(), entry.message
        assert len(entry.message) < 400
    assert isinstance(found, dict)
    return found


def _no_constant(token: str) -> None:
    raise AssertionError(f"a bare {token} token")


def paths(client: Client) -> list[str]:
    return sorted({route.path for route in client.app.routes if isinstance(route, Route)})


def test_every_route_answers_every_method_with_headers_and_a_known_shape(client: Client) -> None:
    for path in paths(client):
        path = path.replace("{slug}", "program")
        for method in METHODS:
            response = client.request(method, path)
            assert response.status_code < 500, (method, path)
            for name, value in SECURITY_HEADERS.items():
                assert response.headers[name.decode()] == value.decode(), (method, path, name)
            if method == "HEAD":
                assert not response.content
            elif response.status_code >= 400 and (path.startswith("/api") or path in ("/healthz", "/openapi.json")):
                problem_of(response)
            if response.status_code == 405:
                allowed = response.headers["allow"].split(", ")
                assert method not in allowed
                assert "OPTIONS" in allowed


def test_allow_names_the_methods_of_all_routes_of_an_address(client: Client) -> None:
    assert client.request("PUT", "/api/v1/evaluate").headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.request("POST", "/api/v1/limits").headers["allow"] == "GET, HEAD, OPTIONS"
    options = client.request("OPTIONS", "/api/v1/evaluate")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert client.request("OPTIONS", "/api/v1/nothing").status_code == 404


def test_head_answers_as_get_without_a_body(client: Client) -> None:
    for path in ("/healthz", "/api/v1/limits", "/", "/docs"):
        head, get = client.request("HEAD", path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == get.headers["content-length"]


@pytest.mark.parametrize(
    "path",
    [
        "/api", "/api/", "/api/v1", "/api/v2/evaluate", "/api/v1/evaluate/", "/api/v1/Evaluate", "/api/v1/%00",
        "/api/v1/" + "x" * 5000, "/api/v1/%E2%80%AE", "/api/v1/..%2F..%2Fetc", "/api/v1/%ff", "/api/v1/{0}%s",
    ],
)  # fmt: skip
def test_an_unknown_address_under_the_api_is_a_problem_document(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert len(response.content) < 1000
    problem_of(response)


def test_a_mistyped_address_is_told_the_nearest_one(client: Client) -> None:
    problem = problem_of(client.get("/api/v1/evalute"))
    assert problem["errors"][0]["hint"] == "The nearest address is `/api/v1/evaluate`."


@pytest.mark.parametrize(
    "path", ["/nothing", "/docs/", "/static/nothing.js", "/%00", "/favicon.ico", "/problems/nothing"]
)
def test_an_unknown_address_elsewhere_is_a_page(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "There is nothing at" in response.text


def test_markup_in_an_address_reaches_a_page_as_text(client: Client) -> None:
    response = client.get("/%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;alert(1)" in response.text


def test_every_type_of_problem_has_its_page(client: Client) -> None:
    for slug, kind in KINDS.items():
        response = client.get(f"/problems/{slug}")
        assert response.status_code == 200
        assert kind.title in response.text


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 200), ("application/json; charset=utf-8", 200), ("Application/JSON;charset=UTF-8", 200),
        ('application/json; charset="utf-8"', 200), ("application/json; charset=latin-1", 415), ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415), ("multipart/form-data; boundary=x", 415), ("application/xml", 415),
        ("application/problem+json", 415), ("", 415), ("json", 415), (";;;", 415), ("application/jsonx", 415),
    ],
)  # fmt: skip
def test_only_json_bodies_are_read(client: Client, content_type: str, status: int) -> None:
    response = client.post("/api/v1/evaluate", content=b'{"source": "x"}', headers={"content-type": content_type})
    assert response.status_code == status
    if status != 200:
        assert "Content-Type: application/json" in problem_of(response)["errors"][0]["hint"]


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "identity, gzip", "zstd"])
def test_compressed_bodies_are_refused(client: Client, encoding: str) -> None:
    headers = {"content-type": "application/json", "content-encoding": encoding}
    response = client.post("/api/v1/evaluate", content=b'{"source": "x"}', headers=headers)
    assert response.status_code == 415
    assert "without compression" in problem_of(response)["errors"][0]["hint"]


def test_a_client_that_leaves_is_no_crash(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    rounds: tuple[list[Message], ...] = (
        [{"type": "http.disconnect"}],
        [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}],
    )
    for messages in rounds:
        sent: list[Message] = []

        async def receive(waiting: Iterator[Message] = iter(messages)) -> Message:  # noqa: B008  # one for each round
            return next(waiting)

        async def send(message: Message, into: list[Message] = sent) -> None:
            into.append(message)

        scope = {"type": "http", "method": "POST", "path": "/api/v1/evaluate", "headers": [], "query_string": b""}
        asyncio.run(client.app(scope, receive, send))
        assert sent == []
    assert caplog.text == ""


def test_a_crash_tells_a_number_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(source: str, **_: object) -> None:
        raise RuntimeError(f"the inside of {source}")

    monkeypatch.setattr(computations, "trace", broken)
    client = Client(create_app(Limits()))
    with caplog.at_level(logging.ERROR, logger="chainrule"):
        response = client.post("/api/v1/evaluate", json={"source": "secret"})
    assert response.status_code == 500
    problem = problem_of(response)
    assert "secret" not in response.text
    assert "inside" not in response.text
    number = re.search(r"under ([0-9a-f]{8})\.", problem["detail"])
    assert number
    assert number[1] in caplog.text
    for name in SECURITY_HEADERS:
        assert name.decode() in response.headers
