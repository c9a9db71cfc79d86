"""The calls about printed numbers: the wrong-answer detective, and worked examples checked line by line."""

from __future__ import annotations

from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import span_entry
from app.api.bodies import read_json
from app.api.computations import encode, trace_any
from app.api.judged_answers import drawn_nodes, first_wrong, judged_entry, node_entry, phrase_entry, tried_entry
from app.api.schemas.diagnosis import DiagnoseRequest, StepRequest, WorkedRequest
from app.api.server import server_of
from app.api.validation import check_request
from app.api.workers import COST_OF_VARYING, cost_of
from app.engine.choice import choose_leaf, choose_varied
from app.engine.entries import Index, check_entry, split_entry
from app.engine.tensors.trace import TensorTrace
from app.engine.trace import Trace
from app.errors import Problem, UserError, quoted
from app.explain.detective.diagnose import Detective
from app.explain.detective.printed import read_printed
from app.explain.detective.tensors.diagnose import TensorDetective
from app.explain.detective.tensors.typed import is_tensor_text, read_typed
from app.explain.detective.tensors.whole import TensorDiagnosis
from app.explain.detective.told import Diagnosis
from app.explain.detective.truth import Step
from app.explain.detective.worked import Row, check_worked
from app.explain.detective.worked_lines import Unread
from app.limits import Limits
from app.numbers import to_json
from app.operations.shapes import shape_text

_COST_OF_A_CHARACTER = 4
_COST_OF_SLIPS = 2 * COST_OF_VARYING
"""Trying every slip and every way of rounding costs some twice as much as a check of all gradients."""


async def diagnose(request: Request) -> Response:
    """Says whether a number is right, and if not, which usual slips give exactly its digits.

    Tried are paths left out, local gradients left out or taken at the wrong place, wrong factors and signs, constants
    left out, other numbers of the program, weights updated too early, and every step rounded or cut to a few digits.
    Of a tensor one entry is checked, or all entries at once: then also rows and columns exchanged, outer products the
    wrong way round, matrices that are not turned, sums over broadcast axes left out, means in place of sums,
    and softmax
    taken entry by entry; a slip that gives all wrong entries is preferred to slips that give some.
    """
    server = server_of(request)
    asked = check_request(DiagnoseRequest, await read_json(request, server.limits), server.limits)
    cost = _COST_OF_SLIPS * cost_of(asked.source, bool(asked.expand)) + _COST_OF_A_CHARACTER * len(asked.printed)
    content = await server.workers.run(cost, diagnose_json, asked, server.limits)
    return Response(content, media_type="application/json")


async def worked(request: Request) -> Response:
    """Checks the printed numbers of a worked example, each against ours, with the reason where one is wrong."""
    server = server_of(request)
    asked = check_request(WorkedRequest, await read_json(request, server.limits), server.limits)
    lines = 1 + asked.lines.count("\n") + asked.lines.count(";")
    cost = max(_COST_OF_SLIPS, lines // 2) * cost_of(asked.source, bool(asked.expand)) + len(asked.lines)
    content = await server.workers.run(cost, worked_json, asked, server.limits)
    return Response(content, media_type="application/json")


def diagnose_json(asked: DiagnoseRequest, limits: Limits) -> bytes:
    """What can be said about one number or tensor. Raises UserError."""
    found = trace_any(asked, limits)
    node, index = _subject(found, asked)
    step = _step(asked, found)
    if asked.quantity == "updated" and step is None:
        hint = "Send `learning_rate`, as in 0.7."
        raise UserError(
            [Problem("no-rate", "A new value needs a learning rate.", hint, field="learning_rate")], "value"
        )
    diagnosis = _diagnose(found, asked, node, index, step, limits)
    printed = first_wrong(diagnosis) if isinstance(diagnosis, TensorDiagnosis) else diagnosis.printed
    return encode(
        {
            "output": found.output,
            "node": node_entry(found, node),
            **judged_entry(found, diagnosis, index),
            "tried": [tried_entry(slip, printed) for slip in diagnosis.tried],
            "tried_count": diagnosis.tried_count,
            "nodes": [node_entry(found, each) for each in drawn_nodes(found, diagnosis)],
        }
    )


def _subject(found: Trace, asked: DiagnoseRequest) -> tuple[int, Index | None]:
    """The node, and the index where one entry of it is meant."""
    given, field = (asked.leaf, "leaf") if asked.leaf is not None else (asked.node, "node")
    name, index = split_entry(given) if given is not None else (None, None)
    node = choose_varied(
        found.graph, name if asked.leaf is not None else None, asked.node if asked.leaf is not None else name
    )
    if index is None:
        return node, None
    return node, check_entry(np.shape(found.values[node]), index, found.graph.labels[node], field)


def _diagnose(
    found: Trace, asked: DiagnoseRequest, node: int, index: Index | None, step: Step | None, limits: Limits
) -> Diagnosis | TensorDiagnosis:
    if not isinstance(found, TensorTrace):
        return Detective(found, step, limits).diagnose(node, asked.quantity, read_printed(asked.printed))
    detective, shape = TensorDetective(found, step, limits), np.shape(found.values[node])
    if index is not None or not shape:
        if is_tensor_text(asked.printed):
            hint = None if index is None else f"Name {quoted(found.graph.labels[node])} alone to check all its entries."
            raise UserError([Problem("not-a-number", "These are several numbers.", hint, field="printed")], "value")
        return detective.diagnose_entry(node, index or (), asked.quantity, read_printed(asked.printed))
    typed = read_typed(asked.printed, limits)
    if len(typed.cells) == 1 and typed.shape == (1,) and "[" not in asked.printed and shape != (1,):
        label = found.graph.labels[node]
        example = quoted(f"{label}[{', '.join('0' for _ in shape)}]")
        message = f"{quoted(label)} is {shape_text(shape)}, and this is one number."
        raise UserError(
            [Problem("entry", message, f"Name one entry, as in {example}, or type all.", field="printed")], "value"
        )
    return detective.diagnose_all(node, asked.quantity, typed)


def worked_json(asked: WorkedRequest, limits: Limits) -> bytes:
    """Every line with its verdict. Raises UserError."""
    found = trace_any(asked, limits)
    step = _step(asked, found)
    parameters = _parameters(asked, found)
    checked = check_worked(found, asked.lines, step.rate if step else None, parameters, limits)
    counts = {name: checked.counts.get(name.replace("_", "-"), 0) for name in _COUNTED}
    return encode(
        {
            "output": found.output,
            "learning_rate": None if checked.rate is None else to_json(checked.rate),
            "counts": counts,
            "rows": [_row_entry(found, row) for row in checked.rows],
        }
    )


_COUNTED = ("exact", "rounded", "truncated", "rounded_on_the_way", "wrong", "unread")


def _step(asked: StepRequest, found: Trace) -> Step | None:
    return None if asked.learning_rate is None else Step(asked.learning_rate, _parameters(asked, found))


def _parameters(asked: StepRequest, found: Trace) -> tuple[int, ...] | None:
    if asked.parameters is None:
        return None
    return tuple(choose_leaf(found.graph, name, f"parameters.{place}") for place, name in enumerate(asked.parameters))


def _row_entry(found: Trace, row: Row | Unread) -> dict[str, Any]:
    if isinstance(row, Unread):
        problem = row.problem
        told = {"code": problem.code, "message": problem.message, "hint": problem.hint, "span": span_entry(row.span)}
        return {
            "text": row.text,
            "span": span_entry(row.span),
            "problem": {**told, "field": None, "fix": None},
            "figure": None,
        }
    figure = {
        **judged_entry(found, row.diagnosis, row.figure.index),
        "node": node_entry(found, row.diagnosis.node),
        "of": node_entry(found, row.output),
        "follows": None if row.follows is None else phrase_entry(row.follows),
    }
    return {"text": row.figure.text, "span": span_entry(row.figure.span), "problem": None, "figure": figure}


_NETWORK = (
    "z_a = x1 w1 + x2 w2; h_a = sigmoid(z_a); z_c = h_a w3; y1 = sigmoid(z_c); z_d = h_a w4; y2 = sigmoid(z_d)\n"
    "E = 1/2 ((t1 - y1)^2 + (t2 - y2)^2)\n"
    "x1 = 1; x2 = 4; w1 = 0.1; w2 = 0.3; w3 = 0.7; w4 = 0.8; t1 = 0.1; t2 = 0.05"
)
_NEURON = "z = w x + b; h = sigmoid(z); E = 1/2 (t - h)^2; x = 0.5; w = 2; b = -0.25; t = 1"
_LAYER = "z = W @ x; a = relu(z); E = half_sse(a, t)\nW = [[0.5, -0.3], [0.2, 0.6]]; x = [1, -2]; t = [0, 0.7]"

DIAGNOSE_EXAMPLES: dict[str, dict[str, Any]] = {
    "a path left out": {
        "summary": "A gradient that is one of two paths alone",
        "value": {"source": _NETWORK, "leaf": "w1", "printed": "0.0145"},
    },
    "a right number": {
        "summary": "A number that is right, rounded to four decimals",
        "value": {"source": _NEURON, "leaf": "w", "printed": "-0.0350"},
    },
    "an entry of a matrix": {
        "summary": "An entry of the gradient of a matrix, with the ReLU mask left out",
        "value": {"source": _LAYER, "leaf": "W[1, 0]", "printed": "-0.7"},
    },
    "a whole matrix": {
        "summary": "The gradient of a matrix, its outer product the wrong way round",
        "value": {"source": _LAYER, "leaf": "W", "printed": "[[1.1, 0], [-2.2, 0]]"},
    },
    "a new weight": {
        "summary": "A weight after a step that went the wrong way",
        "value": {"source": _NEURON, "leaf": "w", "quantity": "updated", "learning_rate": 0.5, "printed": "1.9825"},
    },
}

WORKED_EXAMPLES: dict[str, dict[str, Any]] = {
    "a neuron": {
        "summary": "The numbers of one training step of a neuron, one of them wrong",
        "value": {
            "source": _NEURON,
            "lines": "z = 0.75\nh = 0.679\nE = 0.0515\ndE/dw = 0.0350\neta = 0.5\nnew w = 2.0175",
        },
    },
}
