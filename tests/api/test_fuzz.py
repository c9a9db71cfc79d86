"""Bytes, JSON and programs at random: the server answers all of them, in its own shape."""

import asyncio
import json
from typing import Any

import httpx
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.api.schemas import EvaluateAnswer
from app.limits import Limits
from app.main import create_app
from tests.api.client import Client
from tests.api.test_errors import problem_of

CLIENT = Client(create_app(Limits(max_nodes=2_000, max_body_bytes=20_000)))
HEADERS = {"content-type": "application/json"}

json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELD_NAMES = ("source", "values", "output", "seed", "share", "expand", "conventions", "relu_at_zero", "ties", "x")
WORDS = (
    "x", "y", "w0", "θ", "f", "e", "pi", "1", "2.5", "1e308", "0", ".5", "+", "-", "*", "/", "^", "**", "@", "(", ")",
    "[", "]", ",", ";", "\n", "=", "<", "==", " ", "sigmoid(", "relu(", "max(", "log(", "where(",
    "leaky_relu(x, slope=",
    "input ", "param ", "const ", "'", "_", "#", "·", "²", "−", "\u202e", "\x00", "😀", "\\frac", "{", "}",
)  # fmt: skip
programs = st.lists(st.sampled_from(WORDS), max_size=14).map("".join) | st.text(max_size=30)


def answered(response: Any) -> None:
    """The answer is a right one, or a problem document that is no crash."""
    if response.status_code == 200:
        answer = json.loads(response.content, parse_constant=_no_constant)
        EvaluateAnswer.model_validate_json(response.content, strict=True)
        assert answer["nodes"]
    else:
        assert 400 <= response.status_code < 500, response.text
        problem_of(response)


def _no_constant(token: str) -> None:
    raise AssertionError(f"a bare {token} token")


@settings(max_examples=150)
@given(body=st.binary(max_size=200))
@example(body=b"\xff\xfe")
@example(body=b'{"source": "\\ud800"}')
@example(body=b"[" * 19_000)
def test_any_bytes(body: bytes) -> None:
    answered(CLIENT.post("/api/v1/evaluate", content=body, headers=HEADERS))


@settings(max_examples=200)
@given(body=json_values)
def test_any_json(body: Any) -> None:
    answered(CLIENT.post("/api/v1/evaluate", content=json.dumps(body).encode(), headers=HEADERS))


@settings(max_examples=300)
@given(fields=st.dictionaries(st.sampled_from(FIELD_NAMES), json_values, max_size=5), program=programs)
def test_any_fields_beside_a_program(fields: dict[str, Any], program: str) -> None:
    body = {**fields, "source": program}
    answered(CLIENT.post("/api/v1/evaluate", content=json.dumps(body).encode(), headers=HEADERS))


@settings(max_examples=500)
@given(
    program=programs,
    values=st.dictionaries(st.sampled_from(["x", "y", "w0", "θ"]), st.floats(allow_nan=False, allow_infinity=False)),
    expand=st.sampled_from([[], ["*"], ["sigmoid"], ["max", "relu"]]),
    share=st.booleans(),
    relu_at_zero=st.floats(0, 1),
)
def test_any_program(
    program: str, values: dict[str, float], expand: list[str], share: bool, relu_at_zero: float
) -> None:
    body = {
        "source": program,
        "values": values,
        "expand": expand,
        "share": share,
        "conventions": {"relu_at_zero": relu_at_zero},
    }
    answered(CLIENT.post("/api/v1/evaluate", content=json.dumps(body).encode(), headers=HEADERS))


@settings(max_examples=200)
@given(query=st.binary(max_size=40).filter(lambda raw: b"\n" not in raw))
def test_any_query(query: bytes) -> None:
    status, headers, body = asgi("GET", "/api/v1/evaluate", b"source=" + query)
    answered(httpx.Response(status, headers=headers, content=body))


@settings(max_examples=200)
@given(path=st.text(max_size=30), method=st.sampled_from(["GET", "POST", "PUT", "HEAD", "OPTIONS", "XYZ"]))
def test_any_path(path: str, method: str) -> None:
    status, headers, _ = asgi(method, "/" + path, b"")
    assert status < 500
    assert any(name == b"content-security-policy" for name, _ in headers)


def asgi(method: str, path: str, query: bytes) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """The answer to a request as a server hands it over, with what no client would let us send."""
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "path": path,
        "raw_path": b"/", "query_string": query, "root_path": "", "headers": [], "scheme": "http",
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 1), "state": {},
    }  # fmt: skip
    messages: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    asyncio.run(CLIENT.app(scope, receive, send))
    return messages[0]["status"], messages[0]["headers"], b"".join(one.get("body", b"") for one in messages)


@settings(max_examples=100)
@given(
    headers=st.dictionaries(
        st.sampled_from(["content-type", "content-length", "content-encoding", "accept", "if-none-match", "host", "x"]),
        st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
        max_size=4,
    ),
    path=st.sampled_from(["/api/v1/evaluate", "/api/v1/operations", "/docs", "/", "/openapi.json"]),
)
def test_any_headers(headers: dict[str, str], path: str) -> None:
    for method in ("GET", "POST"):
        response = CLIENT.request(method, path, headers={**headers, "host": headers.get("host", "x")}, content=b"{}")
        assert response.status_code < 500
