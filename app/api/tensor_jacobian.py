"""Jacobians and tangents of a program with tensors, written as JSON."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.api.answers import refuse_size, span_entry
from app.api.computations import encode
from app.api.named_answer import graph_between
from app.api.schemas.jacobian import HessianRequest, JacobianRequest, JvpRequest
from app.engine.choice import choose_node, choose_sources, choose_target, final_nodes
from app.engine.entries import check_entry, split_entry
from app.engine.rules import rules_for
from app.engine.tensor_values import number_of, tensor_of
from app.engine.tensors.choice import Varied, choose_ends
from app.engine.tensors.forward import Value
from app.engine.tensors.jacobian import MOST_EXPLAINED, Place, TensorJacobian, find_tensor_jacobian
from app.engine.tensors.products import Product, product_of
from app.engine.tensors.structure import structure_of
from app.engine.tensors.tangent import run_tangent
from app.engine.tensors.trace import TensorTrace
from app.errors import shown
from app.export.tensor_hessian import find_tensor_hessian
from app.export.tensor_json import value_json
from app.limits import Limits
from app.numbers import to_json

_BYTES_PER_ENTRY = 60
"""Of one entry in an answer: its number and its paths. Larger matrices are refused before they are made."""

MOST_BLOCKS = 36
"""More pairs of an output and a leaf are not told one by one."""


def tensor_jacobian_json(asked: JacobianRequest, trace: TensorTrace, limits: Limits) -> bytes:
    """The Jacobian, entry by entry. Raises UserError."""
    outputs, nodes = _outputs(asked, trace), _leaves(asked, trace)
    found = find_tensor_jacobian(trace, outputs, nodes, limits=limits)
    if len(found.rows) * len(found.columns) * _BYTES_PER_ENTRY > limits.max_response_bytes:
        refuse_size(limits)
    turned = asked.layout == "leaves"
    heads = [[_head(trace, place) for place in places] for places in (found.rows, found.columns)]
    graph = None
    if asked.graph:
        row = outputs[0].node if asked.row is None else choose_ends(trace, [asked.row], "row", choose_target)[0].node
        graph = graph_between(trace, row, [one.node for one in outputs], [one.node for one in nodes])
    return encode(
        {
            "layout": asked.layout,
            "rows": heads[turned],
            "columns": heads[not turned],
            "matrix": _table(found.matrix, turned),
            "paths": None if found.paths is None else _table(found.paths, turned),
            "why": _reasons(found, turned),
            "sweeps": {"reverse": found.shape[0], "forward": found.shape[1], "used": found.mode},
            "graph": graph,
            "shape": list(reversed(found.shape) if turned else found.shape),
            "note": found.note,
            "blocks": [
                _block(found, output, node, limits) for output in outputs[:MOST_BLOCKS] for node in nodes[:MOST_BLOCKS]
            ][:MOST_BLOCKS],
        }
    )


def tensor_hessian_json(asked: HessianRequest, trace: TensorTrace, output: int, limits: Limits) -> bytes:
    """Second derivatives, entry by entry. Raises UserError."""
    chosen = _leaves(asked, trace)
    found, places = find_tensor_hessian(trace, output, chosen, limits)
    value = trace.values[output]
    return encode(
        {
            "output": {**_node(trace, output), "value": to_json(value)},
            "leaves": [_head(trace, place) for place in places],
            "gradient": [to_json(entry) for entry in found.gradient],
            "matrix": [[to_json(entry) for entry in row] for row in found.matrix],
            "eigenvalues": [to_json(one) for one in found.eigenvalues],
            "curvature": found.curvature,
            "sweeps": len(places),
            "gates": found.gates,
            "graph": graph_between(trace, output, [output], [one.node for one in chosen]) if asked.graph else None,
        }
    )


def tensor_jvp_json(asked: JvpRequest, trace: TensorTrace, limits: Limits) -> bytes:
    """The tangent of every node. Raises UserError."""
    graph = trace.graph
    given: dict[int, Value] = {}
    if asked.tangents is None:
        for node in choose_sources(graph, None, "tangents"):
            given[node] = _ones(trace.values[node])
    else:
        for name, value in asked.tangents.items():
            field = f"tangents.{shown(name)}"
            label, entry = split_entry(name)
            node = choose_node(graph, label, field)
            shape = np.shape(trace.values[node])
            if entry is None:
                given[node] = given.get(node, 0.0) + tensor_of(value, shape, graph.labels[node], field)
                continue
            moved = np.zeros(shape)
            moved[check_entry(shape, entry, graph.labels[node], field)] = number_of(value, field)
            given[node] = given.get(node, 0.0) + moved
    found = run_tangent(trace.program, trace.values, given, rules_for(trace.conventions))
    listed = limits.max_tensor_elements
    if 20 * sum(int(np.size(value)) for value in found) > limits.max_response_bytes:
        refuse_size(limits)
    nodes = [
        {**_node(trace, node), "value": value_json(trace.values[node], listed), "tangent": value_json(tangent, listed)}
        for node, tangent in enumerate(found)
    ]
    return encode({"output": trace.output, "nodes": nodes})


def _ones(value: Value) -> Value:
    return np.ones(np.shape(value)) if np.ndim(value) else 1.0


def _leaves(asked: JacobianRequest | HessianRequest, trace: TensorTrace) -> list[Varied]:
    if asked.leaves is not None:
        return choose_ends(trace, asked.leaves, "leaves")
    return [Varied(node) for node in choose_sources(trace.graph, None, "leaves")]


def _outputs(asked: JacobianRequest, trace: TensorTrace) -> list[Varied]:
    if asked.outputs is not None:
        return choose_ends(trace, asked.outputs, "outputs", choose_target)
    if asked.output is not None:
        return [Varied(node) for node in dict.fromkeys(trace.output_nodes)]
    return [Varied(node) for node in final_nodes(trace.graph)]


def _table(matrix: Any, turned: bool) -> list[Any]:
    if matrix is None:
        return []
    listed: list[Any] = value_json(matrix.T if turned else matrix, matrix.size)
    return listed


def _reasons(found: TensorJacobian, turned: bool) -> list[list[Any]] | None:
    if found.matrix is None or found.paths is None or found.matrix.size > MOST_EXPLAINED:
        return None
    rows: list[list[Any]] = [[None] * found.shape[1] for _ in range(found.shape[0])]
    for row, column in np.argwhere(found.matrix == 0.0).tolist():
        if (told := found.why(row, column)) is not None:
            rows[row][column] = {"reason": told[0], "message": told[1]}
    return [list(column) for column in zip(*rows, strict=True)] if turned else rows


def _block(found: TensorJacobian, output: Varied, node: Varied, limits: Limits) -> dict[str, Any]:
    trace, told = found.trace, structure_of(found, output, node)
    ends = (output, node)
    sizes = [1 if end.entry is not None else int(np.size(trace.values[end.node])) for end in ends]
    return {
        "output": _end(trace, output),
        "leaf": _end(trace, node),
        "entries": sizes[0] * sizes[1],
        "structure": told.kind,
        "zeros": told.zeros,
        "zeros_here": told.here,
        "message": told.text,
        "product": _product(product_of(trace, output.node, node.node), limits),
    }


def _product(product: Product, limits: Limits) -> dict[str, Any]:
    listed = min(1_000, limits.max_tensor_elements)
    return {
        "text": product.text,
        "latex": product.latex,
        "upstream": value_json(product.upstream, listed),
        "arrives": product.arrives,
        "result": value_json(product.result, listed),
        "multiplications": product.multiplications,
    }


def _node(trace: TensorTrace, node: int) -> dict[str, Any]:
    operation = trace.program.operation(node)
    return {
        "id": f"n{node}",
        "label": trace.graph.labels[node],
        "latex": trace.graph.latex(node),
        "op": operation.name if operation else None,
        "span": span_entry(trace.graph.span(node)),
        "shape": list(np.shape(trace.values[node])),
    }


def _head(trace: TensorTrace, place: Place) -> dict[str, Any]:
    value = np.asarray(trace.values[place.node])[place.entry] if place.entry else trace.values[place.node]
    entry = {"entry": list(place.entry)} if place.entry else {}
    return {
        **_node(trace, place.node),
        "label": place.label(trace),
        "latex": place.latex(trace),
        "value": to_json(float(value)),
        **entry,
        "shape": [],
    }


def _end(trace: TensorTrace, end: Varied) -> dict[str, Any]:
    if end.entry is not None:
        return _head(trace, Place(end.node, end.entry))
    value = trace.values[end.node]
    return {**_node(trace, end.node), "value": None if np.ndim(value) else to_json(float(value))}
