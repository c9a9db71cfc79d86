"""The calls for Jacobians, Hessians, tangents and the backward pass as a graph."""

from collections.abc import Callable
from typing import TypeVar

from fastapi import Request
from starlette.responses import Response

from app.api.bodies import read_json
from app.api.jacobian_answers import backward_json, hessian_json, jacobian_json, jvp_json
from app.api.schemas.jacobian import BackwardRequest, HessianRequest, JacobianRequest, JvpRequest
from app.api.schemas.requests import ProgramRequest
from app.api.server import server_of
from app.api.tensor_costs import entries_in
from app.api.validation import check_request
from app.api.workers import COST_OF_VARYING, cost_of
from app.limits import Limits

_JSON = "application/json"

_ENTRIES_OF_A_CHARACTER = 10
"""So many entries of a matrix between tensors take about as long as evaluating a program per character of its text."""

Asked = TypeVar("Asked", bound=ProgramRequest)


async def jacobian(request: Request) -> Response:
    """Computes the derivatives of several outputs by several leaves.

    The mode that needs fewer sweeps fills the matrix: reverse, one sweep for each output, or forward, one for each
    leaf. Every entry that is zero says why.
    """
    return await _answered(request, JacobianRequest, jacobian_json)


async def hessian(request: Request) -> Response:
    """Computes the second derivatives of one output, by differentiating its backward pass.

    A gate made of pieces, such as max or ReLU, adds nothing: it is straight on each of them.
    """
    return await _answered(request, HessianRequest, hessian_json)


async def jvp(request: Request) -> Response:
    """Computes how fast every node changes while leaves change at given rates: one forward sweep."""
    return await _answered(request, JvpRequest, jvp_json)


async def backward(request: Request) -> Response:
    """Writes the backward pass as a graph of its own, in the form of an evaluation.

    Its leaves are the gradient that arrives at the output and the values that are reused; its gates compute gradients,
    named `grad_x` for x; its outputs are the gradients of the leaves. Gradients of these nodes are null.
    """
    return await _answered(request, BackwardRequest, backward_json)


async def _answered(request: Request, model: type[Asked], compute: Callable[[Asked, Limits], bytes]) -> Response:
    server = server_of(request)
    asked = check_request(model, await read_json(request, server.limits), server.limits)
    cost = COST_OF_VARYING * cost_of(asked.source, bool(asked.expand))
    cost += entries_in(asked.source, asked.values) ** 2 // _ENTRIES_OF_A_CHARACTER
    content = await server.workers.run(cost, compute, asked, server.limits)
    return Response(content, media_type=_JSON)
