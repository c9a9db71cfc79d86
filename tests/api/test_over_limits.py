"""Every limit accepts what is at it, and refuses one more by number and by the name of its setting."""

import json
from dataclasses import fields

import pytest

from app.limits import Limits, setting_name
from app.main import create_app
from tests.api.client import Client
from tests.api.test_errors import problem_of


def refused(client: Client, field: str, limit: int, body: dict[str, object], status: int = 413) -> None:
    """The request is refused, and the message names the limit."""
    response = client.post("/api/v1/evaluate", json=body)
    assert response.status_code == status, response.text
    problem = problem_of(response)
    message = f"{problem['errors'][0]['message']} {problem['errors'][0].get('hint', '')}"
    assert f"{limit:,}" in message
    if status == 413:
        assert problem["type"] == "/problems/limit"
        assert setting_name(field) in message


def test_body(client: Client) -> None:
    body = json.dumps({"source": "x"}).encode()
    headers = {"content-type": "application/json"}
    client = Client(create_app(Limits(max_body_bytes=len(body) + 5)))
    at_limit = body + b" " * 5
    assert client.post("/api/v1/evaluate", content=at_limit, headers=headers).status_code == 200
    assert client.post("/api/v1/evaluate", chunks=[body, b" " * 5], headers=headers).status_code == 200
    for response in (
        client.post("/api/v1/evaluate", content=at_limit + b" ", headers=headers),
        client.post("/api/v1/evaluate", chunks=[body, b" " * 5, b" "], headers=headers),
    ):
        assert response.status_code == 413
        message = problem_of(response)["detail"]
        assert f"{len(at_limit)} bytes" in message
        assert "CHAINRULE_MAX_BODY_BYTES" in message


def test_source() -> None:
    client = Client(create_app(Limits(max_source_chars=10)))
    client.evaluate("θ" + " " * 9)
    refused(client, "max_source_chars", 10, {"source": "θ" + " " * 10})


def test_source_in_an_address() -> None:
    client = Client(create_app(Limits(max_source_chars=10)))
    assert client.get("/api/v1/evaluate", params={"source": "x" + " " * 9}).status_code == 200
    assert client.get("/api/v1/evaluate", params={"source": "x" + " " * 10}).status_code == 413


def test_name() -> None:
    client = Client(create_app(Limits(max_name_chars=5)))
    client.evaluate("abcde + 1")
    refused(client, "max_name_chars", 5, {"source": "abcdef + 1"}, status=422)


def test_nodes() -> None:
    client = Client(create_app(Limits(max_nodes=5)))
    assert len(client.evaluate("x + y + z")["nodes"]) == 5
    refused(client, "max_nodes", 5, {"source": "x + y + z + w"})


def test_nodes_that_opening_adds() -> None:
    size = len(Client(create_app(Limits())).evaluate("sigmoid(x)", expand="*")["nodes"])
    client = Client(create_app(Limits(max_nodes=size)))
    client.evaluate("sigmoid(x)", expand="*")
    client = Client(create_app(Limits(max_nodes=size - 1)))
    client.evaluate("sigmoid(x)")
    refused(client, "max_nodes", size - 1, {"source": "sigmoid(x)", "expand": "*"})


def test_statements() -> None:
    client = Client(create_app(Limits(max_statements=3)))
    client.evaluate("x = 1; y = 2; x y")
    refused(client, "max_statements", 3, {"source": "x = 1; y = 2; z = x y; z"})


def test_outputs() -> None:
    client = Client(create_app(Limits(max_outputs=2)))
    client.evaluate("a = x; b = 2 x; c = 3 x", output=["b", "c"])
    refused(client, "max_outputs", 2, {"source": "b = 2 x; c = 3 x; d = x^2", "output": ["b", "c", "d"]})


def test_values() -> None:
    client = Client(create_app(Limits(max_nodes=3)))
    client.evaluate("x + y", values={"x": 1, "y": 2})
    refused(client, "max_nodes", 3, {"source": "x + y", "values": {"x": 1, "y": 2, "z": 3, "w": 4}})


def test_answer() -> None:
    plain = Client(create_app(Limits())).post("/api/v1/evaluate", json={"source": "x + y"})
    client = Client(create_app(Limits(max_response_bytes=len(plain.content))))
    assert client.evaluate("x + y") == plain.json()
    client = Client(create_app(Limits(max_response_bytes=len(plain.content) - 1)))
    refused(client, "max_response_bytes", len(plain.content) - 1, {"source": "x + y"})


def test_names_to_open(client: Client) -> None:
    assert (
        client.post("/api/v1/evaluate", json={"source": "sigmoid(x)", "expand": ["sigmoid"] * 1000}).status_code == 200
    )
    response = client.post("/api/v1/evaluate", json={"source": "sigmoid(x)", "expand": ["sigmoid"] * 1001})
    assert response.status_code == 422
    assert problem_of(response)["errors"][0]["field"] == "expand"


def test_the_limits_in_force_are_told() -> None:
    told = Client(create_app(Limits(max_nodes=7))).get("/api/v1/limits").json()["limits"]
    assert [one["setting"] for one in told] == [setting_name(field.name) for field in fields(Limits)]
    assert {one["setting"]: one["value"] for one in told}["CHAINRULE_MAX_NODES"] == 7
    assert {one["setting"]: one["default"] for one in told}["CHAINRULE_MAX_NODES"] == Limits().max_nodes


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINRULE_MAX_STATEMENTS", "1")
    client = Client(create_app())
    refused(client, "max_statements", 1, {"source": "x = 1; x"})
