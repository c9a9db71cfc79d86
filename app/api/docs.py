"""The manual of the API for people, made from the OpenAPI document.

Ready-made viewers of that document style their parts from scripts, load a megabyte, or ask other hosts; this page is
plain HTML under the same policy as every other page.
"""

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import quote

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.api import openapi, pages
from app.api.failures import KINDS
from app.api.schemas.answers import NonFinite

_NON_FINITE = list(get_args(NonFinite))
"""The words that stand for numbers; the head of the page tells about them once."""

_REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a record or parameter of a query: its name, its type in words, what it is for."""

    name: str
    type: str
    target: str | None
    about: str
    required: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A request to try, as a command."""

    title: str
    command: str


@dataclass(frozen=True, slots=True)
class Call:
    """One operation of the API."""

    anchor: str
    method: str
    path: str
    summary: str
    about: list[str]
    parameters: list[Row]
    body: str | None
    answer: str
    answer_example: str | None
    examples: list[Example]
    refusals: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Record:
    """One schema: a table of fields."""

    name: str
    about: str
    rows: list[Row]


def describe_calls(document: dict[str, Any], base: str) -> list[Call]:
    """Every call of the document; base is the address that the commands of the examples use."""
    return [
        _call(path, method, operations[method], base)
        for path, operations in document["paths"].items()
        for method in sorted(operations, reverse=True)  # what is sent with POST first, then its shorter forms
    ]


def describe_records(document: dict[str, Any], calls: list[Call]) -> list[Record]:
    """Every record that a call takes or gives, each behind the first that leads to it."""
    schemas = document["components"]["schemas"]
    waiting = [name for call in reversed(calls) for name in (call.answer, call.body) if name]
    waiting.insert(0, "ProblemDocument")
    found: dict[str, Record] = {}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = Record(name, schemas[name].get("description", ""), list(_rows(schemas[name])))
            waiting += [row.target for row in reversed(found[name].rows) if row.target]
    return list(found.values())


def _call(path: str, method: str, operation: dict[str, Any], base: str) -> Call:
    answer = operation["responses"]["200"]["content"]["application/json"]
    body = operation.get("requestBody")
    example = answer.get("example")
    return Call(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        about=operation["description"].split("\n\n"),
        parameters=[_parameter_row(one) for one in operation.get("parameters", ())],
        body=None if body is None else _name(body["content"]["application/json"]["schema"]["$ref"]),
        answer=_name(answer["schema"]["$ref"]),
        answer_example=None if example is None else _compact(example),
        examples=list(_examples(path, operation, base)),
        refusals=[
            (status, response["description"])
            for status, response in operation["responses"].items()
            if status not in ("200", "default")
        ],
    )


def _examples(path: str, operation: dict[str, Any], base: str) -> Iterator[Example]:
    """Commands for a shell, each of which works as it stands."""
    body = operation.get("requestBody")
    if body is None:
        given = [(one["name"], one["example"]) for one in operation.get("parameters", ()) if "example" in one]
        query = "&".join(f"{name}={quote(text, safe='+()*/;=,')}" for name, text in given)
        address = f"{base}{path}" + (f"?{query}" if query else "")
        yield Example("", f"curl {shlex.quote(address) if query else address}")
        return
    for one in body["content"]["application/json"]["examples"].values():
        sent = shlex.quote(_in_lines(one["value"]))
        command = f"curl {base}{path} \\\n  -H 'Content-Type: application/json' \\\n  -d {sent}"
        yield Example(one["summary"], command)


def _in_lines(value: dict[str, Any]) -> str:
    """JSON in one line where that is short, else one line for each field."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) <= 72:
        return line
    fields = [f"{json.dumps(name)}: {json.dumps(inner, ensure_ascii=False)}" for name, inner in value.items()]
    return "{" + ",\n       ".join(fields) + "}"


def _rows(schema: dict[str, Any]) -> Iterator[Row]:
    required = schema.get("required", ())
    if len(required) == len(schema["properties"]):
        required = ()  # an answer has all its fields: nothing to tell apart
    for name, field in schema["properties"].items():
        words, target = type_in_words(field)
        yield Row(name, words, target, field.get("description", ""), name in required)


def _parameter_row(parameter: dict[str, Any]) -> Row:
    words, target = type_in_words(parameter["schema"])
    return Row(parameter["name"], words, target, parameter["description"], parameter["required"])


def type_in_words(schema: dict[str, Any]) -> tuple[str, str | None]:
    """The type of a field as a reader says it, and the record it leads to."""
    if "$ref" in schema:
        name = _name(schema["$ref"])
        return name, name
    if "enum" in schema:
        return " or ".join(f'"{one}"' for one in schema["enum"]), None
    if "const" in schema:
        return f'"{schema["const"]}"', None
    if "anyOf" in schema:
        parts = [type_in_words(one) for one in schema["anyOf"] if one.get("enum") != _NON_FINITE]
        return " or ".join(text for text, _ in parts), next((name for _, name in parts if name), None)
    kind = schema.get("type", "any value")
    if kind == "array":
        words, target = type_in_words(schema.get("items", {}))
        return f"list of {words}", target
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        words, target = type_in_words(schema["additionalProperties"])
        return f"object of {words} by name", target
    return {"string": "text", "boolean": "true or false", "integer": "whole number"}.get(kind, kind), None


def _name(reference: str) -> str:
    return reference.removeprefix(_REF)


def _compact(value: Any) -> str:
    """JSON in lines that are read one node at a time: two levels are broken into lines, the rest is not."""
    lines = []
    for key, inner in value.items():
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            items = ",\n".join(f"    {json.dumps(one, ensure_ascii=False)}" for one in inner)
            lines.append(f"  {json.dumps(key)}: [\n{items}\n  ]")
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(inner, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}"


async def manual(request: Request) -> Response:
    """The page at /docs."""
    document = json.loads(openapi.document_json())
    base = f"{request.url.scheme}://{request.url.netloc}" if _plain_host(request.url.netloc) else ""
    calls = describe_calls(document, base)
    return pages.render(
        "docs.html",
        about=document["info"]["description"],
        calls=calls,
        records=describe_records(document, calls),
        kinds=list(KINDS.values()),
    )


def _plain_host(netloc: str) -> bool:
    """Whether the Host header is an ordinary one: only then do the commands of the manual repeat it."""
    return 0 < len(netloc) <= 100 and netloc.isascii() and all(one.isalnum() or one in ".-:[]" for one in netloc)


async def problem_kind(request: Request) -> Response:
    """The page about one kind of error, to which the `type` of a problem document points."""
    kind = KINDS.get(request.path_params["slug"])
    if kind is None:
        raise HTTPException(404)
    return pages.render("problem.html", kind=kind)


def install(app: FastAPI) -> None:
    app.add_route("/docs", manual, methods=["GET"])
    app.add_route("/problems/{slug}", problem_kind, methods=["GET"])
