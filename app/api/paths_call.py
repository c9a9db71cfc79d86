"""The call about paths: from a leaf to the output, each with its factors and its product."""

from __future__ import annotations

from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from app.api.bodies import read_json
from app.api.computations import encode, trace_any
from app.api.named_answer import named_graph_entry
from app.api.schemas.paths import PathsRequest
from app.api.schemas.requests import MAX_ELEMENTS
from app.api.server import server_of
from app.api.validation import check_request
from app.api.workers import COST_OF_VARYING, cost_of
from app.engine.choice import choose_node, choose_varied
from app.engine.entries import Index, check_entry, split_entry
from app.engine.path_counts import Visits
from app.engine.paths import Path, Paths, find_paths
from app.engine.tensors.choice import Varied, choose_ends
from app.engine.tensors.paths import TensorPaths, find_tensor_paths
from app.engine.tensors.trace import TensorTrace
from app.errors import Problem, UserError
from app.export.tensor_json import value_json
from app.limits import Limits, setting_name
from app.numbers import count_digits, format_count, to_json

_MOST_LISTED = 100_000
"""Entries of the products of all paths; those of later paths are not listed."""

_SAFE = 2**53
"""From here on readers of JSON that take every number for a float lose digits."""


async def paths(request: Request) -> Response:
    """Lists every chain-rule path from a leaf to the output, with its factors and its product.

    Their number and their sum are found by dynamic programming, so that they are exact also where there are 10^30 of
    them; the listing is capped.
    """
    server = server_of(request)
    asked = check_request(PathsRequest, await read_json(request, server.limits), server.limits)
    cost = COST_OF_VARYING * cost_of(asked.source, bool(asked.expand))
    content = await server.workers.run(cost, paths_json, asked, server.limits)
    return Response(content, media_type="application/json")


def paths_json(asked: PathsRequest, limits: Limits) -> bytes:
    """The paths that a request asks for. Raises UserError."""
    found = trace_any(asked, limits)
    if isinstance(found, TensorTrace):
        return within(_tensor_answer(asked, found, limits), limits)
    start = None
    if asked.leaf is not None or asked.node is not None:
        start = choose_varied(found.graph, asked.leaf, asked.node)
    output = None if asked.to is None else choose_node(found.graph, asked.to, "to")
    answer = find_paths(
        found, start, output, every_gate=asked.every_gate, most=asked.max_paths,
        limits=limits,
    )  # fmt: skip
    return within(encode(_entry(answer, asked.every_gate)), limits)


def _tensor_answer(asked: PathsRequest, trace: TensorTrace, limits: Limits) -> bytes:
    start = None
    if asked.leaf is not None or asked.node is not None:
        name, entry = split_entry(asked.leaf or asked.node or "")
        is_leaf = asked.leaf is not None
        node = choose_varied(trace.graph, name if is_leaf else None, asked.node if is_leaf else name)
        start = _varied(trace, node, entry, "leaf" if is_leaf else "node")
    to = None if asked.to is None else choose_ends(trace, [asked.to], "to")[0]
    answer = find_tensor_paths(
        trace, start, to, every_gate=asked.every_gate, most=asked.max_paths,
        limits=limits,
    )  # fmt: skip
    if isinstance(answer, Paths):
        return encode(_entry(answer, asked.every_gate))
    return encode(tensor_paths_entry(answer, asked.every_gate))


def _varied(trace: TensorTrace, node: int, entry: Index | None, field: str) -> Varied:
    if entry is None:
        return Varied(node)
    return Varied(node, check_entry(np.shape(trace.values[node]), entry, trace.graph.labels[node], field))


def tensor_paths_entry(found: TensorPaths, every_gate: bool) -> dict[str, Any]:
    """The paths of a whole tensor: products are tensors, and factors are told by their shapes and rules."""
    size = int(np.prod(found.shape, dtype=np.int64))
    return {
        **_common(found, every_gate),
        "total": value_json(found.total, MAX_ELEMENTS),
        "shape": list(found.shape),
        "paths": [
            {
                "nodes": path.nodes,
                "operands": path.operands,
                "factors": None,
                "steps": [{"rows": one.rows, "columns": one.columns, "rule": one.rule} for one in path.steps],
                "product": value_json(path.product, MAX_ELEMENTS if at * size < _MOST_LISTED else 0),
            }
            for at, path in enumerate(found.paths)
        ],
        "ranked": False,
    }


def within(content: bytes, limits: Limits) -> bytes:
    """The answer, unless it is too large. Raises UserError."""
    if len(content) > limits.max_response_bytes:
        setting = setting_name("max_response_bytes")
        text = f"The answer is larger than {limits.max_response_bytes:,} bytes, the limit set by {setting}."
        raise UserError([Problem("answer-too-large", text, "Ask for fewer paths, or send a smaller program.")], "limit")
    return content


def _entry(found: Paths, every_gate: bool) -> dict[str, Any]:
    return {
        **_common(found, every_gate),
        "total": to_json(found.total),
        "paths": [_path_entry(path) for path in found.paths],
        "ranked": found.ranked,
    }


def _common(found: Paths | TensorPaths, every_gate: bool) -> dict[str, Any]:
    drawn = named_graph_entry(found.graph, found.between)
    left_out = dict.fromkeys(found.between, 0)
    for edge in found.graph.edges:
        if edge.target in left_out and edge.source not in left_out:
            left_out[edge.target] += 1
    graph = found.graph.trace.graph
    return {
        "start": found.start,
        "output": found.output,
        "every_gate": every_gate,
        "nodes": [{**node, "left_out": left_out[node["id"]]} for node in drawn["nodes"]],
        "edges": drawn["edges"],
        "visits": _visits_entry(found.visits),
        "all_leaves": {**_visits_entry(found.counts.every_leaf), "leaves": len(found.counts.per_leaf)},
        "leaves": [
            {"id": f"n{leaf}", "name": graph.labels[leaf], "latex": graph.latex(leaf), "paths": count_entry(count)}
            for leaf, (count, _) in found.counts.per_leaf.items()
        ],
    }


def _path_entry(path: Path) -> dict[str, Any]:
    return {
        "nodes": path.nodes,
        "operands": path.operands,
        "factors": [to_json(factor) for factor in path.factors],
        "product": to_json(path.product),
    }


def _visits_entry(visits: Visits) -> dict[str, Any]:
    return {
        "paths": count_entry(visits.paths),
        "path_by_path": count_entry(visits.path_by_path),
        "edges": visits.edges,
    }


def count_entry(count: int) -> dict[str, Any]:
    return {"exact": count if count < _SAFE else count_digits(count), "text": format_count(count)}


_NETWORK = (
    "z_a = x1 w1 + x2 w2; h_a = sigmoid(z_a); z_c = h_a w3; y1 = sigmoid(z_c); z_d = h_a w4; y2 = sigmoid(z_d)\n"
    "E = 1/2 ((t1 - y1)^2 + (t2 - y2)^2)\n"
    "x1 = 1; x2 = 4; w1 = 0.1; w2 = 0.3; w3 = 0.7; w4 = 0.8; t1 = 0.1; t2 = 0.05"
)
_DIAMONDS = "a1 = sin(x) + cos(x); a2 = sin(a1) + cos(a1); a3 = sin(a2) + cos(a2); f = sin(a3) + cos(a3); x = 0.5"

PATHS_EXAMPLES: dict[str, dict[str, Any]] = {
    "a weight of a network": {
        "summary": "The two paths of a weight to the error of a network with two outputs",
        "value": {"source": _NETWORK, "leaf": "w1"},
    },
    "the leaf with most paths": {
        "summary": "A leaf that is used twice, over every gate",
        "value": {"source": "f = (x + y) * max(y, z); x = 1; y = 2; z = 0", "every_gate": True},
    },
    "more paths than are listed": {
        "summary": "The three largest of sixteen paths; number and sum cover all of them",
        "value": {"source": _DIAMONDS, "max_paths": 3},
    },
    "between any two nodes": {
        "summary": "From a hidden neuron to one of the outputs",
        "value": {"source": _NETWORK, "node": "h_a", "to": "y2"},
    },
}
