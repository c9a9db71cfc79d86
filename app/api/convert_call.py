"""The call that writes a program in another notation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from app.api.bodies import read_json
from app.api.computations import encode, trace_any
from app.api.schemas.convert import ConvertRequest
from app.api.server import server_of
from app.api.validation import check_request
from app.api.workers import cost_of
from app.engine.entries import split_entry
from app.engine.trace import Trace
from app.export.program_latex import program_latex
from app.export.program_python import program_python
from app.export.scalars import scalar_program
from app.language.notation import print_program
from app.language.text import canonical_name
from app.limits import Limits

_WRITERS = {"chainrule": print_program, "latex": program_latex, "python": program_python}

CONVERT_EXAMPLES: dict[str, dict[str, Any]] = {
    "to LaTeX": {
        "summary": "A program as LaTeX",
        "value": {"source": "q = x + y\nf = q * z", "values": {"x": -2, "y": 5, "z": -4}, "to": "latex"},
    },
    "to Python": {
        "summary": "A neuron as a Python function that runs",
        "value": {"source": "f = sigmoid(w0 x0 + w1 x1 + w2); w0 = 2; x0 = -1", "to": "python"},
    },
    "to NumPy": {
        "summary": "A layer as a function of NumPy",
        "value": {"source": "y = sigmoid(W @ x); W = [[0.5, -1], [2, 0.3]]; x = [1, 2]", "to": "python"},
    },
    "to scalars": {
        "summary": "A layer as neurons",
        "value": {"source": "y = sigmoid(W @ x); W = [[0.5, -1], [2, 0.3]]; x = [1, 2]", "to": "scalars"},
    },
    "from LaTeX": {
        "summary": "A formula of a slide in our notation",
        "value": {"source": "\\frac{1}{1+e^{-(w_0 x_0 + w_1 x_1 + w_2)}}", "to": "chainrule"},
    },
    "from Python": {
        "summary": "Flat code in our notation",
        "value": {"source": "def f(w, x):\n    s = w * x\n    return math.tanh(s)", "to": "chainrule"},
    },
}


async def convert(request: Request) -> Response:
    """Writes the program in our notation, as LaTeX or as Python; it may be given in any of the three.

    What is written reads back as the same graph with the same numbers. A program with vectors and matrices can be
    written out in scalars, which has the same numbers and gradients entry by entry.
    """
    server = server_of(request)
    asked = check_request(ConvertRequest, await read_json(request, server.limits), server.limits)
    cost = cost_of(asked.source, bool(asked.expand))
    content = await server.workers.run(cost, convert_json, asked, server.limits)
    return Response(content, media_type="application/json")


def convert_json(asked: ConvertRequest, limits: Limits) -> bytes:
    """The program in the notation that is asked for. Raises UserError."""
    found = trace_any(asked, limits)
    program, values = found.graph.written, _whole_values(found, asked.values)
    if asked.to == "scalars":
        text = scalar_program(found, limits, values)
        return encode({"notation": program.prepared.notation, "to": asked.to, "text": text})
    text = _WRITERS[asked.to](program, values)
    return encode({"notation": program.prepared.notation, "to": asked.to, "text": text})


def _whole_values(found: Trace, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that were given, those of single entries as the whole tensors that they made."""
    entries = {name: base for name in values if (base := _leaf_of_entry(found, name)) is not None}
    whole = {name: value for name, value in values.items() if name not in entries}
    named = found.named_values()
    return whole | {base: np.asarray(named[base]).tolist() for base in entries.values()}


def _leaf_of_entry(found: Trace, name: str) -> str | None:
    base, index = split_entry(name)
    named = found.named_values()
    if index is None or name in named:
        return None
    return base if base in named else canonical_name(base)
