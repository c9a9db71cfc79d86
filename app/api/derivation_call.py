"""The call about the worked solution of a program."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.api.answers import span_entry
from app.api.bodies import read_json
from app.api.computations import encode, trace_any
from app.api.named_answer import named_graph_entry
from app.api.paths_call import count_entry
from app.api.schemas.derivation import DerivationRequest
from app.api.server import server_of
from app.api.validation import check_request
from app.api.workers import COST_OF_VARYING, cost_of
from app.engine.named import named_graph
from app.engine.trace import Trace
from app.errors import Problem, UserError
from app.explain.derivation import derive
from app.explain.latex_document import derivation_latex
from app.explain.markdown import derivation_markdown
from app.explain.printed_tensors import PrintedTensor, Shown
from app.explain.records import AlgebraLine, Block, Derivation, Factor, Given, Local, NodeName, Row, Update
from app.explain.wording import block_sentence, cut_sentences, heading
from app.export.tensor_json import value_json
from app.limits import Limits, setting_name
from app.numbers import to_json

MOST_DRAWN = 300
"""Leaves of a graph that is sent along: larger ones are no picture beside a text."""

DERIVATION_EXAMPLES: dict[str, dict[str, Any]] = {
    "one leaf": {
        "summary": "The worked solution for one leaf",
        "value": {"source": "q = x + y\nf = q * z", "values": {"x": -2, "y": 5, "z": -4}, "leaf": "x"},
    },
    "one training step, as Markdown": {
        "summary": "Every gradient of a neuron and one step of gradient descent, as Markdown",
        "value": {
            "source": "z = w x + b\ny = sigmoid(z)\nE = 1/2 (t - y)^2\nx = 0.5; t = 1; w = 0.3; b = 0.1",
            "format": "markdown",
            "learning_rate": 0.7,
        },
    },
    "one entry of a matrix": {
        "summary": "The worked solution for one entry of a matrix",
        "value": {
            "source": "z = W @ x + b\ny = sigmoid(z)\nE = half_sse(y, t)",
            "values": {"W": [[0.5, -1], [1.2, 0.4]], "x": [1.5, -0.5], "b": [0, 0.2], "t": [0, 1]},
            "leaf": "W[0, 1]",
        },
    },
    "as LaTeX": {
        "summary": "The same as a LaTeX document",
        "value": {"source": "z = w x + b\ny = sigmoid(z)", "leaf": "w", "format": "latex"},
    },
}


async def derivation(request: Request) -> Response:
    """Works the program out as a textbook prints it: given, forward pass, local derivatives, chain rule, update.

    Every number is printed with as many digits as its equation needs to check.
    """
    server = server_of(request)
    asked = check_request(DerivationRequest, await read_json(request, server.limits), server.limits)
    cost = COST_OF_VARYING * cost_of(asked.source, bool(asked.expand))
    content = await server.workers.run(cost, derivation_json, asked, server.limits)
    return Response(content, media_type="application/json")


def derivation_json(asked: DerivationRequest, limits: Limits) -> bytes:
    """The worked solution that a request asks for. Raises UserError."""
    trace = trace_any(asked, limits)
    found = derive(
        trace, asked.leaf, learning_rate=asked.learning_rate, parameters=asked.parameters or (), limits=limits
    )
    text = None
    if asked.format != "structured":
        text = derivation_markdown(found) if asked.format == "markdown" else derivation_latex(found)
    solution = _solution_entry(trace, found) if text is None else None
    content = encode({"format": asked.format, "text": text, "solution": solution})
    if len(content) > limits.max_response_bytes:
        setting = setting_name("max_response_bytes")
        message = f"The answer is larger than {limits.max_response_bytes:,} bytes, the limit set by {setting}."
        raise UserError([Problem("answer-too-large", message, "Ask for one leaf, or send a smaller program.")], "limit")
    return content


def _solution_entry(trace: Trace, found: Derivation) -> dict[str, Any]:
    cut = cut_sentences(found)
    also = [int(row.id[1:]) for row in found.rows]
    return {
        "title": heading(found),
        "output": _name_entry(found.output),
        "leaf": None if found.leaf is None else _name_entry(found.leaf),
        "given": [
            _name_entry(one)
            | {"op": None, "role": one.role, "value": _number_entry(one.value), "defaulted": one.defaulted}
            | {"on_path": one.on_path, "span": span_entry(one.span)}
            for one in found.given
        ],
        "rows": [
            _name_entry(row)
            | {"op": row.op, "symbols": row.symbols, "numbers": row.numbers, "value": _number_entry(row.value)}
            | {"relation": row.relation, "on_path": row.on_path, "gates": row.gates, "span": span_entry(row.span)}
            for row in found.rows
        ],
        "locals": [_local_entry(local) for local in found.locals],
        "blocks": [_block_entry(found, block) for block in found.blocks],
        "learning_rate": None if found.rate is None else _number_entry(found.rate),
        "updates": [
            _name_entry(one)
            | {"op": None, "old": _number_entry(one.old), "gradient": _number_entry(one.gradient)}
            | {"new": _number_entry(one.new), "relation": one.relation}
            for one in found.updates
        ],
        "independent": [_name_entry(one) for one in found.independent],
        "paths": None if found.paths is None else count_entry(found.paths),
        "notes": list(found.notes),
        "digits_note": found.digits_note,
        "cut": cut,
        "steps": found.steps,
        "graph": None if cut or found.leaves > MOST_DRAWN else named_graph_entry(named_graph(trace, also=also)),
    }


def _name_entry(node: NodeName | Given | Row | Block | Update) -> dict[str, Any]:
    return {"id": node.id, "label": node.label, "latex": node.latex}


def _number_entry(number: Shown) -> dict[str, Any]:
    told: dict[str, Any] = {"text": number.text, "latex": number.latex}
    if isinstance(number, PrintedTensor):
        listed = value_json(number.exact, number.exact.size if number.is_whole else 0)
        return {**told, "value": listed, "shape": list(number.shape)}
    return {**told, "value": to_json(number.exact), "shape": []}


def _local_entry(local: Local) -> dict[str, Any]:
    return {
        "source": local.source,
        "target": local.target,
        "head": local.head,
        "text": local.text,
        "symbols": local.symbols,
        "numbers": local.numbers,
        "value": None if local.value is None else _number_entry(local.value),
        "relation": local.relation,
        "reason": local.reason,
        "remark": local.remark,
    }


def _block_entry(found: Derivation, block: Block) -> dict[str, Any]:
    return {
        **_name_entry(block),
        "op": block.op,
        "head": block.head,
        "is_leaf": block.op is None,
        "terms": [
            {"factors": [_factor_entry(one) for one in term.factors], "product": _number_entry(term.product)}
            for term in block.terms
        ],
        "symbols": block.symbols,
        "numbers": block.numbers,
        "more_terms": block.more_terms,
        "value": _number_entry(block.value),
        "relation": block.relation,
        "reused": block.reused,
        "sentence": block_sentence(found, block),
        "shapes": block.shapes,
        "remarks": list(block.remarks),
        "lines": [_line_entry(line) for line in block.lines],
    }


def _line_entry(line: AlgebraLine) -> dict[str, Any]:
    return {
        "symbols": line.symbols,
        "numbers": line.numbers,
        "value": _number_entry(line.value),
        "relation": line.relation,
        "why": line.why,
    }


def _factor_entry(factor: Factor) -> dict[str, Any]:
    number = _number_entry(factor.number)
    return {
        "kind": factor.kind,
        "source": factor.source,
        "target": factor.target,
        "head": factor.head,
        "number": number,
    }
