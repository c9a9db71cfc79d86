"""The calls about printed numbers: the wrong-answer detective, and worked examples checked line by line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import span_entry
from app.api.bodies import read_json
from app.api.computations import encode, trace_program
from app.api.schemas.diagnosis import DiagnoseRequest, StepRequest, WorkedRequest
from app.api.server import server_of
from app.api.validation import check_request
from app.api.workers import COST_OF_VARYING, cost_of
from app.engine.choice import choose_leaf, choose_varied
from app.engine.trace import Trace
from app.errors import Problem, UserError
from app.explain.detective.diagnose import Detective, Diagnosis, Match
from app.explain.detective.flow import Flow, Wire
from app.explain.detective.printed import add_up, as_printed, longer, read_printed
from app.explain.detective.slips.record import Term
from app.explain.detective.truth import Step
from app.explain.detective.words import Phrase
from app.explain.detective.worked import Row, check_worked
from app.explain.detective.worked_lines import Unread
from app.limits import Limits
from app.numbers import to_json

_DRAWN = 2_000
"""Edges of a match are listed up to this number; a graph with more is not drawn edge by edge."""
_COST_OF_SLIPS = 2 * COST_OF_VARYING
"""Trying every slip and every way of rounding costs some twice as much as a check of all gradients."""


async def diagnose(request: Request) -> Response:
    """Says whether a number is right, and if not, which usual slips give exactly its digits.

    Tried are paths left out, local gradients left out or taken at the wrong place, wrong factors and signs, constants
    left out, other numbers of the program, weights updated too early, and every step rounded or cut to a few digits.
    """
    server = server_of(request)
    asked = check_request(DiagnoseRequest, await read_json(request, server.limits), server.limits)
    cost = _COST_OF_SLIPS * cost_of(asked.source, bool(asked.expand))
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
    """What can be said about one number. Raises UserError."""
    printed = read_printed(asked.printed)
    found = trace_program(asked, limits)
    node = choose_varied(found.graph, asked.leaf, asked.node)
    step = _step(asked, found)
    if asked.quantity == "updated" and step is None:
        hint = "Send `learning_rate`, as in 0.7."
        raise UserError(
            [Problem("no-rate", "A new value needs a learning rate.", hint, field="learning_rate")], "value"
        )
    diagnosis = Detective(found, step, limits).diagnose(node, asked.quantity, printed)
    drawn = _drawn(found, diagnosis)
    return encode(
        {
            "output": found.output,
            "node": _node_entry(found, node),
            **_judged_entry(found, diagnosis),
            "tried": [
                {
                    "kind": slip.kind,
                    "title": _phrase_entry(slip.title),
                    "value": to_json(slip.value),
                    "gives": as_printed(printed, slip.value),
                }
                for slip in diagnosis.tried
            ],
            "tried_count": diagnosis.tried_count,
            "nodes": [_node_entry(found, each) for each in drawn],
        }
    )


def worked_json(asked: WorkedRequest, limits: Limits) -> bytes:
    """Every line with its verdict. Raises UserError."""
    found = trace_program(asked, limits)
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
        **_judged_entry(found, row.diagnosis),
        "node": _node_entry(found, row.diagnosis.node),
        "of": _node_entry(found, row.output),
        "follows": None if row.follows is None else _phrase_entry(row.follows),
    }
    return {"text": row.figure.text, "span": span_entry(row.figure.span), "problem": None, "figure": figure}


def _judged_entry(found: Trace, diagnosis: Diagnosis) -> dict[str, Any]:
    printed = diagnosis.printed
    return {
        "quantity": diagnosis.quantity,
        "printed": {
            "text": printed.text,
            "value": to_json(printed.value),
            "decimals": printed.decimals,
            "digits": printed.digits,
        },
        "exact": to_json(diagnosis.exact),
        "exact_shown": longer(printed, diagnosis.exact),
        "verdict": diagnosis.verdict,
        "headline": _phrase_entry(diagnosis.headline),
        "says": None if diagnosis.says is None else _phrase_entry(diagnosis.says),
        "digits": diagnosis.digits,
        "caution": diagnosis.caution,
        "matches": [_match_entry(found, diagnosis, match) for match in diagnosis.matches],
    }


def _match_entry(found: Trace, diagnosis: Diagnosis, match: Match) -> dict[str, Any]:
    slip = match.slip
    terms = (*slip.kept, *slip.left_out)
    shown = add_up([term.value for term in terms], (diagnosis.printed.decimals or 4) + 2)
    kept, dropped = _edges(found, diagnosis.node, slip.dropped)
    total = sum(term.value for term in terms)
    return {
        "kind": slip.kind,
        "title": _phrase_entry(slip.title),
        "headline": slip.headline,
        "says": _phrase_entry(slip.says),
        "value": to_json(slip.value),
        "manner": match.manner,
        "digits": match.digits,
        "node": None if slip.node is None else f"n{slip.node}",
        "kept": _term_entries(slip.kept, shown),
        "left_out": _term_entries(slip.left_out, shown[len(slip.kept) :]),
        "total": {"value": to_json(total), "shown": shown[-1]} if terms else None,
        "kept_edges": [_edge_entry(wire) for wire in kept],
        "dropped_edges": [_edge_entry(wire) for wire in dropped],
    }


def _term_entries(terms: Iterable[Term], shown: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {
            "name": _phrase_entry(term.name),
            "value": to_json(term.value),
            "shown": digits,
            "node": None if term.node is None else f"n{term.node}",
        }
        for term, digits in zip(terms, shown, strict=False)
    ]


def _edges(found: Trace, node: int, dropped: frozenset[Wire]) -> tuple[list[Wire], list[Wire]]:
    """The edges of what was kept and of what was left out; none of either in a graph too large to draw them."""
    if not dropped:
        return [], []
    flow = Flow(found, node)
    wires = list(flow.wires)
    if len(wires) > _DRAWN:
        return [], []
    kept = flow.without(dropped)
    return [wire for wire in wires if wire in kept], [wire for wire in wires if wire not in kept]


def _drawn(found: Trace, diagnosis: Diagnosis) -> list[int]:
    nodes: set[int] = set()
    for match in diagnosis.matches:
        kept, dropped = _edges(found, diagnosis.node, match.slip.dropped)
        nodes.update(node for wire in (*kept, *dropped) for node in (wire.source, wire.target))
        slip = match.slip
        told = (slip.node, *(term.node for term in (*slip.kept, *slip.left_out)))
        nodes.update(node for node in told if node is not None)
    return sorted(nodes)


def _phrase_entry(said: Phrase) -> dict[str, str]:
    return {"text": said.text, "latex": said.rich}


def _node_entry(found: Trace, node: int) -> dict[str, Any]:
    graph, operation = found.graph, found.program.operation(node)
    return {
        "id": f"n{node}",
        "label": graph.labels[node],
        "latex": graph.latex(node),
        "op": operation.name if operation else None,
        "span": span_entry(graph.span(node)),
    }


def _edge_entry(wire: Wire) -> dict[str, Any]:
    return {"source": f"n{wire.source}", "target": f"n{wire.target}", "operand": wire.operand}


_NETWORK = (
    "z_a = x1 w1 + x2 w2; h_a = sigmoid(z_a); z_c = h_a w3; y1 = sigmoid(z_c); z_d = h_a w4; y2 = sigmoid(z_d)\n"
    "E = 1/2 ((t1 - y1)^2 + (t2 - y2)^2)\n"
    "x1 = 1; x2 = 4; w1 = 0.1; w2 = 0.3; w3 = 0.7; w4 = 0.8; t1 = 0.1; t2 = 0.05"
)
_NEURON = "z = w x + b; h = sigmoid(z); E = 1/2 (t - h)^2; x = 0.5; w = 2; b = -0.25; t = 1"

DIAGNOSE_EXAMPLES: dict[str, dict[str, Any]] = {
    "a path left out": {
        "summary": "A gradient that is one of two paths alone",
        "value": {"source": _NETWORK, "leaf": "w1", "printed": "0.0145"},
    },
    "a right number": {
        "summary": "A number that is right, rounded to four decimals",
        "value": {"source": _NEURON, "leaf": "w", "printed": "-0.0350"},
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
