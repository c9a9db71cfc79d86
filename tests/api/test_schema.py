"""The OpenAPI document tells the truth: its examples run, its answers are real, and a generator finds no lie."""

import json
import re
import shlex
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from pydantic import BaseModel
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from app.api import docs, openapi
from app.api.routes import CALLS
from app.limits import Limits
from app.main import create_app
from tests.api.client import Client

APP = create_app(Limits())
DOCUMENT = openapi.document()
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
SCHEMA.app = APP


def test_the_served_document_is_the_document(client: Client) -> None:
    assert client.get("/openapi.json").json() == DOCUMENT == client.app.openapi()


@pytest.mark.parametrize(
    ("path", "name"), [(path, name) for path, body in openapi.BODIES.items() for name in body.examples]
)
def test_every_example_of_a_request_runs(client: Client, path: str, name: str) -> None:
    response = client.post(path, json=openapi.BODIES[path].examples[name]["value"])
    assert response.status_code == 200, response.text


def test_every_example_of_a_query_runs(client: Client) -> None:
    given = {
        one["name"]: one["example"]
        for one in DOCUMENT["paths"]["/api/v1/evaluate"]["get"]["parameters"]
        if "example" in one
    }
    response = client.get("/api/v1/evaluate", params=given)
    assert response.json()["gradients"] == {"x": -4.0, "y": -4.0, "z": 3.0}


@pytest.mark.parametrize("path", openapi.BODIES)
def test_the_example_of_an_answer_is_the_answer(client: Client, path: str) -> None:
    answer = DOCUMENT["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]
    asked = next(iter(openapi.BODIES[path].examples.values()))["value"]
    assert client.post(path, json=asked).json() == answer["example"]


def test_every_command_of_the_manual_runs(client: Client) -> None:
    commands = [one.command for call in docs.describe_calls(DOCUMENT, "http://testserver") for one in call.examples]
    assert len(commands) >= len(CALLS)
    for command in commands:
        words = shlex.split(command.replace("\\\n", " "))
        address = urlsplit(words[1])
        if "-d" in words:
            content = words[words.index("-d") + 1].encode()
            name, value = words[words.index("-H") + 1].split(": ")
            response = client.post(address.path, content=content, headers={name: value})
        else:
            response = client.get(f"{address.path}?{address.query}" if address.query else address.path)
        assert response.status_code == 200, command
    [address] = [urlsplit(shlex.split(one)[1]) for one in commands if "?" in one]
    assert "(x+y)*z" in unquote(address.query)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.method} {call.path}")
def test_answers_are_what_the_schema_says(client: Client, call: Any) -> None:
    query = "?source=x" if call.path.endswith("evaluate") else ""
    body = next(iter(openapi.BODIES[call.path].examples.values()))["value"] if call.method == "POST" else None
    response = client.request(call.method, call.path + query, json=body)
    assert response.status_code == 200
    assert issubclass(call.model, BaseModel)
    read = call.model.model_validate_json(response.content, strict=True)
    assert json.loads(read.model_dump_json(exclude_unset=True)) == response.json()


def test_every_field_is_described() -> None:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        assert schema.get("description"), name
        for field, about in schema.get("properties", {}).items():
            assert about.get("description", "").endswith("."), (name, field)


def test_every_reference_leads_somewhere() -> None:
    names = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(DOCUMENT)))
    assert names == set(DOCUMENT["components"]["schemas"])


@SCHEMA.parametrize()
@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_generated_requests(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_headers_conformance,
            response_schema_conformance,
            negative_data_rejection,
            unsupported_method,
        ]
    )
