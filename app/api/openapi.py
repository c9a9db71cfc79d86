"""The OpenAPI document: what FastAPI collects, with the requests, problem documents and examples that it cannot see.

The calls read their own requests (strict JSON, plus signs in addresses), so their shape is added here from the same
models that check them. Example answers are computed, so that they cannot be wrong.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.responses import Response

from app.api.answers import write_answer
from app.api.catalogue import cached_answer
from app.api.code_call import CODE_EXAMPLES, code_json
from app.api.computations import check_json, curve_json, trace_program
from app.api.convert_call import CONVERT_EXAMPLES, convert_json
from app.api.curve_examples import CHECK_EXAMPLES, CURVE_EXAMPLES
from app.api.derivation_call import DERIVATION_EXAMPLES, derivation_json
from app.api.diagnose_call import DIAGNOSE_EXAMPLES, WORKED_EXAMPLES, diagnose_json, worked_json
from app.api.failures import KINDS, MEDIA_TYPE
from app.api.jacobian_answers import backward_json, hessian_json, jacobian_json, jvp_json
from app.api.jacobian_examples import BACKWARD_EXAMPLES, HESSIAN_EXAMPLES, JACOBIAN_EXAMPLES, JVP_EXAMPLES
from app.api.paths_call import PATHS_EXAMPLES, paths_json
from app.api.routes import documented_routes
from app.api.schemas import CheckRequest, CurveRequest, EvaluateRequest, PathsRequest, ProblemDocument
from app.api.schemas.code import CodeRequest
from app.api.schemas.convert import ConvertRequest
from app.api.schemas.derivation import DerivationRequest
from app.api.schemas.diagnosis import DiagnoseRequest, WorkedRequest
from app.api.schemas.jacobian import BackwardRequest, HessianRequest, JacobianRequest, JvpRequest
from app.api.schemas.requests import ProgramRequest
from app.limits import DEFAULT_LIMITS, Limits

VERSION = "1.0.0"
EVALUATE = "/api/v1/evaluate"
CURVE = "/api/v1/curve"
CHECK = "/api/v1/check"
PATHS = "/api/v1/paths"
DERIVATION = "/api/v1/derivation"
DIAGNOSE = "/api/v1/diagnose"
WORKED = "/api/v1/worked"
_ABOUT = (
    "Chainrule turns an expression into a computational graph with every value and every gradient. "
    "Every error is a problem document (RFC 9457). A number that JSON cannot hold is the string "
    '`"NaN"`, `"Infinity"` or `"-Infinity"`.'
)

REQUEST_EXAMPLES: dict[str, dict[str, Any]] = {
    "sum times z": {
        "summary": "The first example of the lecture",
        "value": {"source": "q = x + y\nf = q * z", "values": {"x": -2, "y": 5, "z": -4}},
    },
    "sigmoid neuron, opened": {
        "summary": "A neuron whose sigmoid is opened into its primitive gates",
        "value": {
            "source": "f = sigmoid(w0 x0 + w1 x1 + w2); w0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3",
            "expand": ["sigmoid"],
        },
    },
    "every field": {
        "summary": "Every field of a request, at its default where it has one",
        "value": {
            "source": "q = x + y\nf = q * z",
            "values": {"x": -2, "y": 5, "z": -4},
            "output": "f",
            "seed": 1.0,
            "share": False,
            "expand": [],
            "conventions": {"relu_at_zero": 0, "ties": "split", "abs_at_zero": 0},
        },
    },
    "a kink": {
        "summary": "ReLU at zero, with the slope that some lectures take there",
        "value": {"source": "relu(x)", "values": {"x": 0}, "conventions": {"relu_at_zero": 1}},
    },
}

_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "number"}
_NAMES: dict[str, Any] = {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}
QUERY: tuple[tuple[str, dict[str, Any], Any, str], ...] = (
    ("source", _TEXT, "(x+y)*z;x=-2;y=5;z=-4", "The program, with its values."),
    ("output", _NAMES, None, "Name of the node to differentiate; several stand with commas between them."),
    ("seed", _NUMBER, None, "The gradient that arrives at the output; 1 unless given."),
    ("share", {"type": "boolean"}, None, "Merge equal sub-expressions."),
    ("expand", _NAMES, None, "Composites to open, with commas between them; `*` opens all."),
    ("relu_at_zero", {**_NUMBER, "minimum": 0, "maximum": 1}, None, "Slope of relu at 0."),
    ("ties", {**_TEXT, "enum": ["split", "first", "both"]}, None, "Who receives the gradient among equal operands."),
    ("abs_at_zero", {**_NUMBER, "minimum": -1, "maximum": 1}, None, "Slope of abs at 0."),
)


class Body(NamedTuple):
    """What is sent to a call: its record, examples of it, and the JSON that answers such a record."""

    model: type[ProgramRequest]
    examples: dict[str, dict[str, Any]]
    answer: Callable[[Any, Limits], bytes]


def _evaluate_json(asked: EvaluateRequest, limits: Limits) -> bytes:
    return write_answer(trace_program(asked, limits, asked.seed), limits)


BODIES: dict[str, Body] = {
    EVALUATE: Body(EvaluateRequest, REQUEST_EXAMPLES, _evaluate_json),
    CURVE: Body(CurveRequest, CURVE_EXAMPLES, curve_json),
    CHECK: Body(CheckRequest, CHECK_EXAMPLES, check_json),
    "/api/v1/code": Body(CodeRequest, CODE_EXAMPLES, code_json),
    PATHS: Body(PathsRequest, PATHS_EXAMPLES, paths_json),
    "/api/v1/jacobian": Body(JacobianRequest, JACOBIAN_EXAMPLES, jacobian_json),
    "/api/v1/hessian": Body(HessianRequest, HESSIAN_EXAMPLES, hessian_json),
    "/api/v1/jvp": Body(JvpRequest, JVP_EXAMPLES, jvp_json),
    "/api/v1/backward": Body(BackwardRequest, BACKWARD_EXAMPLES, backward_json),
    DERIVATION: Body(DerivationRequest, DERIVATION_EXAMPLES, derivation_json),
    DIAGNOSE: Body(DiagnoseRequest, DIAGNOSE_EXAMPLES, diagnose_json),
    WORKED: Body(WorkedRequest, WORKED_EXAMPLES, worked_json),
    "/api/v1/convert": Body(ConvertRequest, CONVERT_EXAMPLES, convert_json),
}
"""The calls that take a body."""

_BODY_REFUSALS = ("not-json", "too-slow", "limit", "media-type", "program", "busy", "too-long")
_REFUSALS: dict[tuple[str, str], tuple[str, ...]] = {
    **{("post", path): _BODY_REFUSALS for path in BODIES},
    ("get", EVALUATE): ("not-json", "limit", "program", "busy", "too-long"),
}


async def openapi_document(request: Request) -> Response:
    """The document at /openapi.json."""
    return cached_answer(request, document_json())


def install(app: FastAPI) -> None:
    """Serves the document, and makes `app.openapi()` give it."""
    app.add_route("/openapi.json", openapi_document, methods=["GET"])
    app.openapi = document  # type: ignore[method-assign]  # the way that FastAPI documents


@cache
def document_json() -> bytes:
    """The document as JSON."""
    return json.dumps(document(), ensure_ascii=False, allow_nan=False).encode("utf-8")


def document() -> dict[str, Any]:
    """The document of version 1."""
    found = get_openapi(title="Chainrule", version=VERSION, description=_ABOUT, routes=documented_routes())
    schemas = found["components"]["schemas"]
    _, models = models_json_schema(
        [*((body.model, "validation") for body in BODIES.values()), (ProblemDocument, "serialization")],
        ref_template="#/components/schemas/{model}",
    )
    schemas.update(models["$defs"])
    paths = found["paths"]
    for path, body in BODIES.items():
        paths[path]["post"]["requestBody"] = _request_body(body.model, body.examples)
    paths[EVALUATE]["get"]["parameters"] = [_parameter(*one) for one in QUERY]
    for path, operations in paths.items():
        for method, operation in operations.items():
            _add_refusals(operation["responses"], _REFUSALS.get((method, path), ()))
            if path in BODIES:
                operation["responses"]["200"]["content"]["application/json"]["example"] = _example_answer(path)
    return found


def _request_body(model: type, examples: dict[str, dict[str, Any]]) -> dict[str, Any]:
    content = {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}, "examples": examples}
    return {"required": True, "content": {"application/json": content}}


def _parameter(name: str, schema: dict[str, Any], example: Any, about: str) -> dict[str, Any]:
    found = {"name": name, "in": "query", "required": name == "source", "schema": schema, "description": about}
    if schema.get("type") == "array":
        found |= {"style": "form", "explode": False}
    return found if example is None else {**found, "example": example}


def _add_refusals(responses: dict[str, Any], slugs: tuple[str, ...]) -> None:
    """The problem documents of a call: those it is known for, and the shape of any other."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    responses.pop("422", None)
    for slug in slugs:
        kind = KINDS[slug]
        responses[str(kind.status)] = {"description": f"{kind.title}. {kind.about}", "content": content}
    responses["default"] = {"description": "Any other error, in the same shape.", "content": content}


@cache
def _example_answer(path: str) -> Any:
    """What the call answers to the first of its examples."""
    body = BODIES[path]
    asked = next(iter(body.examples.values()))["value"]
    return json.loads(body.answer(body.model.model_validate(asked), DEFAULT_LIMITS))
