"""Jacobians, Hessians, tangents and backward graphs: what a checked request asks for, written as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.api.answers import refuse_size, span_entry, write_answer
from app.api.computations import encode, trace_any, trace_program
from app.api.named_answer import graph_between
from app.api.schemas.jacobian import BackwardRequest, HessianRequest, JacobianRequest, JvpRequest
from app.api.tensor_jacobian import tensor_hessian_json, tensor_jacobian_json, tensor_jvp_json
from app.engine.backward_trace import BackwardTrace
from app.engine.choice import choose_node, choose_sources, choose_target, choose_targets, final_nodes
from app.engine.hessian import find_hessian
from app.engine.jacobian import Jacobian, find_jacobian
from app.engine.rules import rules_for
from app.engine.tangent import list_locals, run_tangent
from app.engine.tensor_values import number_of
from app.engine.tensors.trace import TensorTrace
from app.engine.trace import Trace
from app.errors import Problem, UserError, shown
from app.language.sizes import over_limit
from app.limits import Limits, setting_name
from app.numbers import to_json

_BYTES_PER_ENTRY = 100
"""Of one entry in an answer, its number, its paths and why it is zero: larger matrices are refused before they are
made."""


def jacobian_json(asked: JacobianRequest, limits: Limits) -> bytes:
    """The Jacobian. Raises UserError."""
    trace = trace_any(asked, limits)
    if isinstance(trace, TensorTrace):
        return tensor_jacobian_json(asked, trace, limits)
    outputs = _outputs(asked, trace, limits)
    nodes = choose_sources(trace.graph, asked.leaves, "leaves")
    if len(outputs) * len(nodes) * _BYTES_PER_ENTRY > limits.max_response_bytes:
        refuse_size(limits)
    found = find_jacobian(trace, outputs, nodes, limits=limits)
    graph = None
    if asked.graph:
        row = outputs[0] if asked.row is None else choose_target(trace.graph, asked.row, "row")
        graph = graph_between(trace, row, outputs, nodes)
    turned = asked.layout == "leaves"
    return encode(
        {
            "layout": asked.layout,
            "rows": _heads(trace, nodes if turned else outputs),
            "columns": _heads(trace, outputs if turned else nodes),
            "matrix": _table([[to_json(entry) for entry in row] for row in found.matrix], turned),
            "paths": _table(_each(found, lambda row, column: to_json(found.paths(row, column))), turned),
            "why": _table(_each(found, lambda row, column: _zero(found, row, column)), turned),
            "sweeps": {"reverse": len(outputs), "forward": len(nodes), "used": found.mode},
            "graph": graph,
        }
    )


def hessian_json(asked: HessianRequest, limits: Limits) -> bytes:
    """The Hessian. Raises UserError."""
    trace = trace_any(asked, limits)
    output = _one_output(trace, asked.node)
    if isinstance(trace, TensorTrace):
        return tensor_hessian_json(asked, trace, output, limits)
    found = find_hessian(trace, output, choose_sources(trace.graph, asked.leaves, "leaves"), limits)
    return encode(
        {
            "output": _head(trace, output),
            "leaves": _heads(trace, found.nodes),
            "gradient": [to_json(entry) for entry in found.gradient],
            "matrix": [[to_json(entry) for entry in row] for row in found.matrix],
            "eigenvalues": [to_json(value) for value in found.eigenvalues],
            "curvature": found.curvature,
            "sweeps": len(found.nodes),
            "gates": found.gates,
            "graph": graph_between(trace, output, [output], found.nodes) if asked.graph else None,
        }
    )


def jvp_json(asked: JvpRequest, limits: Limits) -> bytes:
    """The tangent of every node. Raises UserError."""
    trace = trace_any(asked, limits)
    if isinstance(trace, TensorTrace):
        return tensor_jvp_json(asked, trace, limits)
    graph, program = trace.graph, trace.program
    if asked.tangents is None:
        given = dict.fromkeys(choose_sources(graph, None, "tangents"), 1.0)
    else:
        given = {
            choose_node(graph, name, f"tangents.{shown(name)}"): number_of(value, f"tangents.{shown(name)}")
            for name, value in asked.tangents.items()
        }
    tangents = run_tangent(program, list_locals(program, trace.values, rules_for(trace.conventions)), given)
    nodes = [{**_head(trace, node), "tangent": to_json(tangent + 0.0)} for node, tangent in enumerate(tangents)]
    return encode({"output": trace.output, "nodes": nodes})


def backward_json(asked: BackwardRequest, limits: Limits) -> bytes:
    """The backward pass as a graph, in the form of an evaluation. Raises UserError."""
    trace = trace_program(asked, limits)
    found = BackwardTrace(trace, _one_output(trace, asked.node))
    if len(found.values) > limits.max_nodes:
        raise over_limit("too-many-nodes", "backward pass", len(found.values), "nodes", "max_nodes", limits)
    return write_answer(found, limits)


def _outputs(asked: JacobianRequest, trace: Trace, limits: Limits) -> list[int]:
    if asked.outputs is not None:
        return choose_targets(trace.graph, asked.outputs, "outputs")
    if asked.output is not None:
        return list(dict.fromkeys(trace.output_nodes))
    found = final_nodes(trace.graph)
    if len(found) > limits.max_outputs:
        setting = setting_name("max_outputs")
        text = f"The program has {len(found):,} outputs; the limit is {limits.max_outputs:,}, set by {setting}."
        raise UserError([Problem("too-large", text, "Name fewer of them.", field="outputs")], "limit")
    return found


def _one_output(trace: Trace, node: str | None) -> int:
    if node is not None:
        return choose_target(trace.graph, node, "node")
    if len(trace.output_nodes) > 1:
        text = f"This is computed of one output, and {len(trace.output_nodes)} are named."
        raise UserError([Problem("several-outputs", text, "Name one of them.", field="output")], "value")
    return trace.output_nodes[0]


def _zero(found: Jacobian, row: int, column: int) -> dict[str, str] | None:
    reason = found.why(row, column)
    return None if reason is None else {"reason": reason, "message": found.sentence(row, column) or ""}


def _each(found: Jacobian, entry: Callable[[int, int], Any]) -> list[list[Any]]:
    return [[entry(row, column) for column in range(len(found.nodes))] for row in range(len(found.outputs))]


def _table(rows: list[list[Any]], turned: bool) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] if turned else rows


def _heads(trace: Trace, nodes: Sequence[int]) -> list[dict[str, Any]]:
    return [_head(trace, node) for node in nodes]


def _head(trace: Trace, node: int) -> dict[str, Any]:
    operation = trace.program.operation(node)
    return {
        "id": f"n{node}",
        "label": trace.graph.labels[node],
        "latex": trace.graph.latex(node),
        "op": operation.name if operation else None,
        "span": span_entry(trace.graph.span(node)),
        "value": to_json(trace.values[node]),
    }
