"""The answer of an evaluation with tensors as JSON: values and gradients as nested lists, large ones as a summary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from app.api.answers import refuse_size, span_entry
from app.engine.notices import Notice
from app.engine.tensors.forward import Value
from app.engine.tensors.trace import TensorTrace
from app.export.tensor_json import summary, value_json
from app.graph.model import Edge, Group, Node, Statement
from app.limits import Limits


def tensor_entry(trace: TensorTrace, limits: Limits, listed: int) -> dict[str, Any]:
    """The whole answer. Tensors with more entries than `listed` are told by a summary.

    Raises UserError when it is larger than the limit.
    """
    if _BYTES_OF_A_NUMBER * _numbers_shown(trace, listed) > limits.max_response_bytes:
        refuse_size(limits)
    conventions = trace.conventions
    return {
        "output": trace.output,
        "outputs": list(trace.outputs),
        "nodes": [
            _node(node, value, gradient, listed)
            for node, value, gradient in zip(trace.nodes, trace.values, trace.gradients, strict=True)
        ],
        "edges": [_edge(edge, listed) for edge in trace.edges],
        "groups": [_group(one, listed) for one in trace.groups],
        "statements": [_statement(one) for one in trace.statements],
        "notation": trace.program.prepared.notation,
        "rewritten": trace.graph.rewritten,
        "gradients": {name: value_json(value, listed) for name, value in trace.leaf_gradients().items()},
        "values": {name: value_json(value, listed) for name, value in trace.named_values().items()},
        "defaulted": list(trace.defaulted),
        "warnings": [_notice(one) for one in trace.warnings],
        "kinks": [_notice(one) for one in trace.kinks],
        "remarks": [_notice(one) for one in trace.remarks],
        "conventions": {
            "relu_at_zero": conventions.relu_at_zero,
            "ties": conventions.ties,
            "abs_at_zero": conventions.abs_at_zero,
        },
    }


_BYTES_OF_A_NUMBER = 10
"""Fewer than most have: an answer that is refused by this count would be too large in any case."""


def _numbers_shown(trace: TensorTrace, listed: int) -> int:
    """Entries of nodes, with their gradients, and of what edges carry, that are listed in the answer."""
    sizes = [int(np.size(value)) for value in trace.values]
    shown = [size if size <= listed else 0 for size in sizes]
    groups = [int(np.size(group.value)) for group in trace.groups]
    total = 2 * sum(shown) + 2 * sum(size for size in groups if size <= listed)
    for node in range(len(sizes)):
        operands = trace.program.operands(node)
        total += sum(shown[operand] for operand in operands) + len(operands) * shown[node]
    return total


def _node(node: Node, value: Value, gradient: Value | None, listed: int) -> dict[str, Any]:
    return {
        "id": node.id,
        "kind": node.kind,
        "op": node.op,
        "operands": list(node.operands),
        "attributes": _attributes(node.attributes),
        "name": node.name,
        "label": node.label,
        "latex": node.latex,
        "shape": list(node.shape),
        "value": value_json(value, listed),
        "gradient": value_json(gradient, listed),
        "summary": summary(value, listed),
        "gradient_summary": summary(gradient, listed),
        "depth": node.depth,
        "group": node.group,
        "span": node.span and span_entry(node.span),
        "value_span": node.value_span and span_entry(node.value_span),
    }


def _edge(edge: Edge, listed: int) -> dict[str, Any]:
    numbers = {"local": edge.local, "upstream": edge.upstream, "downstream": edge.downstream}
    told = {name: value_json(number, listed) for name, number in numbers.items()}
    place = {"source": edge.source, "target": edge.target, "operand": edge.operand}
    return place | told | ({"summed": list(edge.summed)} if edge.summed else {})


def _group(group: Group, listed: int) -> dict[str, Any]:
    return {
        "id": group.id,
        "name": group.name,
        "op": group.op,
        "title": group.title,
        "group": group.group,
        "operands": list(group.operands),
        "output": group.output,
        "shape": list(np.shape(group.value)),
        "value": value_json(group.value, listed),
        "gradient": value_json(group.gradient, listed),
        "summary": summary(group.value, listed),
        "gradient_summary": summary(group.gradient, listed),
        "latex": group.latex,
        "span": span_entry(group.span),
        "attributes": _attributes(group.attributes),
        "written": group.written,
        "edges": [_edge(edge, listed) for edge in group.edges],
    }


def _attributes(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(one) if isinstance(one, tuple) else one for name, one in attributes.items()}


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "latex": statement.latex,
        "node": statement.node,
        "span": span_entry(statement.span),
        "parts": [asdict(part) for part in statement.parts],
    }


def _notice(notice: Notice) -> dict[str, Any]:
    span = None if notice.span is None else span_entry(notice.span)
    return {"code": notice.code, "message": notice.message, "node": notice.node, "span": span}
