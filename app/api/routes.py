"""The calls of version 1. Each is a few lines: check what was sent, call the core, write what it answers."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from starlette.responses import Response

from app.api import catalogue, openapi
from app.api.answers import write_answer
from app.api.bodies import read_json
from app.api.queries import read_query
from app.api.schemas import EvaluateAnswer, EvaluateRequest, ExamplesAnswer, Health, LimitsAnswer, OperationsAnswer
from app.api.server import Server, server_of
from app.api.validation import check_evaluate
from app.engine.trace import trace
from app.operations.conventions import Conventions

JSON = "application/json"
_HEALTHY = b'{"status":"ok"}'

Endpoint = Callable[[Request], Awaitable[Response]]


async def evaluate(request: Request) -> Response:
    """Computes every value of the program, and the gradient of its output with respect to every node.

    Every edge of the graph carries its own part of the gradient: upstream, local and downstream.
    """
    server = server_of(request)
    asked = check_evaluate(await read_json(request, server.limits), server.limits)
    return await _evaluated(asked, server)


async def evaluate_address(request: Request) -> Response:
    """Answers the same for a program in the address that carries its own values: an address bar or curl is enough.

    A `+` in the address is a plus, as it is typed; programs that encode addresses as forms do are understood too.
    """
    server = server_of(request)
    asked = check_evaluate(read_query(request.scope["query_string"]), server.limits)
    return await _evaluated(asked, server)


async def _evaluated(asked: EvaluateRequest, server: Server) -> Response:
    content = await server.workers.run(len(asked.source), lambda: _compute(asked, server))
    return Response(content, media_type=JSON)


def _compute(asked: EvaluateRequest, server: Server) -> bytes:
    conventions = asked.conventions
    found = trace(
        asked.source,
        values=asked.values,
        output=asked.output,
        seed=asked.seed,
        share=asked.share,
        expand=asked.expand,
        conventions=Conventions(conventions.relu_at_zero, conventions.ties, conventions.abs_at_zero),
        limits=server.limits,
    )
    return write_answer(found, server.limits)


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


async def openapi_document(request: Request) -> Response:
    """This document."""
    return catalogue.cached_answer(request, openapi.document_json(request.app))


def install(app: FastAPI) -> None:
    """Adds every call to the app."""
    v1 = "/api/v1"
    _add(app, "POST", f"{v1}/evaluate", evaluate, EvaluateAnswer, "Evaluate and differentiate a program")
    _add(app, "GET", f"{v1}/evaluate", evaluate_address, EvaluateAnswer, "Evaluate the program in the address")
    _add(app, "GET", f"{v1}/operations", operations, OperationsAnswer, "The operations")
    _add(app, "GET", f"{v1}/examples", examples, ExamplesAnswer, "The examples")
    _add(app, "GET", f"{v1}/limits", limits, LimitsAnswer, "The limits of this server")
    _add(app, "GET", "/healthz", healthz, Health, "Health")
    app.add_api_route("/openapi.json", openapi_document, methods=["GET"], include_in_schema=False)


def _add(app: FastAPI, method: str, path: str, endpoint: Endpoint, model: type, summary: str) -> None:
    app.add_api_route(
        path,
        endpoint,
        methods=[method],
        summary=summary,
        operation_id=endpoint.__name__,
        response_class=Response,
        response_model=None,
        responses={200: {"model": model, "description": (model.__doc__ or "").splitlines()[0]}},
    )
