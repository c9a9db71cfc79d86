"""The call about flat code: both passes as straight-line assignments in one of four languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import span_entry
from app.api.bodies import read_json
from app.api.computations import encode, trace_any
from app.api.schemas.code import CodeRequest
from app.api.server import server_of
from app.api.validation import check_request
from app.api.workers import COST_OF_VARYING, cost_of
from app.engine.trace import Trace
from app.errors import Problem, UserError
from app.export.code import Code, Line, Note, usual_language, write_code
from app.limits import Limits, setting_name
from app.numbers import to_json

_NOTHING = dict.fromkeys(("label", "latex", "op", "span"))


async def code(request: Request) -> Response:
    """Writes both passes as straight-line code that runs: one gate a line, gradients in reverse topological order.

    Forward lines are the registry's templates, backward lines are printed from the rules that the engine evaluates.
    """
    server = server_of(request)
    asked = check_request(CodeRequest, await read_json(request, server.limits), server.limits)
    cost = COST_OF_VARYING * cost_of(asked.source, bool(asked.expand))
    content = await server.workers.run(cost, code_json, asked, server.limits)
    return Response(content, media_type="application/json")


def code_json(asked: CodeRequest, limits: Limits) -> bytes:
    """The code of a program. Raises UserError."""
    found = trace_any(asked, limits)
    language = asked.language or usual_language(found)
    content = encode(code_entry(found, write_code(found, language, comments=asked.comments)))
    if len(content) > limits.max_response_bytes:
        setting = setting_name("max_response_bytes")
        text = f"The answer is larger than {limits.max_response_bytes:,} bytes, the limit set by {setting}."
        raise UserError([Problem("answer-too-large", text, "Send a smaller program, or open fewer gates.")], "limit")
    return content


def code_entry(trace: Trace, written: Code) -> dict[str, Any]:
    """The answer as JSON."""
    about = {node: _about(trace, node) for node in written.names}
    return {
        "output": trace.output,
        "language": written.language,
        "file_name": written.file_name,
        "text": written.text,
        "forward": [_line_entry(about, line) for line in written.forward],
        "backward": [_line_entry(about, line) for line in written.backward],
        "autograd": [_line_entry(about, line) for line in written.autograd],
        "nodes": [
            {
                "id": f"n{node}",
                **about[node],
                "identifier": written.names[node],
                "gradient_identifier": written.gradients.get(node),
            }
            for node in sorted(written.names)
        ],
        "remarks": list(written.remarks),
    }


def _line_entry(about: Mapping[int, dict[str, Any]], line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "kind": line.kind,
        "text": line.text,
        "comment": line.comment,
        "node": None if line.node is None else f"n{line.node}",
        "gate": None if line.gate is None else f"n{line.gate}",
        "operand": line.operand,
        "leaves": [f"n{leaf}" for leaf in line.nodes],
        **(_NOTHING if line.node is None else about[line.node]),
        "value": None if line.value is None else to_json(line.value),
        "part": None if line.part is None or np.ndim(line.part) else to_json(line.part),
        "leaf": line.leaf,
        "adds": line.adds,
        "note": None if line.note is None else _note_entry(line.note),
    }


def _note_entry(note: Note) -> dict[str, Any]:
    return {"title": note.title, "text": note.text, "lines": list(note.lines)}


def _about(trace: Trace, node: int) -> dict[str, Any]:
    graph, operation = trace.graph, trace.program.operation(node)
    return {
        "label": graph.labels[node],
        "latex": graph.latex(node),
        "op": operation.name if operation else None,
        "span": span_entry(graph.span(node)),
    }


_FORK = "z = w0 x0 + w1 x1 + w2; a = sigmoid(z); f = z a; w0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3"
_LAYER = "y = sigmoid(W @ x + b); E = half_sse(y, t); W = [[0.5, -1], [1, 0.25]]; x = [2, -1]; b = [0, 0.5]; t = [1, 0]"
_FLAT = "s0 = w x; s1 = s0 + b; L = sigmoid(s1); w = 2; x = -1; b = 3"

CODE_EXAMPLES: dict[str, dict[str, Any]] = {
    "a fork": {
        "summary": "A node that is used twice: its second part is added",
        "value": {"source": _FORK},
    },
    "the lecture's names": {
        "summary": "A neuron as straight-line assignments, without numbers",
        "value": {"source": _FLAT, "comments": False},
    },
    "PyTorch": {
        "summary": "A maximum and ReLU for PyTorch, with its own backward pass at the end",
        "value": {"source": "f = relu(max(x, y) * z); x = 1; y = 2; z = -1", "language": "torch"},
    },
    "a layer": {
        "summary": "Matrices in NumPy: the gradient of W is an outer product",
        "value": {"source": _LAYER, "language": "numpy"},
    },
    "opened": {
        "summary": "A sigmoid opened into its primitive gates, for NumPy",
        "value": {"source": "f = sigmoid(w x); w = 2; x = -1", "language": "numpy", "expand": ["sigmoid"]},
    },
}
