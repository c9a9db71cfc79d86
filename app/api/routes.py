"""The calls of version 1. Each is a few lines: check what was sent, call the core, write what it answers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from app.api import catalogue
from app.api.bodies import read_json
from app.api.code_call import code
from app.api.computations import check_json, curve_json, evaluate_json
from app.api.convert_call import convert
from app.api.derivation_call import derivation
from app.api.diagnose_call import diagnose, worked
from app.api.jacobian_call import backward, hessian, jacobian, jvp
from app.api.paths_call import paths
from app.api.queries import read_query
from app.api.schemas import (
    CheckAnswer,
    CheckRequest,
    CurveAnswer,
    CurveRequest,
    EvaluateAnswer,
    EvaluateRequest,
    ExamplesAnswer,
    Health,
    LimitsAnswer,
    OperationsAnswer,
    PathsAnswer,
)
from app.api.schemas.code import CodeAnswer
from app.api.schemas.convert import ConvertAnswer
from app.api.schemas.derivation import DerivationAnswer
from app.api.schemas.diagnosis import DiagnoseAnswer, WorkedAnswer
from app.api.schemas.jacobian import HessianAnswer, JacobianAnswer, JvpAnswer
from app.api.server import Server, server_of
from app.api.validation import check_request
from app.api.workers import COST_OF_VARYING, cost_of

JSON = "application/json"
_HEALTHY = b'{"status":"ok"}'

Endpoint = Callable[[Request], Awaitable[Response]]


async def evaluate(request: Request) -> Response:
    """Computes every value of the program, and the gradient of its output with respect to every node.

    Every edge of the graph carries its own part of the gradient: upstream, local and downstream.
    """
    server = server_of(request)
    asked = check_request(EvaluateRequest, await read_json(request, server.limits), server.limits)
    return await _evaluated(asked, server)


async def evaluate_address(request: Request) -> Response:
    """Answers the same for a program in the address that carries its own values: an address bar or curl is enough.

    A `+` in the address is a plus, as it is typed; programs that encode addresses as forms do are understood too.
    """
    server = server_of(request)
    asked = check_request(EvaluateRequest, read_query(request.scope["query_string"]), server.limits)
    return await _evaluated(asked, server)


async def _evaluated(asked: EvaluateRequest, server: Server) -> Response:
    cost = cost_of(asked.source, bool(asked.expand))
    content = await server.workers.run(cost, evaluate_json, asked, server.limits, server.kept)
    return Response(content, media_type=JSON)


async def curve(request: Request) -> Response:
    """Computes the output over values of one node, with its slope at the present one and its kinks.

    What the node is computed from is held, and so is everything that does not depend on it.
    """
    server = server_of(request)
    asked = check_request(CurveRequest, await read_json(request, server.limits), server.limits)
    cost = COST_OF_VARYING * cost_of(asked.source, bool(asked.expand))
    content = await server.workers.run(cost, curve_json, asked, server.limits)
    return Response(content, media_type=JSON)


async def check(request: Request) -> Response:
    """Compares gradients with central differences: each node is varied alone, by a small step to both sides."""
    server = server_of(request)
    asked = check_request(CheckRequest, await read_json(request, server.limits), server.limits)
    cost = COST_OF_VARYING * cost_of(asked.source, bool(asked.expand))
    content = await server.workers.run(cost, check_json, asked, server.limits)
    return Response(content, media_type=JSON)


async def operations(request: Request) -> Response:
    """Lists the registry: how each operation is written, what it computes, and how its gradient is found."""
    return catalogue.cached_answer(request, catalogue.operations_json())


async def examples(request: Request) -> Response:
    """Lists the lessons: programs from courses with the numbers that their sources print, compared with ours."""
    return catalogue.cached_answer(request, catalogue.examples_json())


async def limits(request: Request) -> Response:
    """Lists what this server allows, and the environment variable that sets each limit."""
    return Response(catalogue.limits_json(server_of(request).limits), media_type=JSON)


async def healthz(_request: Request) -> Response:
    """Answers while the server runs."""
    return Response(_HEALTHY, media_type=JSON)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API: where it is, what answers it, and what it says of itself."""

    method: str
    path: str
    endpoint: Endpoint
    model: type
    summary: str


_V1 = "/api/v1"
CALLS = (
    Call("POST", f"{_V1}/evaluate", evaluate, EvaluateAnswer, "Evaluate and differentiate a program"),
    Call("GET", f"{_V1}/evaluate", evaluate_address, EvaluateAnswer, "Evaluate the program in the address"),
    Call("POST", f"{_V1}/curve", curve, CurveAnswer, "The output as one node varies"),
    Call("POST", f"{_V1}/check", check, CheckAnswer, "Gradients against small steps"),
    Call("POST", f"{_V1}/code", code, CodeAnswer, "Both passes as flat code"),
    Call("POST", f"{_V1}/paths", paths, PathsAnswer, "The paths from a leaf to the output"),
    Call("POST", f"{_V1}/jacobian", jacobian, JacobianAnswer, "Derivatives of several outputs"),
    Call("POST", f"{_V1}/hessian", hessian, HessianAnswer, "Second derivatives"),
    Call("POST", f"{_V1}/jvp", jvp, JvpAnswer, "Forward mode: tangents of every node"),
    Call("POST", f"{_V1}/backward", backward, EvaluateAnswer, "The backward pass as a graph"),
    Call("POST", f"{_V1}/derivation", derivation, DerivationAnswer, "The worked solution"),
    Call("POST", f"{_V1}/diagnose", diagnose, DiagnoseAnswer, "What is wrong with a number"),
    Call("POST", f"{_V1}/worked", worked, WorkedAnswer, "The printed numbers of a worked example"),
    Call("POST", f"{_V1}/convert", convert, ConvertAnswer, "The program in another notation"),
    Call("GET", f"{_V1}/operations", operations, OperationsAnswer, "The operations"),
    Call("GET", f"{_V1}/examples", examples, ExamplesAnswer, "The examples"),
    Call("GET", f"{_V1}/limits", limits, LimitsAnswer, "The limits of this server"),
    Call("GET", "/healthz", healthz, Health, "Health"),
)


def install(app: FastAPI) -> None:
    """Adds every call to the app.

    They are plain routes: a call reads and writes its own JSON, so FastAPI's machinery for parameters and answers
    would do nothing but take a third of the time of a small evaluation. `documented_routes` tells FastAPI's OpenAPI
    about them.
    """
    for call in CALLS:
        app.add_route(call.path, call.endpoint, methods=[call.method])


def documented_routes() -> list[BaseRoute]:
    """The calls as routes from which FastAPI can write the OpenAPI document."""
    router = APIRouter()
    for call in CALLS:
        router.add_api_route(
            call.path,
            call.endpoint,
            methods=[call.method],
            summary=call.summary,
            operation_id=call.endpoint.__name__,
            response_class=Response,
            response_model=None,
            responses={200: {"model": call.model, "description": (call.model.__doc__ or "").splitlines()[0]}},
        )
    return router.routes
